package splunk

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/forms"
)

// Query is a rule in SPL. It is kept as text, which takes less room than the commands.
type Query struct {
	text string // with a line for each command
	// Fields are the columns of the result.
	Fields []string
	// About are those of them that name what an alert is about.
	About []string
	// Scopes are the macros that say where the records are.
	Scopes []forms.Macro

	scheduled string // what a saved search runs, where it is not the same
	uses      uses
}

// set writes the search.
func (q *Query) set(search *query) { q.text, q.uses = search.write(), usesOf(search) }

func (q *Query) String() string { return q.text }

// Line is the search on one line, as configuration files want it, with a filter at its end unless that is "".
func (q *Query) Line(filter string) string { return oneLine(q.text, filter) }

// Scheduled is the line that a saved search runs.
func (q *Query) Scheduled(filter string) string { return oneLine(cmp.Or(q.scheduled, q.text), filter) }

// oneLine puts the commands of a search, which hold no line breaks, on one line.
func oneLine(text, filter string) string {
	text = strings.TrimSuffix(text, "\n")
	if filter != "" {
		text += "\n| `" + filter + "`"
	}
	return strings.ReplaceAll(text, "\n", " ")
}

// renamed is the search with lookups of other names.
func (q *Query) renamed(lookups map[string]string) string {
	lines := strings.Split(strings.TrimSuffix(q.text, "\n"), "\n")
	for i, line := range lines {
		if rest, ok := strings.CutPrefix(line, lookupCommand); ok {
			name, rest, _ := strings.Cut(rest, " ")
			lines[i] = lookupCommand + lookups[name] + " " + rest
		}
	}
	return strings.Join(lines, "\n")
}

// lookupCommand begins the line of a lookup.
const lookupCommand = "| lookup "

// builder writes one search.
type builder struct {
	workspace
	bound   *target.Bound
	data    *forms.Data
	frame   *frame
	columns []string        // names that columns of the result have in any case
	taken   map[string]bool // further names that fields have, beside those of the record
	out     []command

	scalars  map[*ir.Field]*value // of the event, where they are no column of the log
	lookings map[string]*looking  // by what is looked up
	clocks   map[string]*clock    // by the value and the time zone
	meant    map[string]*prepared // fields with their entities read, by the field

	last namedField // of the field that was looked at last
}

// namedField is what a field of the rule means.
type namedField struct {
	field *ir.Field
	ref   target.Ref
	place *place // of its column; nil where it begins at a member of an array
}

// look returns what a field means. The values of a list share their field.
func (b *builder) look(f *ir.Field) namedField {
	if b.last.field != f {
		b.last = namedField{field: f, ref: b.bound.Ref(f)}
		if c := b.last.ref.Column; c != nil {
			b.last.place = b.frame.place(c)
		}
	}
	return b.last
}

// query writes a bound rule as a search.
func (p *platform) query(bound *target.Bound) *Query {
	b := p.builder(bound)
	defer b.giveBack()
	b.filter(b.search(conjuncts(b.condition(scope{}, ir.Simplify(bound.Expr)))), false)
	end := b.end()
	q := &Query{Fields: end.fields, About: end.about, Scopes: b.frame.macros}
	q.set(&query{commands: b.out})
	return q
}

func (b *builder) add(c ...command) { b.out = append(b.out, c...) }

// assign computes fields, if there are any to compute.
func (b *builder) assign(fields ...assign) {
	if len(fields) > 0 {
		b.add(b.evals.New(eval{fields}))
	}
}

// search begins the query with what search can say and returns the conditions that remain.
func (b *builder) search(conditions []node) []node {
	if b.data.Model != "" {
		return b.ask(conditions)
	}
	terms := append(b.terms.Take(len(b.frame.scope) + len(conditions))[:0], b.frame.scope...)
	var wide []term
	rest := b.nodes.Take(len(conditions))[:0]
	for _, c := range conditions {
		t, exact := b.searched(c)
		switch {
		case exact:
			terms = append(terms, t)
			continue
		case t != nil:
			wide = append(wide, t)
		}
		rest = append(rest, c)
	}
	b.add(b.searches.New(search{b.conjunction(append(terms, wide...))}))
	return rest
}

// unique returns the name, with a number when a field has it already.
func (b *builder) unique(name string) string {
	candidate := name
	for n := 2; b.has(candidate); n++ {
		candidate = name + "_" + strconv.Itoa(n)
	}
	if b.taken == nil {
		b.taken = map[string]bool{}
	}
	b.taken[candidate] = true
	return candidate
}

// has reports whether a field has the name. One of the record is never overwritten by one of ours.
func (b *builder) has(name string) bool {
	return b.taken[name] || slices.Contains(b.columns, name) || b.data != nil && b.data.Holds(name)
}

// memberName is what a member of the array of the given name is called: a target_resource of targetResources.
func memberName(array string) string {
	name := snake(array)
	switch {
	case strings.HasSuffix(name, "ies"):
		return strings.TrimSuffix(name, "ies") + "y"
	case strings.HasSuffix(name, "s") && !strings.HasSuffix(name, "ss") && !strings.HasSuffix(name, "details"):
		return strings.TrimSuffix(name, "s")
	default:
		return name + "_item"
	}
}

// fromEnd names positions that count from the end.
var fromEnd = strings.NewReplacer("[-1]", ".last", "[-", ".last")

// snake writes a name as Splunk's own fields are written, in the letters that throttling accepts.
func snake(name string) string {
	if strings.Contains(name, "[-") {
		name = fromEnd.Replace(name)
	}
	var room [64]byte
	out := room[:0]
	runes := []rune(name)
	for i, r := range runes {
		ends := len(out) == 0 || out[len(out)-1] == '_'
		switch {
		case r > unicode.MaxASCII || !alphanumeric(byte(r)):
			if !ends {
				out = append(out, '_')
			}
			continue
		case unicode.IsUpper(r) && i > 0 && !ends:
			next := i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if !unicode.IsUpper(runes[i-1]) || next {
				out = append(out, '_')
			}
		}
		out = append(out, byte(unicode.ToLower(r)))
	}
	s := strings.TrimSuffix(string(out), "_")
	if s == "" || s[0] >= '0' && s[0] <= '9' {
		return "field_" + s
	}
	return s
}

// ending is the end of a search: the time, who and what the alert is about, and what the analyst wants to see.
type ending struct {
	fields, about []string
	commands      []command
}

// end adds the end of the search. Rules that do not say what they want to see, and ask for nothing else, have the one of
// their log.
func (b *builder) end() ending {
	list := b.shown()
	if len(b.bound.Triage()) > 0 || len(list) != len(b.frame.shown) {
		return b.ending(list)
	}
	for name := range b.taken {
		if slices.Contains(b.frame.end.fields, name) {
			return b.ending(list)
		}
	}
	b.add(b.frame.end.commands...)
	return b.frame.end
}

// ending adds an end that shows some fields.
func (b *builder) ending(list []shown) ending {
	fields := append(make([]string, 0, len(b.frame.columns)+len(list)), b.frame.columns...)
	names := append(b.assigns.Take(len(b.frame.roles) + len(list))[:0], b.frame.roles...)
	renamed := b.pairs.Take(len(list))[:0]
	for _, s := range list {
		name := s.name
		if name != s.field {
			name = b.unique(name)
		}
		switch {
		case s.x != nil:
			names = append(names, assign{name, s.x})
		case name != s.field:
			renamed = append(renamed, renaming{s.field, name})
		}
		fields = append(fields, name)
	}
	from := len(b.out)
	b.assign(names...)
	if len(renamed) > 0 {
		b.add(b.renames.New(rename{renamed}))
	}
	b.add(b.tables.New(table{fields}))
	return ending{fields, b.frame.about(fields), b.out[from:]}
}

// shown is a field of the result: one that Splunk has extracted, or an expression.
type shown struct {
	name, field string // what we would call it, and how it is called
	x           expr
}

// shown is what the rule asks to see, or else what is worth seeing in its log, and what the rule has tested.
func (b *builder) shown() []shown {
	b.results = b.results[:0]
	for _, ref := range b.bound.Triage() {
		b.show(b.showing(ref))
	}
	if len(b.bound.Triage()) > 0 {
		return b.results
	}
	b.results = append(b.results, b.frame.shown...)
	var last *ir.Field // the values of a list share their field
	ir.Walk(b.bound.Expr, func(e ir.Expr) bool {
		first, other := ir.FieldsOf(e)
		for _, f := range [...]*ir.Field{first, other} {
			if f == nil || f == last {
				continue
			}
			last = f
			// What has to be computed is shown where nobody says what is worth seeing, in a log of the user's.
			if s, ok := b.showing(b.look(f).ref); ok && (s.x == nil || len(b.data.Shown) == 0) && !slices.Contains(b.frame.named, s.field) {
				b.show(s, ok)
			}
		}
		return true
	})
	return b.results
}

// show shows a field, once; not at all when the record does not have it.
func (b *builder) show(s shown, ok bool) {
	if ok && !slices.ContainsFunc(b.results, func(known shown) bool { return known.field == s.field }) {
		b.results = append(b.results, s)
	}
}

// showing is how a field is shown; not ok when the record does not have it.
func (b *builder) showing(ref target.Ref) (s shown, ok bool) {
	switch {
	case ref.Column == nil:
		return shown{}, false
	case len(ref.Steps) == 0:
		p := b.frame.place(ref.Column)
		return p.shown, p.visible
	default:
		return inRow(b.data, ref)
	}
}

// inRow is what [builder.showing] returns. Of what a text holds as JSON, the text is shown, and objects are shown as they are
// in the record.
func inRow(d *forms.Data, ref target.Ref) (s shown, ok bool) {
	f := d.Field(ref.Column)
	if f.Path == "" {
		return shown{}, false
	}
	s.name = snake(ref.Canonical)
	if f.Take != "" {
		s.field, s.x = ref.Canonical, taken(f)
		return s, true
	}
	h := hops(d, ref, nil)
	if hasPosition(h) && !inList(d, ref) && !isObject(d, ref) {
		s.field, s.x = ref.Canonical, keyOf(d, ref)
		return s, true
	}
	if i := slices.IndexFunc(h, func(h hop) bool { return h.kind != key && h.kind != each }); i >= 0 {
		h = h[:i]
	}
	objects := isObject(d, ref)
	if isArray(d, ref) && len(h) == len(hops(d, ref, nil)) {
		h = append(h, hop{kind: each})
		objects = len(ref.Node.Members) > 0
	}
	s.field = extracted(h)
	if !safeName(s.field) || objects && !h[0].pathable(true) {
		return s, false
	}
	if objects {
		s.x = jsonOf(h, scope{}).list()
	}
	return s, true
}

// resolve finds a field that this package itself names. The tests look up all of them.
func resolve(d *forms.Data, canonical string) target.Ref {
	r, ok := d.Log.Resolve(nil, canonical)
	if !ok {
		panic("splunk: " + d.Log.Name + " has no field " + canonical)
	}
	return target.Ref{Column: r.Column, Steps: r.Steps, Node: r.Node, Canonical: r.Canonical}
}
