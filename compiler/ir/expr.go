package ir

import (
	"net/netip"

	"github.com/sigc-rules/sigc/compiler/source"
)

// Expr is a condition on an event. The kinds are And, Or, Not, Const, Like, Compare, Regex, CIDR, SameAs, Exists, Null,
// Keyword, Each, Listed and Within; no other package can add one. Expressions are never changed once built.
type Expr interface {
	expr()
	// Span is the place in the rule that the expression comes from.
	Span() source.Span
}

// And holds when all of X do; an empty And is true.
type And struct {
	X  []Expr
	At source.Span

	simple hash // once [Simplify] has nothing more to do, as in all that have this
}

// Or holds when one of X does; an empty Or is false.
type Or struct {
	X  []Expr
	At source.Span

	simple hash
}

// Not holds when X does not.
type Not struct {
	X  Expr
	At source.Span

	simple hash
}

// Const is always, or never, true.
type Const struct {
	Value bool
	At    source.Span
}

// Like holds when the text of the field fits the pattern: equality, contains, startswith, endswith and wildcards.
type Like struct {
	Field   *Field
	Pattern Pattern
	At      source.Span
}

// Compare holds when the field is a number, or a text that reads as one, in the given relation to Number. With a
// Part, the field is a point in time and the part of it is compared.
type Compare struct {
	Field  *Field
	Part   TimePart
	Op     CompareOp
	Number Number
	At     source.Span
}

// Regex holds when the regular expression matches anywhere in the text of the field. RE is nil when the pattern needs
// look-around or back-references, which [Eval] cannot judge and [Needs] reports.
type Regex struct {
	Field                     *Field
	Pattern                   string
	IgnoreCase, Multi, DotAll bool // the Sigma flags i, m and s
	RE                        *RE2
	// Wide fits all values that the expression matches, and may fit more; nil where no such pattern is known. A target may ask
	// for it first.
	Wide *Pattern
	At   source.Span
}

// CIDR holds when the field is an address in the network.
type CIDR struct {
	Field  *Field
	Prefix netip.Prefix
	At     source.Span
}

// SameAs compares two fields of the event by their text: Exact means equal; Prefix, Suffix and Contains mean that
// Field has the text of Other at that place.
type SameAs struct {
	Field, Other *Field
	Shape        Shape
	Cased        bool
	At           source.Span
}

// Exists holds when the event has the field, even with null or an empty text as its value.
type Exists struct {
	Field *Field
	At    source.Span
}

// Null holds when the field is absent or null.
type Null struct {
	Field *Field
	At    source.Span
}

// Keyword holds when some value of the event, at any depth, contains the pattern, or matches Regex when that is set.
type Keyword struct {
	Pattern Pattern
	Regex   *Regex // its Field is nil
	At      source.Span
}

// In is what the keyword asks of one field.
func (k *Keyword) In(f *Field) Expr {
	if k.Regex == nil {
		return &Like{Field: f, Pattern: k.Pattern, At: k.At}
	}
	re := *k.Regex
	re.Field = f
	return &re
}

// Each ranges over the members of an array and tests Body against each one by itself. Fields inside Body start at the
// member; the field named "." is the member. A value that is no array is an array of one; null and absent fields are
// empty arrays, and a null in an array is no member (array matching, sigma-spec 17).
type Each struct {
	Field *Field
	Quant Quantifier
	Body  Expr
	At    source.Span

	simple hash
}

func (*And) expr()     {}
func (*Or) expr()      {}
func (*Not) expr()     {}
func (*Const) expr()   {}
func (*Like) expr()    {}
func (*Compare) expr() {}
func (*Regex) expr()   {}
func (*CIDR) expr()    {}
func (*SameAs) expr()  {}
func (*Exists) expr()  {}
func (*Null) expr()    {}
func (*Keyword) expr() {}
func (*Each) expr()    {}

func (e *And) Span() source.Span     { return e.At }
func (e *Or) Span() source.Span      { return e.At }
func (e *Not) Span() source.Span     { return e.At }
func (e *Const) Span() source.Span   { return e.At }
func (e *Like) Span() source.Span    { return e.At }
func (e *Compare) Span() source.Span { return e.At }
func (e *Regex) Span() source.Span   { return e.At }
func (e *CIDR) Span() source.Span    { return e.At }
func (e *SameAs) Span() source.Span  { return e.At }
func (e *Exists) Span() source.Span  { return e.At }
func (e *Null) Span() source.Span    { return e.At }
func (e *Keyword) Span() source.Span { return e.At }
func (e *Each) Span() source.Span    { return e.At }

// Field is the name of a value in an event. Name is what the rule writes. Segments is the name cut at its positions
// ("args[0].ip" has two); each segment may be a dotted path.
type Field struct {
	Name     string
	Segments []Segment
	At       source.Span
}

// Segment is a piece of a field name, up to a position in an array if Indexed. A negative Index counts from the end.
type Segment struct {
	Name    string
	Indexed bool
	Index   int
}

// NewField returns a field without positions in arrays.
func NewField(name string, at source.Span) *Field {
	return new(oneSegment).named(name, at)
}

// oneSegment is a field without positions in arrays, of one allocation.
type oneSegment struct {
	Field
	only [1]Segment
}

func (f *oneSegment) named(name string, at source.Span) *Field {
	f.Field, f.only[0] = Field{Name: name, At: at}, Segment{Name: name}
	f.Segments = f.only[:]
	return &f.Field
}

// IsElement reports whether the field is ".", the member that an [Each] looks at.
func (f *Field) IsElement() bool { return f.Name == "." }

// Quantifier says how many members of an array must satisfy the body of an [Each].
type Quantifier int

const (
	Any        Quantifier = iota // some member; false for an empty array
	All                          // every member; false for an empty array
	AllOrEmpty                   // every member; true for an empty array
	None                         // no member; true for an empty array
)

func (q Quantifier) String() string {
	return [...]string{"any", "all", "all_or_empty", "none"}[q]
}

// CompareOp is a relation between two numbers.
type CompareOp int

const (
	Eq CompareOp = iota
	Lt
	Lte
	Gt
	Gte
)

func (o CompareOp) String() string { return [...]string{"==", "<", "<=", ">", ">="}[o] }

// TimePart is a part of a point in time; Whole means that the value is a number and no time.
type TimePart int

const (
	Whole TimePart = iota
	Minute
	Hour
	Day
	Week // of the ISO year
	Month
	Year
)

func (p TimePart) String() string {
	return [...]string{"", "minute", "hour", "day", "week", "month", "year"}[p]
}
