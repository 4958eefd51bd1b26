package splunk

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// String writes the search with a line for each command.
func (q *query) String() string { return strings.Join(q.lines(), "\n") }

// renamed is the search with lookups of other names.
func (q *query) renamed(lookups map[string]string) *query {
	out := *q
	out.commands = slices.Clone(q.commands)
	for i, c := range out.commands {
		if l, ok := c.(*lookup); ok {
			own := *l
			own.table = lookups[l.table]
			out.commands[i] = &own
		}
	}
	return &out
}

// Line writes the search on one line, as configuration files want it.
func (q *query) Line() string { return strings.Join(q.lines(), " ") }

func (q *query) lines() []string {
	lines := make([]string, len(q.commands))
	for i, c := range q.commands {
		lines[i] = writeCommand(c)
		if _, model := c.(*tstats); i > 0 || model {
			lines[i] = "| " + lines[i]
		}
	}
	if q.comment != "" {
		lines = append([]string{"```" + q.comment + "```"}, lines...)
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
	case *tstats:
		return writeTstats(c)
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
	case *keep:
		return "fields " + strings.Join(c.fields, ", ") + " | fields - _raw"
	case *sorted:
		parts := make([]string, len(c.keys))
		for i, k := range c.keys {
			parts[i] = k.field
			if k.descending {
				parts[i] = "-" + k.field
			}
		}
		return "sort 0 " + strings.Join(parts, ", ")
	case *running:
		return "streamstats " + writeRunning(c)
	case *stats:
		return "stats " + writeAggs(c.aggs, c.by)
	case *info:
		return "addinfo"
	case *bin:
		return "bin _time span=" + c.span
	default:
		panic(fmt.Sprintf("splunk: no case for %T", c))
	}
}

// writeRunning writes the arguments of streamstats. A window of rows is one for each group only where it is told so (D:
// streamstats, global).
func writeRunning(c *running) string {
	var parts []string
	if c.exclusive {
		parts = append(parts, "current=f")
	}
	if c.window > 0 {
		parts = append(parts, "window="+strconv.Itoa(c.window), "global=f")
	}
	return strings.Join(append(parts, writeAggs(c.aggs, c.by)), " ")
}

func writeAggs(aggs []agg, by []string) string {
	var parts []string
	for _, a := range aggs {
		f := a.function
		if a.field != "" {
			f += "(" + a.field + ")"
		}
		parts = append(parts, f+" AS "+a.as)
	}
	if len(by) > 0 {
		parts = append(parts, "BY "+strings.Join(by, ", "))
	}
	return strings.Join(parts, " ")
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
		return writeOperand(x.op, x.l) + x.op + writeOperand(x.op, x.r)
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
	case *macroCall:
		return "`" + x.name + "(" + x.field + ")`"
	case *pattern:
		return `"` + x.source + `"`
	default:
		panic(fmt.Sprintf("splunk: no case for %T", x))
	}
}

// writeOperand puts a sum in a product into parentheses.
func writeOperand(op string, x expr) string {
	if b, ok := x.(*binary); ok && (op == "*" || op == "/") && (b.op == "+" || b.op == "-") {
		return "(" + writeExpr(x, true) + ")"
	}
	return writeExpr(x, false)
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
