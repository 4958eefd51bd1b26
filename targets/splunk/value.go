package splunk

import (
	"slices"
	"strconv"

	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/forms"
)

// scope is where names start: the event, or a member of an array.
type scope struct {
	member *field // nil for the event
	// quoted says that the member is written as JSON, so that a text has its quotes; otherwise a text stands as it is.
	quoted bool
	// extracted is what "search" calls the members, where Splunk's extraction has them in one field.
	extracted string
	key       string
	node      *schema.Column
}

func (s scope) isEvent() bool { return s.member == nil }

// value is a scalar of the event, or of a member.
type value struct {
	x expr
	// fields are what "search" calls the value; the first that an event has counts. None when it has no name there.
	fields []string
	// plain says that a JSON null may stand there as the text null.
	plain bool
	// xml says that the value is extracted from XML, where an element without text may be none (see entities.go).
	xml bool
	// name is the field that the value is extracted into, where it comes from XML.
	name string
	// from is the field that the value is read from, where it has to be prepared.
	from *prepared
	// native says that a function gives the value in its own type and not as text (D: json_extract).
	native bool
	// exists tests that there is a value, where x is only its text.
	exists expr
	typ    schema.Type

	texts, lowers expr // what [value.text] and [value.lower] gave: many tests are about one value
}

// text is the value as text, with other in its place when there is none: so it is never null, and comparisons with it
// neither.
func (v *value) text(other string) expr {
	if other != "" {
		return v.textOr(other)
	}
	if v.texts == nil {
		v.texts = v.textOr("")
	}
	return v.texts
}

// lower is the value as text in lower case.
func (v *value) lower() expr {
	if v.lowers == nil {
		v.lowers = lowered(v.text(""))
	}
	return v.lowers
}

func (v *value) textOr(other string) expr {
	x := fn("coalesce", v.x, str(other))
	if c, ok := v.x.(*call); ok && c.name == "coalesce" {
		x = fn("coalesce", slices.Concat(c.args, []expr{str(other)})...)
	}
	switch {
	case !v.native || v.typ == schema.String || v.typ == schema.Datetime || v.typ == schema.GUID:
		return x
	case v.typ == schema.Bool: // tostring writes True (D: tostring)
		return fn("lower", fn("tostring", x))
	default:
		return fn("tostring", x)
	}
}

// valueOf returns what a way without lists leads to.
func valueOf(d *forms.Data, ref target.Ref, h []hop, s scope) *value {
	v := &value{typ: ref.Node.Type}
	if s.isEvent() && !isObject(d, ref) && !hasPosition(h) {
		name := extracted(h)
		v.x, v.fields, v.plain = &field{name}, []string{name}, !d.XML
		if d.XML {
			v.xml, v.name = true, name
		}
		if ref.Column != nil && len(ref.Steps) == 0 {
			switch f := d.Field(ref.Column); {
			case f.Const != "":
				return &value{typ: v.typ, x: str(f.Const)}
			case f.Take != "":
				return &value{typ: v.typ, x: taken(f)}
			case f.Else != "":
				v.x = fn("coalesce", v.x, &field{f.Else})
				v.fields = append(v.fields, f.Else)
			}
		}
		return v
	}
	if !s.isEvent() && !s.quoted && len(h) == 0 {
		v.x, v.plain = s.member, true
		if s.extracted != "" {
			v.fields = []string{s.extracted}
		}
		return v
	}
	p := jsonOf(h, s)
	if p.quoted && p.path == "" { // a member of a text that is an array: who knows what it is
		v.x, v.exists = scalar(p.x), is(fn("coalesce", p.x, str("null")), "!=", str("null"))
		return v
	}
	v.x, v.native = p.read(), true
	return v
}

// taken is the part of a text that a field is; null where the text has none.
func taken(f forms.Field) expr {
	return fn("case", fn("match", ref(f.Path), &pattern{f.Take}), fn("replace", ref(f.Path), &pattern{f.Take}, &pattern{`\1`}))
}

// scalar is the text of a member that is written as JSON: a string without its quotes, a number, true or false. Objects,
// arrays and null have none.
func scalar(m expr) expr {
	return fn("case", fn("match", m, &pattern{`^\x22`}), fn("json_extract", m), fn("match", m, &pattern{`^[-0-9tf]`}), m)
}

func hasPosition(h []hop) bool {
	for _, h := range h {
		if h.kind == position || h.kind == decodeAt {
			return true
		}
	}
	return false
}

// jsonPath is a path into the JSON text that an expression gives.
type jsonPath struct {
	x      expr
	quoted bool // x is a member written as JSON
	path   string
}

// jsonOf follows keys, positions and arrays from the scope.
func jsonOf(h []hop, s scope) jsonPath {
	p := jsonPath{x: ref("_raw")}
	if !s.isEvent() {
		p = jsonPath{x: s.member, quoted: s.quoted}
	}
	for _, h := range h {
		switch {
		case h.kind == key && p.path == "":
			p.path = h.name
		case h.kind == key:
			p.path += "." + h.name
		case h.kind == each:
			p.path += "{}"
		case h.kind == position && h.index >= 0 && p.path != "":
			p.path += "{" + strconv.Itoa(h.index) + "}"
		default: // from the end (D: mvindex), or in a text that is an array
			p = jsonPath{x: fn("mvindex", fn("json_array_to_mv", p.read(), fn("true")), &numeral{strconv.Itoa(h.index)}), quoted: true}
		}
	}
	return p
}

// read is the value at the path; null when there is none or when it is null (D: json_extract). A text that holds JSON is
// read like the object it holds.
func (p jsonPath) read() expr {
	x := p.x
	if p.quoted {
		x = fn("json_extract", x)
	}
	if p.path != "" {
		x = fn("json_extract", x, str(p.path))
	}
	return x
}

// list is all values at the path, which goes through arrays.
func (p jsonPath) list() expr {
	x := p.x
	if p.quoted {
		x = fn("json_extract", x)
	}
	return fn("spath", x, str(p.path))
}
