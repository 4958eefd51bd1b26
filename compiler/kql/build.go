package kql

import (
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

func (n whereNode) build(p *parser) Operator { return &Where{X: n.X, At: p.over(n.Tokens)} }

func (n extendNode) build(p *parser) Operator {
	return &Extend{Columns: all(n.Columns), At: p.over(n.Tokens)}
}

func (n projectNode) build(p *parser) Operator {
	return &Project{Kind: projectKind(n.Kind), Columns: all(n.Columns), At: p.over(n.Tokens)}
}

func (n columnsNode) build(p *parser) Operator {
	columns := make([]Assign, len(n.Columns))
	for i, c := range n.Columns {
		columns[i] = c.get().assign
	}
	return &Project{Kind: projectKind(n.Kind), Columns: columns, At: p.over(n.Tokens)}
}

func projectKind(word string) string {
	return strings.TrimPrefix(strings.TrimPrefix(word, "project"), "-")
}

func (n mvExpandNode) build(p *parser) Operator {
	return &MvExpand{
		Kind: option(n.Options, "kind", "bagexpansion"), ItemIndex: option(n.Options, "with_itemindex"),
		Columns: mvColumns(p, n.Columns), Limit: n.Limit, At: p.over(n.Tokens),
	}
}

func (n mvApplyNode) build(p *parser) Operator {
	return &MvApply{
		ItemIndex: option(n.Options, "with_itemindex"),
		Columns:   mvColumns(p, n.Columns), Limit: n.Limit, Query: n.Query.get().query, At: p.over(n.Tokens),
	}
}

func mvColumns(p *parser, nodes []mvColumnNode) []MvColumn {
	out := make([]MvColumn, len(nodes))
	for i, c := range nodes {
		out[i] = MvColumn{Name: c.Column.get().assign.Name, X: c.Column.get().assign.X, Type: c.Type, At: p.over(c.Tokens)}
	}
	return out
}

func (n summarizeNode) build(p *parser) Operator {
	return &Summarize{Aggs: all(n.Aggs), By: all(n.By), At: p.over(n.Tokens)}
}

func (n keyNode) key(p *parser) SortKey {
	return SortKey{X: n.X, Order: n.Order, Nulls: n.Nulls, At: p.over(n.Tokens)}
}

func (n sortNode) build(p *parser) Operator {
	s := &Sort{At: p.over(n.Tokens)}
	for _, k := range n.By {
		s.By = append(s.By, k.key(p))
	}
	return s
}

func (n serializeNode) build(p *parser) Operator {
	return &Serialize{Columns: all(n.Columns), At: p.over(n.Tokens)}
}

func (n takeNode) build(p *parser) Operator { return &Take{N: n.N, At: p.over(n.Tokens)} }

func (n topNode) build(p *parser) Operator {
	return &Top{N: n.N, By: n.By.key(p), At: p.over(n.Tokens)}
}

func (n distinctNode) build(p *parser) Operator {
	return &Distinct{Columns: n.Columns, At: p.over(n.Tokens)}
}

func (n joinNode) build(p *parser) Operator {
	return &Join{Kind: option(n.Options, "kind"), Right: n.Right.get().query, On: n.On, At: p.over(n.Tokens)}
}

func (n lookupNode) build(p *parser) Operator {
	return &Lookup{Kind: option(n.Options, "kind"), Right: n.Right.get().query, On: n.On, At: p.over(n.Tokens)}
}

func (n unionNode) build(p *parser) Operator {
	return &UnionOp{
		Kind: option(n.Options, "kind"), WithSource: option(n.Options, "withsource", "with_source"),
		IsFuzzy: fuzzy(n.Options), Queries: queries(n.Queries), At: p.over(n.Tokens),
	}
}

func (n countNode) build(p *parser) Operator { return &Count{At: p.over(n.Tokens)} }

func (n scanNode) build(p *parser) Operator {
	s := &Scan{MatchID: option(n.Options, "with_match_id"), At: p.over(n.Tokens)}
	for _, d := range n.Declare {
		s.Declare = append(s.Declare, ScanDecl{Name: d.Name.get().text, Type: d.Type, Default: d.Default, At: p.over(d.Tokens)})
	}
	for _, t := range n.Steps {
		s.Steps = append(s.Steps, ScanStep{
			Name: t.Name.get().text, Optional: t.Optional, Output: option(t.Options, "output"),
			Cond: t.Cond, Assigns: all(t.Assigns), At: p.over(t.Tokens),
		})
	}
	return s
}

func (n partitionNode) build(p *parser) Operator {
	by := n.By.get()
	x := &Name{Name: by.text, At: p.span(by.first)}
	return &Partition{Strategy: option(n.Options, "hint.strategy"), By: x, Query: n.Query.get().query, At: p.over(n.Tokens)}
}

func (n asNode) build(p *parser) Operator { return &As{Name: n.Name.get().text, At: p.over(n.Tokens)} }

func (n otherOpNode) build(*parser) Operator { return n.Other.get().op }

// operatorWords are the words that an operator may start with.
var operatorWords = strings.Fields(`where filter extend project project-away project-rename project-keep project-reorder mv-expand
	mvexpand mv-apply mvapply summarize sort order serialize take limit top distinct join lookup union count scan partition as`)

func (p *parser) startsOperator(t *lexer.Token) bool {
	if t.Type != tokenName {
		return false
	}
	for _, w := range operatorWords {
		if t.Value == w {
			return true
		}
	}
	return others[t.Value]
}

// unknownOperator says that no operator starts with a token, and which one may be meant.
func (p *parser) unknownOperator(t *lexer.Token) error {
	if t.Type != tokenName {
		return p.unexpected(t, "an operator such as where, extend or summarize")
	}
	m := &mistake{at: p.span(t), message: `"` + t.Value + `" is no operator: expected one such as where, extend or summarize`}
	if near := nearest(t.Value, operatorWords); near != "" {
		m.hint = `did you mean "` + near + `"?`
	}
	return m
}

// nearest gives the word that differs from s in at most two letters, or only in case.
func nearest(s string, words []string) string {
	best, least := "", 3
	for _, w := range words {
		if d := distance(strings.ToLower(s), w); d < least && d < len(w)-1 {
			best, least = w, d
		}
	}
	return best
}

// distance is Levenshtein's; words longer than any operator are far from all of them.
func distance(a, b string) int {
	if len(a) > 2*len(b)+2 {
		return len(a)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
