package kql

import "github.com/sigc-rules/sigc/compiler/source"

// Query is one tabular expression with the statements before it: `let` statements, a source and the operators that
// its rows are piped through. The zero Source stands for the rows of an enclosing mv-apply or partition.
type Query struct {
	Header []Comment // printed before everything else
	Lets   []Let
	Source Source
	Ops    []Operator
	At     source.Span
}

// Comment is a comment line, printed as "// ...": its text, in one part or in several.
type Comment []string

// Let names a scalar (Value), a tabular expression (Query) or a function; exactly one of the three is set. A bare name
// or a call may be either of the first two: Parse, which does not know the tables, reads them as Value. Function is
// the text of a function's parameters and body, which are not looked into.
type Let struct {
	Name     string
	Value    Expr
	Query    *Query
	Function string
	At       source.Span
}

// Source is where the rows of a query come from.
type Source interface{ source() }

type (
	// Table is a table, or a tabular `let`, of that name. A Wildcard table is a pattern such as Device*, which only
	// union accepts.
	Table struct {
		Name     string
		Wildcard bool
		At       source.Span
	}
	// Union is the rows of several queries. Kind is "", "inner" or "outer".
	Union struct {
		Kind       string
		WithSource string // name of a column that holds where a row comes from, "" for none
		IsFuzzy    bool
		Queries    []*Query
		At         source.Span
	}
	// CallSource is a function that returns rows, such as _GetWatchlist("x") or materialize(T | ...).
	CallSource struct {
		Call *Call
		At   source.Span
	}
	// PathSource is a table or function of another scope, such as workspace("x").SigninLogs: a Member or a Method.
	PathSource struct {
		X  Expr
		At source.Span
	}
	// Datatable is rows written into the query; Rows holds their values one row after the other.
	Datatable struct {
		Columns []ColumnDecl
		Rows    []Expr
		At      source.Span
	}
	// Print is one row of computed values.
	Print struct {
		Columns []Assign
		At      source.Span
	}
	// Range is a column of values from From to To.
	Range struct {
		Column         string
		From, To, Step Expr
		At             source.Span
	}
	// OtherSource is a source of Kusto that has no node of its own, such as externaldata or search: Text is what
	// stands after its Name and is not looked into.
	OtherSource struct {
		Name string
		Text string
		At   source.Span
	}
	// Nested is a query in parentheses that has operators applied to it.
	Nested struct {
		Query *Query
		At    source.Span
	}
)

func (*Table) source()       {}
func (*Union) source()       {}
func (*CallSource) source()  {}
func (*PathSource) source()  {}
func (*Datatable) source()   {}
func (*Print) source()       {}
func (*Range) source()       {}
func (*OtherSource) source() {}
func (*Nested) source()      {}

// ColumnDecl declares a column and its type.
type ColumnDecl struct {
	Name string
	Type string
	At   source.Span
}

// Assign gives an expression a name. An empty Name leaves the naming to Kusto. A function that returns several
// columns has Names instead: (a, b) = f(x).
type Assign struct {
	Name  string
	Names []string
	X     Expr
	At    source.Span
}

// MvColumn is a column that mv-expand or mv-apply expands. Type is the T of `to typeof(T)`, "" when absent.
type MvColumn struct {
	Name string
	X    Expr
	Type string
	At   source.Span
}

// SortKey is one key of sort or top. Order is "", "asc" or "desc" (Kusto's default is desc), Nulls "", "first" or "last".
type SortKey struct {
	X     Expr
	Order string
	Nulls string
	At    source.Span
}

// ScanStep is one step of scan. Output is "", "all", "last" or "none".
type ScanStep struct {
	Name     string
	Optional bool
	Output   string
	Cond     Expr
	Assigns  []Assign
	At       source.Span
}

// ScanDecl declares a column that the steps of scan assign, with an optional default.
type ScanDecl struct {
	Name    string
	Type    string
	Default Expr
	At      source.Span
}

// Operator is a tabular operator, written after a pipe.
type Operator interface{ operator() }

type (
	// Where keeps the rows for which X is true.
	Where struct {
		X  Expr
		At source.Span
	}
	// Extend adds or replaces columns.
	Extend struct {
		Columns []Assign
		At      source.Span
	}
	// Project chooses columns. Kind is "", "away", "rename", "keep" or "reorder".
	Project struct {
		Kind    string
		Columns []Assign
		At      source.Span
	}
	// MvExpand gives each member of an array a row of its own. Kind is "", "bag" or "array".
	MvExpand struct {
		Kind      string
		ItemIndex string
		Columns   []MvColumn
		Limit     Expr
		At        source.Span
	}
	// MvApply runs a query, whose Source is nil, over the members of an array of each row.
	MvApply struct {
		ItemIndex string
		Columns   []MvColumn
		Limit     Expr
		Query     *Query
		At        source.Span
	}
	// Summarize aggregates the rows of each group. Without By there is one group.
	Summarize struct {
		Aggs []Assign
		By   []Assign
		At   source.Span
	}
	// Sort orders the rows and serializes them.
	Sort struct {
		By []SortKey
		At source.Span
	}
	// Serialize fixes the order of the rows for window functions.
	Serialize struct {
		Columns []Assign
		At      source.Span
	}
	// Take keeps N rows, any of them.
	Take struct {
		N  Expr
		At source.Span
	}
	// Top keeps the first N rows in an order.
	Top struct {
		N  Expr
		By SortKey
		At source.Span
	}
	// Distinct keeps one row of each combination of values.
	Distinct struct {
		Columns []Expr
		At      source.Span
	}
	// Join pairs rows with the rows of another query. Always write Kind: Kusto's default drops duplicate left keys.
	Join struct {
		Kind  string
		Right *Query
		On    []Expr
		At    source.Span
	}
	// Lookup adds the columns of a small table. Kind is "", "leftouter" or "inner".
	Lookup struct {
		Kind  string
		Right *Query
		On    []Expr
		At    source.Span
	}
	// UnionOp adds the rows of other queries.
	UnionOp struct {
		Kind       string
		WithSource string
		IsFuzzy    bool
		Queries    []*Query
		At         source.Span
	}
	// Count replaces the rows by their number.
	Count struct {
		At source.Span
	}
	// Scan matches sequences of rows step by step.
	Scan struct {
		MatchID string
		Declare []ScanDecl
		Steps   []ScanStep
		At      source.Span
	}
	// Partition runs a query, whose Source is nil, over the rows of each value of By. Strategy is "", "native", "shuffle" or "legacy".
	Partition struct {
		Strategy string
		By       Expr
		Query    *Query
		At       source.Span
	}
	// As names the rows so far.
	As struct {
		Name string
		At   source.Span
	}
	// Other is an operator of Kusto that has no node of its own, such as parse, render or evaluate: Text is what
	// stands after its Name and is not looked into.
	Other struct {
		Name string
		Text string
		At   source.Span
	}
)

func (*Where) operator()     {}
func (*Extend) operator()    {}
func (*Project) operator()   {}
func (*MvExpand) operator()  {}
func (*MvApply) operator()   {}
func (*Summarize) operator() {}
func (*Sort) operator()      {}
func (*Serialize) operator() {}
func (*Take) operator()      {}
func (*Top) operator()       {}
func (*Distinct) operator()  {}
func (*Join) operator()      {}
func (*Lookup) operator()    {}
func (*UnionOp) operator()   {}
func (*Count) operator()     {}
func (*Scan) operator()      {}
func (*Partition) operator() {}
func (*As) operator()        {}
func (*Other) operator()     {}
