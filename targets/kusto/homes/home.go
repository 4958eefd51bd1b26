package homes

import (
	"maps"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
)

// Home is a log in a table.
type Home struct {
	Log    *schema.Log // whose fields rules name
	Table  *schema.Log // with a column for everything that a field of the log is
	Family string      // the word by which users choose it
	Loses  string      // what the table cannot tell of any rule; "" when nothing
	// Function says that the table is a function of the workspace, whose rows do not tell when they were ingested.
	Function bool
	// Keywords are the fields of the log in which keywords are looked for, besides the values in a body of XML; none where
	// the table has no text of an event.
	Keywords []string
	// Without is what is lost of keywords; "" when nothing.
	Without string
	Shown   []string // fields of the log that an analyst wants to see

	// Rows are expressions over the fields of the log that give columns of the table, where that is more than the field
	// itself. Body is the column that holds the fields of the event as they came.
	Rows map[string]string
	Body Body

	file   string
	where  []condition // of columns
	unless []condition // of columns: rows that satisfy one of them are of other logs
	having []condition // of fields of the log, unless they say no more than where
	// matching are further conditions, on fields of the log.
	matching []*ir.Regex
	fields   map[string]*Field
	// The same for every rule: rows are the conditions that select the rows of the log, shown the columns of Shown, and names
	// the columns of fields as conditions name them.
	rows  []ir.Expr
	shown []target.Ref
	names map[string]*ir.Field
	// columnOf is Column, for every rule.
	columnOf func(field string) (string, bool)
	// computed are the columns that are none of the table, by name.
	computed map[string]kql.Expr
}

// condition says that a column has one of the values, in which * at the end, or between pieces, stands for any text.
type condition struct {
	column string
	values []string
}

// Body is a column that holds named values of an event.
type Body struct {
	Column string
	Form   string // "xml", "bag", or "record": the event itself
}

// Field is what a field of a log is in a table.
type Field struct {
	Column string // of the table, or the name of what X computes
	X      kql.Expr
	// Plain is the field as the table has it; nil when it is no other. It differs from what the log has in paths through
	// one of Differs, each in its segments, or where both are of nothing but Signs.
	Plain *Field
	// Unnamed says that the field is the texts without a name in the body, which is Column.
	Unnamed bool
	// Missing says why the table does not have the field.
	Missing string

	path string // Column, with [] behind the arrays on the way

	*Special
}

// Special is what is said of few fields: the others, of which there are thousands, share one that says nothing.
type Special struct {
	// File is the column with the last part of the path that the field is.
	File string
	// Named says that the column has the name of a file, or the whole path.
	Named bool
	// Kernel is the column with the id of the process whose path the field is. That of the kernel is known by its id: the log
	// calls its path System, and what the table calls it is not documented.
	Kernel string
	// Folded says that the table writes the value in another case than the log.
	Folded bool
	// Absent is what the table writes where the log has nothing; "" when nothing.
	Absent string
	// Blank is what the table writes for a blank in the value; "" when it writes a blank.
	Blank string
	// Also is another field that rules mean by this name as well: what either of them satisfies, the field does.
	Also string
	// Loses is what the table cannot tell of any condition on the field; "" when nothing. Begin is that of conditions on
	// how the value begins, Escapes of those on what addresses escape with "%".
	Loses, Begin, Escapes string
	// None is what the log writes where the table has nothing.
	None string
	// Hashes are the columns of a field that lists hashes by their algorithms.
	Hashes map[string]string
	// Values are all values that the field has, and what the column has for each.
	Values map[string]any
	// Differs and Signs say where Plain is not what the log has.
	Differs [][]string
	Signs   string
	// Aliases are two beginnings of paths, which the log writes for one: values begin with the first here.
	Aliases []string
	// Never are values of events that are not in the table, in which a first * stands for any text.
	Never []string
	// Strict says that events with other values than these are not in the table, or under a name that is not known.
	Strict bool
	// Const is the value that the field has in every event.
	Const string
}

// ordinary is what is said of most fields: nothing.
var ordinary = &Special{}

// whole reports whether the table has the value of the field as it came, with all that is in it.
func (f *Field) whole() bool {
	return f.Column != "" && f.X == nil && f.Values == nil && !f.Folded && f.File == "" && f.None == "" &&
		f.Absent == "" && f.Blank == "" && f.Also == ""
}

// Of returns the homes of a log, in the order of the files.
func Of(log *schema.Log) []*Home {
	if log.IsOwn() {
		own, _ := log.Place(platform).([]*Home)
		return own
	}
	homes, err := load().of(log)
	if err != nil {
		panic(err)
	}
	return homes
}

// At returns the home whose table that is; nil for a table that is a log of its own.
func At(table *schema.Log) *Home {
	h, _ := table.Place(platform).(*Home)
	return h
}

// Families are the words by which users choose among tables.
func Families() []string { return slices.Clone(load().families) }

// All returns every home, by table.
func All() []*Home {
	var out []*Home
	for _, t := range load().index.Tables {
		out = slices.AppendSeq(out, t.homes)
	}
	return out
}

// Computed returns what a column of the table is computed of; nil for a stored one.
func Computed(table *schema.Log, column *schema.Column) kql.Expr { return At(table).Computed(column) }

// Computed is that of a table which may have no home.
func (h *Home) Computed(column *schema.Column) kql.Expr {
	if h == nil || len(h.computed) == 0 {
		return nil
	}
	return h.computed[column.Name]
}

// IsFunction reports whether a table is a function of the workspace.
func IsFunction(table *schema.Log) bool {
	h := At(table)
	return h != nil && h.Function
}

// Field returns what a field of the log is here.
func (h *Home) Field(name string) *Field { return h.fields[name] }

// Where are the columns that select the rows of the log, each with its values.
func (h *Home) Where(yield func(column string, values []string) bool) {
	for _, c := range h.where {
		if !yield(c.column, c.values) {
			return
		}
	}
}

// Selection are the conditions, on the columns of the table, that select the rows of the log.
func (h *Home) Selection() []ir.Expr { return h.rows }

// Column returns the column of the table that has a field by itself, false when the field is spread over several.
func (h *Home) Column(name string) (string, bool) {
	r, ok := h.Log.Resolve(nil, name)
	if !ok {
		return "", false
	}
	return h.column(r)
}

func (h *Home) column(r schema.Resolved) (string, bool) {
	f := h.fields[r.Column.Name]
	if f.Column == "" || f.Values != nil || f.Unnamed || len(r.Steps) > 0 && !f.whole() {
		return "", false
	}
	return f.Column + strings.TrimPrefix(r.Canonical, r.Column.Name), true
}

// implied reports whether the columns that select the rows of the log say already that a field has one of the values.
func (h *Home) implied(c condition) bool {
	f := h.fields[c.column]
	if f == nil || f.Values == nil {
		return false
	}
	var stored []string
	for _, v := range slices.Sorted(maps.Keys(f.Values)) {
		if slices.Contains(c.values, v) {
			stored = append(stored, values(f.Values[v])...)
		}
	}
	return slices.ContainsFunc(h.where, func(w condition) bool {
		return w.column == f.Column && !slices.ContainsFunc(w.values, func(v string) bool { return !slices.Contains(stored, v) })
	})
}
