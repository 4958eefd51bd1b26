package layout

import (
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// step is how many blanks a level is indented by.
const step = 4

// printer writes documents.
type printer struct {
	*scanned
	file  *source.File
	out   strings.Builder
	fresh bool // nothing of the document has been written
}

func (p *printer) document(t sigma.Tree, from, to int) {
	p.scanned, p.fresh = scan(p.file, t, from, to), true
	p.attach()
	p.above(p.first, 0)
	if t.Root.Style&yaml.FlowStyle != 0 {
		panic(problem("the rule is written between braces"))
	}
	p.mapping(t.Root, 0, nil, false)
	p.above(p.scanned.last, 0)
}

// blank writes an empty line, but not at the top of a document.
func (p *printer) blank(wanted bool) {
	if wanted && !p.fresh {
		p.out.WriteString("\n")
	}
	p.fresh = false
}

// above writes comments that stand on lines of their own.
func (p *printer) above(comments []comment, indent int) {
	for _, c := range comments {
		p.blank(c.blank)
		p.out.WriteString(strings.Repeat(" ", indent) + c.text + "\n")
	}
}

// mapping writes a map in block style. Behind the dash of a list, its first line has been indented already.
func (p *printer) mapping(m *yaml.Node, indent int, path []string, behindDash bool) {
	for i, e := range p.order(m, path) {
		if behindDash && i == 0 {
			if len(e.head) > 0 {
				panic(problem("a comment stands between a dash and what follows"))
			}
		} else {
			p.above(e.head, indent)
			p.blank(e.blank)
			p.out.WriteString(strings.Repeat(" ", indent))
		}
		p.out.WriteString(p.scalar(e.key, indent, inKey) + ":")
		p.value(e, indent, append(slices.Clip(path), e.key.Value))
		p.above(e.foot, indent)
	}
}

func (p *printer) sequence(n *yaml.Node, indent int, path []string) {
	for _, item := range n.Content {
		e := p.of[item]
		p.above(e.head, indent)
		p.blank(e.blank)
		p.out.WriteString(strings.Repeat(" ", indent) + "-")
		if block(item) && item.Kind == yaml.SequenceNode {
			panic(problem("a list stands in a list"))
		}
		if block(item) && item.Kind == yaml.MappingNode {
			if e.line != nil {
				panic(problem("a comment stands behind a dash"))
			}
			p.out.WriteString(" ")
			p.mapping(item, indent+2, append(slices.Clip(path), "-"), true)
		} else {
			p.value(e, indent, path)
		}
		p.above(e.foot, indent)
	}
}

// block reports whether a node is a map or list in block style.
func block(n *yaml.Node) bool {
	return n.Kind != yaml.ScalarNode && n.Style&yaml.FlowStyle == 0 && len(n.Content) > 0
}

// value writes what stands behind a colon or a dash, and the end of the line.
func (p *printer) value(e *entry, indent int, path []string) {
	v := e.value
	if block(v) {
		p.behind(e)
		if v.Kind == yaml.MappingNode {
			p.mapping(v, indent+step, path, false)
		} else {
			p.sequence(v, indent+step, path)
		}
		return
	}
	text := ""
	switch {
	case v.Kind != yaml.ScalarNode:
		text = p.flow(v)
	default:
		text = p.scalar(v, indent, context(path))
	}
	if text != "" {
		p.out.WriteString(" " + text)
	}
	if v.Kind == yaml.ScalarNode && v.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 && e.line != nil {
		panic(problem("a comment stands behind a text in block style"))
	}
	p.behind(e)
}

// behind writes the comment behind an entry, and the end of the line.
func (p *printer) behind(e *entry) {
	if e.line != nil {
		p.out.WriteString(" " + e.line.text)
	}
	p.out.WriteString("\n")
}

// where a scalar stands decides about its quotes.
type where int

const (
	inHeader where = iota
	inSearch       // quotes say that a value is a text, and stay
	inKey
	inFlow
)

func context(path []string) where {
	if len(path) > 0 && (path[0] == "detection" || path[0] == "filter") {
		return inSearch
	}
	return inHeader
}

// flow writes a map or list between brackets, on one line.
func (p *printer) flow(n *yaml.Node) string {
	at := p.tree.Span(n)
	if strings.Contains(at.Text(), "\n") {
		panic(problem("brackets go over several lines"))
	}
	var parts []string
	switch n.Kind {
	case yaml.ScalarNode:
		return p.scalar(n, 0, inFlow)
	case yaml.SequenceNode:
		for _, item := range n.Content {
			parts = append(parts, p.flow(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	default:
		for i := 0; i+1 < len(n.Content); i += 2 {
			parts = append(parts, strings.TrimRight(p.flow(n.Content[i])+": "+p.flow(n.Content[i+1]), " "))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
}

// scalar returns a scalar as it is written, with its further lines indented below an entry of the given indentation.
func (p *printer) scalar(n *yaml.Node, indent int, at where) string {
	raw := strings.ReplaceAll(p.tree.Span(n).Text(), "\r\n", "\n")
	switch {
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return p.text(raw, indent+step)
	case strings.Contains(raw, "\n"):
		if at == inKey || at == inFlow {
			panic(problem("a key goes over several lines"))
		}
		lines := strings.Split(raw, "\n")
		for i := range lines {
			lines[i] = strings.Trim(lines[i], " \t")
			if i > 0 && lines[i] != "" {
				lines[i] = strings.Repeat(" ", indent+step) + lines[i]
			}
		}
		return strings.Join(lines, "\n")
	case n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) == 0:
		return n.Value
	case (at == inHeader || at == inKey) && plain(n.Value):
		return n.Value
	case n.Style&yaml.DoubleQuotedStyle != 0 && raw == `"`+n.Value+`"` && !strings.Contains(n.Value, "'"):
		return "'" + n.Value + "'"
	}
	return raw
}

// header is the first line of a text in block style. One that gives an indentation counts on the text as it stands.
var header = regexp.MustCompile(`^[|>]-?$`)

// text indents a text in block style.
func (p *printer) text(raw string, indent int) string {
	lines := strings.Split(strings.TrimRight(raw, " \n"), "\n")
	lines[0] = strings.TrimRight(lines[0], " \t")
	if !header.MatchString(lines[0]) {
		panic(problem("a text in block style has an indentation or a comment of its own"))
	}
	own := -1
	for i, line := range lines[1:] {
		content := strings.TrimLeft(line, " ")
		switch n := len(line) - len(content); {
		case content == "":
			lines[i+1] = ""
		case own < 0:
			own = n
			fallthrough
		default:
			if n < own {
				panic(problem("a text in block style is indented unevenly"))
			}
			lines[i+1] = strings.Repeat(" ", indent) + line[own:]
		}
	}
	return strings.Join(lines, "\n")
}

// words are texts that need no quotes, unless YAML, in any of its versions, takes them for something else.
var words = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_./()|-]*( [A-Za-z0-9_./()-]+)*$`)

// taken are what readers of YAML 1.1 take for a truth value or nothing.
var taken = []string{"y", "n", "yes", "no", "on", "off", "true", "false", "null"}

// plain reports whether a text means the same without quotes.
func plain(s string) bool {
	return words.MatchString(s) && !slices.Contains(taken, strings.ToLower(s))
}
