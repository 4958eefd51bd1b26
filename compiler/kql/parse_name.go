package kql

import (
	"strings"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// wildcard reads a name with stars in it. Its parts stand side by side: a* but not a * b.
func (p *parser) wildcard(stream *lexer.PeekingLexer) (string, bool) {
	mark := stream.MakeCheckpoint()
	var text string
	end := stream.Peek().Pos.Offset
	for {
		t := stream.Peek()
		if t.Pos.Offset != end || t.Type != tokenName && t.Type != tokenNumber && !isPunct(t, "*") {
			break
		}
		text += t.Value
		end += len(t.Value)
		stream.Next()
	}
	if !strings.Contains(text, "*") {
		stream.LoadCheckpoint(mark)
		return "", false
	}
	return text, true
}

// column reads a column, or a pattern of columns, of project-away and its kin.
func (p *parser) column(stream *lexer.PeekingLexer) (columnNode, error) {
	first := stream.Peek()
	if text, ok := p.wildcard(stream); ok {
		at := p.since(first, stream)
		return columnNode{Assign{X: &Wildcard{Pattern: text, At: at}, At: at}}, nil
	}
	a, err := p.assign(stream)
	return columnNode{a}, err
}

// name reads a name: bare or in brackets and quotes.
func (p *parser) name(stream *lexer.PeekingLexer) (nameNode, error) {
	t := stream.Peek()
	if t.Type == tokenName && !strings.HasPrefix(t.Value, "$") {
		stream.Next()
		return nameNode{t.Value, t}, nil
	}
	if isPunct(t, "[") && after(stream, 1).Type == tokenString && isPunct(after(stream, 2), "]") {
		stream.Next()
		s := stream.Next()
		stream.Next()
		return nameNode{unquote(s.Value), t}, nil
	}
	return nameNode{}, participle.NextMatch
}

// names reads (a, b) =.
func (p *parser) names(stream *lexer.PeekingLexer) ([]string, bool) {
	mark := stream.MakeCheckpoint()
	var names []string
	for open := "("; isPunct(stream.Peek(), open); open = "," {
		stream.Next()
		name, err := p.name(stream)
		if err != nil {
			break
		}
		names = append(names, name.text)
	}
	if isPunct(stream.Peek(), ")") && isPunct(after(stream, 1), "=") && len(names) > 0 {
		stream.Next()
		stream.Next()
		return names, true
	}
	stream.LoadCheckpoint(mark)
	return nil, false
}

// assign reads an expression that may have a name, or names, before it.
func (p *parser) assign(stream *lexer.PeekingLexer) (Assign, error) {
	first := stream.Peek()
	if names, ok := p.names(stream); ok {
		x, err := p.or(stream)
		return Assign{Names: names, X: x, At: p.since(first, stream)}, err
	}
	n, err := p.named(stream)
	return n.assign, err
}

// named reads an expression that may have one name before it.
func (p *parser) named(stream *lexer.PeekingLexer) (namedNode, error) {
	first := stream.Peek()
	mark := stream.MakeCheckpoint()
	name, err := p.name(stream)
	if err == nil && isPunct(stream.Peek(), "=") && !neverNames[first.Value] {
		stream.Next()
		x, err := p.or(stream)
		return namedNode{Assign{Name: name.text, X: x, At: p.since(first, stream)}}, err
	}
	stream.LoadCheckpoint(mark)
	x, err := p.expr(stream)
	if err != nil {
		return namedNode{}, err
	}
	return namedNode{Assign{X: x, At: p.since(first, stream)}}, nil
}

// neverNames are the keywords that cannot be a name without brackets even before an =.
var neverNames = set("and or by on union asc desc between")

// option reads kind=inner and its like. Options of speed, hint.strategy=shuffle, have a name with a point.
func (p *parser) option(stream *lexer.PeekingLexer) (optionNode, error) {
	t := stream.Peek()
	if t.Type != tokenName || !options[t.Value] {
		return optionNode{}, participle.NextMatch
	}
	mark := stream.MakeCheckpoint()
	name := stream.Next().Value
	for isPunct(stream.Peek(), ".") {
		stream.Next()
		name += "." + stream.Next().Value
	}
	if !isPunct(stream.Peek(), "=") {
		stream.LoadCheckpoint(mark)
		return optionNode{}, participle.NextMatch
	}
	stream.Next()
	v := stream.Peek()
	if n, err := p.name(stream); err == nil {
		return optionNode{name, n.text}, nil
	}
	if v.Type != tokenString && v.Type != tokenNumber {
		return optionNode{}, p.unexpected(v, "a value")
	}
	stream.Next()
	return optionNode{name, v.Value}, nil
}

// letValue reads what a let gives a name to. A function is known by the { after its parameters.
func (p *parser) letValue(stream *lexer.PeekingLexer) (letValueNode, error) {
	mark := stream.MakeCheckpoint()
	if text, ok := p.function(stream); ok {
		return letValueNode{function: text}, nil
	}
	stream.LoadCheckpoint(mark)
	v, err := p.value(stream)
	return letValueNode{value: v}, err
}

func (p *parser) function(stream *lexer.PeekingLexer) (string, bool) {
	view := ""
	if isWord(stream.Peek(), "view") {
		view = stream.Next().Value + " "
	}
	if !isPunct(stream.Peek(), "(") {
		return "", false
	}
	stream.Next()
	none := func(*lexer.Token) bool { return false }
	parameters, err := p.raw(stream, none)
	if err != nil || p.take(stream, ")") != nil || p.take(stream, "{") != nil {
		return "", false
	}
	body, err := p.raw(stream, none)
	if err != nil || p.take(stream, "}") != nil {
		return "", false
	}
	return view + "(" + parameters + ") { " + body + " }", true
}
