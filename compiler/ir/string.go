package ir

import (
	"fmt"
	"strconv"
	"strings"
)

// String writes an expression on one line, for tests and for comparing two expressions: equal text means equal meaning.
func String(e Expr) string {
	var b strings.Builder
	write(&b, e)
	return b.String()
}

func write(b *strings.Builder, e Expr) {
	switch e := e.(type) {
	case *And:
		writeList(b, "and", e.X)
	case *Or:
		writeList(b, "or", e.X)
	case *Not:
		b.WriteString("(not ")
		write(b, e.X)
		b.WriteByte(')')
	case *Const:
		b.WriteString(strconv.FormatBool(e.Value))
	case *Like:
		op := "like"
		if e.Pattern.Cased {
			op = "like_cs"
		}
		writeNode(b, op, e.Field.String(), strconv.Quote(e.Pattern.String()))
	case *Compare:
		if e.Part != Whole {
			writeNode(b, e.Op.String(), e.Part.String(), e.Field.String(), string(e.Number))
			return
		}
		writeNode(b, e.Op.String(), e.Field.String(), string(e.Number))
	case *Regex:
		writeNode(b, "regex", e.Field.String(), strconv.Quote(e.Pattern)+e.flags(" "))
	case *CIDR:
		writeNode(b, "cidr", e.Field.String(), e.Prefix.String())
	case *SameAs:
		op := "same"
		if e.Cased {
			op = "same_cs"
		}
		writeNode(b, op, e.Shape.String(), e.Field.String(), e.Other.String())
	case *Exists:
		writeNode(b, "exists", e.Field.String())
	case *Null:
		writeNode(b, "null", e.Field.String())
	case *Keyword:
		if e.Regex != nil {
			writeNode(b, "keyword", "regex", strconv.Quote(e.Regex.Pattern)+e.Regex.flags(" "))
			return
		}
		op := "keyword"
		if e.Pattern.Cased {
			op = "keyword_cs"
		}
		writeNode(b, op, strconv.Quote(e.Pattern.String()))
	case *Each:
		b.WriteString("(each " + e.Quant.String() + " " + e.Field.String() + " ")
		write(b, e.Body)
		b.WriteByte(')')
	case *Within:
		writeNode(b, "within", append([]string{e.Field.String()}, e.Schedule.operands()...)...)
	case *Listed:
		b.WriteString("(listed " + strconv.Quote(e.List) + " ")
		write(b, e.X)
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

func writeList(b *strings.Builder, op string, x []Expr) {
	b.WriteByte('(')
	b.WriteString(op)
	for _, e := range x {
		b.WriteByte(' ')
		write(b, e)
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
