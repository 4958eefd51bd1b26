package homes

import (
	"bytes"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/slab"
	"github.com/sigc-rules/sigc/compiler/source"
)

// written is a file.
type written struct {
	Table, Doc     string
	Family         string `yaml:"-"`
	Function       bool   // a function of the workspace, and no table
	Time           string
	Columns        map[schema.Type]string // names by type
	Channel, Event string                 // the columns with the channel and the id of an event of Windows
	Body           Body
	// Unmarked are fields whose values have no character that XML writes as an entity; paths have none but "&".
	Unmarked, Paths words
	// Encoded are fields of a record of pairs that are written as hexadecimal digits where they have a blank or a quotation
	// mark; arguments are those that are so in the records of a command alone, and numbers in others.
	Encoded, Arguments words
	Section            `yaml:",inline"`
	Logs               yaml.Node // the sections of single logs, in order
}

// Section is what is said of all logs of a table, or of one.
type Section struct {
	Where  map[string]any // a column and its value or values
	Unless map[string]any // the same, of rows that are of other logs
	Same   bool           // a field for which the table has a column of its name is in that
	Rest   bool           // every other field is in the body
	Like   string         // the log before whose section this one adds to
	Fields map[string]yaml.Node
	Shown  string
	Loses  string // what the table cannot tell of any rule about the log
	Rows   map[string]string
	// Matches are regular expressions for fields of the log, which all its rows fit: they select the rows as well.
	Matches map[string]string
	// Keywords are the fields in which keywords are looked for.
	Keywords string
	Without  string // what is lost of them
}

// sectionKeys are the keys of a section, which are the names of its fields.
var sectionKeys = sync.OnceValue(func() []string {
	var out []string
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Section]()) {
		out = append(out, strings.ToLower(f.Name))
	}
	return out
})

func decode(name string, into any) error {
	text, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// reader makes the homes of one file.
type reader struct {
	written
	file     string
	standard map[schema.Type]string
	own      map[string]Section         // the sections of logs
	done     map[string]Section         // the same with what they are like
	gives    func(kql.Expr) schema.Type // the type of an expression; nil where all give texts
	alike    map[string]string          // columns by what fields may be called that they are; made when first asked for
	stored   []*schema.Column           // those of the table, which its homes share
	types    map[string]schema.Type     // of these, by name
	read     map[string]kql.Expr        // expressions
	inner    map[string]kql.Expr        // values in the body, by their names and how they are found
	computed slab.Of[schema.Column]
	missing  *Field // what a field is that the table does not have
	errs     []error
}

func (r *reader) errorf(format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf("%s: %s", r.file, fmt.Sprintf(format, args...)))
}

// section reads what is said of one log, and of all logs of the table.
func (r *reader) section(name string, n *yaml.Node) {
	var own Section
	if err := n.Decode(&own); err != nil {
		r.errorf("%s: %v", name, err)
	}
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if key := n.Content[i].Value; !slices.Contains(sectionKeys(), key) {
			r.errorf("%s: unknown key %q", name, key)
		}
	}
	all := r.Section
	if own.Like != "" {
		before, ok := r.done[own.Like]
		if !ok {
			r.errorf("%s: no log %q before it", name, own.Like)
		}
		all = before
	}
	r.own[name], r.done[name] = own, all.with(own)
}

// home makes the home of one log.
func (r *reader) home(log *schema.Log) *Home {
	name := log.Name
	all, ok := r.done[name]
	if !ok {
		r.errorf("no log %q", name)
	}
	own := r.own[name]
	h := &Home{Log: log, Family: r.Family, Function: r.Function, file: strings.TrimSuffix(r.file, ".yaml"), Loses: all.Loses, Shown: strings.Fields(all.Shown), Rows: all.Rows, fields: make(map[string]*Field, len(log.Columns)), computed: map[string]kql.Expr{}}
	h.Keywords, h.Without = strings.Fields(all.Keywords), all.Without
	if all.Rest {
		h.Body = r.Body
	}
	if r.stored == nil {
		r.stored, r.types = r.columns(), map[string]schema.Type{}
		for _, c := range r.stored {
			r.types[c.Name] = c.Type
		}
	}
	columns := slices.Clone(r.stored)
	r.conditions(h, all)
	for _, c := range log.Columns {
		f := r.field(all, c, log)
		h.fields[c.Name] = f
		if f.X == nil && f.Column != "" && !f.Unnamed {
			r.hold(columns, f.path, c)
		}
		for _, f := range [...]*Field{f, f.Plain} {
			if f == nil || f.X == nil {
				continue
			}
			h.computed[f.Column] = f.X
			typ := schema.String
			if r.gives != nil {
				typ = r.gives(f.X)
			}
			columns = append(columns, r.computed.New(schema.Column{Name: f.Column, Type: typ, Doc: c.Doc}))
		}
	}
	h.having = slices.DeleteFunc(h.having, h.implied)
	r.matches(h, all)
	for _, f := range h.fields {
		h.Keywords = append(h.Keywords, f.Also) // checked like those
	}
	for _, field := range h.Keywords {
		if field != "" && h.fields[field] == nil {
			r.errorf("%s: the log has no field %q", name, field)
		}
	}
	h.Keywords = strings.Fields(all.Keywords)
	for _, field := range slices.Sorted(maps.Keys(all.Fields)) {
		if log.Column(field) == nil && own.Fields[field].Kind != 0 {
			r.errorf("%s: the log has no field %q", name, field)
		}
	}
	time := r.Time
	if time == "" {
		time = "TimeGenerated"
	}
	h.Table = schema.NewTable(r.Table, r.Doc, time, columns)
	return h
}

// with returns the section and what another adds to it.
func (s Section) with(own Section) Section {
	out := s
	out.Same, out.Rest = s.Same || own.Same, s.Rest || own.Rest
	out.Where, out.Unless, out.Fields, out.Rows = maps.Clone(s.Where), maps.Clone(s.Unless), maps.Clone(s.Fields), maps.Clone(s.Rows)
	out.Where, out.Unless = merged(out.Where, own.Where), merged(out.Unless, own.Unless)
	out.Fields, out.Rows = merged(out.Fields, own.Fields), merged(out.Rows, own.Rows)
	out.Matches = merged(maps.Clone(s.Matches), own.Matches)
	if own.Loses != "" {
		out.Loses = own.Loses
	}
	if own.Keywords != "" {
		out.Keywords, out.Without = own.Keywords, own.Without
	}
	if own.Shown != "" {
		out.Shown = own.Shown
	}
	return out
}

func merged[V any](into, from map[string]V) map[string]V {
	if into == nil {
		into = map[string]V{}
	}
	maps.Copy(into, from)
	return into
}

// columns are those of the table.
func (r *reader) columns() []*schema.Column {
	var out []*schema.Column
	var made slab.Of[schema.Column]
	for _, by := range []map[schema.Type]string{r.standard, r.Columns} {
		for _, t := range slices.Sorted(maps.Keys(by)) {
			for _, name := range strings.Fields(by[t]) {
				out = append(out, made.New(schema.Column{Name: name, Type: t, Open: t == schema.Dynamic}))
			}
		}
	}
	return out
}

// conditions are what selects the rows of the log: what the file says, and for events of Windows their channel and ids.
func (r *reader) conditions(h *Home, s Section) {
	of := func(column string, values ...string) condition {
		if r.types[column] == "" {
			r.errorf("%s: the table has no column %q", h.Log.Name, column)
		}
		return condition{column, values}
	}
	add := func(column string, values ...string) { h.where = append(h.where, of(column, values...)) }
	if r.Channel != "" && h.Log.Windows.Name != "" {
		add(r.Channel, h.Log.Windows.Names...)
	}
	if r.Event != "" && len(h.Log.Windows.Events) > 0 {
		add(r.Event, h.Log.Windows.Events...)
	}
	for _, having := range h.Log.Windows.Having {
		h.having = append(h.having, condition{having.Field, having.Values})
	}
	for _, column := range slices.Sorted(maps.Keys(s.Where)) {
		add(column, texts(s.Where[column])...)
	}
	for _, column := range slices.Sorted(maps.Keys(s.Unless)) {
		h.unless = append(h.unless, of(column, texts(s.Unless[column])...))
	}
}

// texts are the values of a column, of which there may be one.
func texts(value any) []string {
	list, ok := value.([]any)
	if !ok {
		return []string{fmt.Sprint(value)}
	}
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = fmt.Sprint(x)
	}
	return out
}

// matches reads the expressions that the rows of the log fit.
func (r *reader) matches(h *Home, s Section) {
	for _, field := range slices.Sorted(maps.Keys(s.Matches)) {
		re, err := ir.NewRE2("(?i)" + s.Matches[field])
		if err != nil || h.fields[field] == nil {
			r.errorf("%s: %q is no field with a regular expression", h.Log.Name, field)
			continue
		}
		h.matching = append(h.matching, &ir.Regex{Field: ir.NewField(field, source.Span{}), Pattern: s.Matches[field], IgnoreCase: true, RE: re})
	}
}

// field says what a field of the log is.
func (r *reader) field(s Section, c *schema.Column, log *schema.Log) *Field {
	n, said := s.Fields[c.Name]
	if !said {
		switch {
		case s.Same && r.types[c.Name] != "":
			return &Field{Column: c.Name, path: c.Name, Special: ordinary}
		case s.Rest && r.Body.Form == "record":
			return &Field{Column: r.Body.Column + "." + c.Name, path: r.Body.Column + "." + c.Name, Special: ordinary}
		case c.Beyond:
			return &Field{Missing: "the events of the log do not have it, and neither has the table " + r.Table, Special: ordinary}
		case s.Rest && c.Array && r.Body.Form == "xml":
			return &Field{Column: r.Body.Column, Unnamed: true, Special: ordinary}
		case s.Rest && (c.Array || slices.Contains(log.Windows.Ordered, c.Name)) && r.Body.Form != "xml":
			return &Field{Missing: "how texts without a name stand in the table " + r.Table + " is not documented", Special: ordinary}
		case s.Rest:
			f := &Field{Column: c.Name, X: r.inBody(c, log), Special: ordinary}
			if r.types[c.Name] != "" {
				f.Column += "_"
			}
			return f
		default:
			return r.without(r.unsaid(c.Name))
		}
	}
	w := r.saying(n, c)
	f := &Field{Missing: w.Missing, Special: ordinary}
	if n.Kind != yaml.ScalarNode {
		f.Special = w.special()
	}
	f.path, f.Column = w.Is, strings.ReplaceAll(w.Is, "[]", "")
	if head, _, below := strings.Cut(f.Column, "."); w.Is != "" && r.types[w.Is] == "" && !(below && r.types[head] != "") {
		x, err := r.expression(w.Is)
		if err != nil {
			r.errorf("%s: %v", c.Name, err)
		}
		f.Column, f.X = c.Name, x
		if r.types[c.Name] != "" {
			f.Column += "_"
		}
	}
	for name, is := range w.Plain {
		if f.Plain = (&Field{Column: name, Special: ordinary}); name != is {
			x, err := r.expression(is)
			if err != nil || r.types[name] != "" {
				r.errorf("%s: no new column %s: %v", c.Name, name, err)
			}
			f.Plain.X = x
		}
	}
	for _, column := range append(slices.Collect(maps.Values(w.Hashes)), w.File) {
		if column != "" && r.types[column] == "" {
			r.errorf("%s: the table has no column %q", c.Name, column)
		}
	}
	return f
}

// without is a field that the table does not have, and what to say besides.
func (r *reader) without(more string) *Field {
	why := "the table " + r.Table + " has no column for it"
	if more != "" {
		return &Field{Missing: why + more, Special: ordinary}
	}
	if r.missing == nil {
		r.missing = &Field{Missing: why, Special: ordinary}
	}
	return r.missing
}

// writtenField is what a file says of a field.
type writtenField struct {
	Is, File, None, Missing, Const string
	Absent, Blank, Also, Kernel    string
	Loses, Begin, Escapes          string
	Never                          words
	Folded, Strict, Named          bool
	Hashes                         map[string]string
	Values                         map[string]any
	Plain                          map[string]string // a name, and the expression that it is of
	Differs, Aliases               words
	Signs                          string
}

func (w *writtenField) special() *Special {
	s := &Special{
		File: w.File, None: w.None, Folded: w.Folded, Hashes: w.Hashes, Values: w.Values, Const: w.Const, Absent: w.Absent, Blank: w.Blank,
		Also: w.Also, Loses: w.Loses, Never: w.Never, Strict: w.Strict, Begin: w.Begin, Escapes: w.Escapes, Named: w.Named, Signs: w.Signs,
		Kernel: w.Kernel, Aliases: w.Aliases,
	}
	for _, path := range w.Differs {
		s.Differs = append(s.Differs, segments(path))
	}
	return s
}

func (r *reader) saying(n yaml.Node, c *schema.Column) writtenField {
	if n.Kind == yaml.ScalarNode {
		return writtenField{Is: n.Value}
	}
	var w writtenField
	if err := n.Decode(&w); err != nil {
		r.errorf("%s: %v", c.Name, err)
	}
	return w
}

// expression reads an expression, of those that several logs have in common once.
func (r *reader) expression(written string) (kql.Expr, error) {
	if x, ok := r.read[written]; ok {
		return x, nil
	}
	x, err := expression(written)
	if err == nil {
		if r.read == nil {
			r.read = map[string]kql.Expr{}
		}
		r.read[written] = x
	}
	return x, err
}
