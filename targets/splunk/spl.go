package splunk

import (
	"bytes"
	"slices"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/slab"
)

// query is a search: its commands in order. The first is a search command, which generates the events.
type query struct {
	comment  string // above the search, where there is one; it holds no backtick
	commands []command
}

// command is one command of the pipeline.
type command interface{ command() }

type (
	// search keeps the events that satisfy all terms.
	search struct{ terms []term }
	// tstats begins a search of a data model: a row for each second and each set of values that the fields have.
	tstats struct {
		model, macro string
		terms        []term
		by           []string
	}
	// where keeps the events for which the expression is true.
	where struct{ x expr }
	// eval computes fields, one after the other: a later one may use an earlier one.
	eval struct{ assign []assign }
	// spath reads a path of the record, all members of arrays on it, into a multivalue field.
	spath struct{ path, output string }
	// mvexpand makes a row for every value of a field.
	mvexpand struct{ field string }
	// number gives every row a number.
	number struct{ as string }
	// greatest gives every row the greatest value of fields among the rows with the same number.
	greatest struct {
		fields []string
		by     string
	}
	// dedup keeps the first row of each number.
	dedup struct{ field string }
	// rename gives fields other names.
	rename struct{ pairs []renaming }
	// table ends the search with the columns of its result.
	table struct{ fields []string }
	// lookup gives a field the value of the lookup that another field matches.
	lookup struct{ table, from, into string }
	// keep drops all fields but these and the internal ones, of which the text of the event goes too.
	keep struct{ fields []string }
	// sorted orders the rows, all of them.
	sorted struct{ keys []sortKey }
	// running gives each row aggregates over the rows before it and itself, of the same group.
	running struct {
		window    int  // the last rows only; 0 for all
		exclusive bool // without the row itself
		aggs      []agg
		by        []string
	}
	// stats makes one row of those that are equal in some fields.
	stats struct {
		aggs []agg
		by   []string
	}
	// info gives each row the times that the search is about.
	info struct{}
	// bin makes the time of each row that of the beginning of its span.
	bin struct{ span string }
)

type sortKey struct {
	field      string
	descending bool
}

// agg is an aggregate: of a field, or the number of rows for "count".
type agg struct{ function, field, as string }

type assign struct {
	name string
	x    expr
}

type renaming struct{ from, to string }

func (*search) command()   {}
func (*tstats) command()   {}
func (*where) command()    {}
func (*eval) command()     {}
func (*spath) command()    {}
func (*mvexpand) command() {}
func (*number) command()   {}
func (*greatest) command() {}
func (*dedup) command()    {}
func (*rename) command()   {}
func (*table) command()    {}
func (*lookup) command()   {}
func (*keep) command()     {}
func (*sorted) command()   {}
func (*running) command()  {}
func (*stats) command()    {}
func (*info) command()     {}
func (*bin) command()      {}

// term is a condition in the language of the search command.
type term interface{ term() }

type (
	termAnd struct{ x []term }
	termOr  struct{ x []term }
	termNot struct{ x term }
	// termIs compares a field with texts that may have wildcards. Any of them will do, and any value of a multivalue field.
	termIs struct {
		field  string
		values []glob
	}
	// termText looks for a phrase anywhere in the event.
	termText struct{ text string }
	// termMacro is a search macro.
	termMacro struct{ name string }
)

func (*termAnd) term()   {}
func (*termOr) term()    {}
func (*termNot) term()   {}
func (*termIs) term()    {}
func (*termText) term()  {}
func (*termMacro) term() {}

// glob is a value of search: a pattern, in which a star stands for every wildcard and for some characters.
type glob struct {
	ir.Pattern
	stars stars
}

// stars says for which characters of a [glob] a star stands.
type stars int

const (
	starsForNone     stars = iota
	starsForUnsaid         // those that search cannot say
	starsForEntities       // these, and those that XML may write as entities
)

// expr is an expression of eval and where.
type expr interface{ expr() }

type (
	and struct{ x []expr }
	or  struct{ x []expr }
	not struct{ x expr }
	// binary is a comparison, the concatenation "." or arithmetic. What is subtracted is no sum.
	binary struct {
		op   string
		l, r expr
	}
	call struct {
		name string
		args []expr
	}
	field   struct{ name string }
	text    struct{ value string }
	numeral struct{ text string }
	// macroCall is what a macro makes of a field, whose name needs no quotes.
	macroCall struct{ name, field string }
	// among tests that a value is one of some texts.
	among struct {
		subject expr
		texts   []string
	}
	// matching tests that a value fits one of some patterns, whose regular expressions have the same flags.
	matching struct {
		subject  expr
		flags    string
		patterns []ir.Pattern
	}
	// unescaped is a field with its entities read, one kind after another.
	unescaped struct{ field string }
	// pattern is the text of a regular expression. It is written as it is, so it holds no quote and no backslash that
	// the language of strings would read.
	pattern struct{ source string }
)

func (*and) expr()       {}
func (*or) expr()        {}
func (*not) expr()       {}
func (*binary) expr()    {}
func (*call) expr()      {}
func (*field) expr()     {}
func (*text) expr()      {}
func (*numeral) expr()   {}
func (*macroCall) expr() {}
func (*among) expr()     {}
func (*matching) expr()  {}
func (*unescaped) expr() {}
func (*pattern) expr()   {}

func fn(name string, args ...expr) expr { return &call{name, args} }

func ref(name string) expr { return &field{name} }

func str(s string) expr { return &text{s} }

func is(l expr, op string, r expr) expr { return &binary{op, l, r} }

var (
	always = is(&numeral{"1"}, "=", &numeral{"1"})
	never  = is(&numeral{"1"}, "=", &numeral{"0"})
)

// all is the conjunction; several of them in one another are one, and what is said twice is said once.
func all(x ...expr) expr {
	if len(x) == 1 {
		return x[0]
	}
	flat := make([]expr, 0, len(x))
	for _, e := range x {
		if a, ok := e.(*and); ok {
			flat = append(flat, a.x...)
		} else {
			flat = append(flat, e)
		}
	}
	flat = dropEqual(slices.DeleteFunc(flat, func(e expr) bool { return e == always }), appendOperand)
	switch len(flat) {
	case 0:
		return always
	case 1:
		return flat[0]
	default:
		return &and{flat}
	}
}

// few is how many things are compared one with another; of more, what was seen is looked up.
const few = 8

// dropEqual leaves the first of those that are written alike. All are written into one buffer, of which the parts are
// compared.
func dropEqual[T any](x []T, write func([]byte, T) []byte) []T {
	if len(x) < 2 {
		return x
	}
	var seen map[string]bool
	if len(x) > few {
		seen = make(map[string]bool, len(x))
	}
	var room [few][]byte
	different := room[:0]
	pooled := buffers.Get().(*[]byte)
	defer buffers.Put(pooled)
	buffer := *pooled
	out := x[:0]
	for _, e := range x {
		from := len(buffer)
		buffer = write(buffer, e)
		written := buffer[from:]
		if seen[string(written)] || slices.ContainsFunc(different, func(d []byte) bool { return bytes.Equal(d, written) }) {
			continue
		}
		if seen != nil {
			seen[string(written)] = true
		} else {
			different = append(different, written) // also when the buffer moves on: nothing is written here again
		}
		out = append(out, e)
	}
	*pooled = slab.Buffer(buffer)
	return out
}
