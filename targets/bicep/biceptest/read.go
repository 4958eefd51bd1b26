package biceptest

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/targets/bicep"
)

// Read reads a file.
func Read(text string) (f *bicep.File, err error) {
	r := &reader{text: text}
	defer func() {
		if p := recover(); p != nil {
			wrong, ok := p.(syntaxError)
			if !ok {
				panic(p)
			}
			f, err = nil, wrong
		}
	}()
	return r.file(), nil
}

type syntaxError struct {
	line int
	what string
}

func (e syntaxError) Error() string { return fmt.Sprintf("line %d: %s", e.line, e.what) }

type reader struct {
	text string
	at   int
}

func (r *reader) fail(format string, args ...any) {
	panic(syntaxError{1 + strings.Count(r.text[:r.at], "\n"), fmt.Sprintf(format, args...)})
}

func (r *reader) rest() string { return r.text[r.at:] }

func (r *reader) blanks(breaks bool) {
	for r.at < len(r.text) && (r.text[r.at] == ' ' || breaks && r.text[r.at] == '\n') {
		r.at++
	}
}

func (r *reader) accept(s string) bool {
	r.blanks(false)
	if !strings.HasPrefix(r.rest(), s) {
		return false
	}
	r.at += len(s)
	return true
}

func (r *reader) expect(s string) {
	if !r.accept(s) {
		r.fail("%q is missing before %.20q", s, r.rest())
	}
}

func (r *reader) word() string {
	r.blanks(false)
	n := 0
	for n < len(r.rest()) && isWord(r.rest()[n]) {
		n++
	}
	w := r.rest()[:n]
	if w == "" || w[0] >= '0' && w[0] <= '9' {
		r.fail("a name is missing before %.20q", r.rest())
	}
	r.at += n
	return w
}

func isWord(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

func (r *reader) file() *bicep.File {
	f := &bicep.File{}
	for {
		r.blanks(true)
		if r.at == len(r.text) {
			return f
		}
		doc := ""
		if r.accept("@description(") {
			doc = r.literal()
			r.expect(")")
			r.expect("\n")
		}
		switch kind := r.word(); kind {
		case "param":
			p := bicep.Param{Doc: doc, Name: r.word()}
			switch kind := r.word(); kind {
			case "string":
			case "array":
				p.Type = kind
			default:
				r.fail("no parameter is of type %s here", kind)
			}
			if r.accept("=") {
				p.Default = r.value()
			}
			f.Params = append(f.Params, p)
		case "resource":
			res := bicep.Resource{Doc: doc, Symbol: r.word(), Type: r.literal()}
			res.Existing = r.accept("existing")
			r.expect("=")
			res.Body = r.object()
			f.Resources = append(f.Resources, res)
		case "module":
			m := bicep.Module{Symbol: r.word(), Path: r.literal()}
			r.expect("=")
			m.Body = r.object()
			f.Modules = append(f.Modules, m)
		default:
			r.fail("%q is no declaration", kind)
		}
		r.expect("\n")
	}
}

func (r *reader) value() bicep.Value {
	r.blanks(false)
	c, _ := utf8.DecodeRuneInString(r.rest())
	switch {
	case c == '\'':
		return bicep.String(r.literal())
	case c == '[':
		return r.array()
	case c == '{':
		return r.object()
	case c == '-' || c >= '0' && c <= '9':
		n := 1
		for n < len(r.rest()) && r.rest()[n] >= '0' && r.rest()[n] <= '9' {
			n++
		}
		number := r.rest()[:n]
		r.at += n
		return bicep.Number(number)
	}
	switch w := r.word(); w {
	case "true", "false":
		return bicep.Bool(w == "true")
	default:
		if strings.HasPrefix(r.rest(), "().") { // a property of what a function returns
			r.at += len("().")
			return bicep.Expression(w + "()." + r.word())
		}
		return bicep.Symbol(w)
	}
}

// array reads an array, whose items stand on lines of their own.
func (r *reader) array() bicep.Array {
	out := bicep.Array{}
	r.expect("[")
	for !r.accept("]") {
		r.expect("\n")
		if r.blanks(true); strings.HasPrefix(r.rest(), "]") {
			continue
		}
		out = append(out, r.value())
	}
	return out
}

func (r *reader) object() bicep.Object {
	out := bicep.Object{}
	seen := map[string]bool{}
	r.expect("{")
	for !r.accept("}") {
		r.expect("\n")
		if r.blanks(true); strings.HasPrefix(r.rest(), "}") {
			continue
		}
		name := ""
		if strings.HasPrefix(r.rest(), "'") {
			name = r.literal()
		} else {
			name = r.word()
		}
		if seen[name] {
			r.fail("the property %q stands twice", name)
		}
		seen[name] = true
		r.expect(":")
		out = append(out, bicep.Property{Name: name, Value: r.value()})
	}
	return out
}

// literal reads a text in quotes or between fences.
func (r *reader) literal() string {
	if r.accept("'''") {
		end := strings.Index(r.rest(), "'''")
		if end < 0 {
			r.fail("a text has no end")
		}
		s := strings.TrimPrefix(r.rest()[:end], "\n")
		if r.at += end + 3; strings.HasPrefix(r.rest(), "'") {
			r.fail("a text ends in more than three quotes")
		}
		return s
	}
	r.expect("'")
	var b strings.Builder
	for {
		c, size := utf8.DecodeRuneInString(r.rest())
		r.at += size
		switch {
		case size == 0 || c == '\n' || c == '\r':
			r.fail("a text has no end on its line")
		case c == '\'':
			return b.String()
		case c == '$' && strings.HasPrefix(r.rest(), "{"):
			r.fail("an expression in a text")
		case c == '\\':
			b.WriteString(r.escape())
		default:
			b.WriteRune(c)
		}
	}
}

func (r *reader) escape() string {
	if strings.HasPrefix(r.rest(), "u{") {
		end := strings.IndexByte(r.rest(), '}')
		if end < 0 {
			r.fail("an escape has no end")
		}
		n, err := strconv.ParseUint(r.rest()[2:end], 16, 32)
		if err != nil || n > utf8.MaxRune {
			r.fail("%q is no character", r.rest()[2:end])
		}
		r.at += end + 1
		return string(rune(n))
	}
	if r.at == len(r.text) {
		r.fail("a text has no end")
	}
	c := r.text[r.at]
	r.at++
	for from, to := range map[byte]string{'n': "\n", 'r': "\r", 't': "\t", '\\': `\`, '\'': "'", '$': "$"} {
		if c == from {
			return to
		}
	}
	r.fail("%q is no escape", c)
	return ""
}
