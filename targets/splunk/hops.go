package splunk

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/forms"
)

// hop is a step on the way from the record, or from a member of an array, to a value. The steps of the schema are those
// in Log Analytics; these are the ones in the record.
type hop struct {
	kind    hopKind
	name    string // the key
	index   int    // the position
	unknown bool   // a key that the schema does not know
}

type hopKind int

const (
	key      hopKind = iota
	each             // every member of an array
	decode           // what a text holds as JSON: every member of an array, or the one value
	position         // a member of an array
	decodeAt         // a member of an array that a text holds as JSON
)

func (k hopKind) lists() bool { return k == each || k == decode }

// hops returns the way to a reference, which starts at a member of scope if it names no column. Arrays at its end are
// not entered.
func hops(d *forms.Data, ref target.Ref, scope *schema.Column) []hop {
	return appendHops(make([]hop, 0, 4), d, ref, scope) // inlined, so that who only looks at the way allocates nothing
}

func appendHops(out []hop, d *forms.Data, ref target.Ref, scope *schema.Column) []hop {
	at := scope
	if ref.Column != nil {
		at = ref.Column
		first, rest, list := strings.Cut(d.Field(at).Path, "{}.")
		out = append(out, hop{kind: key, name: first})
		for list { // the form has the value in each member of an array
			first, rest, list = strings.Cut(rest, "{}.")
			out = append(out, hop{kind: each}, hop{kind: key, name: first})
		}
	}
	for i, st := range ref.Steps {
		text := st.JSON
		if i == 0 && ref.Column != nil {
			text = textInRecord[column{d.Log.Name, ref.Column.Name}]
		}
		switch st.Kind {
		case schema.Members:
			out = append(out, hop{kind: pick(text, decode, each)})
		case schema.At:
			out = append(out, hop{kind: pick(text, decodeAt, position), index: st.Index})
		default:
			if text {
				out = append(out, hop{kind: decode})
			}
			h := hop{kind: key, name: st.Name}
			if at != nil {
				at = at.Member(st.Name)
			}
			h.unknown = at == nil
			out = append(out, h)
		}
	}
	return out
}

func pick(first bool, a, b hopKind) hopKind {
	if first {
		return a
	}
	return b
}

// isText reports whether the value a reference ends at is, in the record, a text that holds JSON.
func isText(d *forms.Data, ref target.Ref) bool {
	if ref.Column != nil && len(ref.Steps) == 0 {
		return textInRecord[column{d.Log.Name, ref.Column.Name}]
	}
	return ref.Node.JSON
}

// isObject reports whether a value is known to be an object, which is no field of its own in Splunk.
func isObject(d *forms.Data, ref target.Ref) bool {
	n := ref.Node
	if isText(d, ref) || n.Array {
		return false
	}
	return len(n.Members) > 0 || ref.Column != nil && len(ref.Steps) == 0 && n.Open
}

// extracted is the name that Splunk's automatic extraction gives to a value: keys joined with dots, "{}" behind arrays (C).
func extracted(h []hop) string {
	var b strings.Builder
	for _, h := range h {
		switch h.kind {
		case key:
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(h.name)
		case each:
			b.WriteString("{}")
		}
	}
	return b.String()
}

// pathable reports whether a path of spath and json_extract can name a key. Dots and braces mean something else in it (D:
// json_extract); a column whose key has dots is told by the URL that such keys are.
func (h hop) pathable(first bool) bool {
	if h.kind != key {
		return true
	}
	if first {
		return safeName(h.name) && !strings.ContainsAny(h.name, "/{}")
	}
	return safeName(h.name) && !strings.ContainsAny(h.name, "./{}")
}

// lastKey is the last key on a way.
func lastKey(h []hop) string {
	for i := len(h) - 1; i >= 0; i-- {
		if h[i].kind == key {
			return h[i].name[strings.LastIndexByte(h[i].name, '.')+1:]
		}
	}
	return "member"
}
