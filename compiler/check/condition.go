package check

import (
	"bytes"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// conditionChecks are about how a condition is written.
var conditionChecks = []Check{{
	ID: "condition/them-of-one", Severity: diag.Note, Cond: conditionThem,
	Doc: Doc{
		Summary: `the condition speaks of "them", and there is one search`,
		Why:     "The name of the search says the same, and says it when a second search is added too.",
		Bad:     "detection:\n    selection:\n        OperationName: Add user\n    condition: 1 of them\n",
		Good:    "detection:\n    selection:\n        OperationName: Add user\n    condition: selection\n",
	},
}, {
	ID: "condition/of-one", Severity: diag.Note, Cond: conditionOfOne,
	Doc: Doc{
		Summary: "a pattern such as \"1 of selection_*\" fits a single search",
		Why:     "Perhaps another search is misspelt and does not fit. Otherwise the name says it more plainly.",
		Bad:     "detection:\n    selection_a:\n        OperationName: Add user\n    selektion_b:\n        Result: success\n    condition: all of selection_* and selektion_b\n",
		Good:    "detection:\n    selection_a:\n        OperationName: Add user\n    selection_b:\n        Result: success\n    condition: all of selection_*\n",
	},
}, {
	ID: "condition/no-star", Severity: diag.Note, Cond: conditionNoStar,
	Doc: Doc{
		Summary: `a name without a star stands after "of"`,
		Why:     `"1 of selection" speaks of the search of that name alone. Mostly "1 of selection*" was meant.`,
		Bad:     "detection:\n    selection:\n        OperationName: Add user\n    condition: 1 of selection\n",
		Good:    "detection:\n    selection:\n        OperationName: Add user\n    condition: selection\n",
	},
}, {
	ID: "condition/double-negation", Severity: diag.Note, Cond: conditionDouble,
	Doc: Doc{
		Summary: `a "not" follows another`,
		Why:     "The two cancel out. One of them was meant for something else.",
		Bad:     "detection:\n    selection:\n        OperationName: Add user\n    condition: not not selection\n",
		Good:    "detection:\n    selection:\n        OperationName: Add user\n    condition: selection\n",
	},
}, {
	ID: "condition/repeated-search", Severity: diag.Warning, Cond: conditionRepeated,
	Doc: Doc{
		Summary: `"and" or "or" joins a search with itself`,
		Why:     "Another search was meant, or it is left over.",
		Bad:     "detection:\n    added:\n        OperationName: Add user\n    failed:\n        Result: failure\n    condition: added and failed and added\n",
		Good:    "detection:\n    added:\n        OperationName: Add user\n    failed:\n        Result: failure\n    condition: added and failed\n",
	},
}, {
	ID: "condition/precedence", Severity: diag.Note, Cond: conditionPrecedence,
	Doc: Doc{
		Summary: `"or" is followed by "and not" without parentheses`,
		Why:     `"and" binds more tightly than "or": in "a or b and not filter" the filter is not applied to a.`,
		Bad:     "detection:\n    a:\n        OperationName: Add user\n    b:\n        OperationName: Delete user\n    filter:\n        Identity: sync\n    condition: a or b and not filter\n",
		Good:    "detection:\n    a:\n        OperationName: Add user\n    b:\n        OperationName: Delete user\n    filter:\n        Identity: sync\n    condition: (a or b) and not filter\n",
	},
}, {
	ID: "condition/filter-selects", Severity: diag.Warning, Sigma: conditionFilterSelects,
	Doc: Doc{
		Summary: `a search whose name begins with "filter" is not excluded`,
		Why:     `A filter is what a rule leaves out. Here a "not" is missing, or the name says the opposite of what the search does.`,
		Bad:     "detection:\n    selection:\n        OperationName: Add user\n    filter_sync:\n        Identity: sync\n    condition: selection and filter_sync\n",
		Good:    "detection:\n    selection:\n        OperationName: Add user\n    filter_sync:\n        Identity: sync\n    condition: selection and not filter_sync\n",
	},
}, {
	ID: "condition/selection-excludes", Severity: diag.Note, Sigma: conditionSelectionExcludes,
	Doc: Doc{
		Summary: `a search whose name begins with "selection" is only excluded`,
		Why:     "What a rule leaves out is called a filter. The name misleads whoever changes the rule.",
		Bad:     "detection:\n    selection:\n        OperationName: Add user\n    selection_sync:\n        Identity: sync\n    condition: selection and not selection_sync\n",
		Good:    "detection:\n    selection:\n        OperationName: Add user\n    filter_sync:\n        Identity: sync\n    condition: selection and not filter_sync\n",
	},
}, {
	ID: "condition/empty-actor", Severity: diag.Note, Sigma: conditionEmptyActor,
	Doc: Doc{
		Summary: "a list of allowed users lets pass what no user did",
		Why:     "Changes in Entra ID are made by users or by applications, and the record of one lacks the fields of the other. The filter does not hold for a record without a user, so every change by an application is reported.",
		Bad:     "detection:\n    selection:\n        OperationName: Add user\n    filter:\n        InitiatedBy.user.userPrincipalName: admin@contoso.example\n    condition: selection and not filter\n",
		Good:    "detection:\n    selection:\n        OperationName: Add user\n        InitiatedBy.user.userPrincipalName|exists: true\n    filter:\n        InitiatedBy.user.userPrincipalName: admin@contoso.example\n    condition: selection and not filter\n",
	},
}}

func conditionThem(p *Pass, d *sigma.Detection, c sigma.Cond) {
	if q, ok := c.(*sigma.CondQuant); ok && q.Them && len(d.Searches) == 1 {
		p.report(q.At, `"them" is the search %q alone`, d.Searches[0].Name.Value).Fixes = replace(q.At, d.Searches[0].Name.Value)
	}
}

func conditionOfOne(p *Pass, d *sigma.Detection, c sigma.Cond) {
	q, ok := c.(*sigma.CondQuant)
	// A filter of its own is how SigmaHQ keeps room for those of its users.
	if !ok || q.Them || !strings.Contains(q.Pattern, "*") || strings.HasPrefix(q.Pattern, "filter") {
		return
	}
	var only *sigma.Search
	for _, s := range d.Searches {
		switch {
		case !q.Fits(s.Name.Value):
		case only != nil:
			return
		default:
			only = s
		}
	}
	if only != nil {
		p.report(q.At, "only the search %q fits %q", only.Name.Value, q.Pattern).Fixes = replace(q.At, only.Name.Value)
	}
}

func conditionNoStar(p *Pass, _ *sigma.Detection, c sigma.Cond) {
	if q, ok := c.(*sigma.CondQuant); ok && !q.Them && !strings.Contains(q.Pattern, "*") {
		d := p.report(q.Target, "%q is the name of one search", q.Pattern)
		d.Hint = `with a star it is a pattern for several`
	}
}

func conditionDouble(p *Pass, _ *sigma.Detection, c sigma.Cond) {
	if n, ok := c.(*sigma.CondNot); ok {
		if _, ok := n.X.(*sigma.CondNot); ok {
			p.report(n.At, `"not" after "not" cancels out`)
		}
	}
}

func conditionRepeated(p *Pass, _ *sigma.Detection, c sigma.Cond) {
	var x []sigma.Cond
	word := "and"
	switch c := c.(type) {
	case *sigma.CondAnd:
		x = c.X
	case *sigma.CondOr:
		x, word = c.X, "or"
	default:
		return
	}
	names := &p.found.texts
	names.reset()
	for _, operand := range x {
		name := operandName(operand)
		if name == "" {
			names.skip()
		} else if first, again := names.find(name, true); again {
			related(p.report(operand.Span(), "%q joins this search with itself", word), "it stands here already", x[first].Span())
		}
	}
}

// operandName tells operands that are names apart; "" for others.
func operandName(c sigma.Cond) string {
	switch c := c.(type) {
	case *sigma.CondRef:
		return c.Name
	case *sigma.CondNot:
		if name := operandName(c.X); name != "" {
			return "not " + name
		}
	case *sigma.CondQuant:
		return c.At.Text()
	}
	return ""
}

func conditionPrecedence(p *Pass, _ *sigma.Detection, c sigma.Cond) {
	or, ok := c.(*sigma.CondOr)
	if !ok {
		return
	}
	for _, x := range or.X {
		and, ok := x.(*sigma.CondAnd)
		if !ok || !slices.ContainsFunc(and.X, isNot) || inParentheses(and.At) {
			continue
		}
		p.report(and.At, `the "not" is not applied to what stands on the other side of "or"`).Hint = "put parentheses around what belongs together"
	}
}

func isNot(c sigma.Cond) bool {
	_, ok := c.(*sigma.CondNot)
	return ok
}

// inParentheses reports whether a part of a condition has parentheses around it.
func inParentheses(at source.Span) bool {
	before := bytes.TrimRight(at.File.Text[:at.Start()], " \r\n\t")
	return bytes.HasSuffix(before, []byte("("))
}

// isCalled reports whether the name of a search begins with a word.
func isCalled(search, word string) bool {
	return len(search) >= len(word) && strings.EqualFold(search[:len(word)], word)
}

func conditionFilterSelects(p *Pass) {
	if s := p.searches(); s != nil {
		for i := range s.uses {
			if u := &s.uses[i]; isCalled(u.Name, "filter") && u.selects() && s.selecting()+s.excluding() > 1 {
				p.report(u.At, "the search %q is called a filter, but is not excluded", u.Name)
			}
		}
	}
}

func conditionSelectionExcludes(p *Pass) {
	if s := p.searches(); s != nil {
		for i := range s.uses {
			if u := &s.uses[i]; isCalled(u.Name, "selection") && u.excludes() {
				p.report(u.At, "the search %q is called a selection, but is only excluded", u.Name)
			}
		}
	}
}

// conditionEmptyActor looks at what is excluded by its user, where nothing that is selected asks who did it.
func conditionEmptyActor(p *Pass) {
	s := p.searches()
	if s == nil || p.Log == nil || p.Log.Table() != "AuditLogs" {
		return
	}
	const actor, user = "InitiatedBy", "InitiatedBy.user."
	about := func(e ir.Expr, prefix string) (some, all bool) {
		all = true
		ir.Walk(e, func(e ir.Expr) bool {
			for _, f := range ir.Fields(e) {
				if strings.HasPrefix(p.name(f), prefix) {
					some = true
				} else {
					all = false
				}
			}
			return true
		})
		return some, some && all
	}
	for _, u := range s.uses {
		if asked, _ := about(u.Expr, actor); asked && u.positive {
			return
		}
	}
	for _, u := range s.uses {
		if _, only := about(u.Expr, user); only && u.excludes() {
			p.report(u.At, "a change that an application made has no user and passes the filter %q", u.Name).Hint =
				"ask for a user to be there, or filter applications by InitiatedBy.app too"
			return
		}
	}
}
