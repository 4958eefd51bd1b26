package kusto

import (
	"strings"
	"unicode"

	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto/homes"
)

// value is what a field is in KQL, within some scope.
type value struct {
	raw    kql.Expr // as it is stored: a column, or a path into a dynamic one
	typ    schema.Type
	node   *schema.Column
	key    string // equal for equal values of one scope
	stored bool   // a column of the table
	made   bool   // or one that extend adds, of the same type
	named  func() kql.Expr
}

// computed reports whether the text of the value needs a column that extend adds.
func (v value) computed() bool { return v.made || v.named != nil }

// text returns the value as a string.
func (v value) text() kql.Expr {
	switch {
	case v.isText():
		return v.raw
	case v.named != nil:
		return v.named()
	default:
		return call("tostring", v.raw)
	}
}

// isText reports whether the value is a text, which KQL never has null.
func (v value) isText() bool { return (v.stored || v.made) && v.typ == schema.String }

// scope is where names start: the row, or a member of an array.
type scope struct {
	member string // the name of the member; "" for the row
}

func (s scope) base() kql.Expr { return &kql.Name{Name: s.member} }

// step follows one step from x.
func step(x kql.Expr, s schema.Step) kql.Expr {
	if s.JSON {
		x = call("parse_json", x)
	}
	switch {
	case s.Kind == schema.Member && kql.QuoteName(s.Name) == s.Name:
		return &kql.Member{X: x, Name: s.Name}
	case s.Kind == schema.Member:
		return &kql.Index{X: x, I: str(s.Name)}
	default:
		return &kql.Index{X: x, I: number(s.Index)}
	}
}

// start returns the value that the steps of a reference start from.
func (b *builder) start(ref target.Ref, s scope) kql.Expr {
	if ref.Column != nil {
		return b.read(ref.Column)
	}
	return s.base()
}

// value returns what a reference without arrays on its way leads to.
func (b *builder) value(ref target.Ref, s scope) value {
	v := value{raw: b.start(ref, s), typ: ref.Node.Type, node: ref.Node, key: ref.Canonical}
	for _, st := range ref.Steps {
		v.raw = step(v.raw, st)
	}
	switch {
	case ref.Column != nil && len(ref.Steps) == 0 && homes.Computed(b.bound.Log, ref.Column) != nil:
		v.made, v.raw = true, b.compute(ref.Canonical, homes.Computed(b.bound.Log, ref.Column))
		v.stored = v.typ != schema.String && ref.Column.Type == v.typ
	case ref.Column != nil && len(ref.Steps) == 0:
		v.stored = ref.Column.Type == v.typ
	case ref.Column != nil && s.member == "":
		raw := v.raw
		var column kql.Expr // is made when it is asked for, once
		v.named = func() kql.Expr {
			if column == nil {
				column = b.compute(ref.Canonical, call("tostring", raw))
			}
			return column
		}
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
	if b.columns == nil {
		b.columns = map[string]string{}
	}
	b.columns[key] = column
	if b.extend == nil {
		b.extend = make([]kql.Assign, 0, 4) // two halves of a name, and of a host
	}
	b.extend = append(b.extend, kql.Assign{Name: column, X: x})
	return column
}

// unique returns the name, with a number when a column of the table or of the query has it already.
func (b *builder) unique(name string) string {
	if !b.has(name) {
		b.take(name)
		return name
	}
	candidate := name
	n := max(b.numbered[name], 1) // a hostile rule asks for one name many times
	for ; b.has(candidate); n++ {
		candidate = name + itoa(n+1)
	}
	if b.numbered == nil {
		b.numbered = map[string]int{}
	}
	b.take(candidate)
	b.numbered[name] = n
	return candidate
}

// take notes that a column has the name.
func (b *builder) take(name string) {
	if b.taken == nil {
		b.taken = map[string]bool{}
	}
	b.taken[name] = true
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
