package diag

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/sigc-rules/sigc/compiler/source"
)

// Severity says how bad a diagnostic is.
type Severity int

const (
	Note    Severity = iota // worth knowing; nothing to mend
	Warning                 // the rule compiles, but is probably not what its author meant
	Error                   // nothing is emitted for the rule
)

func (s Severity) String() string {
	switch s {
	case Note:
		return "note"
	case Warning:
		return "warning"
	default:
		return "error"
	}
}

// Diagnostic is one finding. ID is "area/name" and never changes. Message is lower case without a full stop and says
// what is wrong and then what is allowed; Label is the short text beside the caret; Hint is advice for a line of its own.
type Diagnostic struct {
	ID       string
	Severity Severity
	Span     source.Span
	Message  string
	Label    string
	Hint     string
	Related  []Related
	Fixes    []Fix
	Target   string // the target that refuses, "" when the rule itself is at fault
	Rule     string // id or title of the rule, where it is known
	// Mild says of an error that the rule can be right where it comes from, with a list or a sensor that are not here: it
	// is not compiled, but lint only warns.
	Mild bool
}

// Related is a second place that explains the first, such as "first defined here".
type Related struct {
	Message string
	Span    source.Span
}

// Fix is a change of the source that removes the cause of a diagnostic.
type Fix struct {
	Title string
	Edits []Edit
}

// Edit replaces the bytes of a span.
type Edit struct {
	Span source.Span
	Text string
}

// List collects diagnostics. The zero List is ready for use. It is not safe for concurrent use: give each file a list
// of its own and merge them in input order with [List.AddAll].
type List struct {
	items []Diagnostic
}

// Add appends a diagnostic.
func (l *List) Add(d Diagnostic) { l.items = append(l.items, d) }

// AddAll appends all diagnostics of other.
func (l *List) AddAll(other *List) { l.items = append(l.items, other.items...) }

// Errorf appends an error at a place and returns it for a label, hint or fix to be added.
func (l *List) Errorf(id string, at source.Span, format string, args ...any) *Diagnostic {
	return l.add(id, Error, at, format, args)
}

// Warnf appends a warning at a place and returns it for a label, hint or fix to be added.
func (l *List) Warnf(id string, at source.Span, format string, args ...any) *Diagnostic {
	return l.add(id, Warning, at, format, args)
}

// Notef appends a note at a place and returns it for a label, hint or fix to be added.
func (l *List) Notef(id string, at source.Span, format string, args ...any) *Diagnostic {
	return l.add(id, Note, at, format, args)
}

// The returned pointer is valid until the next diagnostic is added.
func (l *List) add(id string, s Severity, at source.Span, format string, args []any) *Diagnostic {
	l.items = append(l.items, Diagnostic{ID: id, Severity: s, Span: at, Message: fmt.Sprintf(format, args...)})
	return &l.items[len(l.items)-1]
}

// Len returns the number of diagnostics added so far.
func (l *List) Len() int { return len(l.items) }

// From returns the diagnostics added since Len returned n.
func (l *List) From(n int) []Diagnostic { return l.items[n:] }

// FailedSince reports whether an error was added since Len returned n.
func (l *List) FailedSince(n int) bool {
	for _, d := range l.items[n:] {
		if d.Severity == Error {
			return true
		}
	}
	return false
}

// Errors returns the number of diagnostics of severity Error.
func (l *List) Errors() int {
	n := 0
	for _, d := range l.items {
		if d.Severity == Error {
			n++
		}
	}
	return n
}

// Sorted returns the diagnostics by file, place and ID, without duplicates. The given files come first, in their order;
// others in the order in which they first occur.
func (l *List) Sorted(files ...*source.File) []Diagnostic {
	ranks := map[*source.File]int{}
	for i := range l.items {
		if f := l.items[i].Span.File; ranks[f] == 0 {
			ranks[f] = len(files) + len(ranks) + 1
		}
	}
	for i, f := range files {
		if ranks[f] != 0 {
			ranks[f] = i + 1
		}
	}
	type ranked struct {
		*Diagnostic
		file, place int // the ranks of its file, and in the list
	}
	order := make([]ranked, len(l.items))
	for i := range l.items {
		d := &l.items[i]
		order[i] = ranked{d, ranks[d.Span.File], i}
	}
	slices.SortFunc(order, func(a, b ranked) int {
		if c := cmp.Or(a.file-b.file, a.Span.Start()-b.Span.Start()); c != 0 {
			return c
		}
		return cmp.Or(
			cmp.Compare(a.ID, b.ID),
			cmp.Compare(a.Target, b.Target),
			cmp.Compare(a.Message, b.Message),
			cmp.Compare(a.Span.End(), b.Span.End()),
			cmp.Compare(a.place, b.place),
		)
	})
	out := make([]Diagnostic, 0, len(order))
	for _, d := range order {
		if n := len(out) - 1; n >= 0 {
			if last := &out[n]; last.ID == d.ID && last.Span == d.Span && last.Target == d.Target && last.Message == d.Message {
				continue
			}
		}
		out = append(out, *d.Diagnostic)
	}
	return out
}
