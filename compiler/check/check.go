package check

import (
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// Check finds one kind of mistake. Each function is called for one thing, so that what many checks look at is gone over
// once: a check has one of them, or several.
type Check struct {
	ID       string // "area/name"; it never changes
	Severity diag.Severity
	Doc      Doc

	Sigma func(*Pass)                               // called for every document
	Tag   func(*Pass, *Tag)                         // called for every tag of a document
	Cond  func(*Pass, *sigma.Detection, sigma.Cond) // called for every part of its conditions
	Item  func(*Pass, *sigma.Item)                  // called for every item of its searches, also those in blocks
	Odd   func(*Pass, *sigma.Item, *sigma.Value)    // called for every text that is [odd]; the item of a keyword is nil
	Pack  func(*Pack)                               // called once for all documents
}

// Doc is the page about a check. Bad is reported, and Good is not. Both are the part of a rule that matters, or with Whole
// a whole file; one that begins with "-- name --" is several files, each after such a line.
type Doc struct {
	Summary string // what is reported, in a sentence
	Why     string // what goes wrong in practice
	Bad     string
	Good    string
	Whole   bool
}

// Settings are the few things that a user decides about checks.
type Settings struct {
	Today         string   // year-month-day; "" when it is not to be known
	TagNamespaces []string // further ones, besides those of Sigma
}

// Pass is a document that is being checked: exactly one of Rule, Correlation and Filter is set.
type Pass struct {
	*sigma.Meta
	Rule        *sigma.Rule
	Correlation *sigma.Correlation
	Filter      *sigma.Filter

	Meaning   *ir.Rule   // of a rule; nil when it has none
	Changed   bool       // the meaning is not that of the rule as it is written: filters or pipelines have changed it
	Narrowing *ir.Filter // the meaning of a filter; nil when it has none
	Log       Log        // the log of the rule; nil when none is known
	Path      string     // of the file, slash-separated; "" when it stands in none
	First     bool       // the first document of its file
	Settings

	diags *diag.List
	check *Check

	found *facts // nil when nobody asks for them

	told     map[*Check]int // how many findings each check has made
	compares int            // with whole catalogues
	imprint  uint64         // rules that mean the same share it; 0 when the rule has no meaning
}

// Log is what is known of the log that a rule reads.
type Log interface {
	// Table is its name.
	Table() string
	// Field says what a field of the rule is; false when that is not known.
	Field(*ir.Field) (Field, bool)
}

// Field is what is known of a field.
type Field struct {
	Name     string // canonical
	Scalar   bool   // an event has one value of it at most
	Constant string // the value that every row has; "" when they differ
}

// Pack is all documents that are checked together, in the order of the input.
type Pack struct {
	Passes []*Pass

	diags *diag.List
	check *Check
}

// Run looks at one document.
func Run(p *Pass, diags *diag.List) {
	p.diags = diags
	before := diags.Len()
	p.found = p.facts()
	for _, c := range looks.sigma {
		p.check = c
		c.Sigma(p)
	}
	p.walk()
	name(diags.From(before), p.key())
	p.canonize()
	p.forget()
}

// RunPack looks at all documents.
func RunPack(p *Pack, diags *diag.List) {
	p.diags = diags
	for i := range all {
		if p.check = &all[i]; p.check.Pack != nil {
			p.check.Pack(p)
		}
	}
}

// name notes which rule the findings are about.
func name(found []diag.Diagnostic, key string) {
	for i := range found {
		found[i].Rule = key
	}
}

// key is what messages call the document.
func (p *Pass) key() string {
	if p.ID.Value != "" {
		return p.ID.Value
	}
	return p.Title.Value
}

// maxTold is how often one check speaks about one document: who reads on after a hundred times is told no more, and a
// hostile file cannot make a report of any size.
const maxTold = 100

func (p *Pass) report(at source.Span, format string, args ...any) *diag.Diagnostic {
	if p.told == nil {
		p.told = map[*Check]int{}
	}
	if p.told[p.check]++; p.told[p.check] > maxTold {
		return &diag.Diagnostic{Span: at}
	}
	return add(p.diags, p.check, at, format, args)
}

func (p *Pack) report(about *Pass, at source.Span, format string, args ...any) *diag.Diagnostic {
	d := add(p.diags, p.check, at, format, args)
	d.Rule = about.key()
	return d
}

func add(diags *diag.List, c *Check, at source.Span, format string, args []any) *diag.Diagnostic {
	switch c.Severity {
	case diag.Note:
		return diags.Notef(c.ID, at, format, args...)
	case diag.Warning:
		return diags.Warnf(c.ID, at, format, args...)
	default:
		return diags.Errorf(c.ID, at, format, args...)
	}
}
