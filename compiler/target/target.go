package target

import (
	"fmt"
	"io"
	"slices"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// Target is a platform that rules are compiled for. A target is a value; there is no registry.
type Target struct {
	Name string // as the user writes it after -t
	Doc  string // one line

	// Supports are the features that the target expresses exactly.
	Supports ir.Feature
	// Approximates says, for a feature that the target expresses with a loss, what is lost. A note tells the user.
	Approximates map[ir.Feature]string
	// Lacks says of a feature that the target does not have why that is, and what to do instead. It may be nil.
	Lacks map[ir.Feature]string
	// Loses says what is lost of one condition, "" when nothing is; a note tells the user. It may be nil.
	Loses func(*Located, ir.Expr) string

	// Keeps reports whether the platform keeps the log.
	Keeps func(log *schema.Log) bool
	// NotKept says why the platform does not keep a log, or what would bring it there. It may be nil.
	NotKept func(log *schema.Log) string
	// Reads says how the target reads a log that puts several together; nil means in one query.
	Reads func(t *Target, m *ir.Meta) Reading
	// Move, if set, puts a rule into the terms of the table that keeps the events of its log, where that is not the log
	// itself. It returns nil, and adds to diags, when no table can tell what the rule asks.
	Move func(t *Target, l *Located, diags *diag.List) *Located
	// Missing says why the platform does not have a field of a log that it keeps; "" when it has it. It may be nil.
	Missing func(log *schema.Log, ref Ref) string
	// Inexact, if set, says why the platform cannot keep the meaning of one condition, whatever its features; "" when it
	// can. It is asked about every condition, also those inside array blocks.
	Inexact func(l *Located, e ir.Expr) string

	// Keeping is how the target keeps lists outside of its queries; "" when it cannot.
	Keeping list.Delivery
	// Unkept says why a comparison with a list that is to be kept needs its values in the query all the same; "" when it
	// does not.
	Unkept func(l *Located, e *ir.Listed, values *list.List) string

	// Query writes a rule in the language of the platform. It is total.
	Query func(*Bound) fmt.Stringer
	// Correlation does the same for a correlation; nil when the target has none. Refuse, if set, is asked before and
	// reports what the target cannot keep.
	Correlation func(*BoundCorrelation) fmt.Stringer
	Refuse      func(*BoundCorrelation, *diag.List)
	// Check reports what the platform's limits refuse or change, at the place in the rule that causes it.
	Check func(*Compiled, *diag.List)
	// CheckPack, if set, reports what rules that are written together change of each other. It refuses none.
	CheckPack func([]*Compiled, *diag.List)

	// Judge runs the query of a rule over events and says how many rows it finds, by an evaluator that shares no code
	// with what writes the query: that is how cases are tried on the target. It is not ok where the events are of
	// another log, or in a form that the platform does not keep. The error says what in the query cannot be run, or
	// depends on what the platform's documentation leaves open. It is nil where there is no evaluator.
	Judge func(c *Compiled, events []map[string]any) (found int, ok bool, err error)

	// Options are the settings of the target, and Settings what the user has changed of them, by name: see [Target.With].
	// Configure, if set, adapts the hooks of the target to its settings.
	Options   []Option
	Settings  map[string]string
	Configure func(t *Target)

	// Facts are what the platform is told about a rule besides its query: when it runs, what it maps, how grave it is.
	// It may be nil.
	Facts func(*Compiled) []Fact

	// Formats are the forms of output; the first is the bare query.
	Formats []Format
}

// Format is a form of output. At least one of Rule and Pack is set.
type Format struct {
	Name string // as the user writes it after -f
	Doc  string
	Ext  string // of the file of one rule, with its dot
	// OnRequest says that a build writes the format only when it is asked for.
	OnRequest bool

	// Untitled says that the text of a rule does not tell which rule it is.
	Untitled bool

	// Rule writes one rule.
	Rule func(*Compiled) ([]byte, error)
	// Pack writes what is deployed for all rules together, of which there is one at least, file after file. It tells what
	// whoever deploys them must know.
	Pack func(rules []*Compiled, write func(File) error, diags *diag.List) error
}

// Fact is something that a platform is told about a rule, in its own words.
type Fact struct{ Name, Value string }

// File is a file of the output; Path is slash-separated and relative to the folder of the target.
type File struct {
	Path string
	Data []byte
	// Write writes the file piece by piece, where it is too long to be held; Data is nil then.
	Write func(io.Writer) error
}

// WriteAll writes files one after another.
func WriteAll(write func(File) error, files ...File) error {
	for _, f := range files {
		if err := write(f); err != nil {
			return err
		}
	}
	return nil
}

// Compiled is a rule together with its query for one target.
type Compiled struct {
	*ir.Meta
	*Bound                        // of a detection rule; nil for a correlation
	Correlation *BoundCorrelation // of a correlation; nil for a detection rule

	Target *Target
	Query  fmt.Stringer // what Target.Query made
	Text   string       // the query as text
	// Table is the log that the query reads where it is one of several for the rule, and Nth its number among these.
	Table string
	Nth   int
	// Namesake is how many rules before it have its title, when neither has an id to tell them apart.
	Namesake int
	// Path is where the rule stands in the input, slash-separated, relative and without its extension. It is unique
	// among the rules.
	Path string
	// Noted is what the target's Check had to say.
	Noted []diag.Diagnostic

	settled   bool
	listUses  []ListUse
	schedules []ir.Schedule
}

// File is the path of the files of the query, without an extension.
func (c *Compiled) File() string {
	if c.Nth > 0 {
		return c.Path + "-" + c.Table
	}
	return c.Path
}

// Written returns what the rule says about itself as it is written: names that must not change with the language are made
// of it.
func (c *Compiled) Written() *ir.Meta {
	if c.Bound != nil {
		return c.Bound.Rule.Meta
	}
	return c.Correlation.Correlation.Meta
}

// Logs returns the logs that the rule reads, each of which has a table.
func (c *Compiled) Logs() []*schema.Log {
	if c.Bound != nil {
		return c.Log.Tables()
	}
	return c.Correlation.Logs()
}

// HasNoted reports whether the target's Check had something of the given id to say.
func (c *Compiled) HasNoted(id string) bool {
	return slices.ContainsFunc(c.Noted, func(d diag.Diagnostic) bool { return d.ID == id })
}

// Format returns the format of the given name.
func (t *Target) Format(name string) (Format, bool) {
	for _, f := range t.Formats {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}
