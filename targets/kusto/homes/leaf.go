package homes

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// leaf rewrites a condition on a single field.
func (m *mover) leaf(e ir.Expr, f *ir.Field) ir.Expr {
	to := m.field(f)
	if to == nil {
		return &ir.Const{}
	}
	m.lose(f.At, to.Loses)
	if to.Begin != "" && asksBegin(e) {
		m.lose(f.At, to.Begin)
	}
	if to.Escapes != "" && asksEscaped(e) {
		m.lose(f.At, to.Escapes)
	}
	if to.Also == "" {
		return m.put(e, f, to)
	}
	return m.either(e, f, to)
}

// either puts a condition on a field and on the other one that rules mean by its name. The other holds the value of the
// first at its end: so it is enough where any text may stand before what the condition asks for.
func (m *mover) either(e ir.Expr, f *ir.Field, to *Field) ir.Expr {
	switch e := e.(type) {
	case *ir.Like:
		if !asksBegin(e) {
			return m.put(e, f, m.fields[to.Also])
		}
	case *ir.Regex:
	default: // whether there is a value, or how large it is
		return m.put(e, f, to)
	}
	return &ir.Or{X: []ir.Expr{m.put(e, f, to), m.put(e, f, m.fields[to.Also])}, At: e.Span()}
}

// put puts a condition on a field where the table has it.
func (m *mover) put(e ir.Expr, f *ir.Field, to *Field) ir.Expr {
	switch {
	case to.Unnamed:
		return m.unnamed(e, f, to)
	case to.File != "" && to.Column == "":
		return m.file(e, f, to.File)
	case to.Named:
		return m.file(e, f, to.Column)
	case to.Const != "":
		return &ir.Const{Value: holds(e, f, to.Const), At: e.Span()}
	case to.Values != nil:
		return m.among(e, f, to)
	case to.Hashes != nil:
		return m.hash(e, to)
	case to.Folded && mindsCase(e):
		return m.inexact(e, "the table %s does not keep the case of %q", m.Table.Name, f.Name)
	}
	if _, scheduled := e.(*ir.Within); scheduled && to.X != nil && m.typeOf(to) != schema.Datetime {
		return m.inexact(e, "%q is no time in the table %s", f.Name, m.Table.Name)
	}
	if to.Blank != "" && hasBlank(e, to.Blank) {
		if _, regex := e.(*ir.Regex); regex {
			return m.inexact(e, "the table %s has %q for a blank in %q", m.Table.Name, to.Blank, f.Name)
		}
		m.lose(f.At, fmt.Sprintf("the table %s has %q for a blank in %q: the two are not told apart", m.Table.Name, to.Blank, f.Name))
		e = unblank(e, to.Blank)
	}
	if like, ok := e.(*ir.Like); ok && len(to.Never) > 0 && exact(e) && to.never(like.Pattern) {
		return m.missing(f, fmt.Sprintf("the table %s does not keep these events", m.Table.Name))
	}
	var out ir.Expr
	switch {
	case to.Plain != nil && to.alike(e):
		out = m.on(e, f, to.Plain)
	case to.Aliases != nil:
		out = m.aliased(e, f, to)
	default:
		out = m.on(e, f, to)
	}
	if to.Kernel != "" && exact(e) && holds(e, f, kernel) {
		out = &ir.Or{X: []ir.Expr{out, &ir.Like{Field: m.named(to.Kernel, f), Pattern: ir.Text("4"), At: e.Span()}}, At: e.Span()}
	}
	if to.Absent != "" {
		out = orAbsent(out, m.named(to.Column, f), to.Absent)
	}
	if to.None != "" && holds(e, f, to.None) { // the table has nothing there
		empty := &ir.Like{Field: m.named(to.Column, f), Pattern: ir.Text(""), At: e.Span()}
		return &ir.Or{X: []ir.Expr{out, empty}, At: e.Span()}
	}
	return out
}

// kernel is what Sysmon calls the path of the process that has none: that of the kernel, whose id is 4 on every Windows.
const kernel = "System"

// orAbsent counts a text of the table that stands for no value as none.
func orAbsent(e ir.Expr, column *ir.Field, text string) ir.Expr {
	switch e.(type) {
	case *ir.Null:
		return &ir.Or{X: []ir.Expr{e, absent(e, column, text)}, At: e.Span()}
	case *ir.Exists:
		return &ir.And{X: []ir.Expr{e, &ir.Not{X: absent(e, column, text), At: e.Span()}}, At: e.Span()}
	default:
		return e
	}
}

func absent(e ir.Expr, column *ir.Field, text string) ir.Expr {
	return &ir.Like{Field: column, Pattern: ir.Text(text), At: e.Span()}
}

// asksBegin reports whether it matters for the condition how the value begins.
func asksBegin(e ir.Expr) bool {
	switch e := e.(type) {
	case *ir.Like:
		shape, text := e.Pattern.Shape()
		return !e.Pattern.StarBefore() && (shape != ir.Exact || text != "")
	case *ir.Regex:
		return strings.HasPrefix(e.Pattern, "^")
	default:
		return false
	}
}

// asksEscaped reports whether the condition asks for something that an address has escaped.
func asksEscaped(e ir.Expr) bool {
	switch e := e.(type) {
	case *ir.Like:
		return e.Pattern.Any(func(p ir.Part) bool { return strings.Contains(p.Text, "%") })
	case *ir.Regex:
		return strings.Contains(e.Pattern, "%")
	default:
		return false
	}
}

// hasBlank reports whether a text that the condition asks for has a blank, or the sign that the table writes for one.
func hasBlank(e ir.Expr, sign string) bool {
	switch e := e.(type) {
	case *ir.Like:
		return e.Pattern.Any(func(p ir.Part) bool { return strings.ContainsAny(p.Text, " "+sign) })
	case *ir.Regex: // in which the sign may have a meaning of its own
		return strings.Contains(e.Pattern, " ") || strings.Contains(e.Pattern, `\s`)
	default:
		return false
	}
}

// unblank returns the condition with the sign in place of every blank.
func unblank(e ir.Expr, sign string) ir.Expr {
	like, ok := e.(*ir.Like)
	if !ok {
		return e
	}
	out := *like
	parts := slices.Collect(like.Pattern.Parts())
	for i, p := range parts {
		parts[i].Text = strings.ReplaceAll(p.Text, " ", sign)
	}
	out.Pattern = ir.NewPattern(parts)
	out.Pattern.Cased = like.Pattern.Cased
	return &out
}

// holds reports whether the condition holds for an event in which the field has the value.
func holds(e ir.Expr, f *ir.Field, value string) bool {
	if like, ok := e.(*ir.Like); ok && len(f.Segments) == 1 && !f.Segments[0].Indexed {
		return like.Pattern.Matches(value)
	}
	return ir.Eval(e, ir.Event{f.Name: value})
}

// among rewrites a condition on a field of which all values are known: to the stored values for which it holds.
func (m *mover) among(e ir.Expr, f *ir.Field, to *Field) ir.Expr {
	out := &ir.Or{At: e.Span()}
	for _, v := range slices.Sorted(maps.Keys(to.Values)) {
		if holds(e, f, v) {
			for _, stored := range values(to.Values[v]) {
				out.X = append(out.X, &ir.Like{Field: m.named(to.Column, f), Pattern: ir.Text(stored), At: e.Span()})
			}
		}
	}
	switch {
	case len(out.X) > 0:
	case to.Strict && exact(e):
		return m.inexact(e, "the table %s has no such value for %q", m.Table.Name, f.Name)
	default:
		return &ir.Const{At: e.Span()}
	}
	return out
}

// never reports whether the value is one of events that are not in the table.
func (f *Field) never(value ir.Pattern) bool {
	_, text := value.Shape()
	return slices.ContainsFunc(f.Never, func(never string) bool {
		end, any := strings.CutPrefix(never, "*")
		return value.Matches(never) || any && strings.HasSuffix(text, end)
	})
}

// exact reports whether the condition asks for one whole value.
func exact(e ir.Expr) bool {
	like, ok := e.(*ir.Like)
	if !ok {
		return false
	}
	shape, _ := like.Pattern.Shape()
	return shape == ir.Exact
}

// values are those of a scalar or of a list in a file.
func values(v any) []string {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	var out []string
	for _, x := range list {
		out = append(out, fmt.Sprint(x))
	}
	return out
}

// mindsCase reports whether the condition tells texts apart that differ in case alone.
func mindsCase(e ir.Expr) bool {
	switch e := e.(type) {
	case *ir.Like:
		return e.Pattern.Cased && e.Pattern.Any(func(p ir.Part) bool { return strings.ContainsFunc(p.Text, unicode.IsLetter) })
	case *ir.Regex:
		return !e.IgnoreCase && strings.ContainsFunc(e.Pattern, unicode.IsLetter)
	default:
		return false
	}
}

// on puts the condition on the column. A path that must end in a name is asked for by the column of the name.
func (m *mover) on(e ir.Expr, f *ir.Field, to *Field) ir.Expr {
	column := m.at(f, to)
	switch e := e.(type) {
	case *ir.Like:
		if shape, text := e.Pattern.Shape(); to.File != "" && shape == ir.Suffix && strings.LastIndexAny(text, `\/`) == 0 && len(text) > 1 {
			name := ir.Text(text[1:])
			name.Cased = e.Pattern.Cased
			return m.room.Like(ir.Like{Field: m.named(to.File, f), Pattern: name, At: e.At})
		}
		if why := m.impossible(e.Pattern, to); why != "" {
			if to.None == "" || !holds(e, f, to.None) { // which put looks for
				m.neverFound(e.At, why)
			}
			return &ir.Const{At: e.At}
		}
		return m.room.Like(ir.Like{Field: column, Pattern: e.Pattern, At: e.At})
	case *ir.Compare:
		return &ir.Compare{Field: column, Part: e.Part, Op: e.Op, Number: e.Number, At: e.At}
	case *ir.Regex:
		out := *e
		out.Field = column
		return &out
	case *ir.CIDR:
		return &ir.CIDR{Field: column, Prefix: e.Prefix, At: e.At}
	case *ir.Exists:
		return &ir.Exists{Field: column, At: e.At}
	case *ir.Null:
		return &ir.Null{Field: column, At: e.At}
	case *ir.Within:
		return &ir.Within{Field: column, Schedule: e.Schedule, At: e.At}
	default:
		panic(fmt.Sprintf("homes: no case for %T", e))
	}
}

// file puts a condition on a path of which the table has the name of the file, and at times the whole (Microsoft's pages:
// "name or full path").
func (m *mover) file(e ir.Expr, f *ir.Field, name string) ir.Expr {
	like, ok := e.(*ir.Like)
	if !ok {
		return m.inexact(e, "the table %s has only the name of the file of %q", m.Table.Name, f.Name)
	}
	shape, text := like.Pattern.Shape()
	if shape != ir.Suffix || strings.LastIndexAny(text, `\/`) != 0 || len(text) == 1 || like.Pattern.Cased {
		return m.inexact(e, "the table %s has only the name of the file of %q", m.Table.Name, f.Name)
	}
	column := m.named(name, f)
	either := m.room.List(2)
	either[0] = m.room.Like(ir.Like{Field: column, Pattern: ir.Text(text[1:]), At: e.Span()})
	either[1] = m.room.Like(ir.Like{Field: column, Pattern: like.Pattern, At: e.Span()})
	return m.room.Or(ir.Or{X: either, At: e.Span()})
}

// lengths are how many digits the hashes of the algorithms have.
var lengths = map[string]int{"MD5": 32, "SHA1": 40, "SHA256": 64, "IMPHASH": 32}

// hash rewrites a condition on a list such as "SHA1=…,MD5=…,SHA256=…,IMPHASH=…", which asks for one whole hash of it.
func (m *mover) hash(e ir.Expr, to *Field) ir.Expr {
	like, ok := e.(*ir.Like)
	if !ok {
		return m.inexact(e, "the table %s has a column for each hash, and no list of them", m.Table.Name)
	}
	shape, text := like.Pattern.Shape()
	algorithm, digits, named := strings.Cut(strings.Trim(text, ","), "=")
	algorithm = strings.ToUpper(algorithm)
	if !named { // only one kind of hash is that long, and none is a part of another
		algorithm, digits = "", text
		if len(text) == lengths["SHA256"] {
			algorithm = "SHA256"
		}
	}
	column := to.Hashes[algorithm]
	switch {
	case shape != ir.Contains:
		return m.inexact(e, "the table %s has a column for each hash, and no list of them", m.Table.Name)
	case algorithm == "", len(digits) != lengths[algorithm], strings.Trim(digits, "0123456789abcdefABCDEF") != "":
		return m.inexact(e, "the table %s has a column for each hash; this is not one whole hash with the name of its algorithm", m.Table.Name)
	case column == "":
		return m.inexact(e, "the table %s has no column for hashes of the kind %s", m.Table.Name, algorithm)
	case like.Pattern.Cased:
		return m.inexact(e, "the table %s does not keep the case of hashes", m.Table.Name)
	}
	return m.room.Like(ir.Like{Field: m.named(column, like.Field), Pattern: ir.Text(digits), At: like.At})
}
