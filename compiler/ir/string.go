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
		fmt.Fprintf(b, "(%s %s %q)", op, e.Field.Name, e.Pattern.String())
	case *Compare:
		part := ""
		if e.Part != Whole {
			part = e.Part.String() + " "
		}
		fmt.Fprintf(b, "(%s %s%s %s)", e.Op, part, e.Field.Name, e.Number)
	case *Regex:
		fmt.Fprintf(b, "(regex %s %q%s)", e.Field.Name, e.Pattern, e.flags(" "))
	case *CIDR:
		fmt.Fprintf(b, "(cidr %s %s)", e.Field.Name, e.Prefix)
	case *SameAs:
		op := "same"
		if e.Cased {
			op = "same_cs"
		}
		fmt.Fprintf(b, "(%s %s %s %s)", op, e.Shape, e.Field.Name, e.Other.Name)
	case *Exists:
		fmt.Fprintf(b, "(exists %s)", e.Field.Name)
	case *Null:
		fmt.Fprintf(b, "(null %s)", e.Field.Name)
	case *Keyword:
		if e.Regex != nil {
			fmt.Fprintf(b, "(keyword regex %q%s)", e.Regex.Pattern, e.Regex.flags(" "))
			return
		}
		op := "keyword"
		if e.Pattern.Cased {
			op = "keyword_cs"
		}
		fmt.Fprintf(b, "(%s %q)", op, e.Pattern.String())
	case *Each:
		fmt.Fprintf(b, "(each %s %s ", e.Quant, e.Field.Name)
		write(b, e.Body)
		b.WriteByte(')')
	default:
		panic(fmt.Sprintf("ir: no case for %T", e))
	}
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

// Number is a decimal number in the text that [Canon] gives.
type Number string

// Float returns the value of the number.
func (n Number) Float() float64 {
	f, _ := strconv.ParseFloat(string(n), 64)
	return f
}

// Int returns the value of the number and whether it is a whole one.
func (n Number) Int() (int64, bool) {
	i, err := strconv.ParseInt(string(n), 10, 64)
	return i, err == nil
}
