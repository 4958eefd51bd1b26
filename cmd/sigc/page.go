package main

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/source"
)

// page writes explanations for people. After an error it writes no more.
type page struct {
	w   io.Writer
	err error
}

func (p *page) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

const (
	pageWidth    = 100
	exampleLines = 20
)

// paragraph breaks a text into lines.
func (p *page) paragraph(text string) {
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > pageWidth {
			p.line("%s", line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	p.line("%s", line)
}

// example shows a rule. One whose point is its size is cut.
func (p *page) example(text string) {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for i, line := range lines {
		if i == exampleLines && len(lines) > exampleLines+3 {
			p.line("    … (%d more lines)", len(lines)-i-1)
			line = lines[len(lines)-1]
			p.line("    %s", cut(line))
			return
		}
		p.line("    %s", cut(line))
	}
}

// cut shortens a long line.
func cut(s string) string {
	s = strings.ToValidUTF8(s, "�")
	if utf8.RuneCountInString(s) <= pageWidth {
		return s
	}
	return string([]rune(s)[:pageWidth-1]) + "…"
}

// at is a place as messages write it.
func at(s source.Span) string {
	if s.IsZero() {
		return "?"
	}
	line, column := s.File.Position(s.Start())
	return fmt.Sprintf("%s:%d:%d", s.File.Name, line, column)
}

// rule explains a rule.
func (p *page) rule(r *compiler.Rule, x *compiler.Explanation) {
	p.line("%s", label(r))
	p.line("")
	if x.Correlation != nil {
		p.correlation(x.Correlation)
	} else {
		p.log(x)
	}
	p.collected(x)
	for _, t := range x.Tests {
		p.line("")
		p.test(t)
	}
	p.shown(x)
	p.lists(x)
	p.needs(x)
	for _, out := range x.Renderings {
		p.line("")
		p.rendering(out)
	}
	for _, told := range x.Told {
		p.line("")
		p.line("%s is told:", told.Target)
		for _, f := range told.Facts {
			p.line("    %s: %s", f.Name, f.Value)
		}
	}
}

func (p *page) correlation(c *compiler.Correlated) {
	p.line("%s: %s within %s of", at(c.At), c.Kind, short(c.Window))
	for _, m := range c.Members {
		log := "a correlation"
		if m.Log != "" {
			log = "over the log " + m.Log
		}
		p.line("    %s: %s, %s", at(m.At), m.Title, log)
		for _, f := range m.Fields {
			p.line("        %s: %s is %s, %s", at(f.At), f.Field, f.Canonical, f.Type)
		}
	}
}

func (p *page) log(x *compiler.Explanation) {
	p.line("%s: %s", at(x.Logsource.At), x.Logsource)
	log := ""
	var others []string
	for _, c := range x.Candidates {
		switch {
		case c.Taken:
			log = c.Log
		case log == "":
			others = append(others, fmt.Sprintf("%s, which is preferred, lacks a field of the rule", c.Log))
		default:
			others = append(others, fmt.Sprintf("%s holds the same log, but comes after it in preference", c.Log))
		}
	}
	switch {
	case log != "":
		p.line("    is the log %s: %s", log, x.Description)
	case x.Reason != "":
		p.line("    is in no table: %s", x.Reason)
	default:
		p.line(`    is in no table that sigc knows; "sigc list tables" shows those it does`)
	}
	for _, o := range others {
		p.line("    %s", o)
	}
}

// collected says what it takes to have the logs.
func (p *page) collected(x *compiler.Explanation) {
	for i, l := range x.Logs {
		c := l.Collection
		if c == nil {
			continue
		}
		if i == 0 {
			p.line("")
			p.line("Logs to collect:")
		}
		p.line("    %s: %s: %s", l.Name, c.Setting, c.Category)
		if c.Connector != "" {
			p.line("        data connector of Microsoft Sentinel: %s", c.Connector)
		}
		if c.Licence != "" {
			p.line("        licence: %s", c.Licence)
		}
	}
}

func (p *page) test(t compiler.Test) {
	asks := "asks"
	if t.Negated {
		asks = "excludes"
	}
	if t.Field == "" {
		p.line("%s: keyword", at(t.At))
	} else {
		p.line("%s: %s", at(t.At), t.Field)
		p.line("    is       %s, %s", t.Canonical, t.Type)
	}
	p.line("    %-8s %s", asks, cut(t.Meaning))
	for _, a := range t.Alone {
		p.line("    %s:", strings.Join(a.Targets, ", "))
		if len(a.Lines) == 0 {
			p.line("        cannot be expressed")
		}
		for _, line := range a.Lines {
			p.line("        %s", line)
		}
	}
}

func (p *page) shown(x *compiler.Explanation) {
	if len(x.Shown) == 0 {
		return
	}
	p.line("")
	p.line("Shown beside a match:")
	for _, s := range x.Shown {
		if s.Canonical == "" {
			p.line("    %s: %s is left out, as the log has no such field", at(s.At), s.Field)
			continue
		}
		spelled := s.Canonical
		if s.Field != s.Canonical {
			spelled = s.Field + " is " + s.Canonical
		}
		p.line("    %s: %s, %s", at(s.At), spelled, s.Type)
	}
}

func (p *page) lists(x *compiler.Explanation) {
	if len(x.Lists) == 0 {
		return
	}
	p.line("")
	p.line("Placeholders:")
	for _, l := range x.Lists {
		values := strings.Join(l.Values, ", ")
		if len(l.Values) == 0 {
			values = "(an empty list)"
		}
		p.line("    %s", cut("%"+l.Name+"% is "+values))
	}
}

func (p *page) needs(x *compiler.Explanation) {
	if len(x.Needs) == 0 {
		return
	}
	p.line("")
	p.line("Asked of a target:")
	for _, n := range x.Needs {
		p.line("    %s, first at %s", n.Feature, at(n.At))
		for _, a := range n.Answers {
			loss := ""
			if a.Loss != "" {
				loss = ": " + a.Loss
			}
			p.line("        %s: %s%s", strings.Join(a.Targets, ", "), a.How, loss)
		}
	}
}

func (p *page) rendering(out compiler.Rendering) {
	p.line("%s:", strings.Join(out.Targets, ", "))
	for _, d := range out.Remarks {
		p.line("    %s: %s: %s (%s)", at(d.Span), d.Severity, d.Message, d.ID)
		if d.Hint != "" {
			p.line("        %s", d.Hint)
		}
	}
	if out.Query == "" {
		p.line("    no query")
		return
	}
	for _, line := range strings.Split(strings.TrimRight(out.Query, "\n"), "\n") {
		p.line("    %s", line)
	}
}

// short writes a duration without the parts that are zero.
func short(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
