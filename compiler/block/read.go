package block

import (
	"slices"
	"strings"
	"unicode/utf8"
	"unsafe"

	"gopkg.in/yaml.v3"
)

// maxDepth is how many maps and lists may stand in one another: the reader is recursive.
const maxDepth = 100

// Read returns the root of a document, which is a map or a list. It returns nil for a text that this package does not
// read: one that is wrong, or uses more of YAML.
//
// The nodes are as those of yaml.v3, but for two things: comments are left out, and the tag of a plain scalar that may be
// something else than text stays empty until it is asked for, as [yaml.Node.ShortTag] finds it, unless it is a decimal
// number, a day, an id or a word of YAML. That takes time, and most are never asked for. Their values are parts of the text,
// which must not change any more.
func Read(text []byte) *yaml.Node { return (&Reader{}).Read(text, false) }

// Reader reads documents one after another. It can make use of the memory of its nodes again.
type Reader struct {
	text  string
	at    int  // where it is
	start int  // where the line begins
	line  int  // its number
	end   int  // of the word that stands here; negative when none does
	depth int  // of maps and lists
	odd   bool // the text is not for this package; whatever is made from now on is of no use
	ascii bool // it has nothing but printable ASCII and line feeds

	// A column counts characters, and is counted on from the one before it: a line may be very long.
	counted, column int

	lines    []byte      // of a literal text
	nodes    []yaml.Node // what the next nodes are made in, from made on
	made     int
	pointers []*yaml.Node // the same, for the content of nodes
	pointed  int
	open     []*yaml.Node // the content of the collections that are being read, one above the other
}

// Reset lets the reader make its next nodes where it has made those before: nobody may hold these any more.
func (r *Reader) Reset() { r.made, r.pointed, r.text = 0, 0, "" }

// Read reads a document as [Read] does. ascii says of a text that it is known to have nothing but printable ASCII
// and line feeds.
func (r *Reader) Read(text []byte, ascii bool) *yaml.Node {
	if r.ascii = ascii; !ascii && !simple(text) {
		return nil
	}
	// The values are parts of the text itself: a copy would be a tenth of what is kept of a rule.
	r.text = unsafe.String(unsafe.SliceData(text), len(text))
	r.at, r.start, r.line, r.counted, r.column = 0, 0, 1, 0, 1
	r.depth, r.odd, r.open = 0, false, r.open[:0]
	if rest, ok := strings.CutPrefix(r.text, "---\n"); ok {
		r.start, r.line, r.at = len(r.text)-len(rest), 2, len(r.text)-len(rest)
	}
	if !r.next() {
		return nil
	}
	root := r.value(-1)
	if r.odd || r.next() || r.odd || root.Kind == yaml.ScalarNode {
		return nil
	}
	return root
}

// simple reports whether a text has only characters that stand for themselves and end no line: no tabs, no line ends but
// LF, and none that YAML forbids.
func simple(text []byte) bool {
	for i := 0; i < len(text); {
		b := text[i]
		switch {
		case b >= ' ' && b < 0x7f || b == '\n':
			i++
		case b < utf8.RuneSelf:
			return false
		default:
			c, size := utf8.DecodeRune(text[i:])
			if c < 0xa0 || c == '\u2028' || c == '\u2029' || c == '\ufeff' || c == utf8.RuneError || c == '\ufffe' || c == '\uffff' {
				return false
			}
			i += size
		}
	}
	return true
}

// next goes to the next token, over blanks, comments and ends of lines; false when there is none.
func (r *Reader) next() bool {
	for r.at < len(r.text) {
		switch r.text[r.at] {
		case ' ':
			r.at++
		case '\n':
			r.newline()
		case '#':
			if r.at > r.start && r.text[r.at-1] != ' ' {
				r.odd = true
				return false
			}
			r.at = r.lineEnd()
		default:
			if r.odd {
				return false
			}
			// Pieces of a stream are for the caller to tell apart.
			if r.at == r.start && (strings.HasPrefix(r.text[r.at:], "---") || strings.HasPrefix(r.text[r.at:], "...")) {
				r.odd = true
			}
			return !r.odd
		}
	}
	return false
}

func (r *Reader) newline() {
	r.at++
	r.start = r.at
	r.line++
}

// lineEnd returns where the line ends, without its break.
func (r *Reader) lineEnd() int {
	if n := strings.IndexByte(r.text[r.at:], '\n'); n >= 0 {
		return r.at + n
	}
	return len(r.text)
}

// indent is how far the token is from the beginning of its line.
func (r *Reader) indent() int { return r.at - r.start }

// ends reports whether a byte of the line is its last: the next one is a blank or the end.
func (r *Reader) ends(i int) bool {
	return i+1 >= len(r.text) || r.text[i+1] == ' ' || r.text[i+1] == '\n'
}

// fail says that the text is not for this package.
func (r *Reader) fail() *yaml.Node {
	r.odd = true
	return nil
}

// node makes a node that begins at the token.
func (r *Reader) node(kind yaml.Kind, style yaml.Style, tag, value string) *yaml.Node {
	if r.made == len(r.nodes) { // those before stay where they are
		r.nodes, r.made = make([]yaml.Node, min(2*len(r.nodes)+32, 1024)), 0
	}
	n := &r.nodes[r.made]
	r.made++
	column := r.at - r.start + 1
	if !r.ascii {
		column = r.count()
	}
	// The other fields of a node are never set here, and are empty also where one has stood before.
	n.Kind, n.Style, n.Tag, n.Value, n.Content, n.Line, n.Column = kind, style, tag, value, nil, r.line, column
	return n
}

// count returns the column of the token, in characters.
func (r *Reader) count() int {
	if r.counted < r.start || r.counted > r.at {
		r.counted, r.column = r.start, 1
	}
	r.column += utf8.RuneCountInString(r.text[r.counted:r.at])
	r.counted = r.at
	return r.column
}

// enter begins a collection.
func (r *Reader) enter() bool {
	if r.depth++; r.depth > maxDepth {
		r.odd = true
	}
	return !r.odd
}

// push takes in what the collection that was entered last holds.
func (r *Reader) push(n *yaml.Node) { r.open = append(r.open, n) }

// close gives a collection what has been pushed since the stack had the given height.
func (r *Reader) close(n *yaml.Node, height int) *yaml.Node {
	content := r.open[height:]
	if len(r.pointers)-r.pointed < len(content) {
		r.pointers, r.pointed = make([]*yaml.Node, max(64, min(2*len(r.pointers), 1024), len(content))), 0
	}
	n.Content = slices.Clip(r.pointers[r.pointed : r.pointed+len(content)])
	r.pointed += copy(n.Content, content)
	r.open = r.open[:height]
	r.depth--
	return n
}
