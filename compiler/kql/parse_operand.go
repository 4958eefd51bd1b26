package kql

import (
	"fmt"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

// typed are the words that, with parentheses, make a literal. Inside of them stands no expression.
var typed = set(`bool boolean int int32 long int64 real double decimal guid uniqueid datetime date timespan time dynamic`)

func (p *parser) primary(stream *lexer.PeekingLexer) (Expr, error) {
	t := stream.Peek()
	switch {
	case t.Type == tokenString:
		return p.string(stream), nil
	case t.Type == tokenNumber:
		stream.Next()
		return &Number{Text: t.Value, At: p.span(t)}, nil
	case t.Type == tokenTimespan:
		stream.Next()
		return &Timespan{Text: t.Value, At: p.span(t)}, nil
	case isPunct(t, "*"):
		stream.Next()
		return &Star{At: p.span(t)}, nil
	case isPunct(t, "("):
		return p.parenthesis(stream)
	case isPunct(t, "["):
		name, err := p.name(stream)
		if err != nil {
			return nil, p.unexpected(t, "an expression")
		}
		if isPunct(stream.Peek(), "(") {
			c := &Call{Func: name.text}
			err := p.arguments(stream, c)
			c.At = p.since(t, stream)
			return c, err
		}
		return &Name{Name: name.text, At: p.since(t, stream)}, nil
	case t.Type != tokenName:
		return nil, p.unexpected(t, "an expression")
	case p.isCall(stream):
		return p.call(stream)
	}
	if b := boolean(t.Value); b != nil {
		stream.Next()
		return &Bool{Value: *b, At: p.span(t)}, nil
	}
	if reserved(t.Value) {
		return nil, p.unexpected(t, "an expression")
	}
	stream.Next()
	return &Name{Name: t.Value, At: p.span(t)}, nil
}

// boolean gives the value of the words that Kusto takes for true and false.
func boolean(word string) *bool {
	switch word {
	case "true", "True", "TRUE":
		b := true
		return &b
	case "false", "False", "FALSE":
		b := false
		return &b
	}
	return nil
}

// string reads a text; literals side by side are one.
func (p *parser) string(stream *lexer.PeekingLexer) Expr {
	first := stream.Peek()
	var b strings.Builder
	for stream.Peek().Type == tokenString {
		b.WriteString(unquote(stream.Next().Value))
	}
	return &String{Value: b.String(), At: p.since(first, stream)}
}

// parenthesis reads what stands in parentheses, an expression or a query.
func (p *parser) parenthesis(stream *lexer.PeekingLexer) (Expr, error) {
	first := stream.Next()
	v, err := p.value(stream)
	if err == nil {
		err = p.take(stream, ")")
	}
	if err != nil {
		return nil, err
	}
	if v.query != nil {
		return &Subquery{Query: v.query, At: p.since(first, stream)}, nil
	}
	return v.x, nil
}

func (p *parser) method(stream *lexer.PeekingLexer, m *Member, name nameNode) (Expr, error) {
	c := &Call{Func: name.text}
	err := p.arguments(stream, c)
	c.At = p.since(name.first, stream)
	return &Method{X: m.X, Call: c, At: m.At.To(c.At)}, err
}

// call reads a function call or a literal with its type: both are a word with parentheses.
func (p *parser) call(stream *lexer.PeekingLexer) (Expr, error) {
	first := stream.Next()
	if typed[first.Value] {
		return p.typed(stream, first)
	}
	open := stream.Peek()
	c := &Call{Func: first.Value}
	if err := p.arguments(stream, c); err != nil {
		return nil, err
	}
	c.At = p.since(first, stream)
	if c.Func != "not" {
		return c, nil
	}
	if len(c.Args) != 1 || len(c.Named) > 0 {
		return nil, &mistake{at: p.span(open).To(c.At), message: fmt.Sprintf(`"not" takes one argument, not %d`, len(c.Args)+len(c.Named))}
	}
	return &Not{X: c.Args[0], At: c.At}, nil
}

// arguments reads the parentheses of a call.
func (p *parser) arguments(stream *lexer.PeekingLexer, c *Call) error {
	stream.Next()
	for !isPunct(stream.Peek(), ")") {
		if len(c.Args)+len(c.Named) > 0 {
			if t := stream.Next(); !isPunct(t, ",") {
				return p.unexpected(t, `"," or ")"`)
			}
		}
		if err := p.argument(stream, c); err != nil {
			return err
		}
	}
	stream.Next()
	return nil
}

func (p *parser) argument(stream *lexer.PeekingLexer, c *Call) error {
	first := stream.Peek()
	mark := stream.MakeCheckpoint()
	if name, err := p.name(stream); err == nil && isPunct(stream.Peek(), "=") {
		stream.Next()
		x, err := p.or(stream)
		c.Named = append(c.Named, Assign{Name: name.text, X: x, At: p.since(first, stream)})
		return err
	}
	stream.LoadCheckpoint(mark)
	if len(c.Named) > 0 {
		return &mistake{at: p.span(first), message: "an argument without a name stands after one with a name"}
	}
	v, err := p.value(stream)
	if err != nil {
		return err
	}
	if v.query != nil {
		v.x = &Subquery{Query: v.query, At: p.since(first, stream)}
	}
	c.Args = append(c.Args, v.x)
	return nil
}

// typed reads the parentheses of a literal.
func (p *parser) typed(stream *lexer.PeekingLexer, first *lexer.Token) (Expr, error) {
	open := stream.Next()
	text, err := p.raw(stream, func(*lexer.Token) bool { return false })
	if err == nil {
		err = p.take(stream, ")")
	}
	if err != nil {
		return nil, err
	}
	at := p.since(first, stream)
	b := boolean(text)
	switch {
	case text == "":
		return nil, &mistake{at: p.span(open).To(at), message: fmt.Sprintf("%q has no value: expected a literal or null", first.Value)}
	case text == "null":
		return &Null{Type: first.Value, At: at}, nil
	case first.Value == "datetime" || first.Value == "date":
		return &Datetime{Text: text, At: at}, nil
	case first.Value == "dynamic":
		return &Dynamic{JSON: text, At: at}, nil
	case first.Value[0] == 'b' && b != nil:
		return &Bool{Value: *b, At: at}, nil
	default:
		return &Typed{Type: first.Value, Text: text, At: at}, nil
	}
}

// list reads the list of an `in`.
func (p *parser) list(stream *lexer.PeekingLexer) ([]Expr, error) {
	if err := p.take(stream, "("); err != nil {
		return nil, err
	}
	var list []Expr
	for {
		first := stream.Peek()
		v, err := p.value(stream)
		if err != nil {
			return nil, err
		}
		if v.query != nil {
			v.x = &Subquery{Query: v.query, At: p.since(first, stream)}
		}
		list = append(list, v.x)
		switch t := stream.Next(); {
		case isPunct(t, ")"):
			return list, nil
		case !isPunct(t, ","):
			return nil, p.unexpected(t, `"," or ")"`)
		}
	}
}

func (p *parser) between(stream *lexer.PeekingLexer, first *lexer.Token, x Expr, not bool) (Expr, error) {
	if err := p.take(stream, "("); err != nil {
		return nil, err
	}
	lo, err := p.sum(stream)
	if err != nil {
		return nil, err
	}
	if err := p.take(stream, ".."); err != nil {
		return nil, err
	}
	hi, err := p.sum(stream)
	if err != nil {
		return nil, err
	}
	if err := p.take(stream, ")"); err != nil {
		return nil, err
	}
	return &Between{X: x, Lo: lo, Hi: hi, Not: not, At: p.since(first, stream)}, nil
}
