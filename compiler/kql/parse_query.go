package kql

import (
	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// script makes the query of its statements.
func (p *parser) script(s *scriptNode, diags *diag.List) *Query {
	var lets []Let
	var q *Query
	for _, st := range s.Statements {
		if st.Let != nil {
			lets = append(lets, p.let(st.Let))
			continue
		}
		v := st.Query.get().value
		if q != nil {
			diags.Errorf("kql/syntax", spanOf(v), "a second query in one text: expected only let statements beside one query")
			return nil
		}
		var err error
		if q, err = p.rows(v); err != nil {
			p.report(err, diags)
			return nil
		}
	}
	if q == nil {
		diags.Errorf("kql/syntax", p.file.Span(p.end, p.end), "the text returns no rows: expected a query after the let statements")
		return nil
	}
	q.Lets = lets
	return q
}

func (p *parser) let(n *letNode) Let {
	v := n.Value.get()
	return Let{Name: n.Name.get().text, Value: v.value.x, Query: v.value.query, Function: v.function, At: p.over(n.Tokens)}
}

// rows makes a query of what may be one.
func (p *parser) rows(v value) (*Query, error) {
	if v.query != nil {
		return v.query, nil
	}
	// Parentheses around a whole query change nothing.
	if s, ok := v.x.(*Subquery); ok {
		return s.Query, nil
	}
	src, err := p.asSource(v.x)
	if err != nil {
		return nil, err
	}
	return &Query{Source: src, At: SpanOf(v.x)}, nil
}

// asSource reads an expression as the rows that a query starts with.
func (p *parser) asSource(x Expr) (Source, error) {
	switch x := x.(type) {
	case *Name:
		return &Table{Name: x.Name, At: x.At}, nil
	case *Call:
		return &CallSource{Call: x, At: x.At}, nil
	case *Member:
		return &PathSource{X: x, At: x.At}, nil
	case *Method:
		return &PathSource{X: x, At: x.At}, nil
	case *Subquery:
		return &Nested{Query: x.Query, At: x.At}, nil
	default:
		return nil, &mistake{at: SpanOf(x), message: "a query starts with a table, not with a value"}
	}
}

func spanOf(v value) source.Span {
	if v.query != nil {
		return v.query.At
	}
	return SpanOf(v.x)
}

func (p *parser) tabular(stream *lexer.PeekingLexer) (tabularNode, error) {
	if !p.starts(stream) && !startsSource(stream) {
		return tabularNode{}, participle.NextMatch
	}
	v, err := p.value(stream)
	return tabularNode{v}, err
}

// startsSource reports whether a source that starts with a keyword follows. range is a function as well.
func startsSource(stream *lexer.PeekingLexer) bool {
	t := stream.Peek()
	switch {
	case t.Type != tokenName:
		return false
	case t.Value == "range":
		return after(stream, 1).Type == tokenName
	}
	return t.Value == "union" || t.Value == "datatable" || t.Value == "print" || otherSources[t.Value]
}

// otherSources are the sources that the tree has no node for.
var otherSources = set("externaldata search find")

// value reads an expression or a query; which of the two it is shows only at the first pipe.
func (p *parser) value(stream *lexer.PeekingLexer) (value, error) {
	first := stream.Peek()
	var src Source
	var x Expr
	var err error
	if startsSource(stream) {
		src, err = p.keywordSource(stream)
	} else {
		x, err = p.or(stream)
	}
	if err != nil {
		return value{}, err
	}
	piped := isPunct(stream.Peek(), "|")
	if src == nil && !piped {
		return value{x: x}, nil
	}
	if src == nil {
		if src, err = p.asSource(x); err != nil {
			return value{}, err
		}
	}
	q := &Query{Source: src}
	if piped {
		stream.Next()
		if q.Ops, err = p.operators(stream); err != nil {
			return value{}, err
		}
	}
	q.At = p.since(first, stream)
	return value{query: q}, nil
}

func (p *parser) keywordSource(stream *lexer.PeekingLexer) (Source, error) {
	if first := stream.Peek(); otherSources[first.Value] {
		stream.Next()
		text, err := p.raw(stream, endOfOperator)
		return &OtherSource{Name: first.Value, Text: text, At: p.since(first, stream)}, err
	}
	n, err := p.grammar().sources.ParseFromLexer(stream, participle.AllowTrailing(true))
	if err != nil {
		return nil, err
	}
	switch {
	case n.Union != nil:
		u := n.Union
		return &Union{
			Kind: option(u.Options, "kind"), WithSource: option(u.Options, "withsource", "with_source"),
			IsFuzzy: fuzzy(u.Options), Queries: queries(u.Queries), At: p.over(u.Tokens),
		}, nil
	case n.Datatable != nil:
		d := &Datatable{Rows: n.Datatable.Rows, At: p.over(n.Datatable.Tokens)}
		for _, c := range n.Datatable.Columns {
			d.Columns = append(d.Columns, ColumnDecl{Name: c.Name.get().text, Type: c.Type, At: p.over(c.Tokens)})
		}
		return d, nil
	case n.Print != nil:
		return &Print{Columns: all(n.Print.Columns), At: p.over(n.Print.Tokens)}, nil
	default:
		r := n.Range
		return &Range{Column: r.Column.get().text, From: r.From, To: r.To, Step: r.Step, At: p.over(r.Tokens)}, nil
	}
}

func fuzzy(list []read[optionNode]) bool {
	v := option(list, "isfuzzy")
	return v == "true" || v == "1"
}

func queries(list []read[operandNode]) []*Query {
	out := make([]*Query, len(list))
	for i, q := range list {
		out[i] = q.get().query
	}
	return out
}

// operators reads operators, the first without its pipe.
func (p *parser) operators(stream *lexer.PeekingLexer) ([]Operator, error) {
	if t := stream.Peek(); !p.startsOperator(t) {
		return nil, p.unknownOperator(t)
	}
	n, err := p.grammar().ops.ParseFromLexer(stream, participle.AllowTrailing(true))
	if err != nil {
		return nil, err
	}
	if next := after(stream, 1); isPunct(stream.Peek(), "|") && !p.startsOperator(next) {
		return nil, p.unknownOperator(next)
	}
	out := make([]Operator, len(n.Ops))
	for i, op := range n.Ops {
		out[i] = op.build(p)
	}
	return out, nil
}

// body reads a query that runs on the rows of an enclosing operator.
func (p *parser) body(stream *lexer.PeekingLexer) (bodyNode, error) {
	if !isPunct(stream.Peek(), "(") {
		return bodyNode{}, participle.NextMatch
	}
	stream.Next()
	first := stream.Peek()
	ops, err := p.operators(stream)
	if err != nil {
		return bodyNode{}, err
	}
	q := &Query{Ops: ops, At: p.since(first, stream)}
	return bodyNode{q}, p.take(stream, ")")
}

// operand reads the right side of a join or a member of a union.
func (p *parser) operand(stream *lexer.PeekingLexer) (operandNode, error) {
	first := stream.Peek()
	if name, ok := p.wildcard(stream); ok {
		at := p.since(first, stream)
		return operandNode{&Query{Source: &Table{Name: name, Wildcard: true, At: at}, At: at}}, nil
	}
	if !p.starts(stream) {
		return operandNode{}, participle.NextMatch
	}
	x, err := p.postfix(stream)
	if err != nil {
		return operandNode{}, err
	}
	q, err := p.rows(value{x: x})
	return operandNode{q}, err
}
