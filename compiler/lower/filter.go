package lower

import (
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
)

// Filter returns the meaning of a filter, or nil when it has none. Its searches are its own: they neither see those of a
// rule nor are seen by it (spec 10.5).
func Filter(f *sigma.Filter, opts Options, diags *diag.List) *ir.Filter {
	if f.Broken || f.Detection == nil {
		return nil
	}
	l := newLowerer(f.Version, opts, diags)
	defer l.done()
	before := diags.Errors()
	cond := &ir.Or{At: f.Detection.At}
	cond.X, _ = l.detection(f.Detection)
	if diags.Errors() > before || len(cond.X) == 0 {
		return nil
	}
	return &ir.Filter{
		Title: f.Title, Rules: f.Rules, Any: f.Any, Cond: ir.Simplify(cond), At: f.At,
		Logsource: ir.Logsource{
			Category: f.Logsource.Category.Value, Product: f.Logsource.Product.Value, Service: f.Logsource.Service.Value,
			At: f.Logsource.At,
		},
	}
}
