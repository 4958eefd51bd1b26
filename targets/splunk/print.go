package splunk

import (
	"fmt"
	"strings"
)

// String writes the search with a line for each command.
func (q *query) String() string { return strings.Join(q.lines(), "\n") }

// Line writes the search on one line, as configuration files want it.
func (q *query) Line() string { return strings.Join(q.lines(), " ") }

func (q *query) lines() []string {
	lines := make([]string, len(q.commands))
	for i, c := range q.commands {
		lines[i] = writeCommand(c)
		if i > 0 {
			lines[i] = "| " + lines[i]
		}
	}
	return lines
}

func writeCommand(c command) string {
	switch c := c.(type) {
	case *search:
		parts := make([]string, len(c.terms))
		for i, t := range c.terms {
			parts[i] = writeTerm(t, true)
		}
		return strings.Join(parts, " ") // the first command needs no name
	case *where:
		return "where " + writeExpr(c.x, true)
	case *eval:
		parts := make([]string, len(c.assign))
		for i, a := range c.assign {
			parts[i] = quoteField(a.name) + "=" + writeExpr(a.x, false)
		}
		return "eval " + strings.Join(parts, ", ")
	case *spath:
		path := c.path
		if !plainPath.MatchString(path) {
			path = quoteString(path)
		}
		return "spath path=" + path + " output=" + c.output
	case *mvexpand:
		return "mvexpand " + c.field
	case *number:
		return "streamstats count AS " + c.as
	case *greatest:
		parts := make([]string, len(c.fields))
		for i, f := range c.fields {
			parts[i] = "max(" + f + ") AS " + f
		}
		return "eventstats " + strings.Join(parts, " ") + " BY " + c.by
	case *dedup:
		return "dedup " + c.field
	case *rename:
		parts := make([]string, len(c.pairs))
		for i, p := range c.pairs {
			parts[i] = quoteSearchField(p.from) + " AS " + p.to
		}
		return "rename " + strings.Join(parts, ", ")
	case *table:
		return "table " + strings.Join(c.fields, ", ")
	case *lookup:
		return "lookup " + c.table + " " + valueColumn + " AS " + quoteString(c.from) + " OUTPUT " + valueColumn + " AS " + c.into
	default:
		panic(fmt.Sprintf("splunk: no case for %T", c))
	}
}

// writeTerm writes a term. Groups get parentheses unless they are all there is: AND and OR bind the other way round than
// in eval (D: boolean precedence).
func writeTerm(t term, alone bool) string {
	switch t := t.(type) {
	case *termAnd:
		return writeTerms(t.x, " ", alone)
	case *termOr:
		return writeTerms(t.x, " OR ", false)
	case *termNot:
		return "NOT " + writeTerm(t.x, false)
	case *termIs:
		return quoteSearchField(t.field) + "=" + quoteGlob(t.value)
	case *termIn:
		parts := make([]string, len(t.values))
		for i, v := range t.values {
			parts[i] = quoteGlob(v)
		}
		return quoteSearchField(t.field) + " IN (" + strings.Join(parts, ", ") + ")"
	case *termText:
		return quoteGlob(glob{t.text})
	case *termMacro:
		return "`" + t.name + "`"
	default:
		panic(fmt.Sprintf("splunk: no case for %T", t))
	}
}

func writeTerms(x []term, op string, alone bool) string {
	parts := make([]string, len(x))
	for i, t := range x {
		parts[i] = writeTerm(t, false)
	}
	s := strings.Join(parts, op)
	if alone || len(x) == 1 {
		return s
	}
	return "(" + s + ")"
}

// writeExpr writes an expression; alone says that nothing stands beside it.
func writeExpr(x expr, alone bool) string {
	switch x := x.(type) {
	case *and:
		return writeExprs(x.x, " AND ", alone)
	case *or:
		return writeExprs(x.x, " OR ", alone)
	case *not:
		if _, ok := x.x.(*binary); ok {
			return "NOT (" + writeExpr(x.x, true) + ")"
		}
		return "NOT " + writeExpr(x.x, false)
	case *binary:
		return writeExpr(x.l, false) + x.op + writeExpr(x.r, false)
	case *call:
		parts := make([]string, len(x.args))
		for i, a := range x.args {
			parts[i] = writeExpr(a, true)
		}
		return x.name + "(" + strings.Join(parts, ", ") + ")"
	case *field:
		return quoteField(x.name)
	case *text:
		return quoteString(x.value)
	case *numeral:
		return x.text
	case *pattern:
		return `"` + x.source + `"`
	default:
		panic(fmt.Sprintf("splunk: no case for %T", x))
	}
}

func writeExprs(x []expr, op string, alone bool) string {
	parts := make([]string, len(x))
	for i, e := range x {
		parts[i] = writeExpr(e, false)
	}
	s := strings.Join(parts, op)
	if alone || len(x) == 1 {
		return s
	}
	return "(" + s + ")"
}
