package forms

import (
	"iter"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/sigc-rules/sigc/compiler/schema"
)

// Form is a way in which Splunk gets logs.
type Form struct {
	Family  string // what the user chooses the form for: the option of that name
	Name    string // as the user writes it
	Doc     string
	Default bool   // the form of its family when the user does not say
	Shape   string // how the records are written: "eventhub", "graph", "rest", "management", "xml", "cim", or "own" by the user
	XML     bool   // values are texts of XML, in which &, < and > are written as entities
	Absent  string // why a field that the form does not mention is not in the record
	Macros  []Macro
	Logs    []*Data
	Lacks   map[string]string // why the form does not have a log that one might look for in it, by the name of the log

	read  func()          // reads the rest of the file, once
	known atomic.Bool     // whether it has been read
	names map[string]bool // of the logs
	open  bool            // whether it has channels

	late     map[string]bool
	channels *channels // of Windows that Logs does not have; nil when the form brings no others
}

// Macro is the scope of searches: the one place where a customer writes his index and source type.
type Macro struct {
	Name, Definition, Doc string
	// Data is what the records are called where sources of data are listed, and how these come marked.
	Data, Source, SourceType string
}

// Model reports whether the macro has options of a data model, and says of no events where they are.
func (m Macro) Model() bool {
	return !strings.Contains(m.Definition, "index=") && strings.Contains(m.Definition, "summariesonly=")
}

// Data is a log in a form.
type Data struct {
	*Form
	Log   *schema.Log
	Macro string
	// Model is the data set of a data model that has the log, "" where the records themselves are searched.
	Model string
	// Records tell the records of the log from others in the scope.
	Records []Term
	// User, Address and App are fields of the record that name the things an alert is about; the first that an event has
	// counts. Shown are the canonical fields of the result when the rule does not say what it wants to see.
	User, Address, App, Shown []string
	// Given are the fields that the record has whatever the settings of what brings it; nil when that is all of them. Asked
	// says what has to be set for the others.
	Given []string
	Asked string
	// Doubt is what a search of the log rests on and is not documented; "" for nothing.
	Doubt string

	scope  *Macro                 // of a log that the form does not describe by itself
	paths  func() map[string]bool // see [Data.Holds]
	under  string                 // the record is what the Event Hub record has there
	within string                 // the key of the record under which the fields of the log are; "" when they are its own
	fields map[string]Field
}

// Term says that a field of the record has one of the values, in which * stands for any text.
type Term struct {
	Field  string
	Values []string
}

// Field is what a field of the log is in the form.
type Field struct {
	Path, Else string // in the record; the second for records that have nothing at the first
	Const      string // what the field is in all records, which do not write it
	None       string // why the record does not have it
	// Fill are texts that stand there when the value is not known, where the log has nothing.
	Fill []string
	// Inside says that the value stands there at the end of a longer one.
	Inside bool
	// Take is a regular expression for the whole text at Path, whose group is the value; "" when the text is.
	Take string
	// Loses is what the form cannot tell of the field; "" when nothing.
	Loses string
	// Encoded says that a value with a blank or a quotation mark may stand there as hexadecimal digits.
	Encoded bool
	// Folded says that the form writes the value in another case than the log.
	Folded bool
	// Words are what the form writes instead of a word of the log, by the word in lower case; * stands for any text. What
	// it writes for words that are not among them is not known.
	Words map[string]string
	// Unnamed says that the field is the texts without a name in the XML at Path, or the one of them that Nth says, from 1.
	Unnamed bool
	Nth     int
	// Inner is the element of the data that has the field in some events, looked for in the event as it came: the head has
	// one of that name too, and the value Head in it.
	Inner, Head string
}

// InXML reports whether the value is looked for in XML, as the add-on has no field of it alone.
func (f Field) InXML() bool { return f.Unnamed || f.Inner != "" }

// AsInLog reports whether the form has the values of the field, and no others, as the log has them.
func (f Field) AsInLog() bool {
	return f.None == "" && f.Const == "" && len(f.Fill) == 0 && len(f.Words) == 0 && !f.Inside && !f.Folded && !f.InXML() && f.Take == "" && f.Loses == ""
}

// Field returns what a column of the log is in the form.
func (d *Data) Field(c *schema.Column) Field {
	if f, ok := d.fields[c.Name]; ok {
		return f
	}
	if c.Beyond {
		return Field{None: "the events of the log do not have it"}
	}
	if d.Texts() {
		return Field{None: d.Absent}
	}
	if !d.Log.Tabled() && d.Model == "" { // an event calls its fields as the log does
		if d.within == "" {
			return Field{Path: c.Name}
		}
		return Field{Path: d.within + "." + c.Name}
	}
	path, ok := d.below(c.Raw)
	if c.Raw == "" || !ok {
		return Field{None: d.Absent}
	}
	f := Field{Path: path}
	if c.Else != "" {
		f.Else, _ = d.below(c.Else)
	}
	return f
}

// Texts reports whether records are lines of text, of which an add-on takes fields that have names of their own.
func (f *Form) Texts() bool { return f.Shape == "texts" }

// Holds reports whether the record has a field of the log at a path.
func (d *Data) Holds(path string) bool { return d.paths()[path] }

func (d *Data) columnPaths() map[string]bool {
	out := make(map[string]bool, len(d.Log.Columns))
	for _, c := range d.Log.Columns {
		out[d.Field(c).Path] = true
	}
	return out
}

// below returns the path in the record of a path in the Event Hub record; false when it is not in the record.
func (d *Data) below(raw string) (string, bool) {
	if d.under == "" {
		return raw, true
	}
	return strings.CutPrefix(raw, d.under+".")
}

// Below returns what is particular about a value below a column, by its canonical name.
func (d *Data) Below(canonical string) (Field, bool) {
	f, ok := d.fields[canonical]
	return f, ok
}

// Late reports whether a field can stand behind the part of a record that Splunk extracts fields from.
func (d *Data) Late(path string) bool { return d.late[path] }

// Setting says what has to be set so that the record has the field at a path; "" for nothing.
func (d *Data) Setting(path string) string {
	first, _, _ := strings.Cut(path, ".")
	if d.Given == nil || path == "" || slices.Contains(d.Given, first) {
		return ""
	}
	return d.Asked
}

// Scope is the macro of the log.
func (d *Data) Scope() Macro {
	if d.scope != nil {
		return *d.scope
	}
	return d.Macros[slices.IndexFunc(d.Macros, func(m Macro) bool { return m.Name == d.Macro })]
}

// Overlaps reports whether a record can be of both logs.
func (d *Data) Overlaps(other *Data) bool {
	if d.Macro != other.Macro {
		return false
	}
	for _, t := range d.Records {
		for _, o := range other.Records {
			if t.Field == o.Field && !slices.ContainsFunc(t.Values, func(v string) bool { return slices.Contains(o.Values, v) }) {
				return false
			}
		}
	}
	return true
}

// Choice is the form of every family.
type Choice struct {
	forms []*Form
	known sync.Map // what has been found for a log: it is asked for with every condition of a rule
}

// Choose returns the forms that are named by family, and the default of every other family. The names exist.
func Choose(named map[string]string) *Choice {
	c := &Choice{}
	for _, f := range heads() {
		if name := named[f.Family]; f.Name == name || name == "" && f.Default {
			c.forms = append(c.forms, f)
		}
	}
	return c
}

// Form returns the form of a family.
func (c *Choice) Form(family string) *Form {
	return c.forms[slices.IndexFunc(c.forms, func(f *Form) bool { return f.Family == family })]
}

// Data returns the log in the form that has been chosen for it; nil when that does not have the log.
func (c *Choice) Data(log *schema.Log) *Data {
	if d, ok := c.known.Load(log); ok {
		return d.(*Data)
	}
	d, _ := c.known.LoadOrStore(log, c.find(log))
	return d.(*Data)
}

func (c *Choice) find(log *schema.Log) *Data {
	if d := own(log); d != nil {
		return d
	}
	if log.Base != nil { // with more fields than the form speaks of
		d := c.Data(log.Base)
		if d != nil {
			more := *d
			more.Log = log
			more.paths = sync.OnceValue(more.columnPaths)
			d = &more
		}
		return d
	}
	for _, f := range c.forms {
		if d := f.Data(log); d != nil {
			return d
		}
	}
	return nil
}

// Scopes are the scopes of logs, of those that the forms have.
func (c *Choice) Scopes(logs []*schema.Log) []Macro {
	var out []Macro
	for _, log := range logs {
		if d := c.Data(log); d != nil {
			out = append(out, d.Scope())
		}
	}
	return out
}

// Data returns a log in the form; nil when the form does not have it.
func (f *Form) Data(log *schema.Log) *Data {
	if log.Base != nil && own(log) == nil {
		log = log.Base
	}
	if !f.names[log.Name] && !(f.open && log.Windows.Name != "") {
		return nil
	}
	f.read()
	for _, d := range f.Logs {
		if d.Log == log {
			return d
		}
	}
	return f.channel(log)
}

// With yields the forms that have one of the logs, chosen or not, in the order of their files. No other is read.
func With(logs ...*schema.Log) iter.Seq[*Form] {
	return func(yield func(*Form) bool) {
		for _, f := range heads() {
			if slices.ContainsFunc(logs, func(l *schema.Log) bool { return f.Data(l) != nil }) && !yield(f) {
				return
			}
		}
	}
}

// Lacking says why the form does not have a log that one might look for in it; "" where there is nothing to say.
func (f *Form) Lacking(log *schema.Log) string {
	f.read()
	return f.Lacks[log.Name]
}

// Families returns the families in order.
func Families() []string {
	var out []string
	for _, f := range heads() {
		if !slices.Contains(out, f.Family) {
			out = append(out, f.Family)
		}
	}
	return out
}

// Of returns the forms of a family, the default first.
func Of(family string) []*Form {
	var out []*Form
	for _, f := range heads() {
		if f.Family != family {
			continue
		}
		if f.Default {
			out = slices.Insert(out, 0, f)
		} else {
			out = append(out, f)
		}
	}
	return out
}
