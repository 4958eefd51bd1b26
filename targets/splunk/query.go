package splunk

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/forms"
)

// Query is a rule in SPL.
type Query struct {
	*query
	// Fields are the columns of the result.
	Fields []string
	// About are those of them that name what an alert is about.
	About []string
	// Scopes are the macros that say where the records are.
	Scopes []forms.Macro

	scheduled *query // what a saved search runs, where it is not the same
}

// builder writes one search.
type builder struct {
	bound *target.Bound
	data  *forms.Data
	frame *frame
	taken map[string]bool // names that fields have, beside those of the record
	out   []command

	scalars  map[*ir.Field]*value // of the event
	lookings map[string]*looking  // by what is looked up
	clocks   map[string]*clock    // by the value and the time zone
	meant    map[string]*prepared // fields with their entities read, by the field
}

// query writes a bound rule as a search.
func (p *platform) query(bound *target.Bound) *Query {
	data := p.choice.Data(bound.Log)
	b := &builder{bound: bound, data: data, frame: p.frame(data), taken: map[string]bool{}}
	for _, name := range roles {
		b.taken[name] = true
	}
	condition := b.condition(ir.Simplify(bound.Expr), scope{})
	conditions := []node{condition}
	if c, ok := condition.(*conj); ok {
		conditions = c.x
	}
	b.filter(b.search(conditions), false)
	q := &Query{Fields: b.result(), Scopes: b.frame.macros}
	q.query = &query{commands: b.out}
	q.About = make([]string, 0, len(roles))
	for _, r := range roles {
		if slices.Contains(q.Fields, r) {
			q.About = append(q.About, r)
		}
	}
	return q
}

func (b *builder) add(c ...command) { b.out = append(b.out, c...) }

// assign computes fields, if there are any to compute.
func (b *builder) assign(fields ...assign) {
	if len(fields) > 0 {
		b.add(&eval{fields})
	}
}

// search begins the query with what search can say and returns the conditions that remain.
func (b *builder) search(conditions []node) []node {
	if b.data.Model != "" {
		return b.ask(conditions)
	}
	exact := b.frame.scope
	var wide []term
	var rest []node
	for _, c := range conditions {
		if t := exactTerm(c); t != nil {
			exact = append(exact, t)
			continue
		}
		rest = append(rest, c)
		if t := wideTerm(c); t != nil {
			wide = append(wide, t)
		}
	}
	b.add(&search{allTerm(append(exact, wide...)).(*termAnd).x})
	return rest
}

// unique returns the name, with a number when a field has it already.
func (b *builder) unique(name string) string {
	candidate := name
	for n := 2; b.has(candidate); n++ {
		candidate = name + "_" + strconv.Itoa(n)
	}
	b.taken[candidate] = true
	return candidate
}

// has reports whether a field has the name. One of the record is never overwritten by one of ours.
func (b *builder) has(name string) bool {
	return b.taken[name] || b.data != nil && b.data.Holds(name)
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

// result ends the query with the time, who and what the alert is about, and what the analyst wants to see.
func (b *builder) result() []string {
	list := b.shown()
	fields := append(make([]string, 0, len(b.frame.columns)+len(list)), b.frame.columns...)
	names := slices.Clip(b.frame.roles)
	renamed := &rename{make([]renaming, 0, len(list))}
	for _, s := range list {
		name := s.name
		if name != s.field {
			name = b.unique(name)
		}
		switch {
		case s.x != nil:
			names = append(names, assign{name, s.x})
		case name != s.field:
			renamed.pairs = append(renamed.pairs, renaming{s.field, name})
		}
		fields = append(fields, name)
	}
	b.assign(names...)
	if len(renamed.pairs) > 0 {
		b.add(renamed)
	}
	b.add(&table{fields})
	return fields
}

// shown is a field of the result: one that Splunk has extracted, or an expression.
type shown struct {
	name, field string // what we would call it, and how it is called
	x           expr
}

func (b *builder) shown() []shown {
	var out []shown
	for _, ref := range b.bound.Triage() {
		out = b.show(out, ref)
	}
	switch {
	case len(b.bound.Triage()) > 0:
		return out
	case len(b.data.Shown) > 0:
		return b.frame.shown
	}
	// Of a log of the user's, nobody says what is worth seeing.
	ir.Walk(b.bound.Expr, func(e ir.Expr) bool {
		for _, f := range ir.Fields(e) {
			if ref := b.bound.Ref(f); ref.Column != nil {
				out = b.show(out, ref)
			}
		}
		return true
	})
	return out
}

// show adds how a field is shown, once; not at all when the record does not have it. Of what a text holds as JSON, the text
// is shown, and objects are shown as they are in the record.
func (b *builder) show(out []shown, ref target.Ref) []shown {
	s, ok := b.showing(ref)
	if !ok || slices.ContainsFunc(out, func(known shown) bool { return known.field == s.field }) {
		return out
	}
	s.name = snake(ref.Canonical)
	return append(out, s)
}

func (b *builder) showing(ref target.Ref) (shown, bool) {
	if ref.Column == nil || b.data.Field(ref.Column).Path == "" {
		return shown{}, false
	}
	h := hops(b.data, ref, nil)
	if hasPosition(h) && !inList(b.data, ref) && !isObject(b.data, ref) {
		return shown{field: ref.Canonical, x: b.key(ref)}, true
	}
	if i := slices.IndexFunc(h, func(h hop) bool { return h.kind != key && h.kind != each }); i >= 0 {
		h = h[:i]
	}
	objects := isObject(b.data, ref)
	if isArray(b.data, ref) && len(h) == len(hops(b.data, ref, nil)) {
		h = append(h, hop{kind: each})
		objects = len(ref.Node.Members) > 0
	}
	s := shown{field: extracted(h)}
	if !safeName(s.field) {
		return s, false
	}
	if objects {
		if !h[0].pathable(true) {
			return s, false
		}
		s.x = b.json(h, scope{}).list()
	}
	return s, true
}

// resolve finds a field that this package itself names. The tests look up all of them.
func (b *builder) resolve(canonical string) target.Ref {
	r, ok := b.data.Log.Resolve(nil, canonical)
	if !ok {
		panic("splunk: " + b.data.Log.Name + " has no field " + canonical)
	}
	return target.Ref{Column: r.Column, Steps: r.Steps, Node: r.Node, Canonical: r.Canonical}
}
