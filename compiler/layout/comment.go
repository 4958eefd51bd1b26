package layout

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// comment is a comment of a document.
type comment struct {
	text   string // from its "#" on
	start  int
	column int  // of the "#", counted in bytes from 0
	alone  bool // nothing stands before it on its line
	blank  bool // an empty line stands before it
}

// entry is a line of a map or of a list, with what stands below it.
type entry struct {
	key, value *yaml.Node // no key: an entry of a list
	start      int        // of the key, or of the dash
	column     int
	parent     *entry
	blank      bool // an empty line stands before it

	head, foot []comment // above it; below all that belongs to it
	line       *comment  // behind it
}

// scanned is a document with its comments found and given to entries.
type scanned struct {
	file     *source.File
	tree     sigma.Tree
	comments []comment
	entries  []*entry // in the order of the file
	of       map[*yaml.Node]*entry
	scalars  []scalar
	first    []comment // at the top of the document
	last     []comment // at its end, below everything
}

// scalar is a scalar and where it is written.
type scalar struct {
	at    source.Span
	owner *entry
}

// scan finds the entries of a document and its comments: a "#" after a blank or at the beginning of a line that stands in
// no scalar.
func scan(f *source.File, t sigma.Tree, from, to int) *scanned {
	s := &scanned{file: f, tree: t, of: map[*yaml.Node]*entry{}}
	s.walk(t.Root, nil)
	slices.SortStableFunc(s.scalars, func(a, b scalar) int { return cmp.Compare(a.at.Start(), b.at.Start()) })
	slices.SortStableFunc(s.entries, func(a, b *entry) int { return cmp.Compare(a.start, b.start) })
	for offset := from; offset < to; {
		end := offset
		for end < len(f.Text) && f.Text[end] != '\n' {
			end++
		}
		if at := s.commentIn(offset, end); at >= 0 {
			text := strings.TrimRight(string(f.Text[at:end]), " \t\r")
			before := strings.TrimPrefix(string(f.Text[offset:at]), bom)
			s.comments = append(s.comments, comment{
				text: text, start: at, column: len(before), alone: strings.TrimSpace(before) == "", blank: s.blankBefore(offset),
			})
		}
		offset = end + 1
	}
	return s
}

// blankBefore reports whether the line before the one at an offset is empty.
func (s *scanned) blankBefore(offset int) bool {
	line, _ := s.file.Position(offset)
	return line > 1 && strings.TrimSpace(s.file.Line(line-1)) == ""
}

func (s *scanned) walk(n *yaml.Node, owner *entry) {
	if n.Kind == yaml.AliasNode || n.Anchor != "" || n.Style&yaml.TaggedStyle != 0 {
		panic(problem("it has anchors, aliases or tags"))
	}
	switch n.Kind {
	case yaml.ScalarNode:
		s.scalars = append(s.scalars, scalar{s.tree.Span(n), owner})
	case yaml.MappingNode:
		seen := map[string]bool{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			if key.Kind != yaml.ScalarNode || key.ShortTag() == "!!merge" || seen[key.Value] {
				panic(problem("a key is no text, or is given twice"))
			}
			seen[key.Value] = true
			e := owner
			if n.Style&yaml.FlowStyle == 0 {
				e = s.entry(key, value, s.tree.Span(key).Start(), owner)
				if s.questioned(e.start) {
					panic(problem("a key is marked with a question mark"))
				}
			}
			s.walk(key, e)
			s.walk(value, e)
		}
	case yaml.SequenceNode:
		for _, item := range n.Content {
			e := owner
			if n.Style&yaml.FlowStyle == 0 {
				e = s.entry(nil, item, s.dash(item), owner)
			}
			s.walk(item, e)
		}
	}
}

func (s *scanned) entry(key, value *yaml.Node, start int, parent *entry) *entry {
	line := start
	for line > 0 && s.file.Text[line-1] != '\n' {
		line--
	}
	column := start - line
	if strings.HasPrefix(string(s.file.Text[line:start]), bom) {
		column -= len(bom)
	}
	alone := strings.TrimSpace(strings.TrimPrefix(string(s.file.Text[line:start]), bom)) == ""
	e := &entry{key: key, value: value, start: start, column: column, parent: parent, blank: alone && s.blankBefore(line)}
	s.entries = append(s.entries, e)
	s.of[value] = e
	return e
}

// questioned reports whether the key at an offset stands behind the mark of a complex key.
func (s *scanned) questioned(start int) bool {
	line, _ := s.file.Position(start)
	return strings.HasSuffix(strings.TrimSpace(string(s.file.Text[s.file.LineStart(line):start])), "?")
}

// dash returns where the dash of an entry of a list stands.
func (s *scanned) dash(item *yaml.Node) int {
	at := s.tree.Span(item).Start() - 1
	for at >= 0 && (s.file.Text[at] == ' ' || s.file.Text[at] == '\n' || s.file.Text[at] == '\r') {
		at--
	}
	if at < 0 || s.file.Text[at] != '-' {
		panic(problem("an entry of a list does not stand behind its dash"))
	}
	return at
}

// commentIn returns the offset of the comment of a line; -1 when it has none.
func (s *scanned) commentIn(start, end int) int {
	for at := start; at < end; at++ {
		i := bytes.IndexByte(s.file.Text[at:end], '#')
		if i < 0 {
			return -1
		}
		at += i
		inside := slices.ContainsFunc(s.scalars, func(x scalar) bool { return x.at.Start() <= at && at < x.at.End() })
		begins := at == start || s.file.Text[at-1] == ' ' || s.file.Text[at-1] == '\t' || at >= len(bom) && string(s.file.Text[at-len(bom):at]) == bom
		if !inside && begins {
			return at
		}
	}
	return -1
}

// attach gives every comment to an entry: one alone on a line to the entry below it, unless it is indented like an entry
// above; one behind something to what it stands behind.
func (s *scanned) attach() {
	for _, c := range s.comments {
		next := slices.IndexFunc(s.entries, func(e *entry) bool { return e.start > c.start })
		switch {
		case !c.alone:
			s.attachLine(c)
		case next == 0:
			s.first = append(s.first, c)
		case next > 0 && c.column <= s.entries[next].column && !s.entries[next-1].lists(c):
			s.entries[next].head = append(s.entries[next].head, c)
		default:
			if next < 0 {
				next = len(s.entries)
			}
			e := s.entries[next-1]
			for e != nil && e.column > c.column {
				e = e.parent
			}
			if e == nil || e.parent == nil && next == len(s.entries) { // it is about the whole
				s.last = append(s.last, c)
				continue
			}
			e.foot = append(e.foot, c)
		}
	}
}

// lists reports whether a comment is an entry that was taken out of the list whose entry stands above it: in a list that is
// not indented, it stands where a comment on the next key would.
func (e *entry) lists(c comment) bool {
	for ; e != nil; e = e.parent {
		if e.key == nil && e.column == c.column {
			return strings.HasPrefix(strings.TrimLeft(c.text, "# "), "- ")
		}
	}
	return false
}

func (s *scanned) attachLine(c comment) {
	line, _ := s.file.Position(c.start)
	var owner *entry
	for _, x := range s.scalars {
		if end, _ := s.file.Position(max(x.at.End()-1, x.at.Start())); x.at.End() <= c.start && end == line {
			owner = x.owner
		}
	}
	if owner == nil || owner.line != nil {
		panic(problem("a comment stands where it belongs to nothing"))
	}
	owner.line = &c
}
