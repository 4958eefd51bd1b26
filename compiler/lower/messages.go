package lower

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// Every message of this package stands here, so that their tone can be read in one go.

// constant warns of a condition that does not depend on the event.
func (l *lowerer) constant(r *sigma.Rule, c *ir.Const) {
	at := c.At
	if at.IsZero() {
		at = r.At
	}
	if c.Value {
		l.diags.Warnf("rule/always-matches", at, "the rule matches every event").Hint =
			"the negation of an empty list of values leaves nothing out"
		return
	}
	l.diags.Warnf("rule/never-matches", at, "the rule can never match an event").Hint =
		"an empty list of values leaves nothing to match"
}

func (l *lowerer) conditionTooLarge(e ir.Expr) {
	l.diags.Errorf("condition/too-large", e.Span(), "the condition stands for more than %d comparisons", maxComparisons).Hint =
		"it names long searches many times; split the rule"
}

func (l *lowerer) looksLikeArray(t sigma.Text) {
	l.diags.Warnf("field/array-selector", t.At, "the brackets in %q are part of the field's name", t.Value).Hint =
		`array matching needs "sigma-version: 3" at the top of the rule`
}

func (l *lowerer) quantifiedName(t sigma.Text) {
	plain := quantifierWord.ReplaceAllString(t.Value, "")
	d := l.diags.Errorf("field/quantifier", t.At, "%q asks something of the members of an array; here a field stands for all its values", t.Value)
	d.Label = "quantifier"
	if plain != "" {
		d.Label = fmt.Sprintf("did you mean %q?", plain)
	}
}

var quantifierWord = regexp.MustCompile(`\[(any|all|all_or_empty|none)\]`)

func (l *lowerer) badSelector(t sigma.Text, offset int, word string, closes bool) {
	at := t.At
	if at.Text() == t.Value {
		end := len(t.Value)
		if closes {
			end = offset + len(word) + 2
		}
		at = at.Part(offset, end)
	}
	d := l.diags.Errorf("field/bad-selector", at, "%q is no selector of array members; allowed are any, all, all_or_empty, none and a position", word)
	d.Label = "selector"
	if !closes {
		d.Message = `"[" opens a selector that never closes`
	}
	d.Hint = `write "\[" for a bracket that belongs to the name`
}

func (l *lowerer) siblingScopes(item, before *sigma.Item, prefix string) {
	d := l.diags.Warnf("field/sibling-scopes", item.Field.At, "%q is tested twice, each time over all members", prefix)
	d.Hint = fmt.Sprintf("to test the same member, write both below one %q", prefix+":")
	d.Related = []diag.Related{{Message: "first here", Span: before.Field.At}}
}

func (l *lowerer) blockWithoutSelector(item *sigma.Item) {
	l.diags.Errorf("detection/map-value", item.Field.At, "the field %q has a map as its value but selects no members", item.Field.Value).Hint =
		fmt.Sprintf("write %q for conditions on the same member of the array", item.Field.Value+"[any]:")
}

func (l *lowerer) modifierOnBlock(item *sigma.Item) {
	l.diags.Errorf("modifier/on-block", item.Modifiers[0].At, "a modifier cannot stand before a map; put it on the fields inside")
}

func (c *chain) unknownModifier(w sigma.Text) {
	d := c.diags.Errorf("modifier/unknown", w.At, "unknown modifier %q", w.Value)
	if lower := strings.TrimSpace(strings.ToLower(w.Value)); lower != w.Value && findModifier(lower) != nil {
		d.Message = fmt.Sprintf("modifier %q must be written in lower case and without blanks", w.Value)
		d.Label = fmt.Sprintf("write %q", lower)
		d.Fixes = mendWord(w, lower)
	} else if near := diag.Nearest(w.Value, Modifiers()); near != "" {
		d.Label = fmt.Sprintf("did you mean %q?", near)
		d.Fixes = mendWord(w, near)
	}
	d.Hint = "modifiers are " + strings.Join(Modifiers(), ", ")
}

// mendWord is the fix that writes another modifier.
func mendWord(w sigma.Text, word string) []diag.Fix {
	if strings.TrimSpace(w.At.Text()) != strings.TrimSpace(w.Value) { // written with escapes
		return nil
	}
	return diag.Replace(w.At, word)
}

// rewrite is the fix that puts the modifiers of the item in another order, or leaves one out: change gets all of them and
// the place of the one at fault.
func (c *chain) rewrite(change func(words []string, i int) []string, at sigma.Text) []diag.Fix {
	var words []string
	fault := -1
	for i, w := range c.item.Modifiers {
		if w.At.Text() != w.Value { // written with escapes
			return nil
		}
		if w.At == at.At {
			fault = i
		}
		words = append(words, w.Value)
	}
	if fault < 0 {
		return nil
	}
	all := c.item.Modifiers[0].At.To(c.item.Modifiers[len(words)-1].At)
	return diag.Replace(all, strings.Join(change(words, fault), "|"))
}

func (c *chain) twice(w sigma.Text) {
	c.diags.Warnf("modifier/twice", w.At, "modifier %q is given twice", w.Value).Fixes = c.rewrite(func(words []string, i int) []string {
		return slices.Delete(words, i, i+1)
	}, w)
}

func (c *chain) cannotCombine(w, with sigma.Text) {
	d := c.diags.Errorf("modifier/combination", w.At, "modifier %q cannot be combined with %q", w.Value, with.Value)
	if !with.At.IsZero() {
		d.Related = []diag.Related{{Message: "which stands here", Span: with.At}}
	}
}

func (c *chain) encoderAfterPlace(w sigma.Text) {
	d := c.diags.Errorf("modifier/order", w.At, "modifier %q must stand before %q", w.Value, c.placeWord.Value)
	d.Hint = fmt.Sprintf("%q adds wildcards, which cannot be encoded", c.placeWord.Value)
	place := c.placeWord.Value
	d.Fixes = c.rewrite(func(words []string, i int) []string {
		j := slices.Index(words, place)
		return slices.Insert(slices.Delete(words, i, i+1), j, w.Value)
	}, w)
}

func (c *chain) flagWithoutRegex(w sigma.Text) {
	c.diags.Errorf("modifier/flag", w.At, "modifier %q is a flag of regular expressions and must follow \"re\"", w.Value)
}

func (c *chain) regexContains(w sigma.Text) {
	c.diags.Warnf("modifier/redundant", w.At, "a regular expression matches anywhere in the value; %q adds nothing", w.Value)
}

func (c *chain) allOnOneValue(w sigma.Text) {
	c.diags.Errorf("modifier/all-on-one-value", w.At, "modifier \"all\" needs a list of two or more values").Hint =
		"remove it, or list the values that must all be found"
}

func (c *chain) allNotLast(w sigma.Text) {
	c.diags.Notef("modifier/all-not-last", w.At, "modifier \"all\" usually stands last").Fixes = c.rewrite(func(words []string, i int) []string {
		return append(slices.Delete(words, i, i+1), w.Value)
	}, w)
}

func (c *chain) bytesWithoutBase64(w sigma.Text) {
	c.diags.Errorf("modifier/utf16-without-base64", w.At, "modifier %q must be followed by \"base64\" or \"base64offset\"", w.Value).Hint =
		"its bytes contain zeros, which no text in a log does"
}

func (c *chain) offsetWithoutContains(w sigma.Text) {
	c.diags.Warnf("modifier/offset-without-contains", w.At, "modifier \"base64offset\" without \"contains\" compares the whole value").Hint =
		"the three texts are pieces of a longer one: add \"contains\""
}

func (c *chain) base64IgnoresCase(w sigma.Text) {
	c.diags.Notef("modifier/base64-case", w.At, "base64 text is compared without regard to case").Hint =
		"add \"cased\" to match the exact text"
}

func (c *chain) notForKeywords(w sigma.Text) {
	c.diags.Errorf("modifier/keyword", w.At, "modifier %q needs the name of a field", w.Value).Hint =
		"keywords are searched in the whole event"
}

func (c *chain) nullKeyword(v *sigma.Value) {
	c.diags.Errorf("value/null-keyword", v.At, "null is no keyword to search for")
}

func (c *chain) nullWithModifier(v *sigma.Value) {
	c.diags.Errorf("value/null-with-modifier", v.At, "null cannot be combined with %s", quoted(c.item.Modifiers)).Hint =
		"null means that the field has no value; write the field without modifiers"
}

func (c *chain) existsWantsBool(v *sigma.Value) {
	c.diags.Errorf("value/exists", v.At, "modifier \"exists\" needs true or false")
}

func (c *chain) numberAsText(v *sigma.Value) {
	d := c.diags.Warnf("value/number-as-text", v.At, "%s %s is searched as text", v.Kind, v.Text)
	d.Hint = "put it in quotes to show that text is meant"
	if v.At.Text() == v.Canon() { // else it is not searched as it stands here
		d.Fixes = diag.Replace(v.At, "'"+v.Canon()+"'")
	}
}

func (c *chain) wantsNumber(v *sigma.Value) {
	c.diags.Errorf("value/not-a-number", v.At, "modifier %q needs a number, not %q", c.opWord.Value, v.Text)
}

func (c *chain) quotedNumber(v *sigma.Value) {
	d := c.diags.Warnf("value/quoted-number", v.At, "modifier %q compares numbers; write this one without quotes", c.opWord.Value)
	d.Fixes = []diag.Fix{{Title: "remove the quotes", Edits: []diag.Edit{{Span: v.At, Text: v.Text}}}}
}

func (c *chain) partOutOfRange(v *sigma.Value, r [2]int64) {
	c.diags.Errorf("value/out-of-range", v.At, "modifier %q needs a whole number from %d to %d", c.opWord.Value, r[0], r[1])
}

func (c *chain) badNetwork(v *sigma.Value, text string) {
	c.diags.Errorf("value/bad-network", v.At, "%q is no IPv4 or IPv6 network", text).Hint = `a network is written like "10.0.0.0/8" or "2001:db8::/32"`
}

func (c *chain) hostBits(v *sigma.Value, p netip.Prefix) {
	d := c.diags.Warnf("value/host-bits", v.At, "%s has bits set outside of its prefix; it is read as %s", p, p.Masked())
	if c.expands { // the network stands in a list
		return
	}
	d.Fixes = []diag.Fix{{Title: "write " + p.Masked().String(), Edits: []diag.Edit{{Span: v.At, Text: p.Masked().String()}}}}
}

func (c *chain) wildcardNotAllowed(v *sigma.Value, w sigma.Text) {
	c.diags.Errorf("value/wildcard", v.At, "modifier %q needs a plain text without wildcards", w.Value)
}

func (c *chain) wildcardUnderEncoder(v *sigma.Value) {
	c.diags.Errorf("value/wildcard", v.At, "a text with wildcards cannot be encoded by %s", quoted(c.item.Modifiers)).Hint =
		`write "\*" or "\?" for a literal sign`
}

// placeholderAt is where the value names a placeholder.
func placeholderAt(name string, v *sigma.Value) source.Span {
	if i := strings.Index(v.Text, "%"+name+"%"); i >= 0 {
		return v.Map().Span(i, i+len(name)+2)
	}
	return v.At
}

func (c *chain) emptyList(name string, o operand) {
	c.diags.Notef("list/empty", placeholderAt(name, o.value), "the list %q is empty, so that nothing is in it", name)
}

func (c *chain) unresolved(name string, o operand) {
	d := c.diags.Errorf("placeholder/unresolved", placeholderAt(name, o.value), "placeholder %q has no values", "%"+name+"%")
	d.Mild = len(c.opts.Placeholders) == 0 // rules are written once, and a repository of rules alone has no lists
	if near := diag.Nearest(name, c.opts.Placeholders); near != "" {
		d.Label = fmt.Sprintf("did you mean %q?", "%"+near+"%")
	}
	d.Hint = fmt.Sprintf("declare the list in sigc.yml, \"lists: {%s: [VALUE, ...]}\", or give it with --var %s=VALUE,...", name, name)
}

func (c *chain) scheduleMisplaced(name string, at source.Span) {
	c.diags.Errorf("placeholder/schedule", at, "%q is a schedule, which can only be the whole value of a field under \"expand\" alone", "%"+name+"%").Hint =
		fmt.Sprintf("write FIELD|expand: '%%%s%%', and \"not\" in the condition for the time outside of it", name)
}

func (c *chain) nothingToExpand(v *sigma.Value) {
	c.diags.Warnf("placeholder/none", v.At, "modifier \"expand\" finds no %%placeholder%% in this value")
}

func (c *chain) tooManyTexts(v *sigma.Value) {
	c.diags.Errorf("value/too-many-combinations", v.At,
		"with this value the modifiers make more than %d texts, or %d MB of text, of the rule", maxTexts, maxBytes>>20).Hint =
		"write shorter values, or fewer of them"
}

func (c *chain) tooManyRegexes(v *sigma.Value) {
	c.diags.Errorf("value/too-many-regexes", v.At, "the rule has more than %d regular expressions", maxRegexes).Hint =
		"compare texts where that is enough, or join expressions by \"|\""
}

func (c *chain) tooShort(v *sigma.Value) {
	c.diags.Errorf("value/too-short", v.At, "modifier \"base64offset\" needs a text of two or more bytes").Hint =
		"of a shorter one no whole character of base64 is left"
}

func (c *chain) referenceToMembers(v *sigma.Value) {
	c.diags.Errorf("value/reference-to-members", v.At, "a field reference names one value, and %q selects several", v.Text)
}

// badRegex is about bytes [start, end) of the value.
func (c *chain) badRegex(v *sigma.Value, start, end int, reason string) {
	at := v.At
	if start > 0 || end < len(v.Text) {
		at = v.Map().Span(start, end)
	}
	c.diags.Errorf("value/bad-regex", at, "not a regular expression: %s", reason)
}

// checkText hints at texts that often mean something else than their author thinks.
func (c *chain) checkText(v *sigma.Value) {
	switch {
	case v.Text == "" && c.field == nil:
		c.diags.Warnf("value/empty", v.At, "an empty keyword is found in every event")
	case v.Text == "" && c.place != ir.Exact:
		c.diags.Warnf("value/empty", v.At, "modifier %q with an empty text fits every value", c.placeWord.Value)
	case strings.HasPrefix(v.Text, `\\`) && !strings.HasPrefix(v.Text, `\\\`) && !strings.HasPrefix(v.Text, `\\*`) && !strings.HasPrefix(v.Text, `\\?`) &&
		strings.Contains(v.At.Text(), `\\`): // and not what a pipeline has made
		c.diags.Notef("value/two-backslashes", v.At, "the two backslashes at the start mean one").Hint =
			`a UNC path begins with four: '\\\\server'`
	}
}

func quoted(words []sigma.Text) string {
	names := make([]string, len(words))
	for i, w := range words {
		names[i] = fmt.Sprintf("%q", w.Value)
	}
	return strings.Join(names, ", ")
}
