package splunk

import (
	"fmt"
	"slices"
	"strconv"
)

// String writes the search with a line for each command.
func (q *query) String() string { return q.write("\n") }

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
func (q *query) Line() string { return q.write(" ") }

// write writes the commands with a text between them, all into one buffer.
func (q *query) write(between string) string {
	out := make([]byte, 0, 1024)
	if q.comment != "" {
		out = append(append(append(append(out, "```"...), q.comment...), "```"...), between...)
	}
	for i, c := range q.commands {
		if i > 0 {
			out = append(out, between...)
		}
		if _, model := c.(*tstats); i > 0 || model {
			out = append(out, "| "...)
		}
		out = appendCommand(out, c)
	}
	return string(out)
}

// appendAll writes things with a text between them.
func appendAll[T any](out []byte, x []T, between string, one func([]byte, T) []byte) []byte {
	for i, x := range x {
		if i > 0 {
			out = append(out, between...)
		}
		out = one(out, x)
	}
	return out
}

func appendText(out []byte, s string) []byte { return append(out, s...) }

func appendCommand(out []byte, c command) []byte {
	switch c := c.(type) {
	case *search: // the first command needs no name
		return appendAll(out, c.terms, " ", appendWholeTerm)
	case *tstats:
		return appendTstats(out, c)
	case *where:
		return appendExpr(append(out, "where "...), c.x, true)
	case *eval:
		return appendAll(append(out, "eval "...), c.assign, ", ", func(out []byte, a assign) []byte {
			return appendExpr(append(appendField(out, a.name), '='), a.x, false)
		})
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
		out = appendAll(append(out, "eventstats "...), c.fields, " ", func(out []byte, f string) []byte {
			return append(out, "max("+f+") AS "+f...)
		})
		return append(append(out, " BY "...), c.by...)
	case *dedup:
		return append(append(out, "dedup "...), c.field...)
	case *rename:
		return appendAll(append(out, "rename "...), c.pairs, ", ", func(out []byte, p renaming) []byte {
			return append(append(appendSearchField(out, p.from), " AS "...), p.to...)
		})
	case *table:
		return appendAll(append(out, "table "...), c.fields, ", ", appendText)
	case *lookup:
		out = append(out, "lookup "+c.table+" "+valueColumn+" AS "...)
		return append(appendString(out, c.from), " OUTPUT "+valueColumn+" AS "+c.into...)
	case *keep:
		return append(appendAll(append(out, "fields "...), c.fields, ", ", appendText), " | fields - _raw"...)
	case *sorted:
		return appendAll(append(out, "sort 0 "...), c.keys, ", ", func(out []byte, k sortKey) []byte {
			if k.descending {
				out = append(out, '-')
			}
			return append(out, k.field...)
		})
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
		out = appendAll(append(out, " WHERE "...), c.terms, " ", appendWholeTerm)
	}
	out = appendAll(append(out, " BY _time, "...), c.by, ", ", appendText)
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
	out = appendAll(out, aggs, " ", func(out []byte, a agg) []byte {
		out = append(out, a.function...)
		if a.field != "" {
			out = append(out, "("+a.field+")"...)
		}
		return append(append(out, " AS "...), a.as...)
	})
	if len(by) > 0 {
		if len(aggs) > 0 {
			out = append(out, ' ')
		}
		out = appendAll(append(out, "BY "...), by, ", ", appendText)
	}
	return out
}

// appendTerm writes a term. Groups get parentheses unless they are all there is: AND and OR bind the other way round than
// in eval (D: boolean precedence).
func appendTerm(out []byte, t term, alone bool) []byte {
	switch t := t.(type) {
	case *termAnd:
		return appendGroup(out, t.x, " ", alone, appendPart)
	case *termOr:
		return appendGroup(out, t.x, " OR ", false, appendPart)
	case *termNot:
		return appendTerm(append(out, "NOT "...), t.x, false)
	case *termIs:
		return appendGlob(append(appendSearchField(out, t.field), '='), t.value)
	case *termIn:
		out = append(appendSearchField(out, t.field), " IN ("...)
		return append(appendAll(out, t.values, ", ", appendGlob), ')')
	case *termText:
		return appendGlob(out, glob{t.text})
	case *termMacro:
		return append(append(append(out, '`'), t.name...), '`')
	default:
		panic(fmt.Sprintf("splunk: no case for %T", t))
	}
}

func appendWholeTerm(out []byte, t term) []byte { return appendTerm(out, t, true) }

func appendPart(out []byte, t term) []byte { return appendTerm(out, t, false) }

// appendGroup writes what an operator joins, in parentheses unless it is alone.
func appendGroup[T any](out []byte, x []T, op string, alone bool, one func([]byte, T) []byte) []byte {
	if alone || len(x) == 1 {
		return appendAll(out, x, op, one)
	}
	return append(appendAll(append(out, '('), x, op, one), ')')
}

// appendExpr writes an expression; alone says that nothing stands beside it.
func appendExpr(out []byte, x expr, alone bool) []byte {
	switch x := x.(type) {
	case *and:
		return appendGroup(out, x.x, " AND ", alone, appendOperand)
	case *or:
		return appendGroup(out, x.x, " OR ", alone, appendOperand)
	case *not:
		if _, ok := x.x.(*binary); ok {
			return append(appendExpr(append(out, "NOT ("...), x.x, true), ')')
		}
		return appendExpr(append(out, "NOT "...), x.x, false)
	case *binary:
		return appendSide(append(appendSide(out, x.op, x.l), x.op...), x.op, x.r)
	case *call:
		return append(appendAll(append(append(out, x.name...), '('), x.args, ", ", appendWhole), ')')
	case *field:
		return appendField(out, x.name)
	case *text:
		return appendString(out, x.value)
	case *numeral:
		return append(out, x.text...)
	case *macroCall:
		return append(out, "`"+x.name+"("+x.field+")`"...)
	case *pattern:
		return append(append(append(out, '"'), x.source...), '"')
	default:
		panic(fmt.Sprintf("splunk: no case for %T", x))
	}
}

func appendWhole(out []byte, x expr) []byte { return appendExpr(out, x, true) }

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
