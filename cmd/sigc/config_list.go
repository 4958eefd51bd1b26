package main

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/targets"
)

// lists is what a configuration says of lists, by their names.
type lists map[string]*entry

// entry is what one place says of a list. What it leaves out stays as another says it.
type entry struct {
	doc    string
	typ    list.Type
	given  bool        // values are, perhaps none
	at     source.Span // where they are given; of no file for those of a flag
	values []placed
	from   string // where the values stand, for who reads it
	as     map[string]list.Delivery
	asAt   source.Span
	hours  *list.Hours // of a schedule, which one place says whole
}

// placed is a value and where it stands.
type placed struct {
	text string
	at   source.Span
}

// add lets what others say of a list take the place of what is said here.
func (l lists) add(others lists) {
	for name, other := range others {
		e := entry{}
		if l[name] != nil {
			e = *l[name]
		}
		if other.doc != "" {
			e.doc = other.doc
		}
		if other.typ != "" {
			e.typ, e.hours = other.typ, nil
		}
		if other.hours != nil {
			e = entry{doc: e.doc, typ: list.Schedule, from: other.from, hours: other.hours}
		}
		if other.given {
			e.given, e.at, e.values, e.from = true, other.at, other.values, other.from
		}
		if other.as != nil {
			e.as, e.asAt = other.as, other.asAt
		}
		l[name] = &e
	}
}

// resolve checks the values of every list against its type. It is done last: the type may be said by one file and the
// values by another.
func (l lists) resolve(diags *diag.List) map[string]*list.List {
	out := map[string]*list.List{}
	kept := map[string]string{} // by what platforms take for the same name
	for _, name := range slices.Sorted(maps.Keys(l)) {
		e := l[name]
		made := &list.List{Name: name, Doc: e.doc, Type: e.typ, As: e.as, From: e.from, Hours: e.hours}
		if made.Type == "" {
			made.Type = list.Text
		}
		fail := func(at source.Span, format string, args ...any) {
			message := fmt.Sprintf(format, args...)
			if at.IsZero() {
				message = e.from + ": " + message
			}
			diags.Errorf("config/list", at, "%s", message)
		}
		if e.hours != nil && e.given {
			fail(e.at, "%q is a schedule, which has no values", name)
			continue
		}
		for _, v := range e.values {
			if want := made.Type.Check(v.text); want != "" {
				fail(v.at, "%q in the list %q is not %s", v.text, name, want)
			}
			made.Values = append(made.Values, v.text)
		}
		if made.Kept() {
			why := list.Keepable(name)
			if e.hours != nil {
				why = "it is a schedule"
			}
			if other := kept[strings.ToLower(name)]; why == "" && other != "" {
				why = fmt.Sprintf("its name differs from that of the list %q in case alone", other)
			}
			if why != "" {
				fail(e.asAt, "no target can keep the list %q: %s", name, why)
			}
			kept[strings.ToLower(name)] = name
		}
		out[name] = made
	}
	return out
}

// fromFlag is the list of a --var flag.
func fromFlag(name, values string) *entry {
	e := &entry{given: true, from: "--var " + name}
	if values != "" {
		for _, v := range strings.Split(values, ",") {
			e.values = append(e.values, placed{text: v})
		}
	}
	return e
}

func (p *configParser) lists(n *yaml.Node) lists {
	out := lists{}
	p.pairs(n, `"lists"`, func(key, value *yaml.Node) { out[key.Value] = p.list(value) })
	return out
}

// listKeys are the keys of a list.
var listKeys = []string{"as", "column", "days", "doc", "file", "from", "time_zone", "to", "type", "values"}

// list reads a list: one value, several, or a map that also describes them.
func (p *configParser) list(n *yaml.Node) *entry {
	e := &entry{}
	if n.Kind != yaml.MappingNode {
		p.values(n, e)
		return e
	}
	keys := map[string]*yaml.Node{}
	p.pairs(n, "a list", func(key, value *yaml.Node) {
		keys[key.Value] = value
		switch key.Value {
		case "doc":
			e.doc = value.Value
		case "type":
			e.typ = list.Type(p.word(key, value, list.Types()))
		case "values":
			p.values(value, e)
		case "as":
			p.deliveries(value, e)
		case "time_zone", "days", "from", "to": // read together, below
			keys[key.Value+" key"] = key
		case "file", "column":
			keys[key.Value+" key"] = key
			p.text(key, value)
		default:
			p.unknown(key, listKeys)
		}
	})
	if e.typ == list.Schedule {
		p.schedule(n, keys, e)
		return e
	}
	for _, name := range hoursKeys {
		if key := keys[name+" key"]; key != nil && (keys["type"] == nil || e.typ != "") { // of another type that is in order
			p.fail(key, `%q needs "type: schedule"`, name)
		}
	}
	switch file, column := keys["file"], keys["column"]; {
	case file != nil && keys["values"] != nil:
		p.fail(keys["file key"], `a list has "values" or a "file", not both`)
	case file != nil:
		p.csv(file, column, e)
	case column != nil:
		p.fail(keys["column key"], `"column" needs a "file"`)
	}
	return e
}

// values reads one value or several.
func (p *configParser) values(n *yaml.Node, e *entry) {
	values := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		values = n.Content
	}
	e.given, e.at, e.from = true, p.tree.Point(n), p.line(n)
	for _, v := range values {
		if v.Kind != yaml.ScalarNode || v.ShortTag() == "!!null" {
			p.fail(v, "a value of a list must be a text or a number")
			continue
		}
		e.values = append(e.values, placed{v.Value, p.tree.Span(v)})
	}
}

// csv reads the values from a column of a file.
func (p *configParser) csv(file, column *yaml.Node, e *entry) {
	if file.Value == "" {
		return // reported
	}
	name := beside(p.file, file.Value)
	text, err := p.reader.read(name)
	if err != nil {
		p.unreadable(file, err)
		return
	}
	e.given, e.at, e.from = true, p.tree.Span(file), name
	which := ""
	if column != nil {
		which = column.Value
		e.from += ", column " + which
	}
	table := source.NewFile(filepath.ToSlash(name), text)
	values, err := list.ReadCSV(text, which)
	if f := (*list.Fault)(nil); errors.As(err, &f) {
		message := f.Message
		if f.Columns != nil {
			message += diag.Meant(which, f.Columns)
		}
		p.reader.diags.Errorf("config/list", csvCell(table, f.Line, f.Column, ""), "%s", message)
		return
	}
	for _, v := range values {
		e.values = append(e.values, placed{v.Text, csvCell(table, v.Line, v.Column, v.Text)})
	}
}

// csvCell is the place of a value in a table, whose columns count bytes.
func csvCell(f *source.File, line, column int, text string) source.Span {
	start := min(f.LineStart(line)+column-1, len(f.Text))
	return f.Span(start, min(start+max(len(text), 1), len(f.Text)))
}

// deliveries reads how targets get the list: "inline" for all of them, or a map.
func (p *configParser) deliveries(n *yaml.Node, e *entry) {
	e.as, e.asAt = map[string]list.Delivery{}, p.tree.Span(n)
	if n.Kind == yaml.ScalarNode && n.Value == string(list.Inline) {
		return
	}
	if n.Kind != yaml.MappingNode {
		p.fail(n, `"as" must be %q, or a map from targets to how they get the list`, list.Inline)
		return
	}
	p.pairs(n, `"as"`, func(key, value *yaml.Node) {
		for _, t := range targets.All() {
			if t.Name != key.Value {
				continue
			}
			allowed := []string{string(list.Inline)}
			if t.Keeping != "" {
				allowed = append(allowed, string(t.Keeping))
			}
			if !slices.Contains(allowed, value.Value) {
				p.fail(value, "%s gets a list as %s, not %q", t.Name, strings.Join(allowed, " or "), value.Value)
			}
			e.as[t.Name] = list.Delivery(value.Value)
			return
		}
		p.unknown(key, targetNames())
	})
}
