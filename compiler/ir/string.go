package ir

import (
	"fmt"
	"strconv"
	"strings"
)

// String writes an expression on one line, for tests and for comparing two expressions: equal text means equal meaning.
func String(e Expr) string { return spelling{(*Field).String, Pattern.String}.of(e) }

// spelling says how fields and patterns are written.
type spelling struct {
	field   func(*Field) string
	pattern func(Pattern) string
}

func (s spelling) of(e Expr) string {
	var b strings.Builder
	s.write(&b, e)
	return b.String()
}

func (s spelling) write(b *strings.Builder, e Expr) {
	switch e := e.(type) {
	case *And:
		s.writeList(b, "and", e.X)
	case *Or:
		s.writeList(b, "or", e.X)
	case *Not:
		b.WriteString("(not ")
		s.write(b, e.X)
		b.WriteByte(')')
	case *Const:
		b.WriteString(strconv.FormatBool(e.Value))
	case *Like:
		op := "like"
		if e.Pattern.Cased {
			op = "like_cs"
		}
		writeNode(b, op, s.field(e.Field), strconv.Quote(s.pattern(e.Pattern)))
	case *Compare:
		if e.Part != Whole {
			writeNode(b, e.Op.String(), e.Part.String(), s.field(e.Field), string(e.Number))
			return
		}
		writeNode(b, e.Op.String(), s.field(e.Field), string(e.Number))
	case *Regex:
		writeNode(b, "regex", s.field(e.Field), strconv.Quote(e.Pattern)+e.flags(" "))
	case *CIDR:
		writeNode(b, "cidr", s.field(e.Field), e.Prefix.String())
	case *SameAs:
		op := "same"
		if e.Cased {
			op = "same_cs"
		}
		writeNode(b, op, e.Shape.String(), s.field(e.Field), s.field(e.Other))
	case *Exists:
		writeNode(b, "exists", s.field(e.Field))
	case *Null:
		writeNode(b, "null", s.field(e.Field))
	case *Keyword:
		if e.Regex != nil {
			writeNode(b, "keyword", "regex", strconv.Quote(e.Regex.Pattern)+e.Regex.flags(" "))
			return
		}
		op := "keyword"
		if e.Pattern.Cased {
			op = "keyword_cs"
		}
		writeNode(b, op, strconv.Quote(s.pattern(e.Pattern)))
	case *Each:
		b.WriteString("(each " + e.Quant.String() + " " + s.field(e.Field) + " ")
		s.write(b, e.Body)
		b.WriteByte(')')
	case *Within:
		writeNode(b, "within", append([]string{s.field(e.Field)}, e.Schedule.operands()...)...)
	case *Listed:
		b.WriteString("(listed " + strconv.Quote(e.List) + " ")
		s.write(b, e.X)
		b.WriteByte(')')
	default:
		panic(fmt.Sprintf("ir: no case for %T", e))
	}
}

func writeNode(b *strings.Builder, op string, operands ...string) {
	b.WriteByte('(')
	b.WriteString(op)
	for _, s := range operands {
		b.WriteByte(' ')
		b.WriteString(s)
	}
	b.WriteByte(')')
}

func (s spelling) writeList(b *strings.Builder, op string, x []Expr) {
	b.WriteByte('(')
	b.WriteString(op)
	for _, e := range x {
		b.WriteByte(' ')
		s.write(b, e)
	}
	b.WriteByte(')')
}

// flags returns the Sigma flags of the expression, after the given text if there are any.
func (e *Regex) flags(before string) string {
	s := ""
	for _, f := range []struct {
		on   bool
		name string
	}{{e.IgnoreCase, "i"}, {e.Multi, "m"}, {e.DotAll, "s"}} {
		if f.on {
			s += f.name
		}
	}
	if s == "" {
		return ""
	}
	return before + s
}

// Source returns the pattern with the Sigma flags written into it, as RE2 and PCRE read it.
func (e *Regex) Source() string {
	if f := e.flags(""); f != "" {
		return "(?" + f + ")" + e.Pattern
	}
	return e.Pattern
}

// String writes the name so that no two fields look alike: a name with a bracket of its own, a blank or another sign
// that could be taken for something else stands in quotes.
func (f *Field) String() string {
	var b strings.Builder
	for i, s := range f.Segments {
		if i > 0 && s.Name != "" {
			b.WriteByte('.')
		}
		if s.Name != "" && strings.Trim(s.Name, plainName) == "" || s.Name == "" && s.Indexed {
			b.WriteString(s.Name)
		} else {
			b.WriteString(strconv.Quote(s.Name))
		}
		if s.Indexed {
			b.WriteByte('[')
			b.WriteString(strconv.Itoa(s.Index))
			b.WriteByte(']')
		}
	}
	return b.String()
}

const plainName = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-@$"
