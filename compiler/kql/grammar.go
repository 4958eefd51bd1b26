package kql

import (
	"slices"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// The grammar of statements and operators. Expressions, names and nested queries are read by the functions of
// parse_expr.go and parse_query.go: their precedence and their spans are easier to see there.

type scriptNode struct {
	Statements []statementNode `parser:"@@ ( ';' @@? )*"`
}

type statementNode struct {
	Let   *letNode          `parser:"@@"`
	Query read[tabularNode] `parser:"| @@"`
}

type letNode struct {
	Tokens []lexer.Token
	Name   read[nameNode]     `parser:"'let' @@ '='"`
	Value  read[letValueNode] `parser:"@@"`
}

// pipesNode is operators with a pipe between each two.
type pipesNode struct {
	Ops []operatorNode `parser:"@@ ( '|' @@ )*"`
}

// sourceNode is a source that starts with a keyword.
type sourceNode struct {
	Union     *unionNode     `parser:"@@"`
	Datatable *datatableNode `parser:"| @@"`
	Print     *printNode     `parser:"| @@"`
	Range     *rangeNode     `parser:"| @@"`
}

type datatableNode struct {
	Tokens  []lexer.Token
	Columns []declNode `parser:"'datatable' '(' @@ ( ',' @@ )* ')'"`
	Rows    []Expr     `parser:"'[' ( @@ ( ',' @@? )* )? ']'"`
}

type declNode struct {
	Tokens  []lexer.Token
	Name    read[nameNode] `parser:"@@ ':'"`
	Type    string         `parser:"@Name"`
	Default Expr           `parser:"( '=' @@ )?"`
}

type printNode struct {
	Tokens  []lexer.Token
	Columns []read[Assign] `parser:"'print' @@ ( ',' @@ )*"`
}

type rangeNode struct {
	Tokens []lexer.Token
	Column read[nameNode] `parser:"'range' @@"`
	From   Expr           `parser:"'from' @@"`
	To     Expr           `parser:"'to' @@"`
	Step   Expr           `parser:"'step' @@"`
}

// operatorNode is one operator; build makes the operator of the tree.
type operatorNode interface {
	build(p *parser) Operator
}

// operatorNodes are the operators that a query may have. otherNode comes last: it takes what the others do not know.
var operatorNodes = []operatorNode{
	whereNode{}, extendNode{}, projectNode{}, columnsNode{}, mvExpandNode{}, mvApplyNode{}, summarizeNode{}, sortNode{},
	serializeNode{}, takeNode{}, topNode{}, distinctNode{}, joinNode{}, lookupNode{}, unionNode{}, countNode{}, scanNode{},
	partitionNode{}, asNode{}, otherOpNode{},
}

type whereNode struct {
	Tokens []lexer.Token
	X      Expr `parser:"( 'where' | 'filter' ) @@"`
}

type extendNode struct {
	Tokens  []lexer.Token
	Columns []read[Assign] `parser:"'extend' @@ ( ',' @@ )*"`
}

type projectNode struct {
	Tokens  []lexer.Token
	Kind    string         `parser:"@( 'project' | 'project-rename' )"`
	Columns []read[Assign] `parser:"( @@ ( ',' @@ )* )?"`
}

type columnsNode struct {
	Tokens  []lexer.Token
	Kind    string             `parser:"@( 'project-away' | 'project-keep' | 'project-reorder' )"`
	Columns []read[columnNode] `parser:"( @@ ( ',' @@ )* )?"`
}

type mvColumnNode struct {
	Tokens []lexer.Token
	Column read[namedNode] `parser:"@@"`
	Type   string          `parser:"( 'to' 'typeof' '(' @Name ')' )?"`
}

type mvExpandNode struct {
	Tokens  []lexer.Token
	Options []read[optionNode] `parser:"( 'mv-expand' | 'mvexpand' ) @@*"`
	Columns []mvColumnNode     `parser:"@@ ( ',' @@ )*"`
	Limit   Expr               `parser:"( 'limit' @@ )?"`
}

type mvApplyNode struct {
	Tokens  []lexer.Token
	Options []read[optionNode] `parser:"( 'mv-apply' | 'mvapply' ) @@*"`
	Columns []mvColumnNode     `parser:"@@ ( ',' @@ )*"`
	Limit   Expr               `parser:"( 'limit' @@ )?"`
	Query   read[bodyNode]     `parser:"'on' @@"`
}

type summarizeNode struct {
	Tokens  []lexer.Token
	Options []read[optionNode] `parser:"'summarize' @@*"`
	Aggs    []read[Assign]     `parser:"( @@ ( ',' @@ )* )?"`
	By      []read[Assign]     `parser:"( 'by' @@ ( ',' @@ )* )?"`
}

type keyNode struct {
	Tokens []lexer.Token
	X      Expr   `parser:"@@"`
	Order  string `parser:"@( 'asc' | 'desc' )?"`
	Nulls  string `parser:"( 'nulls' @( 'first' | 'last' ) )?"`
}

type sortNode struct {
	Tokens  []lexer.Token
	Options []read[optionNode] `parser:"( 'sort' | 'order' ) @@*"`
	By      []keyNode          `parser:"'by' @@ ( ',' @@ )*"`
}

type serializeNode struct {
	Tokens  []lexer.Token
	Columns []read[Assign] `parser:"'serialize' ( @@ ( ',' @@ )* )?"`
}

type takeNode struct {
	Tokens []lexer.Token
	N      Expr `parser:"( 'take' | 'limit' ) @@"`
}

type topNode struct {
	Tokens []lexer.Token
	N      Expr    `parser:"'top' @@"`
	By     keyNode `parser:"'by' @@"`
}

type distinctNode struct {
	Tokens  []lexer.Token
	Options []read[optionNode] `parser:"'distinct' @@*"`
	Columns []Expr             `parser:"@@ ( ',' @@ )*"`
}

type joinNode struct {
	Tokens  []lexer.Token
	Options []read[optionNode] `parser:"'join' @@*"`
	Right   read[operandNode]  `parser:"@@"`
	On      []Expr             `parser:"( 'on' @@ ( ',' @@ )* )?"`
}

type lookupNode struct {
	Tokens  []lexer.Token
	Options []read[optionNode] `parser:"'lookup' @@*"`
	Right   read[operandNode]  `parser:"@@"`
	On      []Expr             `parser:"( 'on' @@ ( ',' @@ )* )?"`
}

type unionNode struct {
	Tokens  []lexer.Token
	Options []read[optionNode]  `parser:"'union' @@*"`
	Queries []read[operandNode] `parser:"@@ ( ',' @@ )*"`
}

type countNode struct {
	Tokens []lexer.Token
	Count  string `parser:"@'count'"`
}

type stepNode struct {
	Tokens   []lexer.Token
	Name     read[nameNode]     `parser:"'step' @@"`
	Optional bool               `parser:"@'optional'?"`
	Options  []read[optionNode] `parser:"@@*"`
	Cond     Expr               `parser:"':' @@"`
	Assigns  []read[Assign]     `parser:"( '=>' @@ ( ',' @@ )* )? ';'"`
}

type scanNode struct {
	Tokens  []lexer.Token
	Options []read[optionNode] `parser:"'scan' @@*"`
	Declare []declNode         `parser:"( 'declare' '(' @@ ( ',' @@ )* ')' )?"`
	Steps   []stepNode         `parser:"'with' '(' @@* ')'"`
}

type partitionNode struct {
	Tokens  []lexer.Token
	Options []read[optionNode] `parser:"'partition' @@*"`
	By      read[nameNode]     `parser:"'by' @@"`
	Query   read[bodyNode]     `parser:"@@"`
}

type asNode struct {
	Tokens  []lexer.Token
	Options []read[optionNode] `parser:"'as' @@*"`
	Name    read[nameNode]     `parser:"@@"`
}

type otherOpNode struct {
	Other read[otherNode] `parser:"@@"`
}

// read is what one of our own functions reads; participle lets a function read interfaces only.
type read[T any] interface{ get() T }

type result[T any] struct{ v T }

func (r result[T]) get() T { return r.v }

// by makes a function that participle can call of one that reads a T.
func by[T any](f func(*lexer.PeekingLexer) (T, error)) func(*lexer.PeekingLexer) (read[T], error) {
	return func(stream *lexer.PeekingLexer) (read[T], error) {
		v, err := f(stream)
		return result[T]{v}, err
	}
}

// all gives what was read.
func all[T any](list []read[T]) []T {
	var out []T
	for _, r := range list {
		out = append(out, r.get())
	}
	return out
}

// These nodes are read by functions.
type (
	nameNode struct {
		text  string
		first *lexer.Token
	}
	optionNode   struct{ name, value string }
	columnNode   struct{ assign Assign }
	namedNode    struct{ assign Assign }
	tabularNode  struct{ value value }
	operandNode  struct{ query *Query }
	bodyNode     struct{ query *Query }
	otherNode    struct{ op *Other }
	letValueNode struct {
		value    value
		function string
	}
)

// value is what may be an expression or a query: a name is both until a pipe follows.
type value struct {
	x     Expr
	query *Query
}

// others are the operators of Kusto that the tree has no node for.
var others = set(`parse parse-where parse-kv evaluate render invoke sample sample-distinct getschema make-series
	top-nested top-hitters facet fork reduce find search consume externaldata project-smart make-graph graph-match
	graph-shortest-paths graph-to-table graph-mark-components macro-expand execute_show_command assert-schema`)

// options are the words that start an option, name=value, of an operator.
var options = set(`kind isfuzzy withsource with_source with_itemindex bagexpansion with_match_id output hint`)

func option(list []read[optionNode], names ...string) string {
	for _, r := range list {
		if o := r.get(); slices.Contains(names, o.name) {
			return o.value
		}
	}
	return ""
}

// other reads an operator that is not looked into, up to the next pipe or the end of its query.
func (p *parser) other(stream *lexer.PeekingLexer) (otherNode, error) {
	first := stream.Peek()
	if first.Type != tokenName || !others[first.Value] {
		return otherNode{}, participle.NextMatch
	}
	stream.Next()
	text, err := p.raw(stream, endOfOperator)
	if err != nil {
		return otherNode{}, err
	}
	return otherNode{&Other{Name: first.Value, Text: text, At: p.since(first, stream)}}, nil
}

func endOfOperator(t *lexer.Token) bool { return t.Value == "|" || t.Value == ";" }

// raw reads tokens up to a closing bracket that is not theirs, the end, or, outside of brackets, one that stop knows.
// It gives them back with one space where the file has any space or comment.
func (p *parser) raw(stream *lexer.PeekingLexer, stop func(*lexer.Token) bool) (string, error) {
	var closers []string
	var text []byte
	end := -1
	for {
		t := stream.Peek()
		if t.EOF() || len(closers) == 0 && (isCloser(t) || t.Type == tokenPunct && stop(t)) {
			if len(closers) > 0 {
				return "", p.unexpected(t, `"`+closers[len(closers)-1]+`"`)
			}
			return string(text), nil
		}
		if t.Type == tokenPunct {
			switch t.Value {
			case "(", "[", "{":
				closers = append(closers, map[string]string{"(": ")", "[": "]", "{": "}"}[t.Value])
			case ")", "]", "}":
				if want := closers[len(closers)-1]; t.Value != want {
					return "", p.unexpected(t, `"`+want+`"`)
				}
				closers = closers[:len(closers)-1]
			}
		}
		if end >= 0 && t.Pos.Offset > end {
			text = append(text, ' ')
		}
		text = append(text, t.Value...)
		end = t.Pos.Offset + len(t.Value)
		stream.Next()
	}
}

func isCloser(t *lexer.Token) bool {
	return t.Type == tokenPunct && (t.Value == ")" || t.Value == "]" || t.Value == "}")
}
