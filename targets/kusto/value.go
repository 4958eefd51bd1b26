package kusto

import (
	"strings"
	"unicode"

	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
)

// value is what a field is in KQL, within some scope.
type value struct {
	raw    kql.Expr // as it is stored: a column, or a path into a dynamic one
	typ    schema.Type
	node   *schema.Column
	key    string   // equal for equal values of one scope
	stored bool     // a column of the table
	made   bool     // or one that extend adds, of the same type
	inside bool     // a dynamic column of the row: its text needs a column that extend adds
	column kql.Expr // that column, once it has been asked for
}

// computed reports whether the text of the value needs a column that extend adds.
func (v *value) computed() bool { return v.made || v.inside }

// text returns the value as a string.
func (b *builder) text(v *value) kql.Expr {
	switch {
	case v.isText():
		return v.raw
	case !v.inside:
		return b.call("tostring", v.raw)
	case v.column == nil:
		v.column = b.compute(v.key, b.call("tostring", v.raw))
	}
	return v.column
}

// isText reports whether the value is a text, which KQL never has null.
func (v *value) isText() bool { return (v.stored || v.made) && v.typ == schema.String }

// scope is where names start: the row, or a member of an array.
type scope struct {
	member string // the name of the member; "" for the row
}

// step follows one step from x.
func (b *builder) step(x kql.Expr, s schema.Step) kql.Expr {
	if s.JSON {
		x = b.call("parse_json", x)
	}
	switch {
	case s.Kind == schema.Member && kql.QuoteName(s.Name) == s.Name:
		return b.properties.New(kql.Member{X: x, Name: s.Name})
	case s.Kind == schema.Member:
		return b.indexes.New(kql.Index{X: x, I: b.str(s.Name)})
	default:
		return b.indexes.New(kql.Index{X: x, I: number(s.Index)})
	}
}

// start returns the value that the steps of a reference start from.
func (b *builder) start(ref target.Ref, s scope) kql.Expr {
	if ref.Column != nil {
		return b.read(ref.Column)
	}
	return b.name(s.member)
}

// value returns what a reference without arrays on its way leads to.
func (b *builder) value(ref target.Ref, s scope) *value {
	v := b.values.New(value{raw: b.start(ref, s), typ: ref.Node.Type, node: ref.Node, key: ref.Canonical})
	for _, st := range ref.Steps {
		v.raw = b.step(v.raw, st)
	}
	switch {
	case ref.Column != nil && len(ref.Steps) == 0:
		v.stored = ref.Column.Type == v.typ
		if x := b.computed(ref.Column); x != nil {
			v.made, v.raw = true, b.compute(ref.Canonical, x)
			v.stored = v.stored && v.typ != schema.String
		}
	case ref.Column != nil && s.member == "":
		v.inside = true
	}
	return v
}

// compute gives an expression over the row a column of its own and returns its name.
func (b *builder) compute(canonical string, x kql.Expr) kql.Expr {
	if column, ok := b.columns[canonical]; ok {
		return b.name(column)
	}
	return b.computeAs(columnName(canonical), canonical, x)
}

// computeAs is compute for what has a name of another origin than its key, which is equal for equal expressions.
func (b *builder) computeAs(column, key string, x kql.Expr) kql.Expr {
	if column, ok := b.columns[key]; ok {
		return b.name(column)
	}
	return b.name(b.add(column, key, x))
}

// add adds a column for an expression that has none yet, and returns its name.
func (b *builder) add(column, key string, x kql.Expr) string {
	column = b.unique(column)
	b.columns[key], b.taken[column] = column, b.round+1
	if b.extend == nil {
		b.extend = b.assigns.Take(8)[:0]
	}
	b.extend = append(b.extend, kql.Assign{Name: column, X: x})
	return column
}

// unique returns the name, with a number when a column of the table or of the query has it already.
func (b *builder) unique(name string) string {
	if !b.has(name) {
		b.taken[name] = 0
		return name
	}
	candidate := name
	n := max(b.numbered[name], 1) // a hostile rule asks for one name many times
	for ; b.has(candidate); n++ {
		candidate = name + itoa(n+1)
	}
	b.taken[candidate] = 0
	b.numbered[name] = n
	return candidate
}

// columnName makes a column name of a path: InitiatedBy.user.id becomes InitiatedByUserId, unless there is a name that
// Microsoft's own rules use for it.
func columnName(canonical string) string {
	if name, ok := customaryNames[canonical]; ok {
		return name
	}
	if kql.IsIdentifier(canonical) && (canonical[0] < 'a' || canonical[0] > 'z') {
		return canonical
	}
	canonical = strings.ReplaceAll(strings.ReplaceAll(canonical, "[-1]", ".last"), "[-", ".last") // positions from the end
	var b strings.Builder
	upper := true
	for _, r := range canonical {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_':
			if upper {
				r = unicode.ToUpper(r)
			}
			upper = false
			b.WriteRune(r)
		default:
			upper = true
		}
	}
	name := b.String()
	if name == "" || unicode.IsDigit(rune(name[0])) {
		return "Field" + name
	}
	return name
}

// memberName is the name of one member of the array of the given name: a TargetResource of TargetResources.
func memberName(array string) string {
	name := columnName(array)
	switch {
	case strings.HasSuffix(name, "ies"):
		return strings.TrimSuffix(name, "ies") + "y"
	case strings.HasSuffix(name, "ss"), !strings.HasSuffix(name, "s"):
		return name + "Item"
	default:
		return strings.TrimSuffix(name, "s")
	}
}
