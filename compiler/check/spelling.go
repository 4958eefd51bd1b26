package check

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
)

// spellingChecks are about the several names that a field of one log has.
var spellingChecks = []Check{{
	ID: "style/field-spelling", Severity: diag.Note, Sigma: fieldSpelling,
	Doc: Doc{
		Summary: "a rule calls some fields by their columns and others by their paths in the record",
		Why: "All of these names are understood, and a rule in one of them reads well. In a rule that mixes them a reader looks for " +
			"a difference where there is none.",
		Bad:  inLog("auditlogs", "operationName: Add user\n        Result: success"),
		Good: inLog("auditlogs", "OperationName: Add user\n        Result: success"),
	},
}}

// fieldSpelling reports the fields of a rule that do not have their canonical names, where others do. A field without
// another name says nothing about which names the rule is written in. Only tables of Azure have columns that are also paths
// of a record; elsewhere the names are those of products.
func fieldSpelling(p *Pass) {
	if p.Rule == nil || p.Meaning == nil || p.Log == nil || p.Meaning.Logsource.Product != "azure" {
		return
	}
	var other []*ir.Field
	canonical := false
	for _, s := range p.Meaning.Searches {
		ir.Walk(s.Expr, func(e ir.Expr) bool {
			if _, each := e.(*ir.Each); each { // the names inside are those of members, which have one
				return false
			}
			for _, f := range ir.Fields(e) {
				known := p.field(f)
				switch {
				case !known.known || len(f.Segments) != 1 || f.Segments[0].Indexed:
				case known.field.Name == f.Name:
					canonical = true
				case !slices.ContainsFunc(other, func(o *ir.Field) bool { return o.At == f.At }):
					other = append(other, f)
				}
			}
			return true
		})
	}
	if !canonical {
		return
	}
	for _, f := range other {
		known := p.field(f).field
		d := p.report(f.At, "%q is called %q, where other fields have the names of their columns", known.Name, f.Name)
		d.Label = didYouMean(known.Name)
		if f.At.Text() == f.Name {
			d.Fixes = replace(f.At, known.Name)
		}
	}
}
