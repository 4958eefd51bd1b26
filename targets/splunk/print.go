package splunk

import (
	"fmt"
	"strconv"
	"sync"

	"github.com/sigc-rules/sigc/compiler/slab"
)

// buffers are what searches and parts of them are written into: a search is kept as a text of just its length, and of what
// it was written into nothing stays.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// write writes the commands, each on a line of its own.
func (q *query) write() string {
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	out := *buffer
	if q.comment != "" {
		out = append(append(append(out, "```"...), q.comment...), "```\n"...)
	}
	for i, c := range q.commands {
		if _, model := c.(*tstats); i > 0 || model {
			out = append(out, "| "...)
		}
		out = append(appendCommand(out, c), '\n')
	}
	*buffer = slab.Buffer(out)
	return string(out)
}

// appendNames writes names with commas between.
func appendNames(out []byte, names []string) []byte {
	for i, name := range names {
		if i > 0 {
			out = append(out, ", "...)
		}
		out = append(out, name...)
	}
	return out
}

func appendCommand(out []byte, c command) []byte {
	switch c := c.(type) {
	case *search: // the first command needs no name
		return appendTerms(out, c.terms, " ", true)
	case *tstats:
		return appendTstats(out, c)
	case *where:
		return appendExpr(append(out, "where "...), c.x, true)
	case *eval:
		out = append(out, "eval "...)
		for i, a := range c.assign {
			if i > 0 {
				out = append(out, ", "...)
			}
			out = appendExpr(append(appendField(out, a.name), '='), a.x, false)
		}
		return out
	case *spath:
		out = append(out, "spath path="...)
		if plainPath.MatchString(c.path) {
			out = append(out, c.path...)
		} else {
			out = appendString(out, c.path)
		}
		return append(append(out, " output="...), c.output...)
	case *mvexpand:
		return append(append(out, "mvexpand "...), c.field...)
	case *number:
		return append(append(out, "streamstats count AS "...), c.as...)
	case *greatest:
		out = append(out, "eventstats"...)
		for _, f := range c.fields {
			out = append(out, " max("+f+") AS "+f...)
		}
		return append(append(out, " BY "...), c.by...)
	case *dedup:
		return append(append(out, "dedup "...), c.field...)
	case *rename:
		out = append(out, "rename "...)
		for i, p := range c.pairs {
			if i > 0 {
				out = append(out, ", "...)
			}
			out = append(append(appendSearchField(out, p.from), " AS "...), p.to...)
		}
		return out
	case *table:
		return appendNames(append(out, "table "...), c.fields)
	case *lookup:
		out = append(out, "lookup "+c.table+" "+valueColumn+" AS "...)
		return append(appendString(out, c.from), " OUTPUT "+valueColumn+" AS "+c.into...)
	case *keep:
		return append(appendNames(append(out, "fields "...), c.fields), " | fields - _raw"...)
	case *sorted:
		out = append(out, "sort 0 "...)
		for i, k := range c.keys {
			if i > 0 {
				out = append(out, ", "...)
			}
			if k.descending {
				out = append(out, '-')
			}
			out = append(out, k.field...)
		}
		return out
	case *running:
		return appendRunning(append(out, "streamstats "...), c)
	case *stats:
		return appendAggs(append(out, "stats "...), c.aggs, c.by)
	case *info:
		return append(out, "addinfo"...)
	case *bin:
		return append(append(out, "bin _time span="...), c.span...)
	default:
		panic(fmt.Sprintf("splunk: no case for %T", c))
	}
}

// appendTstats writes the command that begins a search of a data model.
func appendTstats(out []byte, c *tstats) []byte {
	out = append(out, "tstats `"+c.macro+"` fillnull_value=unknown count FROM datamodel="+c.model...)
	if len(c.terms) > 0 {
		out = appendTerms(append(out, " WHERE "...), c.terms, " ", true)
	}
	out = appendNames(append(out, " BY _time, "...), c.by)
	return append(out, " span=1s"...)
}

// appendRunning writes the arguments of streamstats. A window of rows is one for each group only where it is told so (D:
// streamstats, global).
func appendRunning(out []byte, c *running) []byte {
	if c.exclusive {
		out = append(out, "current=f "...)
	}
	if c.window > 0 {
		out = append(strconv.AppendInt(append(out, "window="...), int64(c.window), 10), " global=f "...)
	}
	return appendAggs(out, c.aggs, c.by)
}

func appendAggs(out []byte, aggs []agg, by []string) []byte {
	for i, a := range aggs {
		if i > 0 {
			out = append(out, ' ')
		}
		out = append(out, a.function...)
		if a.field != "" {
			out = append(out, "("+a.field+")"...)
		}
		out = append(append(out, " AS "...), a.as...)
	}
	if len(by) > 0 {
		if len(aggs) > 0 {
			out = append(out, ' ')
		}
		out = appendNames(append(out, "BY "...), by)
	}
	return out
}

// appendTerm writes a term. Groups get parentheses unless they are all there is: AND and OR bind the other way round than
// in eval (D: boolean precedence).
func appendTerm(out []byte, t term, alone bool) []byte {
	switch t := t.(type) {
	case *termAnd:
		if alone || len(t.x) == 1 {
			return appendTerms(out, t.x, " ", false)
		}
		return append(appendTerms(append(out, '('), t.x, " ", false), ')')
	case *termOr:
		if len(t.x) == 1 {
			return appendTerm(out, t.x[0], false)
		}
		return append(appendTerms(append(out, '('), t.x, " OR ", false), ')')
	case *termNot:
		return appendTerm(append(out, "NOT "...), t.x, false)
	case *termIs:
		out = append(appendSearchField(out, t.field), '=')
		if len(t.values) == 1 {
			return appendGlob(out, t.values[0])
		}
		out = append(out[:len(out)-1], " IN ("...)
		for i, v := range t.values {
			if i > 0 {
				out = append(out, ", "...)
			}
			out = appendGlob(out, v)
		}
		return append(out, ')')
	case *termText:
		return append(append(append(out, '"'), t.text...), '"')
	case *termMacro:
		return append(append(append(out, '`'), t.name...), '`')
	default:
		panic(fmt.Sprintf("splunk: no case for %T", t))
	}
}

// appendTerms writes terms with an operator between. Each stands alone where the operator is none of a group.
func appendTerms(out []byte, x []term, op string, alone bool) []byte {
	for i, t := range x {
		if i > 0 {
			out = append(out, op...)
		}
		out = appendTerm(out, t, alone)
	}
	return out
}

func appendPart(out []byte, t term) []byte { return appendTerm(out, t, false) }

// appendExpr writes an expression; alone says that nothing stands beside it.
func appendExpr(out []byte, x expr, alone bool) []byte {
	switch x := x.(type) {
	case *and:
		return appendGroup(out, x.x, " AND ", alone)
	case *or:
		return appendGroup(out, x.x, " OR ", alone)
	case *not:
		if _, ok := x.x.(*binary); ok {
			return append(appendExpr(append(out, "NOT ("...), x.x, true), ')')
		}
		return appendExpr(append(out, "NOT "...), x.x, false)
	case *binary:
		return appendSide(append(appendSide(out, x.op, x.l), x.op...), x.op, x.r)
	case *call:
		return append(appendExprs(append(append(out, x.name...), '('), x.args, ", ", true), ')')
	case *field:
		return appendField(out, x.name)
	case *text:
		return appendString(out, x.value)
	case *numeral:
		return append(out, x.text...)
	case *macroCall:
		return append(out, "`"+x.name+"("+x.field+")`"...)
	case *among:
		out = appendExpr(append(out, "in("...), x.subject, true)
		for _, s := range x.texts {
			out = appendString(append(out, ", "...), s)
		}
		return append(out, ')')
	case *matching:
		out = appendExpr(append(out, "match("...), x.subject, true)
		out = append(append(out, `, "`...), x.flags...)
		for i, p := range x.patterns {
			if i > 0 {
				out = append(out, '|')
			}
			out = appendRegex(out, p)
		}
		return append(out, `")`...)
	case *unescaped:
		for range entities {
			out = append(out, "replace("...)
		}
		out = appendField(out, x.field)
		for _, e := range entities {
			out = append(append(append(out, `, "`...), e.name...), `", `...)
			out = append(appendString(out, e.char), ')')
		}
		return out
	case *pattern:
		return append(append(append(out, '"'), x.source...), '"')
	default:
		panic(fmt.Sprintf("splunk: no case for %T", x))
	}
}

// appendExprs writes expressions with a text between.
func appendExprs(out []byte, x []expr, between string, alone bool) []byte {
	for i, e := range x {
		if i > 0 {
			out = append(out, between...)
		}
		out = appendExpr(out, e, alone)
	}
	return out
}

// appendGroup writes what an operator joins, in parentheses unless it is alone.
func appendGroup(out []byte, x []expr, op string, alone bool) []byte {
	if alone || len(x) == 1 {
		return appendExprs(out, x, op, false)
	}
	return append(appendExprs(append(out, '('), x, op, false), ')')
}

func appendOperand(out []byte, x expr) []byte { return appendExpr(out, x, false) }

// appendSide writes a side of a binary operator, a sum in a product in parentheses.
func appendSide(out []byte, op string, x expr) []byte {
	if b, ok := x.(*binary); ok && (op == "*" || op == "/") && (b.op == "+" || b.op == "-") {
		return append(appendExpr(append(out, '('), x, true), ')')
	}
	return appendExpr(out, x, false)
}

// writeExpr is the text of an expression, by which equal ones are known.
func writeExpr(x expr) string { return string(appendExpr(nil, x, true)) }
