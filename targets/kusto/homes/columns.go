package homes

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/target"
)

// inColumns looks for the keywords of a rule in columns of the table that is the log itself: those that its description
// names. A record has them anywhere, so that a note says where they are looked for.
func inColumns(t *target.Target, l *target.Located, diags *diag.List) *target.Located {
	if len(l.Log.Keywords) == 0 || ir.FeaturesOf(l.Expr)&ir.FeatureKeyword == 0 {
		return l
	}
	noted := false
	e := ir.Replace(l.Expr, func(e ir.Expr) ir.Expr {
		keyword, ok := e.(*ir.Keyword)
		if !ok {
			return e
		}
		if !noted {
			noted = true
			diags.Notef("target/approximated", keyword.At, "%s: keywords are looked for in the columns %s, and in the names of what these hold as JSON", t.Name, strings.Join(l.Log.Keywords, ", ")).Target = t.Name
		}
		out := &ir.Or{At: keyword.At}
		for _, name := range l.Log.Keywords {
			out.X = append(out.X, keyword.In(ir.NewField(name, keyword.At)))
		}
		return out
	})
	return l.In(l.Log, e, l.Triage(), func(field string) (string, bool) { return field, true })
}
