package target

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
)

// native reads values of a rule that no event of the log has, though what was meant is known: keys of the registry whose
// roots Sysmon writes in another way, and names that viewers show in place of a number. All targets and sigc eval see the
// rule in the words of the log, and the author is told.
func (l *locator) native() {
	if !l.otherwise {
		return
	}
	words := *l // which is allocated for such rules alone
	if words.diags == nil {
		words.diags = &diag.List{}
	}
	conditions, same := make([]ir.Expr, len(l.Rule.Conditions)), true
	for i, e := range l.Rule.Conditions {
		conditions[i] = ir.Replace(e, words.worded)
		same = same && conditions[i] == e
	}
	if same {
		return
	}
	rule := *l.Rule
	rule.Conditions = conditions
	l.Rule, l.Expr = &rule, rule.Expr()
	l.collect(l.uses)
}

// worded is a condition that is not made of others, in the words of the log.
func (l *locator) worded(e ir.Expr) ir.Expr {
	if listed, ok := e.(*ir.Listed); ok { // targets keep lists as they are, so that other values are asked for here
		if x := ir.Replace(listed.X, l.worded); ir.String(x) != ir.String(ir.Simplify(listed.X)) {
			return x
		}
		return e
	}
	f, _ := ir.FieldsOf(e)
	if f == nil || l.Ref(f).Column == nil {
		return e
	}
	column := l.Ref(f).Column
	switch e := e.(type) {
	case *ir.Like:
		switch {
		case column.Foreign != nil:
			return l.reread(e, column.Foreign)
		case column.Shown != nil:
			return l.unshown(e, column.Shown)
		}
	case *ir.Regex:
		text := strings.ReplaceAll(strings.TrimPrefix(strings.TrimPrefix(e.Pattern, "(?i)"), "^"), `\\`, `\`)
		if of, _, found := foreign(column.Foreign, text); found {
			l.neverBegins(e.At, f, of, "a regular expression has to ask for")
		}
	}
	return e
}
