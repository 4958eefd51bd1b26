package check

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
)

// logicChecks ask whether a condition can hold, and whether each of its parts makes a difference.
var logicChecks = []Check{{
	ID: "detection/contradiction", Severity: diag.Warning, Sigma: logicSearch,
	Doc: Doc{
		Summary: "no event can satisfy a search",
		Why:     "A field has one value: it cannot begin with one text and with another as well, or be null and hold something.",
		Bad:     "detection:\n    selection:\n        OperationName|startswith: Add\n        OperationName|endswith|all:\n            - ' user'\n            - ' device'\n    condition: selection\n",
		Good:    "detection:\n    selection:\n        OperationName|startswith: Add\n        OperationName|endswith:\n            - ' user'\n            - ' device'\n    condition: selection\n",
	},
}, {
	ID: "condition/contradiction", Severity: diag.Warning, Sigma: logicCondition,
	Doc: Doc{
		Summary: "no event can satisfy the condition, although each search alone can be satisfied",
		Why:     "The searches exclude each other: the rule looks as if nothing ever happened.",
		Bad:     "detection:\n    added:\n        OperationName: Add user\n    deleted:\n        OperationName: Delete user\n    condition: added and deleted\n",
		Good:    "detection:\n    added:\n        OperationName: Add user\n    deleted:\n        OperationName: Delete user\n    condition: added or deleted\n",
	},
}, {
	ID: "condition/tautology", Severity: diag.Warning, Sigma: logicTautology,
	Doc: Doc{
		Summary: "every event satisfies the condition",
		Why:     `"not a or not b" holds for everything that is not both at once; mostly "not (a or b)" was meant.`,
		Bad:     "detection:\n    added:\n        OperationName: Add user\n    deleted:\n        OperationName: Delete user\n    condition: not added or not deleted\n",
		Good:    "detection:\n    added:\n        OperationName: Add user\n    deleted:\n        OperationName: Delete user\n    condition: added or deleted\n",
	},
}, {
	ID: "condition/only-excludes", Severity: diag.Warning, Sigma: logicOnlyExcludes,
	Doc: Doc{
		Summary: "the condition holds for an event that has none of the fields of the rule",
		Why:     "The rule says only what it does not look for, so it matches almost everything in the log.",
		Bad:     "detection:\n    filter:\n        OperationName: Add user\n    condition: not filter\n",
		Good:    "detection:\n    selection:\n        Category: UserManagement\n    filter:\n        OperationName: Add user\n    condition: selection and not filter\n",
	},
}, {
	ID: "condition/filter-removes-all", Severity: diag.Warning, Sigma: logicRemovesAll,
	Doc: Doc{
		Summary: "a filter removes everything that the rule looks for",
		Why:     "What is selected is also what is excluded, so the rule can never match.",
		Bad:     "detection:\n    selection:\n        OperationName: Add user\n    filter:\n        OperationName|startswith: Add\n    condition: selection and not filter\n",
		Good:    "detection:\n    selection:\n        OperationName: Add user\n    filter:\n        Identity|startswith: sync\n    condition: selection and not filter\n",
	},
}, {
	ID: "condition/filter-removes-nothing", Severity: diag.Warning, Sigma: logicRemovesNothing,
	Doc: Doc{
		Summary: "a filter removes nothing of what the rule looks for",
		Why:     "No event that is selected satisfies the filter, or another filter removes it anyway: it is left over, or compares with the wrong value.",
		Bad:     "detection:\n    selection:\n        OperationName: Add user\n    filter:\n        OperationName: Add device\n    condition: selection and not filter\n",
		Good:    "detection:\n    selection:\n        OperationName|startswith: Add\n    filter:\n        OperationName: Add device\n    condition: selection and not filter\n",
	},
}, {
	ID: "condition/no-effect", Severity: diag.Note, Sigma: logicNoEffect,
	Doc: Doc{
		Summary: "the condition means the same without one of its searches",
		Why:     "What the search asks for, another one asks for already. Either it is left over, or its value is not the one that was meant.",
		Bad:     "detection:\n    add:\n        OperationName|startswith: Add\n    user:\n        OperationName: Add user\n    condition: add or user\n",
		Good:    "detection:\n    add:\n        OperationName|startswith: Add\n    user:\n        OperationName: Delete user\n    condition: add or user\n",
	},
}, {
	ID: "detection/same-search", Severity: diag.Warning, Sigma: logicSameSearch,
	Doc: Doc{
		Summary: "two searches of a rule mean the same",
		Why:     "The second was copied and never changed, or the two stand for cases that differ in nothing.",
		Bad:     "detection:\n    one:\n        OperationName: Add user\n    two:\n        OperationName: add user\n    condition: one or two\n",
		Good:    "detection:\n    one:\n        OperationName: Add user\n    two:\n        OperationName: Delete user\n    condition: one or two\n",
	},
}, {
	ID: "detection/same-alternative", Severity: diag.Warning, Sigma: logicSameAlternative,
	Doc: Doc{
		Summary: "a search lists the same alternative twice",
		Why:     "The second was copied and never changed.",
		Bad:     "detection:\n    selection:\n        - OperationName: Add user\n          Result: success\n        - Result: success\n          OperationName: Add user\n    condition: selection\n",
		Good:    "detection:\n    selection:\n        - OperationName: Add user\n          Result: success\n        - Result: failure\n          OperationName: Add user\n    condition: selection\n",
	},
}, {
	ID: "modifier/all-without-contains", Severity: diag.Warning, Item: logicAll,
	Doc: Doc{
		Summary: `"all" asks a field for several different values at once`,
		Why:     `Without "contains" a value is compared as a whole, and a field that has one value cannot be two.`,
		Bad:     "detection:\n    selection:\n        OperationName|all:\n            - Add user\n            - Delete user\n    condition: selection\n",
		Good:    "detection:\n    selection:\n        OperationName|contains|all:\n            - Add\n            - user\n    condition: selection\n",
	},
}}

func logicSearch(p *Pass) {
	s := p.searches()
	if s == nil {
		return
	}
	for i := range s.uses {
		if u := &s.uses[i]; !u.isConst() && p.proof().Satisfiable(u.formula) == ir.No && !p.allWithoutContains(u.Name) {
			p.report(u.At, "no event can satisfy the search %q", u.Name)
		}
	}
}

// contradicts reports whether a search alone makes trouble, which is reported for itself.
func (p *Pass) contradicts(s *searchFacts) bool {
	return slices.ContainsFunc(s.uses, func(u use) bool { return u.isConst() || p.proof().Satisfiable(u.formula) == ir.No })
}

// condition returns what is known of the searches of a rule whose condition can be built again and depends on the event;
// nil for any other.
func (p *Pass) condition() *searchFacts {
	s := p.searches()
	if s == nil || !s.built {
		return nil
	}
	if _, constant := s.whole.Const(); constant {
		return nil
	}
	return s
}

func logicCondition(p *Pass) {
	if s := p.condition(); s != nil && s.satisfiable == ir.No && !p.contradicts(s) && p.removing(s) == "" {
		p.report(p.Rule.Detection.Conditions[0].At, "no event can satisfy the condition")
	}
}

func logicTautology(p *Pass) {
	if s := p.condition(); s != nil && s.empty && p.proof().Valid(s.whole) {
		p.report(p.Rule.Detection.Conditions[0].At, "every event satisfies the condition")
	}
}

func logicOnlyExcludes(p *Pass) {
	s := p.condition()
	if s == nil || !s.empty || p.proof().Valid(s.whole) {
		return
	}
	for _, u := range s.uses { // who asks for an empty field wants just this
		if !u.positive {
			continue
		}
		asks := false
		ir.Walk(u.Expr, func(e ir.Expr) bool {
			switch e.(type) {
			case *ir.Null, *ir.Not, *ir.Exists, *ir.Each:
				asks = true
			}
			return !asks
		})
		if asks {
			return
		}
	}
	p.report(p.Rule.Detection.Conditions[0].At, "the condition holds for an event that has none of the rule's fields")
}

// removing returns the name of a search that is only excluded and with which nothing remains.
func (p *Pass) removing(s *searchFacts) string {
	if !s.built || s.satisfiable != ir.No || len(s.uses) > maxLogic {
		return ""
	}
	for i := range s.uses {
		if u := &s.uses[i]; u.excludes() && p.proof().Satisfiable(p.with(i, false)) == ir.Yes {
			return u.Name
		}
	}
	return ""
}

func logicRemovesAll(p *Pass) {
	s := p.searches()
	if s == nil {
		return
	}
	if name := p.removing(s); name != "" {
		p.report(p.Rule.Detection.Search(name).Name.At, "the search %q excludes everything that the rule looks for", name)
	}
}

func logicRemovesNothing(p *Pass) {
	s := p.searches()
	if s == nil || s.satisfiable != ir.Yes || len(s.uses) > maxLogic {
		return
	}
	for i := range s.uses {
		u := &s.uses[i]
		if !u.excludes() || u.isConst() {
			continue
		}
		open, closed := p.with(i, false), p.with(i, true)
		if p.nothingIn(closed, open, u.formula) && p.proof().Implies(open, s.whole) {
			p.report(u.At, "the rule matches the same without its filter %q", u.Name)
		}
	}
}

func logicNoEffect(p *Pass) {
	s := p.searches()
	if s == nil || s.satisfiable != ir.Yes || len(s.uses) > maxLogic || s.selecting() < 2 {
		return
	}
	for i := range s.uses {
		if u := &s.uses[i]; u.selects() && !u.isConst() && p.needless(s, i) {
			p.report(u.At, "the condition means the same without the search %q", u.Name)
			return // with two that mean the same, either can go
		}
	}
}

// needless reports whether a search that is only selected, the place of which is given, can be taken for never true, with
// which the condition is narrowest, or for always true, with which it is widest.
func (p *Pass) needless(s *searchFacts, search int) bool {
	narrowest, widest, meaning := p.with(search, false), p.with(search, true), s.uses[search].formula
	if value, known := narrowest.Const(); !known || value { // nothing would satisfy what is always false
		if p.nothingIn(narrowest, widest, meaning) && p.proof().Implies(s.whole, narrowest) {
			return true
		}
	}
	return p.nothingIn(narrowest, widest, meaning.Not()) && p.proof().Implies(widest, s.whole)
}

// nothingIn reports whether no event satisfies the wide condition and not the narrow one, and something else as well. In what
// lies between the two the search in which they differ decides, so that one event there shows what it is good for. This is
// asked before the two are compared with the condition itself: it is far less to ask, as the other searches stand in it
// once, and not at all where the narrow condition is always false, and mostly there is such an event.
//
// Where the narrow condition is always false, the wide one holds for all that the rule matches, and the rule matches
// something: what is about fields of its own can be asked by itself.
func (p *Pass) nothingIn(narrow, wide, something ir.Formula) bool {
	if value, known := narrow.Const(); known && !value && something.Apart(wide) {
		return p.proof().Satisfiable(something) == ir.No
	}
	return p.proof().Satisfiable(something, wide, narrow.Not()) == ir.No
}

// name is what fields are called when two conditions are compared.
func (p *Pass) name(f *ir.Field) string {
	if k := p.field(f); k.known {
		return k.field.Name
	}
	return f.String()
}

func logicSameSearch(p *Pass) {
	s := p.searches()
	if s == nil {
		return
	}
	first := map[string]*use{} // by what they mean
	for i := range s.uses {
		u := &s.uses[i]
		if u.isConst() || !s.imprinted(i) {
			continue
		}
		meaning := ir.Canonical(u.Expr, p.name)
		other, again := first[meaning]
		switch {
		case !again:
			first[meaning] = u
		case u.negative == other.negative: // not selected in one place and excluded in another
			related(p.report(u.At, "the search %q means the same as %q", u.Name, other.Name), "the other one", other.At)
		}
	}
}

// imprinted reports whether another search has the imprint of a search, which those have that mean the same.
func (s *searchFacts) imprinted(search int) bool {
	for i := range s.uses {
		if i != search && s.uses[i].formula.Imprint() == s.uses[search].formula.Imprint() {
			return true
		}
	}
	return false
}

func logicSameAlternative(p *Pass) {
	d := p.detection()
	if d == nil {
		return
	}
	for _, s := range d.Searches {
		if len(s.Body) < 2 {
			continue
		}
		sizes := p.found.sizes[:0]
		for i := range s.Body {
			if s.Body[i].Keyword == nil {
				sizes = append(sizes, sizeOf(&s.Body[i]))
			}
		}
		slices.Sort(sizes)
		p.found.sizes = sizes
		seen := map[string]*sigma.Alternative{}
		for i := range s.Body {
			alt := &s.Body[i]
			if alt.Keyword != nil || !twice(sizes, sizeOf(alt)) { // only those of a size can be equal
				continue
			}
			key, ok := alternativeKey(alt)
			if first, again := seen[key]; again && ok {
				related(p.report(alt.At, "the search %q lists this alternative twice", s.Name.Value), "the first is here", first.At)
				continue
			}
			seen[key] = alt
		}
	}
}

// twice reports whether a number stands at least twice among sorted ones.
func twice(sorted []int, n int) bool {
	i, _ := slices.BinarySearch(sorted, n)
	return i+1 < len(sorted) && sorted[i+1] == n
}

// sizeOf is a number that equal alternatives share, whatever the order of their items and values and the case of letters.
func sizeOf(alt *sigma.Alternative) int {
	n := 0
	for _, item := range alt.Items {
		n += item.Key.End() - item.Key.Start()
		for i := range item.Values {
			n += 100 + 1000*utf8.RuneCountInString(item.Values[i].Canon())
		}
	}
	return n
}

// alternativeKey writes a map of items so that equal ones are equal; false when it has blocks.
func alternativeKey(alt *sigma.Alternative) (string, bool) {
	items := make([]string, 0, len(alt.Items))
	for _, item := range alt.Items {
		if item.Block != nil {
			return "", false
		}
		values := make([]string, 0, len(item.Values))
		for _, v := range item.Values {
			text := v.Canon()
			if !has(item, "cased", "re") {
				text = fold(text)
			}
			values = append(values, fmt.Sprintf("%t %q", v.Kind == sigma.Null, text))
		}
		items = append(items, item.Key.Text()+": "+strings.Join(sorted(values), " "))
	}
	return strings.Join(sorted(items), "\n"), true
}

func logicAll(p *Pass, item *sigma.Item) {
	if !has(item, "all") || p.searches() == nil || !p.impossibleAll(item) {
		return
	}
	for _, m := range item.Modifiers {
		if m.Value == "all" {
			p.report(m.At, `the field %q cannot have all of these values at once`, item.Field.Value).Hint = `perhaps "contains" is missing before "all"`
		}
	}
}

// impossibleAll reports whether an item asks a field of one value for several whole values.
func (p *Pass) impossibleAll(item *sigma.Item) bool {
	if !has(item, "all") || !plain(item) || has(item, "contains", "startswith", "endswith", "expand", "base64offset", "windash", "neq") || len(item.Values) < 2 || item.Field.Value == "" {
		return false
	}
	texts := map[string]bool{}
	for _, v := range item.Values {
		if strings.ContainsAny(v.Text, "*?") {
			return false
		}
		texts[fold(v.Canon())] = true
	}
	if len(texts) < 2 {
		return false
	}
	single := false
	for _, s := range p.Meaning.Searches {
		ir.Walk(s.Expr, func(e ir.Expr) bool {
			f, other := ir.FieldsOf(e)
			for _, f := range [...]*ir.Field{f, other} {
				single = single || f != nil && f.At == item.Field.At && p.scalar(f)
			}
			return !single
		})
	}
	return single
}

// allWithoutContains reports whether a search has an item that [impossibleAll] finds.
func (p *Pass) allWithoutContains(search string) bool {
	found := false
	itemsIn(p.Rule.Detection.Search(search).Body, func(item *sigma.Item) { found = found || p.impossibleAll(item) })
	return found
}
