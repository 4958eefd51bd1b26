package lower

import (
	"strconv"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// plainField is a field without positions, and its one segment.
type plainField struct {
	ir.Field
	one [1]ir.Segment
}

// arrayVersion is the sigma-version from which brackets in a field's name select members of arrays (spec 17.1).
const arrayVersion = 3

// path is a field's name taken apart: the array blocks that its selectors open, outermost first, and the field inside.
type path struct {
	scopes []scope
	leaf   *ir.Field // nil when the name ends with a selector
}

type scope struct {
	field *ir.Field
	quant ir.Quantifier
}

// wrap puts a condition on the innermost member into the blocks of the path.
func (p path) wrap(e ir.Expr, at source.Span) ir.Expr {
	for i := len(p.scopes) - 1; i >= 0; i-- {
		e = &ir.Each{Field: p.scopes[i].field, Quant: p.scopes[i].quant, Body: e, At: at}
	}
	return e
}

// field returns what the path leads to; a name that ends with a selector leads to the member itself.
func (p path) field(at source.Span) *ir.Field {
	if p.leaf != nil {
		return p.leaf
	}
	return ir.NewField(".", at)
}

var quantifiers = map[string]ir.Quantifier{
	"any": ir.Any, "all": ir.All, "all_or_empty": ir.AllOrEmpty, "none": ir.None,
}

// parseField reads the name of a field. Below arrayVersion a name is taken as it is (spec 3.4, 17.1).
func (l *lowerer) parseField(t sigma.Text) path {
	if l.version < arrayVersion {
		if i := strings.IndexByte(t.Value, '['); i >= 0 && !endsWithQuantifier(t.Value) {
			if word, _ := selector(t.Value[i:]); word != "" {
				l.looksLikeArray(t)
			}
		}
		f := l.fields.New(plainField{Field: ir.Field{Name: t.Value, At: t.At}, one: [1]ir.Segment{{Name: t.Value}}})
		f.Segments = f.one[:]
		return path{leaf: &f.Field}
	}
	var p path
	cur := &ir.Field{At: t.At} // the field being read
	var name strings.Builder   // and the segment of it
	start := 0                 // offset of cur in the name
	closed := false            // a bracket has just closed, so that a dot only separates
	flush := func(end int) {
		cur.Name = unescape(t.Value[start:end])
		if name.Len() > 0 {
			cur.Segments = append(cur.Segments, ir.Segment{Name: name.String()})
			name.Reset()
		}
	}
	for i := 0; i < len(t.Value); i++ {
		c := t.Value[i]
		switch {
		case c == '\\' && i+1 < len(t.Value) && (t.Value[i+1] == '[' || t.Value[i+1] == ']'):
			i++
			name.WriteByte(t.Value[i])
		case c == '.' && closed:
		case c == '[':
			word, closes := selector(t.Value[i:])
			end := i + len(word) + 2
			if quant, ok := quantifiers[word]; ok {
				flush(i)
				if len(cur.Segments) == 0 {
					cur = ir.NewField(".", t.At)
				}
				p.scopes = append(p.scopes, scope{cur, quant})
				start = end
				if start < len(t.Value) && t.Value[start] == '.' {
					start++
				}
				cur = &ir.Field{At: t.At}
			} else if n, err := strconv.Atoi(word); err == nil {
				cur.Segments = append(cur.Segments, ir.Segment{Name: name.String(), Indexed: true, Index: n})
				name.Reset()
			} else {
				l.badSelector(t, i, word, closes)
				return path{leaf: ir.NewField(t.Value, t.At)}
			}
			i = end - 1
			closed = true
			continue
		default:
			name.WriteByte(c)
		}
		closed = false
	}
	flush(len(t.Value))
	switch {
	case t.Value == ".":
		p.leaf = ir.NewField(".", t.At)
	case len(cur.Segments) > 0:
		p.leaf = cur
	}
	return p
}

// plainField reads the name of a field whose values are wanted and not tested: to group by, or to show. It may have
// positions, and no quantifier, which would ask something of the values.
func (l *lowerer) plainField(t sigma.Text) *ir.Field {
	p := l.parseField(t)
	switch {
	case l.version < arrayVersion && endsWithQuantifier(t.Value):
		l.looksLikeArray(t)
	case len(p.scopes) > 0:
		l.quantifiedName(t)
	case p.leaf != nil:
		return p.leaf
	}
	return ir.NewField(t.Value, t.At)
}

// selector returns the word between the bracket at the start of s and the next closing one, and whether one closes.
func selector(s string) (word string, closes bool) {
	end := strings.IndexByte(s, ']')
	if end < 0 {
		return "", false
	}
	return s[1:end], true
}

func unescape(s string) string { return brackets.Replace(s) }

var brackets = strings.NewReplacer(`\[`, `[`, `\]`, `]`)

// siblings warns of two items of one map that begin with the same block: each ranges over the array for itself (spec
// 17.5).
func (l *lowerer) siblings(items []*sigma.Item) {
	if l.version < arrayVersion {
		return
	}
	first := map[string]*sigma.Item{}
	for _, item := range items {
		prefix := firstBlock(item.Field.Value)
		if prefix == "" {
			continue
		}
		if before, ok := first[prefix]; ok {
			l.siblingScopes(item, before, prefix)
			continue
		}
		first[prefix] = item
	}
}

// firstBlock returns a name up to its first quantifier, "" when it has none.
func firstBlock(name string) string {
	for i := 0; i < len(name); i++ {
		switch name[i] {
		case '\\':
			i++
		case '[':
			word, _ := selector(name[i:])
			if _, ok := quantifiers[word]; ok {
				return name[:i+len(word)+2]
			}
		}
	}
	return ""
}

// endsWithQuantifier is for names that the reader has warned of already.
func endsWithQuantifier(name string) bool {
	open := strings.LastIndexByte(name, '[')
	if open < 0 {
		return false
	}
	word, closes := selector(name[open:])
	_, ok := quantifiers[word]
	return ok && closes && open+len(word)+2 == len(name)
}
