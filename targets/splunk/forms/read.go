package forms

import (
	"embed"
	"fmt"
	"io/fs"
	"iter"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/schema"
)

//go:embed *.yaml
var files embed.FS

// All returns the forms, in the order of their files. They are shared and must not be changed.
func All() []*Form {
	for _, f := range heads() {
		f.read()
	}
	return heads()
}

// Known yields the forms that have been read, in the order of their files: whatever a search uses is in one of them.
func Known() iter.Seq[*Form] {
	return func(yield func(*Form) bool) {
		for _, f := range heads() {
			if f.known.Load() && !yield(f) {
				return
			}
		}
	}
}

// heads returns the forms as far as the first lines of their files tell, which is what every run has to know: a form that
// no rule of the run needs is not read further. A mistake in the files is a bug of ours, which the tests of this package find.
var heads = sync.OnceValue(func() []*Form {
	forms, err := readHeads(files)
	if err != nil {
		panic(err)
	}
	return forms
})

func readHeads(dir fs.FS) ([]*Form, error) {
	names, err := fs.Glob(dir, "*.yaml")
	if err != nil {
		return nil, err
	}
	var out []*Form
	for _, name := range names {
		text, err := fs.ReadFile(dir, name)
		if err != nil {
			return nil, err
		}
		f := &Form{}
		f.read = sync.OnceFunc(func() {
			if err := f.readBody(string(text)); err != nil {
				panic(fmt.Errorf("%s: %w", name, err))
			}
			f.known.Store(true)
		})
		f.readHead(string(text))
		out = append(out, f)
	}
	return out, nil
}

// readHead reads what stands at the beginning of lines: the keys of the form whose values are words, and the names of its
// logs. A test holds it against what the whole file says.
func (f *Form) readHead(text string) {
	f.names = map[string]bool{}
	section := ""
	for line := range strings.Lines(text) {
		key, value, ok := strings.Cut(strings.TrimRight(line, "\n"), ":")
		name := strings.TrimPrefix(key, "  ")
		switch value = strings.TrimSpace(value); {
		case !ok || strings.ContainsAny(name, " #"):
		case name != key:
			if section == "logs" {
				f.names[name] = true
			}
		default:
			section = key
			switch key {
			case "family":
				f.Family = value
			case "name":
				f.Name = value
			case "default":
				f.Default = value == "true"
			case "doc":
				f.Doc = value
			case "channels":
				f.open = true
			}
		}
	}
}

// The written form. Lists of names are words of one text, which takes less room.
type (
	written struct {
		Family, Name, Doc string
		Default           bool
		Shape             string
		Absent            string
		Late              words
		Fill              string // what fields without a value have
		Lacks             map[string]string
		Channels          struct{ Source, Sourcetype, Doc, Data string }
		Macros            yaml.Node
		Logs              yaml.Node
	}
	writtenMacro struct {
		Is, Doc string
		Data    struct{ Name, Source, Sourcetype string }
	}
	writtenData struct {
		Like    string // a log before it, whose places it shares
		Model   string
		Macro   string
		Under   string
		Within  string // the key of the record under which the fields of the log are
		Records yaml.Node
		User    words
		Address words
		App     words
		Shown   words
		Given   words
		Asked   string
		Doubt   string
		Encoded words // fields that the record may have as hexadecimal digits
		Fields  map[string]writtenField
	}
	writtenField struct {
		Is, Else, Const, None string
		Take, Loses           string
		Fill                  []string
		Folded, Inside        bool
		Words                 map[string]string
	}
	words []string
)

// UnmarshalYAML reads words that stand in one text.
func (w *words) UnmarshalYAML(n *yaml.Node) error {
	*w = strings.Fields(n.Value)
	return nil
}

// UnmarshalYAML reads a path alone, or a mapping with it.
func (f *writtenField) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		f.Is = n.Value
		return nil
	}
	type plain writtenField
	return n.Decode((*plain)(f))
}

// readBody reads the whole file.
func (f *Form) readBody(text string) error {
	d := yaml.NewDecoder(strings.NewReader(text))
	d.KnownFields(true)
	var w written
	if err := d.Decode(&w); err != nil {
		return err
	}
	if f.Family != w.Family || f.Name != w.Name || f.Doc != w.Doc || f.Default != w.Default {
		return fmt.Errorf("family, name, doc and default stand in one line each, without quotes")
	}
	f.Shape, f.Absent, f.Lacks = w.Shape, w.Absent, w.Lacks
	f.XML, f.late = w.Shape == "xml" || w.Shape == "cim", map[string]bool{}
	if c := w.Channels; c.Source != "" {
		f.channels = &channels{source: c.Source, sourceType: c.Sourcetype, doc: c.Doc, data: c.Data}
	}
	for _, path := range w.Late {
		f.late[path] = true
	}
	err := pairs(&w.Macros, func(name string, n *yaml.Node) error {
		var m writtenMacro
		err := n.Decode(&m)
		f.Macros = append(f.Macros, Macro{name, m.Is, m.Doc, m.Data.Name, m.Data.Source, m.Data.Sourcetype})
		return err
	})
	if err != nil {
		return err
	}
	return pairs(&w.Logs, func(name string, n *yaml.Node) error { return f.log(name, n, w.Fill) })
}

// pairs calls read for the entries of a mapping in their order.
func pairs(n *yaml.Node, read func(name string, n *yaml.Node) error) error {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if err := read(n.Content[i].Value, n.Content[i+1]); err != nil {
			return fmt.Errorf("line %d: %w", n.Content[i].Line, err)
		}
	}
	return nil
}

func (f *Form) log(name string, n *yaml.Node, fill string) error {
	var w writtenData
	if err := n.Decode(&w); err != nil {
		return err
	}
	d := &Data{Form: f, Log: schema.Named(name), fields: map[string]Field{}}
	d.paths = sync.OnceValue(d.columnPaths)
	if d.Log == nil {
		return fmt.Errorf("no log %q", name)
	}
	for _, before := range f.Logs {
		if before.Log.Name == w.Like {
			own := *before
			own.Log, own.Records = d.Log, nil
			d = &own
		}
	}
	if w.Like == "" {
		d.Model, d.Macro, d.under, d.User, d.Address, d.App, d.Shown = w.Model, w.Macro, w.Under, w.User, w.Address, w.App, w.Shown
		d.Given, d.Asked, d.Doubt, d.within = w.Given, w.Asked, w.Doubt, w.Within
		for name, field := range w.Fields {
			if fill != "" {
				field.Fill = append(field.Fill, fill)
			}
			d.fields[name] = Field{
				Path: field.Is, Else: field.Else, Const: field.Const, None: field.None,
				Encoded: slices.Contains(w.Encoded, name),
				Take:    field.Take, Loses: field.Loses, Fill: field.Fill, Folded: field.Folded, Inside: field.Inside, Words: lowered(field.Words),
			}
		}
	}
	if err := d.records(&w.Records); err != nil {
		return err
	}
	f.Logs = append(f.Logs, d)
	return nil
}

func lowered(words map[string]string) map[string]string {
	out := make(map[string]string, len(words))
	for log, form := range words {
		out[strings.ToLower(log)] = form
	}
	return out
}

// records reads how the records of the log are known; where the form does not say, by what the log is known by.
func (d *Data) records(n *yaml.Node) error {
	if n.Kind != 0 {
		return pairs(n, func(field string, n *yaml.Node) error {
			values := []string{n.Value}
			if n.Kind == yaml.SequenceNode {
				if err := n.Decode(&values); err != nil {
					return err
				}
			}
			d.Records = append(d.Records, Term{field, values})
			return nil
		})
	}
	hub, events := d.Log.EventHub, d.Log.Windows.Events
	if len(events) > 0 {
		d.Records = append(d.Records, Term{"EventID", events})
	}
	for _, h := range d.Log.Windows.Having {
		d.Records = append(d.Records, Term{h.Field, h.Values})
	}
	switch {
	case hub.Category != "":
		d.Records = append(d.Records, Term{"category", []string{hub.Category}})
	case len(hub.Categories) > 0:
		d.Records = append(d.Records, Term{"category", hub.Categories})
	}
	if hub.Resource != "" {
		d.Records = append(d.Records, Term{"resourceId", []string{"*/" + hub.Resource + "/*"}})
	}
	return nil
}
