package check

import (
	"github.com/sigc-rules/sigc/compiler/catalogue"
	"github.com/sigc-rules/sigc/compiler/ir"
)

// knownField is what is known of a field of the rule.
type knownField struct {
	of     *ir.Field
	known  bool // it is a field of the log
	field  Field
	domain *catalogue.Domain // its values; nil when nothing is known of them
	worth  bool              // checks look at what it is compared with
}

// leaf is a comparison whose field is known.
type leaf struct {
	e ir.Expr
	*knownField
}

// field returns what is known of a field. Most values follow one of the same field.
func (p *Pass) field(of *ir.Field) *knownField {
	f := p.found
	if f.last != nil && f.last.of == of {
		return f.last
	}
	if f.last = f.byField[of]; f.last != nil {
		return f.last
	}
	k := &f.fields.Take(1)[0]
	if k.of = of; p.Log != nil {
		if k.field, k.known = p.Log.Field(of); k.known {
			k.domain = f.domains[k.field.Name]
			k.worth = k.domain != nil || k.field.Constant != "" || appField(f.table, k.field.Name) || neverFilled[f.table][k.field.Name] != ""
		}
	}
	f.byField[of], f.last = k, k
	return k
}

// compared finds the comparisons of a rule that checks look at: those of fields of which more is known than their names, and
// those of a part of a time.
func (f *facts) compared(p *Pass) {
	for _, s := range p.Meaning.Searches {
		ir.Walk(s.Expr, func(e ir.Expr) bool {
			if _, listed := e.(*ir.Listed); listed { // the values are not the rule's
				return false
			}
			first, other := ir.FieldsOf(e)
			if first == nil {
				return true
			}
			from := len(f.leaves)
			f.compare(e, p.field(first))
			if other != nil {
				f.compare(e, p.field(other))
			}
			if len(f.leaves) == from {
				return true
			}
			if f.seen[e] { // searches can share what they compare
				f.leaves = f.leaves[:from]
			}
			f.seen[e] = true
			return true
		})
	}
}

func (f *facts) compare(e ir.Expr, k *knownField) {
	if c, ok := e.(*ir.Compare); k.known && (k.worth || ok && c.Part != ir.Whole) {
		f.leaves = append(f.leaves, leaf{e, k})
	}
}
