package homes

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// selected is what selects the rows of the log, and what the rule asks of them. Where the rule chooses itself among the values
// of a column that select the rows, both are one condition.
func (m *mover) selected() (rows []ir.Expr, asked ir.Expr) {
	rows, asked = m.rows, m.moved
	for i, row := range m.rows {
		column, values := chosen(row)
		left := ir.Conjuncts(asked)
		for n := 0; n < len(left) && column != ""; n++ {
			if kept := fitting(left[n], column, values); len(kept) > 0 {
				values, left = kept, slices.Delete(slices.Clone(left), n, n+1)
				rows = slices.Clone(rows)
				rows[i], asked = &ir.Or{X: kept}, &ir.And{X: left, At: m.moved.Span()}
				n--
			}
		}
	}
	return rows, asked
}

// chosen are the comparisons of a column with whole values of which one must hold; "" of any other condition.
func chosen(e ir.Expr) (column string, values []ir.Expr) {
	values = []ir.Expr{e}
	if or, ok := e.(*ir.Or); ok {
		values = or.X
	}
	for _, e := range values {
		like, ok := e.(*ir.Like)
		if !ok || !exact(like) || column != "" && like.Field.Name != column {
			return "", nil
		}
		column = like.Field.Name
	}
	return column, values
}

// fitting are those of the values of a column for which a condition on that column alone holds; none where it is another, or
// minds the case of values that the row may have in any.
func fitting(e ir.Expr, column string, values []ir.Expr) []ir.Expr {
	other := false
	ir.Walk(e, func(e ir.Expr) bool {
		switch e := e.(type) {
		case *ir.Like:
			other = other || e.Field.Name != column || e.Pattern.Cased && !values[0].(*ir.Like).Pattern.Cased
		case *ir.Or, *ir.Not:
		default:
			other = true
		}
		return !other
	})
	if other {
		return nil
	}
	var out []ir.Expr
	for _, v := range values {
		_, text := v.(*ir.Like).Pattern.Shape()
		if ir.Eval(e, ir.Event{column: text}) {
			out = append(out, v)
		}
	}
	return out
}
