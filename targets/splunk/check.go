package splunk

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
)

// check reports what Splunk's limits may change, at the place in the rule that causes it.
func (p *platform) check(c *target.Compiled, diags *diag.List) {
	p.reportLate(c, diags)
	reportLimits(c.Query.(*Query).uses, c.Title.At, diags)
	throttling(c, diags)
	filledIn(c, diags)
	unsent(c, diags)
	reportModel(c, diags)
	p.reportDoubts(c, diags)
	title := stanzaTitle(c.Written().Title.Value)
	if name := stanzaName(c, title); name != title {
		d := diags.Notef("splunk/name-shortened", c.Title.At, "splunk: the saved search is called %q, as names have at most %d characters", name, maxName)
		d.Target = "splunk"
	}
}

func checkPack(rules []*target.Compiled, diags *diag.List) {
	checkNames(rules, diags)
	checkLookups(rules, diags)
}

// checkLookups notes lookups that Splunk does not keep in memory, at the first rule that reads them.
func checkLookups(rules []*target.Compiled, diags *diag.List) {
	first := map[string]*target.Compiled{}
	for _, c := range rules {
		for _, use := range c.ListUses() {
			if name := lookupName(use.List.Name, use.Kind, use.Cased); first[name] == nil {
				first[name] = c
			}
		}
	}
	if len(first) == 0 {
		return
	}
	for _, l := range large(rules) {
		c := first[l.Name]
		d := diags.Notef("splunk/large-lookup", c.Title.At, "splunk: the lookup %q has %d bytes, more than max_memtable_bytes keeps in memory", l.Name, len(l.CSV))
		d.Target, d.Hint = "splunk", "raise max_memtable_bytes in the stanza [lookup] of limits.conf, and tell the option lookup-bytes"
	}
}

// checkNames notes rules whose searches would have one name, or one name of their filters, which are keys.
func checkNames(rules []*target.Compiled, diags *diag.List) {
	first := make(map[string]*target.Compiled, len(rules))
	for i, n := range savedNames(rules) {
		c := rules[i]
		before := first[n.wanted]
		if before == nil {
			first[n.wanted] = c
			continue
		}
		d := diags.Notef("splunk/name-taken", c.Title.At, "splunk: the saved search is called %q, as another rule has the name", n.name)
		d.Target = "splunk"
		d.Related = []diag.Related{{Message: "the other rule, whose search gets a part of its id too", Span: before.Title.At}}
	}
}

func (p *platform) reportLate(c *target.Compiled, diags *diag.List) {
	fields := &fieldCheck{platform: p, diags: diags}
	if c.Bound != nil {
		fields.rule(c.Bound)
	} else {
		fields.correlation(c.Correlation)
	}
	fields.tell()
}

// lateField is the id of the note about fields that automatic extraction may not reach.
const lateField = "splunk/late-field"

// fieldCheck notes fields that automatic extraction may not reach, and sums that may be rounded.
type fieldCheck struct {
	*platform
	diags *diag.List
	found []string    // what it may not reach
	at    source.Span // where the rule names the first of them
	last  *ir.Field   // that has been looked at

	unset map[string][]string // what is there only with a setting, by the setting
	first map[string]source.Span
}

func (c *fieldCheck) rule(b *target.Bound) {
	ir.Walk(b.Expr, func(e ir.Expr) bool {
		first, other := ir.FieldsOf(e)
		for _, f := range [...]*ir.Field{first, other} {
			if f != nil && f != c.last { // the values of a list share their field
				c.last = f
				c.late(b.Log, b.Ref(f), f.At)
			}
		}
		if e, ok := e.(*ir.Regex); ok && foldsBeyondASCII(e) {
			d := c.diags.Notef("splunk/unconfirmed", e.At, "splunk: no document says that a regular expression ignores the case of letters beyond ASCII")
			d.Target, d.Hint = "splunk", "write both cases, as in [éÉ]"
		}
		return true
	})
}

func (c *fieldCheck) late(log *schema.Log, ref target.Ref, at source.Span) {
	if ref.Column == nil {
		return
	}
	data := c.choice.Data(log)
	path := data.Field(ref.Column).Path
	if setting := data.Setting(path); setting != "" && !slices.Contains(c.unset[setting], path) {
		if c.unset == nil {
			c.unset, c.first = map[string][]string{}, map[string]source.Span{}
		}
		if len(c.unset[setting]) == 0 {
			c.first[setting] = at
		}
		c.unset[setting] = append(c.unset[setting], path)
	}
	if !late(data, ref.Column) || slices.Contains(c.found, path) {
		return
	}
	if len(c.found) == 0 {
		c.at = at
	}
	c.found = append(c.found, path)
}

// tell says of all such fields of a rule what can be done, once.
func (c *fieldCheck) tell() {
	for setting, names := range c.unset {
		verb := "is"
		if len(names) > 1 {
			verb = "are"
		}
		d := c.diags.Notef("splunk/input-setting", c.first[setting], "splunk: %s %s only there when %s", quoted(names), verb, setting)
		d.Target = "splunk"
	}
	if len(c.found) == 0 {
		return
	}
	d := c.diags.Notef(lateField, c.at, "splunk: %s can stand behind the first 5,000 bytes or 100 fields of a record, where extraction stops by default", quoted(c.found))
	d.Target, d.Hint = "splunk", "raise extraction_cutoff in the stanza [spath] of limits.conf, and limit and maxchars in the stanza [kv]"
}

func quoted(names []string) string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = strconv.Quote(name)
	}
	return strings.Join(out, ", ")
}

func (c *fieldCheck) correlation(bound *target.BoundCorrelation) {
	rule := bound.Correlation
	for i, r := range bound.Rules {
		if r == nil {
			c.correlation(bound.Inner[i])
			continue
		}
		c.rule(r)
		for k, key := range rule.GroupBy {
			c.late(r.Log, bound.GroupBy[k][i], key.At)
		}
		for k, key := range rule.Values {
			c.late(r.Log, bound.Values[k][i], key.At)
		}
	}
	if rule.Kind == ir.ValueSum || rule.Kind == ir.ValueAvg {
		c.fractions(bound)
	}
}

// fractions notes a sum of values that need not be whole numbers.
func (c *fieldCheck) fractions(bound *target.BoundCorrelation) {
	key := bound.Correlation.Values[0]
	from := origins(bound, key, bound.Values[0])
	if slices.ContainsFunc(from, func(o origin) bool { return !o.whole() }) {
		d := c.diags.Notef("splunk/rounded-sum", key.At, "splunk: the sum of %q is rounded to %d digits behind the point", key.Name, digits)
		d.Target = "splunk"
	}
}

// throttling reports columns to throttle by that the result does not have: Splunk would take all of their values for equal.
func throttling(c *target.Compiled, diags *diag.List) {
	if v := c.Setting(optBy); throttle(c) == "" || v == byRule {
		return
	} else if by := throttleFields(c); !setsItself(c, optBy) {
		if strings.Join(by, ",") != v {
			d := diags.Notef("splunk/throttled-by", c.Title.At, "splunk: the result does not have all of the columns %s, and is throttled by %s", v, strings.Join(by, ", "))
			d.Target = "splunk"
		}
		return
	}
	fields := c.Query.(*Query).Fields
	for _, name := range throttleFields(c) {
		if slices.Contains(fields, name) {
			continue
		}
		d := diags.Errorf("splunk/no-column", settingAt(c, optBy), "splunk: the result has no column %q to throttle by: it has %s", name, strings.Join(fields, ", "))
		d.Target = "splunk"
		if near := diag.Nearest(name, fields); near != "" {
			d.Label = fmt.Sprintf("did you mean %q?", near)
		}
	}
}

// setsItself reports whether a rule sets an option for itself.
func setsItself(c *target.Compiled, option string) bool {
	return slices.ContainsFunc(c.Meta.Settings, func(s ir.Setting) bool { return s.Target.Value == "splunk" && s.Option.Value == option })
}

// settingAt is where a rule sets an option; its title where the setting is one for all rules.
func settingAt(c *target.Compiled, option string) source.Span {
	for _, s := range c.Meta.Settings {
		if s.Target.Value == "splunk" && s.Option.Value == option {
			return s.Value.At
		}
	}
	return c.Title.At
}
