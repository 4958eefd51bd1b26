package kql

import (
	"errors"
	"strings"
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// Parse reads a query. What is wrong with it is reported under the ID kql/syntax, the first mistake only, and then
// Parse returns nil.
//
// It reads what [Query.String] prints and the usual other spellings of it. Comments are dropped but for those before
// the query, and so are the hint.* options, which change how fast a query is and not what it returns.
func Parse(f *source.File, diags *diag.List) *Query {
	p, stream := begin(f, diags)
	if p == nil {
		return nil
	}
	defer parsers.Put(p)
	script, err := p.grammar().scripts.ParseFromLexer(stream)
	if err != nil {
		p.report(err, diags)
		return nil
	}
	q := p.script(script, diags)
	if q != nil {
		q.Header = header(f)
	}
	return q
}

// ParseExpr reads an expression that stands alone. What is wrong with it is reported like that of a query, and then
// ParseExpr returns nil.
func ParseExpr(f *source.File, diags *diag.List) Expr {
	p, stream := begin(f, diags)
	if p == nil {
		return nil
	}
	defer parsers.Put(p)
	x, err := p.expr(stream)
	if next := stream.Peek(); err == participle.NextMatch {
		err = p.unexpected(next, "an expression")
	} else if err == nil && !next.EOF() {
		err = p.unexpected(next, "the end of the expression")
	}
	if err != nil {
		p.report(err, diags)
		return nil
	}
	return x
}

// begin returns the tokens of a file and who reads them; nil, and reports it, where not all of it is tokens.
func begin(f *source.File, diags *diag.List) (*parser, *lexer.PeekingLexer) {
	toks, ok := lex(f, diags)
	if !ok {
		return nil, nil
	}
	stream, err := lexer.Upgrade(toks)
	if err != nil {
		panic("kql: tokens that are read already cannot fail: " + err.Error())
	}
	p := parsers.Get().(*parser)
	p.file, p.end = f, toks.end
	return p, stream
}

// header gives the comment lines before the query.
func header(f *source.File) []Comment {
	var out []Comment
	for n := 1; ; n++ {
		text, ok := strings.CutPrefix(strings.TrimSpace(f.Line(n)), "//")
		if !ok {
			return out
		}
		out = append(out, Comment{string(appendComment(nil, Comment{strings.TrimPrefix(text, " ")}))})
	}
}

// parser holds the file that is being read, and participle's grammar. Building that costs more than reading a query, and
// participle's functions have no room for the file, hence a pool.
type parser struct {
	built *grammar // nil before the first query: expressions need none
	file  *source.File
	end   int
}

// grammar is what participle reads.
type grammar struct {
	scripts *participle.Parser[scriptNode]
	ops     *participle.Parser[pipesNode]
	sources *participle.Parser[sourceNode]
}

var parsers = sync.Pool{New: func() any { return &parser{} }}

// grammar returns the grammar, which is built when it is first asked for.
func (p *parser) grammar() *grammar {
	if p.built != nil {
		return p.built
	}
	options := []participle.Option{
		participle.Lexer(definition{}),
		// The next token always decides: a rule that has begun cannot be given up for another, so mistakes are
		// reported where they are and no input makes the parser read anything twice.
		participle.UseLookahead(0),
		participle.ParseTypeWith(p.expr),
		participle.ParseTypeWith(by(p.assign)),
		participle.ParseTypeWith(by(p.named)),
		participle.ParseTypeWith(by(p.tabular)),
		participle.ParseTypeWith(by(p.operand)),
		participle.ParseTypeWith(by(p.name)),
		participle.ParseTypeWith(by(p.option)),
		participle.ParseTypeWith(by(p.column)),
		participle.ParseTypeWith(by(p.letValue)),
		participle.ParseTypeWith(by(p.body)),
		participle.ParseTypeWith(by(p.other)),
		participle.Union[operatorNode](operatorNodes...),
	}
	p.built = &grammar{
		scripts: participle.MustBuild[scriptNode](options...),
		ops:     participle.MustBuild[pipesNode](options...),
		sources: participle.MustBuild[sourceNode](options...),
	}
	return p.built
}

// mistake is a syntax error in our own words.
type mistake struct {
	at      source.Span
	message string
	hint    string
}

func (m *mistake) Error() string            { return m.message }
func (m *mistake) Message() string          { return m.message }
func (m *mistake) Position() lexer.Position { return lexer.Position{Offset: m.at.Start()} }

// report turns an error of the grammar into a diagnostic.
func (p *parser) report(err error, diags *diag.List) {
	var m *mistake
	var unexpected *participle.UnexpectedTokenError
	var perr participle.Error
	switch {
	case errors.As(err, &m):
	case errors.As(err, &unexpected):
		m = p.unexpected(&unexpected.Unexpected, expectation(unexpected))
	case errors.As(err, &perr):
		at := p.file.Span(perr.Position().Offset, perr.Position().Offset)
		m = &mistake{at: at, message: perr.Message()}
	default:
		m = &mistake{at: p.file.Span(p.end, p.end), message: err.Error()}
	}
	diags.Errorf("kql/syntax", m.at, "%s", m.message).Hint = m.hint
}

// unexpected says that a token does not belong where it stands, and what does.
func (p *parser) unexpected(t *lexer.Token, expected string) *mistake {
	m := &mistake{at: p.span(t)}
	switch {
	case t.EOF():
		m.message = "the query ends too early"
	case t.Type == tokenString:
		m.message = "unexpected string literal"
	default:
		m.message = `unexpected "` + t.Value + `"`
	}
	if expected != "" {
		m.message += ": expected " + expected
	}
	switch {
	case t.Value == "==" && expected == `"="`:
		m.hint = "one = gives a column its value; == compares"
	case t.Value == "=" && strings.HasPrefix(expected, "an operator"):
		m.hint = "== compares; one = gives a column its value"
	case t.Value != strings.ToLower(t.Value) && keywords[strings.ToLower(t.Value)] && expected != "":
		m.hint = "keywords are written in lower case: " + strings.ToLower(t.Value)
	case keywords[t.Value] && strings.Contains(expected, "name"):
		m.hint = "a keyword used as a name stands in brackets: " + QuoteName(t.Value)
	}
	return m
}

// expectation translates what participle says it waits for. The names of the grammar's nodes mean nothing to a user.
func expectation(u *participle.UnexpectedTokenError) string {
	_, want, ok := strings.Cut(u.Message(), "(expected ")
	if !ok {
		if u.Unexpected.EOF() {
			return "a query"
		}
		return `an operator, "|" or the end of the query`
	}
	want = strings.TrimSuffix(want, ")")
	first := strings.Fields(want)[0]
	for _, n := range nodeNames {
		if strings.Contains(strings.ToLower(first), n.node) {
			return n.name
		}
	}
	// The first alternative is enough, and a literal is as the user would write it.
	if strings.HasPrefix(first, `"`) {
		return first
	}
	return ""
}

// nodeNames gives the user's words for what the grammar calls otherwise.
var nodeNames = []struct{ node, name string }{
	{"namenode", "a name"},
	{"tabularnode", "a query"},
	{"operandnode", "a table or a query in parentheses"},
	{"bodynode", "a query in parentheses"},
	{"operatornode", "an operator such as where, extend or summarize"},
	{"columnnode", "a column"},
	{"keynode", "an expression"},
	{"<name>", "a type"},
	{"assign", "an expression"},
	{"expr", "an expression"},
}

func (p *parser) span(t *lexer.Token) source.Span {
	return p.file.Span(t.Pos.Offset, t.Pos.Offset+len(t.Value))
}

// since is the span from a token to the last one that was read.
func (p *parser) since(first *lexer.Token, stream *lexer.PeekingLexer) source.Span {
	return p.span(first).To(p.last(stream))
}

func (p *parser) last(stream *lexer.PeekingLexer) source.Span {
	n := stream.RawCursor()
	if n == 0 {
		return source.Span{File: p.file}
	}
	return p.span(&stream.Range(n-1, n)[0])
}

// over is the span of a grammar node's tokens.
func (p *parser) over(toks []lexer.Token) source.Span {
	if len(toks) == 0 {
		return source.Span{File: p.file}
	}
	return p.span(&toks[0]).To(p.span(&toks[len(toks)-1]))
}
