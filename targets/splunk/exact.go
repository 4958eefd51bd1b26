package splunk

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/forms"
)

// missing says why a record has no such field.
func (p *platform) missing(log *schema.Log, ref target.Ref) string {
	if ref.Column == nil {
		return ""
	}
	data := p.choice.Data(log)
	if f := data.Field(ref.Column); f.None != "" {
		return f.None
	}
	f, _ := data.Below(ref.Canonical)
	return f.None
}

// asOrdinary returns a condition as a comparison of an ordinary field with a pattern, as most are; nil when it is none.
func (p *platform) asOrdinary(l *target.Located, e ir.Expr) *ir.Like {
	like, ok := e.(*ir.Like)
	if !ok {
		return nil
	}
	ref := l.Ref(like.Field)
	if ref.Column == nil || len(ref.Steps) > 0 || !p.frame(l.Log).place(ref.Column).ordinary {
		return nil
	}
	return like
}

// inexact says why a condition cannot be kept exactly.
func (p *platform) inexact(l *target.Located, e ir.Expr) string {
	if like := p.asOrdinary(l, e); like != nil {
		return p.inexactText(l, like)
	}
	first, other := ir.FieldsOf(e)
	for _, f := range [...]*ir.Field{first, other} {
		if f == nil {
			break
		}
		if p.missing(l.Log, l.Ref(f)) != "" { // that is told of the field
			return ""
		}
		if why := p.inexactField(l, e, l.Ref(f)); why != "" {
			return why
		}
	}
	switch e := e.(type) {
	case *ir.SameAs:
		data := p.choice.Data(l.Log)
		if inList(data, l.Ref(e.Field)) || inList(data, l.Ref(e.Other)) {
			return "two fields of which one has several values cannot be compared"
		}
		if e.Cased && e.Shape == ir.Contains {
			return "a text cannot be looked for in another one with regard to case"
		}
	case *ir.Within:
		if ref := l.Ref(e.Field); ref.Column == nil || inList(p.choice.Data(l.Log), ref) {
			return "the hours of a schedule are compared with one time, and here there can be several"
		}
	case *ir.Like:
		return p.inexactText(l, e)
	case *ir.Keyword:
		switch p.choice.Data(l.Log).Shape {
		case "cim":
			return "a data model does not hold all values of the event"
		case "xml":
			if e.Regex != nil {
				return "a regular expression is for one value, and cannot be looked for in all"
			}
		case "graph":
			return "the objects of Microsoft Graph do not hold all values of the log"
		case "rest":
			return "the objects of the Azure Monitor API do not hold all values of the log"
		case "texts":
			if e.Regex != nil {
				return unfitKeyword(e)
			}
		default:
			return unfitKeyword(e)
		}
	case *ir.Each:
		return p.inexactMembers(l, l.Ref(e.Field).Canonical, e.Body)
	}
	return ""
}

// inexactText says why a text cannot be told from others.
func (p *platform) inexactText(l *target.Located, e *ir.Like) string {
	if shape, text := e.Pattern.Shape(); shape == ir.Exact && strings.EqualFold(text, "null") && !p.choice.Data(l.Log).XML {
		return `the text "null" cannot be told from no value; use null for a field without one`
	}
	return ""
}

// loses says what a condition loses.
func (p *platform) loses(l *target.Located, e ir.Expr) string {
	if like := p.asOrdinary(l, e); like != nil {
		return p.losesEmpty(l, like)
	}
	first, other := ir.FieldsOf(e)
	for _, f := range [...]*ir.Field{first, other} {
		if f == nil {
			break
		}
		ref := l.Ref(f)
		if ref.Column == nil {
			continue
		}
		switch here := p.choice.Data(l.Log).Field(ref.Column); {
		case here.Inside:
			return fmt.Sprintf("%q is looked for in a longer value, which holds more", ref.Canonical)
		case here.Loses != "":
			return here.Loses
		case here.Encoded:
			return losesDigits(e)
		}
	}
	like, ok := e.(*ir.Like)
	if !ok {
		return ""
	}
	if loss := p.losesEmpty(l, like); loss != "" {
		return loss
	}
	return p.merges(l, like)
}

// losesDigits says what a condition loses on values that the record may have as hexadecimal digits: those with a blank, a
// quotation mark or a control sign.
func losesDigits(e ir.Expr) string {
	const digits = "as hexadecimal digits, in which this text is found only where the add-on has ausearch write the records"
	like, ok := e.(*ir.Like)
	wild := func(p ir.Part) bool { return p.Wild != 0 }
	switch {
	case ok && like.Pattern.Any(func(p ir.Part) bool { return strings.ContainsFunc(p.Text, encoded) }):
		return "auditd writes a value with what is asked for " + digits
	case ok && !like.Pattern.Any(wild):
		return "" // the text as it stands
	default:
		return "auditd writes values with a blank or a quotation mark " + digits
	}
}

// encoded reports whether auditd writes a text with the sign as digits.
func encoded(c rune) bool { return c <= ' ' || c == '"' || c >= 0x7f }

// losesEmpty says what a comparison with the empty text loses.
func (p *platform) losesEmpty(l *target.Located, e *ir.Like) string {
	if shape, text := e.Pattern.Shape(); shape == ir.Exact && text == "" && p.choice.Data(l.Log).XML {
		return "a field that is absent counts as empty, because Splunk may not keep an element without text"
	}
	return ""
}

// merges says which words of the log are one word of the form, where a condition asks for one of them.
func (p *platform) merges(l *target.Located, e *ir.Like) string {
	f, ok := p.choice.Data(l.Log).Below(l.Ref(e.Field).Canonical)
	if !ok || len(f.Words) == 0 {
		return ""
	}
	word := inWords(f.Words, e.Pattern)
	if _, text := word.Shape(); text != "" {
		same := maps.Clone(f.Words)
		maps.DeleteFunc(same, func(_, w string) bool { return w != text })
		if len(same) > 1 {
			return "this form of the log writes " + quoteString(text) + " for all of " + known(same)
		}
	}
	return ""
}

// inexactMembers asks for the fields of the members of an array whether the form has them like the log.
func (p *platform) inexactMembers(l *target.Located, array string, body ir.Expr) string {
	why := ""
	ir.Walk(body, func(e ir.Expr) bool {
		for _, f := range ir.Fields(e) {
			ref := l.Ref(f)
			name := array + "." + ref.Canonical
			if d, ok := p.choice.Data(l.Log).Below(name); ok && why == "" {
				if why = d.None; why == "" {
					why = unlike(d, e)
				}
			}
			if each, ok := e.(*ir.Each); ok && why == "" {
				why = p.inexactMembers(l, name, each.Body)
			}
		}
		return why == ""
	})
	return why
}

func (p *platform) inexactField(l *target.Located, e ir.Expr, ref target.Ref) string {
	data := p.choice.Data(l.Log)
	if ref.Column != nil && data.Field(ref.Column).Const != "" {
		return ""
	}
	h := hops(data, ref, nil)
	event := ref.Column != nil
	byPath := !event || isObject(data, ref) || isArray(data, ref) && len(ref.Node.Members) > 0 || hasPosition(h)
	if _, block := e.(*ir.Each); block {
		byPath = true
	}
	for i, h := range h {
		switch {
		case h.kind == key && !safeName(h.name):
			return "its name has a character that cannot be written in every place of a search"
		case byPath && !h.pathable(event && i == 0):
			return "a path of json_extract cannot name a key with a dot in it"
		}
	}
	if comparesText(e) && len(ref.Node.Members) > 0 && !isText(data, ref) || comparesText(e) && isObject(data, ref) {
		return "the record holds an object there and not its text"
	}
	if !event {
		return ""
	}
	f, ok := data.Below(ref.Canonical)
	if !ok {
		return ""
	}
	if f.Unnamed {
		if like, ok := e.(*ir.Like); !ok || like.Pattern.Matches("") {
			return "it is several texts without a name there, in which only a part of one can be looked for"
		}
	}
	if _, like := e.(*ir.Like); f.Inner != "" && !like {
		return "the head of the event has a value of that name too, and both are one field there, so that only its text can be looked for"
	}
	return unlike(f, e)
}

// insideOnly says why a condition needs a value that a form has only at the end of a longer one.
func insideOnly(e ir.Expr) string {
	if like, ok := e.(*ir.Like); ok && like.Pattern.StarBefore() {
		return ""
	}
	return "this form of the log has the value only at the end of a longer one, in which a part of it can be looked for"
}

// unlike says why a condition may have another answer on a value of the form than on that of the log.
func unlike(f forms.Field, e ir.Expr) string {
	if f.Inside {
		if why := insideOnly(e); why != "" {
			return why
		}
	}
	if f.Folded {
		switch e := e.(type) {
		case *ir.Like:
			if e.Pattern.Cased {
				return "this form of the log writes the value in another case"
			}
		case *ir.Regex, *ir.SameAs:
			return "this form of the log writes the value in another case"
		}
	}
	if _, listed := e.(*ir.Listed); len(f.Words) > 0 && (listed || comparesText(e)) {
		if like, ok := e.(*ir.Like); !ok || inWords(f.Words, like.Pattern).Equal(ir.Pattern{}) {
			return "this form of the log writes other words, and it is known only what it writes for " + known(f.Words)
		}
	}
	for _, fill := range f.Fill {
		hit := false
		switch e := e.(type) {
		case *ir.Like:
			hit = e.Pattern.Matches(fill)
		case *ir.Regex:
			hit = e.RE == nil || e.RE.MatchString(fill)
		case *ir.Null, *ir.Exists, *ir.SameAs:
			hit = true
		}
		if hit {
			return "this form of the log writes " + quoteString(fill) + " there when there is no value"
		}
	}
	return ""
}

// inWords returns a pattern as the form writes the value; none where that is not known.
func inWords(words map[string]string, p ir.Pattern) ir.Pattern {
	if len(words) == 0 {
		return p
	}
	shape, text := p.Shape()
	word, ok := words[strings.ToLower(text)]
	if shape != ir.Exact || p.Cased || !ok {
		return ir.Pattern{}
	}
	var out ir.Pattern
	for i, text := range strings.Split(word, "*") {
		if i > 0 {
			out = out.Append(ir.Part{Wild: ir.Many})
		}
		if text != "" {
			out = out.Append(ir.Part{Text: text})
		}
	}
	return out
}

// known lists the words of which it is known what a form writes.
func known(words map[string]string) string {
	var out []string
	for word := range words {
		out = append(out, quoteString(word))
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// comparesText reports whether the condition asks for the text of a value.
func comparesText(e ir.Expr) bool {
	switch e := e.(type) {
	case *ir.Like:
		shape, _ := e.Pattern.Shape()
		return shape != ir.Anything
	case *ir.Compare, *ir.Regex, *ir.CIDR, *ir.SameAs, *ir.Within:
		return true
	default:
		return false
	}
}

func inList(d *forms.Data, ref target.Ref) bool {
	return isArray(d, ref) || slices.ContainsFunc(hops(d, ref, nil), func(h hop) bool { return h.kind.lists() })
}
