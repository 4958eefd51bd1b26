package sigma

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"

	"gopkg.in/yaml.v3"
)

// aggregation is the part of a condition of Sigma 1 that a correlation can take the place of (spec section 8.9).
var aggregation = lazy(`^\s*count\(\s*([^\s()]*)\s*\)(?:\s+by\s+([^<>=]+?))?\s*(>=|<=|==|=|>|<)\s*(\d+)\s*$`)

// timeframes are the spans of time that correlations know too.
var timeframes = lazy(`^\d+[smhd]$`)

var comparisons = map[string]string{">": "gt", ">=": "gte", "<": "lt", "<=": "lte", "=": "eq", "==": "eq"}

// correlate adds to the message about an aggregation the fix that writes a correlation for it: a further document, which
// takes over what the rule says about itself as far as it is about alerts.
func (d *document) correlate(root *yaml.Node, r *Rule) {
	found := d.diags.From(0)
	for i := range found {
		if found[i].ID == "condition/aggregation" && r.Detection != nil && len(r.Detection.Conditions) == 1 {
			found[i].Fixes = d.countAsCorrelation(root, r, found[i].Span)
		}
	}
}

func (d *document) countAsCorrelation(root *yaml.Node, r *Rule, at source.Span) []diag.Fix {
	top, detection := entries(root), map[string]entry{}
	if e := top["detection"]; e.given() {
		detection = entries(e.value)
	}
	pipe := at.Text()
	m := aggregation().FindStringSubmatch(strings.TrimPrefix(pipe, "|"))
	timeframe := detection["timeframe"]
	if m == nil || !timeframe.given() || !timeframes().MatchString(timeframe.value.Value) {
		return nil
	}
	line, ok := d.line(timeframe.key, timeframe.value)
	title, titled := d.line(top["title"].key, top["title"].value)
	if !ok || !titled {
		return nil
	}
	before := bytes.TrimRight(d.file.Text[:at.Start()], " ")
	at = d.file.Span(len(before), at.End())
	edits := []diag.Edit{{Span: at}, {Span: line}}
	ref := r.ID.Value
	if ref == "" {
		ref = r.Name.Value
	}
	if ref == "" {
		if ref = nameFrom(r.Title.Value); ref == "" {
			return nil
		}
		edits = append(edits, diag.Edit{Span: d.file.Span(title.End(), title.End()), Text: "name: " + ref + "\n"})
	}
	var b strings.Builder
	end := d.end(root)
	if end > 0 && !isBreak(d.file.Text[end-1]) {
		b.WriteString("\n")
	}
	b.WriteString("---\n")
	raw := d.nodeSpan(top["title"].value).Text()
	if last := raw[len(raw)-1]; last == '\'' || last == '"' {
		raw = raw[:len(raw)-1] + " (Count)" + raw[len(raw)-1:]
	} else {
		raw += " (Count)"
	}
	b.WriteString("title: " + raw + "\n")
	for _, key := range []string{"status", "description", "author", "date"} {
		if e := top[key]; e.given() {
			if text := d.nodeSpan(e.value).Text(); !strings.ContainsAny(text, "\r\n") {
				b.WriteString(key + ": " + text + "\n")
			}
		}
	}
	if len(r.Tags) > 0 {
		b.WriteString("tags:\n")
		for _, t := range r.Tags {
			b.WriteString("    - " + t.At.Text() + "\n")
		}
	}
	b.WriteString("correlation:\n")
	kind, field := "event_count", ""
	if m[1] != "" {
		kind, field = "value_count", "        field: "+m[1]+"\n"
	}
	b.WriteString("    type: " + kind + "\n    rules:\n        - " + ref + "\n")
	if by := strings.FieldsFunc(m[2], func(r rune) bool { return r == ',' || unicode.IsSpace(r) }); len(by) > 0 {
		b.WriteString("    group-by:\n        - " + strings.Join(by, "\n        - ") + "\n")
	} else {
		b.WriteString("    group-by: []\n")
	}
	b.WriteString("    timespan: " + timeframe.value.Value + "\n    condition:\n" + field + "        " + comparisons[m[3]] + ": " + m[4] + "\n")
	if e := top["level"]; e.given() {
		b.WriteString("level: " + e.value.Value + "\n")
	}
	edits = append(edits, diag.Edit{Span: d.file.Span(end, end), Text: b.String()})
	return []diag.Fix{{Title: "write a correlation of type " + kind + " as a second document", Edits: edits}}
}

// entries are the lines of a map by their keys.
func entries(m *yaml.Node) map[string]entry {
	out := map[string]entry{}
	if m.Kind == yaml.MappingNode {
		for k, v := range pairs(m) {
			out[k.Value] = entry{k, v}
		}
	}
	return out
}

// line returns the whole line that a key and its value stand on, with its end; false where something else stands there too.
func (d *document) line(key, value *yaml.Node) (source.Span, bool) {
	if key == nil || value == nil || value.Kind != yaml.ScalarNode {
		return source.Span{}, false
	}
	at := d.nodeSpan(key).To(d.nodeSpan(value))
	text := d.file.Text
	start, end := at.Start(), at.End()
	for start > 0 && text[start-1] == ' ' {
		start--
	}
	for end < len(text) && (isBlank(text[end]) || text[end] == '\r') {
		end++
	}
	alone := (start == d.places.lines[d.places.line(start)]) && end < len(text) && text[end] == '\n'
	if !alone || strings.Contains(at.Text(), "\n") {
		return source.Span{}, false
	}
	return d.file.Span(start, end+1), true
}

// end returns where the document ends: before the next "---", or with the file.
func (d *document) end(root *yaml.Node) int {
	for _, start := range d.places.lines {
		if start > d.places.offset(root.Line, root.Column) && start < len(d.file.Text) && isDocumentStart(d.file.Text[start:]) {
			return start
		}
	}
	return len(d.file.Text)
}

// nameFrom makes a name of a title.
func nameFrom(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	name := strings.Join(words, "_")
	if name == "" || !unicode.IsLetter(rune(name[0])) {
		return ""
	}
	return name
}
