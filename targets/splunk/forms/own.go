package forms

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// platform is the key of a user's declaration that this package reads, and the name of what it notes at the log.
const platform = "splunk"

// Declare finds out in which form Splunk gets the logs of a user, by his declarations. Where one says nothing, a log that
// adds to another comes as that does. The errors begin with their places.
func Declare(logs []*schema.Log) []error {
	if !slices.ContainsFunc(logs, func(l *schema.Log) bool { _, says := l.Section(platform); return says }) {
		return nil // the forms need not be read
	}
	var errs []error
	macros := map[string]Macro{}
	for _, f := range All() {
		for _, m := range f.Macros {
			macros[m.Name] = m
		}
	}
	for _, log := range logs {
		s, ok := log.Section(platform)
		if !ok {
			continue
		}
		o := &ownReader{Section: s, log: log}
		d := o.data()
		if len(o.errs) == 0 {
			m := d.Scope()
			if taken, is := macros[m.Name]; is && taken.Definition != m.Definition && !o.named {
				d.rename(m.Name + "_events")
				m = d.Scope()
			}
			if taken, is := macros[m.Name]; is && taken.Definition != m.Definition {
				o.fail(s.Node, "another log has the macro %q, which says %s; give this one a name of its own by %q", m.Name, taken.Definition, "macro")
			}
			macros[m.Name] = m
			log.SetPlace(platform, d)
		}
		errs = append(errs, o.errs...)
	}
	return errs
}

// own is a log of a user in the form that he declares; nil when he says nothing of Splunk.
func own(log *schema.Log) *Data {
	d, _ := log.Place(platform).(*Data)
	return d
}

// ownReader reads the section of a user, whose mistakes are told where they stand.
type ownReader struct {
	schema.Section
	log   *schema.Log
	named bool // he gives the macro a name
	errs  []error
}

// rename gives the macro of a log of a user another name: his is not the one of the form that brings the log elsewhere.
func (d *Data) rename(macro string) { d.Macros[0].Name, d.Macro = macro, macro }

func (o *ownReader) fail(at *yaml.Node, format string, args ...any) {
	o.errs = append(o.errs, o.Errorf(at, format, args...))
}

// ownKeys are the keys of the section.
var ownKeys = []string{"index", "sourcetype", "source", "macro", "xml", "absent", "records", "fields", "user", "address", "app", "shown"}

func (o *ownReader) data() *Data {
	if o.Node.Kind != yaml.MappingNode {
		o.fail(o.Node, "a mapping belongs here")
		return nil
	}
	f := &Form{
		Family: "own", Name: o.log.Name, Doc: o.log.Doc, Shape: "own", Absent: "the record does not hold it", late: map[string]bool{},
	}
	m := Macro{Name: macroName(o.log.Name), Doc: o.log.Doc}
	if m.Doc == "" {
		m.Doc = o.log.Name
	}
	m.Data = o.log.Name
	d := &Data{Form: f, Log: o.log, fields: map[string]Field{}}
	d.paths = sync.OnceValue(d.columnPaths)
	if o.log.Lines {
		f.Shape, f.Absent = "texts", "it is not said what it is called there"
		d.fields[schema.Line], d.fields[o.log.Time] = Field{Path: "_raw"}, Field{Path: "_time"}
		d.Shown = []string{schema.Line}
	}
	scope := map[string]string{"index": "*"}
	o.each(o.Node, "key", ownKeys, func(key, n *yaml.Node) {
		switch key.Value {
		case "index", "sourcetype", "source":
			if n.Kind != yaml.ScalarNode || n.Value == "" {
				o.fail(n, "%q must be a text", key.Value)
			}
			scope[key.Value] = n.Value
		case "macro":
			o.named = true
			if m.Name = n.Value; macroName(n.Value) != n.Value {
				o.fail(n, "%q is no name of a macro: letters, digits and _", n.Value)
			}
		case "xml":
			if f.XML = n.Value == "true"; f.XML {
				f.Shape = "xml"
			}
		case "absent":
			f.Absent = n.Value
		case "records":
			o.records(n, d)
		case "fields":
			o.fields(n, d)
		case "user":
			d.User = strings.Fields(n.Value)
		case "address":
			d.Address = strings.Fields(n.Value)
		case "app":
			d.App = strings.Fields(n.Value)
		case "shown":
			d.Shown = strings.Fields(n.Value)
			for _, name := range d.Shown {
				if _, ok := o.log.Resolve(nil, name); !ok {
					o.fail(n, "the log %q has no field %q%s", o.log.Name, name, diag.Meant(name, o.names()))
				}
			}
		}
	})
	if o.log.Windows.Name != "" || o.log.Tabled() {
		if len(d.Records) == 0 {
			o.errs = append(o.errs, wrap(o, d.records(&yaml.Node{}))...)
		}
	}
	var terms []string
	for _, key := range []string{"index", "sourcetype", "source"} {
		if v := scope[key]; v != "" {
			terms = append(terms, key+"="+quoted(v))
		}
	}
	if scope["sourcetype"] == "" && scope["source"] == "" && scope["index"] == "*" {
		o.fail(o.Node, `"index", "sourcetype" or "source" is missing: where Splunk keeps the log`)
	}
	m.Definition, m.Source, m.SourceType = strings.Join(terms, " "), scope["source"], scope["sourcetype"]
	f.Macros, d.Macro = []Macro{m}, m.Name
	f.Logs = []*Data{d}
	return d
}

func wrap(o *ownReader, err error) []error {
	if err == nil {
		return nil
	}
	return []error{o.Errorf(o.Node, "%v", err)}
}

// each calls read for the entries of a mapping whose keys are among the known.
func (o *ownReader) each(n *yaml.Node, what string, known []string, read func(key, n *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		o.fail(n, "a mapping belongs here")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		switch {
		case known != nil && !slices.Contains(known, key.Value):
			o.fail(key, "unknown %s %q%s", what, key.Value, diag.Meant(key.Value, known))
		case seen[key.Value]:
			o.fail(key, "%s %q twice", what, key.Value)
		default:
			read(key, n.Content[i+1])
		}
		seen[key.Value] = true
	}
}

func (o *ownReader) records(n *yaml.Node, d *Data) {
	o.each(n, "field", nil, func(key, n *yaml.Node) {
		t := Term{Field: key.Value}
		for _, v := range append([]*yaml.Node{n}, n.Content...) {
			if v.Kind == yaml.ScalarNode {
				t.Values = append(t.Values, v.Value)
			}
		}
		if len(t.Values) == 0 {
			o.fail(n, "a value or a list of values belongs here")
			return
		}
		d.Records = append(d.Records, t)
	})
}

func (o *ownReader) fields(n *yaml.Node, d *Data) {
	o.each(n, "field", o.names(), func(key, n *yaml.Node) {
		if n.Kind == yaml.MappingNode {
			o.each(n, "key", []string{"is", "else", "const", "none", "take", "fill", "folded"}, func(_, _ *yaml.Node) {})
		}
		var w writtenField
		if err := w.UnmarshalYAML(n); err != nil {
			o.fail(n, "%s", strings.TrimPrefix(err.Error(), "yaml: "))
			return
		}
		f := Field{Path: w.Is, Else: w.Else, Const: w.Const, None: w.None, Take: w.Take, Fill: w.Fill, Folded: w.Folded}
		if f.Path == "" && f.Const == "" && f.None == "" {
			o.fail(n, `the field %q needs the name that it has there, or "none" with the reason why it is not there`, key.Value)
		}
		if re, err := regexp.Compile(f.Take); f.Take != "" && (err != nil || re.NumSubexp() != 1) {
			o.fail(n, `"take" needs a regular expression with one group, which is the value`)
		}
		d.fields[key.Value] = f
	})
}

func (o *ownReader) names() []string {
	var out []string
	for _, c := range o.log.Columns {
		out = append(out, c.Name)
	}
	return out
}

// macroName makes a name of a macro of that of a log: AcmeProxy becomes acme_proxy.
func macroName(log string) string {
	var b strings.Builder
	lower := false
	for _, r := range log {
		switch {
		case r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r):
			b.WriteByte('_')
		case unicode.IsUpper(r):
			if lower {
				b.WriteByte('_')
			}
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteRune(r)
		}
		lower = unicode.IsLower(r) || unicode.IsDigit(r)
	}
	return b.String()
}

// quoted writes a value of a search: in quotes where it has more than letters, digits and a few signs.
func quoted(v string) string {
	if strings.ContainsFunc(v, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-:*./", r)
	}) {
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(v) + `"`
	}
	return v
}
