package ir

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
)

func TestSimplify(t *testing.T) {
	a, b, c := is("a", "x"), is("b", "x"), is("c", "x")
	yes, no := &Const{Value: true}, &Const{}
	tests := []struct {
		name string
		in   Expr
		want Expr
	}{
		{"a leaf", a, a},
		{"and of one", and(a), a},
		{"or of one", or(a), a},
		{"and of nothing", and(), yes},
		{"or of nothing", or(), no},
		{"and in and", and(a, and(b, c)), and(a, b, c)},
		{"or in or", or(or(a, b), or(c)), or(a, b, c)},
		{"or in and", and(a, or(b, c)), and(a, or(b, c))},
		{"and in or in and", and(a, or(and(b, and(c)), and(a))), and(a, or(and(b, c), a))},
		{"true in and", and(a, yes), a},
		{"false in and", and(a, no), no},
		{"true in or", or(a, yes), yes},
		{"false in or", or(a, no), a},
		{"what becomes constant", and(a, or(no, and(b, no))), no},
		{"not of a constant", not(no), yes},
		{"not not", not(not(a)), a},
		{"not not not", not(not(not(a))), not(a)},
		{"not of one operand", not(and(not(a))), a},
		{"twice the same", and(a, b, is("a", "x")), and(a, b)},
		{"twice the same below", or(and(a, b), and(is("a", "x"), b)), and(a, b)},
		{"the same in another order stays", or(and(a, b), and(b, a)), or(and(a, b), and(b, a))},
		{"case makes a difference", or(a, &Like{Field: field("a"), Pattern: cased(pattern("x"))}), or(a, &Like{Field: field("a"), Pattern: cased(pattern("x"))})},
		{"inside a block", eachOf("a", Any, and(b, and(c))), eachOf("a", Any, and(b, c))},
		{"blocks of another kind stay", or(eachOf("a", Any, b), eachOf("a", None, b)), or(eachOf("a", Any, b), eachOf("a", None, b))},
		{"equal blocks", or(eachOf("a", Any, b), eachOf("a", Any, or(b))), eachOf("a", Any, b)},
		{"some member holds what nothing holds", eachOf("a", Any, no), no},
		{"all members, and there are some", eachOf("a", All, no), no},
		{"no member holds what nothing holds", eachOf("a", None, no), yes},
		{"all members hold what everything holds", eachOf("a", AllOrEmpty, yes), yes},
		{"some member stays", eachOf("a", Any, yes), eachOf("a", Any, yes)},
		{"no member stays", eachOf("a", None, yes), eachOf("a", None, yes)},
		{"some members stay", eachOf("a", All, yes), eachOf("a", All, yes)},
		{"no members stay", eachOf("a", AllOrEmpty, no), eachOf("a", AllOrEmpty, no)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := String(tt.in)
			if got, want := String(Simplify(tt.in)), String(tt.want); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			if String(tt.in) != before {
				t.Errorf("the tree itself was changed to %s", String(tt.in))
			}
		})
	}
}

// TestSimplifyShared has trees that are small only because their parts are shared, or whose levels alternate so that
// looking twice at each would double the work with every level.
func TestSimplifyShared(t *testing.T) {
	shared := is("a", "x")
	for i := range 200 {
		x := is("b", fmt.Sprint(i))
		shared = and(or(shared, x), or(shared, not(x)))
	}
	Simplify(shared)

	nested := is("a", "x")
	for i := range 200 {
		x := is("b", fmt.Sprint(i))
		nested = or(x, or(not(x), and(x, and(not(x), nested))))
	}
	if s, n := Simplify(nested), strings.Count(String(nested), "like"); strings.Count(String(s), "like") != n {
		t.Error("operands were lost")
	}
}

// TestString has pairs that must not look alike, as equal texts are taken for equal meaning.
func TestString(t *testing.T) {
	pairs := [][2]Expr{
		{is("a", "x"), is("A", "x")},
		{is("a", "x*"), &Like{Field: field("a"), Pattern: Text("x*")}},
		{is("a", "x"), &Like{Field: field("a"), Pattern: cased(pattern("x"))}},
		{and(is(`a "x") (like b`, "x"), is("c", "x")), and(is("a", "x"), is("b", "x"), is("c", "x"))},
		{same("a b", Exact, "c"), same("a", Exact, "b c")},
		{same("a", Exact, "b"), same("a", Prefix, "b")},
		{same("a", Exact, "b"), &SameAs{Field: field("a"), Other: field("b"), Cased: true}},
		{exists("a[0]"), &Exists{Field: indexed("a[0]", Segment{"a", true, 0})}},
		{exists(""), exists(`""`)},
		{exists("a"), null("a")},
		{number("a", Eq, "1"), part("a", Hour, "1")},
		{number("hour a", Eq, "1"), part("a", Hour, "1")},
		{number("a", Lt, "1"), number("a", Lte, "1")},
		{&Regex{Field: field("a"), Pattern: "x"}, &Regex{Field: field("a"), Pattern: "x", IgnoreCase: true}},
		{&Regex{Field: field("a"), Pattern: "x", Multi: true}, &Regex{Field: field("a"), Pattern: "x", DotAll: true}},
		{&Regex{Field: field("a"), Pattern: `x" i`}, &Regex{Field: field("a"), Pattern: "x", IgnoreCase: true}},
		{keywordFor("x"), &Keyword{Regex: &Regex{Pattern: "x"}}},
		{network("a", "10.0.0.0/8"), network("a", "10.0.0.0/9")},
		{eachOf("a", Any, is("b", "x")), eachOf("a", All, is("b", "x"))},
		{not(and(is("a", "x"), is("b", "x"))), and(not(is("a", "x")), is("b", "x"))},
		{and(is("a", "x"), is("b", "x")), or(is("a", "x"), is("b", "x"))},
	}
	for _, p := range pairs {
		if String(p[0]) == String(p[1]) {
			t.Errorf("two expressions are both written as %s", String(p[0]))
		}
		if s := Simplify(or(p[0], p[1])); String(s) == String(p[0]) || String(s) == String(p[1]) {
			t.Errorf("of two different expressions only %s is left", String(s))
		}
	}
	if got, want := String(&Exists{Field: indexed("a.b[0][-1].c", Segment{"a.b", true, 0}, Segment{"", true, -1}, Segment{Name: "c"})}), "(exists a.b[0][-1].c)"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// grower makes expressions and events of bytes.
type grower struct {
	seed []byte
	i    int
}

func (g *grower) next(n int) int {
	if g.i >= len(g.seed) {
		return 0
	}
	g.i++
	return int(g.seed[g.i-1]) % n
}

var (
	fieldNames = []string{"a", "b", "c", "c.d", "."}
	texts      = []string{"", "x", "y", "X*", "*y", "*x*", "x*y", "?", "5", "*"}
)

func (g *grower) field() *Field {
	if g.next(8) == 7 {
		return indexed("b[0]", Segment{"b", true, g.next(3) - 1})
	}
	return field(fieldNames[g.next(len(fieldNames))])
}

func (g *grower) expr(depth int) Expr {
	kind := g.next(14)
	if depth == 0 {
		kind = 5 + kind%9
	}
	switch kind {
	case 0, 1:
		return &And{X: g.exprs(depth - 1)}
	case 2, 3:
		return &Or{X: g.exprs(depth - 1)}
	case 4:
		return &Each{Field: g.field(), Quant: Quantifier(g.next(4)), Body: g.expr(depth - 1)}
	case 5:
		if depth > 0 {
			return &Not{X: g.expr(depth - 1)}
		}
		return &Const{Value: g.next(2) == 1}
	case 6:
		return &Const{Value: g.next(2) == 1}
	case 7:
		return &Compare{Field: g.field(), Op: CompareOp(g.next(5)), Number: "5"}
	case 8:
		return &Null{Field: g.field()}
	case 9:
		return &Exists{Field: g.field()}
	case 10:
		return &SameAs{Field: g.field(), Other: g.field(), Shape: Shape(g.next(4))}
	case 11:
		return &Keyword{Pattern: pattern(texts[g.next(len(texts))])}
	case 12:
		switch g.next(3) {
		case 0:
			return &CIDR{Field: g.field(), Prefix: netip.MustParsePrefix("10.0.0.0/8")}
		case 1:
			return &Regex{Field: g.field(), Pattern: "^x", RE: MustRE2("^x")}
		default:
			return &Compare{Field: g.field(), Part: Hour, Number: "5"}
		}
	default:
		p := pattern(texts[g.next(len(texts))])
		p.Cased = g.next(4) == 0
		return &Like{Field: g.field(), Pattern: p}
	}
}

func (g *grower) exprs(depth int) []Expr {
	var x []Expr
	for range g.next(4) {
		x = append(x, g.expr(depth))
	}
	if len(x) > 0 && g.next(3) == 0 { // a search that a condition names twice
		x = append(x, x[0])
	}
	return x
}

var scalars = []any{nil, "", "x", "Xy", "y", 5, 6, true, NoText{}, "10.1.2.3", "2024-01-02T05:00:00Z", `{"d":"x"}`, `["x","y"]`}

func (g *grower) value(depth int) any {
	switch kind := g.next(8); {
	case kind == 0 && depth > 0:
		var list []any
		for range g.next(4) {
			list = append(list, g.value(depth-1))
		}
		return list
	case kind == 1 && depth > 0:
		return map[string]any{"d": g.value(depth - 1), "a": g.value(depth - 1)}
	default:
		return scalars[g.next(len(scalars))]
	}
}

// FuzzSimplify makes a tree and events of the input: simplifying changes no answer, and twice is once.
func FuzzSimplify(f *testing.F) {
	for _, s := range []string{"", "\x00\x03\x0d\x01\x02", "\x02\x03\x00\x02\x0d\x00\x00\x05\x0d\x04", "\x04\x01\x02\x00\x02\x0d\x0d", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkl"} {
		f.Add([]byte(s), []byte(s+"\x02\x01\x00\x03\x02\x02\x05"))
	}
	f.Fuzz(func(t *testing.T, tree, values []byte) {
		if len(tree) > 400 || len(values) > 400 {
			return
		}
		x := (&grower{seed: tree}).expr(5)
		s := Simplify(x)
		if once, twice := String(s), String(Simplify(s)); once != twice {
			t.Errorf("simplified once:  %s\nsimplified twice: %s", once, twice)
		}
		if same := String(Replace(x, func(e Expr) Expr { return e })); same != String(s) {
			t.Errorf("simplified: %s\nreplaced by itself: %s", String(s), same)
		}
		g := &grower{seed: values}
		for range 4 {
			e := Event{}
			for _, name := range []string{"a", "b", "c"} {
				if g.next(4) > 0 {
					e[name] = g.value(2)
				}
			}
			if before, after := Eval(x, e), Eval(s, e); before != after {
				t.Errorf("on %v\n%s is %v\n%s is %v", e, String(x), before, String(s), after)
			}
		}
		Walk(s, func(e Expr) bool {
			if x, ok := e.(*And); ok && len(x.X) < 2 {
				t.Errorf("an and of %d in %s", len(x.X), String(s))
			}
			if x, ok := e.(*Or); ok && len(x.X) < 2 {
				t.Errorf("an or of %d in %s", len(x.X), String(s))
			}
			return true
		})
	})
}

// BenchmarkSimplify has lists that real rules reach: one of SigmaHQ has 4,432 values.
func BenchmarkSimplify(b *testing.B) {
	for _, n := range []int{5, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var x []Expr
			for i := range n {
				x = append(x, is("CommandLine", fmt.Sprintf("*value %d*", i)))
			}
			tree := and(or(x...), not(or(is("Image", "*\\a.exe"), is("Image", "*\\b.exe"))))
			b.ReportAllocs()
			for b.Loop() {
				Simplify(tree)
			}
		})
	}
}

// All conditions are asked about, in their order, also where one of them decides the whole.
func TestReplace(t *testing.T) {
	a, b, c := is("a", "x"), is("b", "x"), is("c", "x")
	e := &And{X: []Expr{a, &Or{X: []Expr{b, &Not{X: c}}}}}
	for _, tt := range []struct {
		name, want string
		become     map[string]Expr
	}{
		{"nothing changes", `(and (like a "x") (or (like b "x") (not (like c "x"))))`, nil},
		{"one decides", "false", map[string]Expr{"a": &Const{}}},
		{"one is of no matter", `(or (like b "x") (not (like c "x")))`, map[string]Expr{"a": &Const{Value: true}}},
		{"several for one", `(and (like a "x") (or (like a "x") (like c "x") (not (like c "x"))))`, map[string]Expr{"b": &Or{X: []Expr{a, c, a}}}},
		{"what becomes equal", `(like a "x")`, map[string]Expr{"b": a, "c": &Const{Value: true}}},
	} {
		asked := ""
		got := Replace(e, func(e Expr) Expr {
			name := e.(*Like).Field.Name
			asked += name
			if to := tt.become[name]; to != nil {
				return to
			}
			return e
		})
		if String(got) != tt.want || asked != "abc" {
			t.Errorf("%s: got %s, want %s; asked about %s", tt.name, String(got), tt.want, asked)
		}
	}
}
