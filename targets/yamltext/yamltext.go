package yamltext

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/slab"
)

// Map is a mapping in a fixed order. A value is a Map, a List, a Literal, a string, a bool or an int.
type Map []Pair

// Pair is an entry of a mapping. Its key needs no quotes.
type Pair struct {
	Key   string
	Value any
}

// Add appends an entry.
func (m *Map) Add(key string, value any) { *m = append(*m, Pair{key, value}) }

// List is a list of values.
type List []any

// Texts is a list of texts.
func Texts[S ~[]string](texts S) List {
	out := make(List, len(texts))
	for i, t := range texts {
		out[i] = t
	}
	return out
}

// Literal is a text in block style, which keeps its lines as they are.
type Literal string

// Encode writes a document.
func Encode(m Map) ([]byte, error) {
	w := writers.Get().(*writer)
	defer writers.Put(w)
	w.out, w.err = slab.Buffer(w.out), nil
	w.entries(m, 0)
	return slices.Clone(w.out), w.err
}

// writers are those that write nothing now. A document is as long as it must be, and is written where others were.
var writers = sync.Pool{New: func() any { return new(writer) }}

type writer struct {
	out []byte
	err error // the first
}

// indent is how many spaces a level stands deeper than the one before.
const indent = 2

func (w *writer) spaces(n int) {
	for range n {
		w.out = append(w.out, ' ')
	}
}

// entries writes those of a mapping at a depth, the first of them where the line stands.
func (w *writer) entries(m Map, depth int) {
	for i, p := range m {
		if i > 0 {
			w.spaces(depth)
		}
		w.out = append(append(w.out, p.Key...), ':')
		w.value(p.Value, depth+indent)
	}
}

// value writes what stands behind a colon or a hyphen, and ends the line. depth is that of lines of its own.
func (w *writer) value(v any, depth int) {
	switch v := v.(type) {
	case Map:
		if len(v) == 0 {
			w.line("{}")
			return
		}
		w.out = append(w.out, '\n')
		w.spaces(depth)
		w.entries(v, depth)
	case List:
		if len(v) == 0 {
			w.line("[]")
			return
		}
		w.out = append(w.out, '\n')
		for _, x := range v {
			w.spaces(depth)
			w.out = append(w.out, '-')
			if m, ok := x.(Map); ok && len(m) > 0 {
				w.out = append(w.out, ' ')
				w.entries(m, depth+indent)
			} else {
				w.value(x, depth+indent)
			}
		}
	case Literal:
		w.literal(string(v), depth)
	case string:
		switch style := styleOf(v); {
		case style == plain:
			w.line(v)
		case style == quoted:
			w.line("'" + strings.ReplaceAll(v, "'", "''") + "'")
		case strings.Contains(v, "\n"):
			w.literal(v, depth)
		default:
			w.encoded(v, depth)
		}
	case bool:
		w.line(strconv.FormatBool(v))
	case int:
		w.line(strconv.Itoa(v))
	default:
		panic(fmt.Sprintf("yamltext: no case for %T", v))
	}
}

func (w *writer) line(text string) {
	w.out = append(append(append(w.out, ' '), text...), '\n')
}

// literal writes a text in block style, or in quotes where that cannot hold it.
func (w *writer) literal(text string, depth int) {
	if !easy(text) {
		style := yaml.LiteralStyle
		if text == "" || strings.IndexByte(" \t\n", text[0]) >= 0 { // which yaml.v3 does not read as it has written it
			style = yaml.DoubleQuotedStyle
		}
		w.encoded(&yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Style: style, Value: text}, depth)
		return
	}
	w.line("|")
	w.lines(text, depth)
}

// encoded writes a value as package yaml.v3 does.
func (w *writer) encoded(v any, depth int) {
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(indent)
	err := e.Encode(map[string]any{"k": v})
	if err == nil {
		err = e.Close()
	}
	if err != nil && w.err == nil {
		w.err = err
	}
	first, rest, _ := strings.Cut(strings.TrimPrefix(b.String(), "k: "), "\n")
	w.line(first)
	w.lines(rest, depth-indent)
}

// lines writes lines so much deeper.
func (w *writer) lines(text string, depth int) {
	for line := range strings.Lines(text) {
		if line != "\n" {
			w.spaces(depth)
		}
		w.out = append(w.out, line...)
	}
}

// style is how a text is written.
type style int

const (
	doubtful style = iota // as package yaml.v3 finds out
	plain
	quoted // in single quotes
)

// styleOf says of most texts in which style they are written. One that begins with a letter is plain, unless what follows a
// colon, or a hash, would be taken for something else.
func styleOf(s string) style {
	switch {
	case s == "" || s[len(s)-1] == ' ':
		return doubtful
	case !letter(s[0]) && s[0] != '_':
		if numbered.MatchString(s) {
			return plain
		}
		return doubtful
	case len(s) <= len("false") && slices.Contains(words, strings.ToLower(s)):
		return doubtful
	}
	out := plain
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ' || c > '~':
			return doubtful
		case c == ':' && (i+1 == len(s) || s[i+1] == ' ') || c == '#' && s[i-1] == ' ':
			out = quoted
		}
	}
	return out
}

// numbered are texts that begin with a digit and are no numbers: lengths of time, versions and ids.
var numbered = regexp.MustCompile(`^(\d+[mhd]|\d+\.\d+\.\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$`)

// words are what YAML, or a reader of its version 1.1, takes for something else than a text.
var words = []string{"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan"}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// easy reports whether a text surely can stand in block style: printable ASCII, a first line that is neither empty nor
// begins with a space, no line that ends with one, and one line break at the end.
func easy(s string) bool {
	if s == "" || s[0] == ' ' || s[0] == '\n' || s[len(s)-1] != '\n' || strings.HasSuffix(s, "\n\n") || strings.Contains(s, " \n") {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < ' ' || c > '~') && c != '\n' {
			return false
		}
	}
	return true
}
