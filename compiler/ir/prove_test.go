package ir

import (
	"math/rand"
	"strings"
	"testing"
)

func matching(f, p string, fold bool) Expr {
	flags := ""
	if fold {
		flags = "(?i)"
	}
	return &Regex{Field: field(f), Pattern: p, IgnoreCase: fold, RE: MustRE2(flags + p)}
}

func TestSatisfiable(t *testing.T) {
	null, there := null("a"), exists("a")
	loud := &Like{Field: field("a"), Pattern: cased(pattern("X"))}
	for _, tt := range []struct {
		name   string
		e      Expr
		scalar Answer // for fields with one value
		many   Answer // for fields that may have several
	}{
		{"a comparison", is("a", "x"), Yes, Yes},
		{"and its opposite", and(is("a", "x"), not(is("a", "x"))), No, No},
		{"two values", and(is("a", "x"), is("a", "y")), No, Yes},
		{"two values of two fields", and(is("a", "x"), is("b", "y")), Yes, Yes},
		{"a value and a pattern it fits", and(is("a", "xyz"), is("a", "x*")), Yes, Yes},
		{"a value and a pattern it does not fit", and(is("a", "xyz"), is("a", "y*")), No, Yes},
		{"a value without a pattern it fits", and(is("a", "xyz"), not(is("a", "*Y*"))), No, No},
		{"a beginning without a shorter one", and(is("a", "xyz*"), not(is("a", "xy*"))), No, No},
		{"a beginning without a longer one", and(is("a", "xy*"), not(is("a", "xyz*"))), Yes, Yes},
		{"two beginnings", and(is("a", "xy*"), is("a", "z*")), No, Yes},
		{"a beginning and a part", and(is("a", "xy*"), not(is("a", "*y*"))), No, No},
		{"many parts", and(is("a", "*one*two*"), not(is("a", "*two*"))), No, No},
		{"null and a value", and(null, is("a", "x")), No, No},
		{"null and the empty text", and(null, is("a", "")), Yes, Yes},
		{"null and anything", and(null, is("a", "*")), No, No},
		{"neither there nor null", and(not(there), not(null)), No, No},
		{"there and null", and(there, null), Yes, Yes},
		{"a value, but not there", and(is("a", "x"), not(there)), No, No},
		{"case that counts", and(loud, is("a", "x")), Yes, Yes},
		{"case that counts, and not", and(loud, not(is("a", "x"))), No, No},
		{"case that does not count, and does", and(is("a", "x"), not(loud)), Yes, Yes},
		{"a value and a regex", and(is("a", "x1"), matching("a", "^y", true)), No, Yes},
		{"a value and a regex with case", and(is("a", "x1"), matching("a", "^X", false)), Yes, Yes},
		{"numbers apart", and(number("a", Gt, "5"), number("a", Lt, "5")), No, Yes},
		{"numbers that touch", and(number("a", Gte, "5"), number("a", Lte, "5")), Yes, Yes},
		{"a number within", and(number("a", Gt, "5"), not(number("a", Gte, "5"))), No, No},
		{"a number not within", and(number("a", Gte, "5"), not(number("a", Gt, "5"))), Yes, Yes},
		{"networks apart", and(network("a", "10.0.0.0/8"), network("a", "192.168.0.0/16")), No, Yes},
		{"a network within", and(network("a", "10.1.0.0/16"), not(network("a", "10.0.0.0/8"))), No, No},
		{"an address outside", and(is("a", "8.8.8.8"), network("a", "10.0.0.0/8")), No, Yes},
		{"every branch", and(or(is("a", "x"), is("a", "y")), is("a", "z")), No, Yes},
		{"one branch", and(or(is("a", "x"), is("a", "y")), is("a", "y")), Yes, Yes},
		{"lists that a filter covers", and(or(is("a", "x1"), is("a", "x2")), not(or(is("a", "x*"), is("b", "y")))), No, No},
		{"a block", and(eachOf("a", Any, is("b", "x")), eachOf("a", Any, is("b", "y"))), Yes, Yes},
		{"a block and its opposite", and(eachOf("a", Any, is("b", "x")), not(eachOf("a", Any, is("b", "x")))), No, No},
		{"nothing", &Const{}, No, No},
	} {
		for _, p := range []struct {
			prover *Prover
			want   Answer
		}{{&Prover{Scalar: func(*Field) bool { return true }}, tt.scalar}, {&Prover{}, tt.many}} {
			if got := p.prover.Satisfiable(p.prover.Read(tt.e)); got != p.want {
				t.Errorf("%s (scalar: %v): got %d, want %d", tt.name, p.prover.Scalar != nil, got, p.want)
			}
		}
	}
}

func TestValid(t *testing.T) {
	p := &Prover{}
	valid := func(e Expr) bool { return p.Valid(p.Read(e)) }
	implies := func(a, b Expr) bool { return p.Implies(p.Read(a), p.Read(b)) }
	if !valid(or(is("a", "x"), not(is("a", "x")))) || valid(or(is("a", "x"), not(is("a", "y")))) {
		t.Error("a tautology is not told from another condition")
	}
	if !implies(and(is("a", "xy"), is("b", "z")), is("a", "x*")) || implies(is("a", "x*"), is("a", "xy")) {
		t.Error("a narrower condition is not told from a wider one")
	}
}

// What an event satisfies is never said to be unsatisfiable, whatever the condition.
func TestSatisfiableRandom(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	texts := []string{"", "x", "X", "xy", "yx", "5", "7", "10.1.2.3"}
	leaf := func() Expr {
		f := string("ab"[r.Intn(2)])
		switch r.Intn(9) {
		case 0:
			return &Null{Field: field(f)}
		case 1:
			return &Exists{Field: field(f)}
		case 2:
			return number(f, CompareOp(r.Intn(5)), Number(texts[5+r.Intn(2)]))
		case 3:
			return network(f, []string{"10.0.0.0/8", "10.1.0.0/16", "11.0.0.0/8"}[r.Intn(3)])
		case 4:
			return matching(f, texts[1+r.Intn(4)], r.Intn(2) == 0)
		default:
			p := pattern([]string{"", "*", "?"}[r.Intn(3)] + texts[r.Intn(7)] + []string{"", "*"}[r.Intn(2)])
			if r.Intn(4) == 0 {
				p = cased(p)
			}
			return &Like{Field: field(f), Pattern: p}
		}
	}
	var tree func(depth int) Expr
	tree = func(depth int) Expr {
		switch n := r.Intn(7); {
		case depth == 0 || n == 0:
			return leaf()
		case n < 3:
			return and(tree(depth-1), tree(depth-1))
		case n < 5:
			return or(tree(depth-1), tree(depth-1))
		default:
			return not(tree(depth - 1))
		}
	}
	value := func() any {
		switch r.Intn(6) {
		case 0:
			return nil
		case 1:
			return NoText{}
		default:
			return texts[r.Intn(len(texts))]
		}
	}
	said := map[Answer]int{}
	for range 20_000 {
		e := tree(3)
		prover, single := &Prover{}, r.Intn(2) == 0
		if single {
			prover.Scalar = func(*Field) bool { return true }
		}
		answer := prover.Satisfiable(prover.Read(e))
		said[answer]++
		for range 10 {
			event := Event{}
			for _, f := range []string{"a", "b"} {
				switch n := r.Intn(4); {
				case n == 0:
				case n == 1 && !single:
					event[f] = []any{value(), value()}
				default:
					event[f] = value()
				}
			}
			if answer == No && Eval(e, event) {
				t.Fatalf("%s is satisfied by %v", String(e), event)
			}
		}
	}
	if said[No] < 500 || said[Yes] < 5000 {
		t.Errorf("the answers are lopsided: %v", said)
	}
}

// A proof that would take long is given up.
func TestProofIsBounded(t *testing.T) {
	var all []Expr
	for i := range 40 {
		var one []Expr
		for j := range 39 {
			one = append(one, is("a"+strings.Repeat("b", j), string(rune('a'+i))))
		}
		all = append(all, or(one...))
	}
	p := &Prover{Scalar: func(*Field) bool { return true }}
	if got := p.Satisfiable(p.Read(and(all...))); got != Unknown {
		t.Errorf("the pigeons found their holes: %d", got)
	}
}

func TestCanonical(t *testing.T) {
	name := func(f *Field) string { return strings.ToLower(f.Name) }
	a, b := is("a", "X*"), is("b", "y")
	for _, tt := range []struct {
		name string
		x, y Expr
		same bool
	}{
		{"order", and(a, b), and(b, a), true},
		{"grouping", or(a, or(b, a)), or(b, a), true},
		{"case", a, is("a", "x*"), true},
		{"case that counts", &Like{Field: field("a"), Pattern: cased(pattern("X"))}, &Like{Field: field("a"), Pattern: cased(pattern("x"))}, false},
		{"case of letters that look alike", is("a", "\u212aÄ"), is("a", "kä"), true},
		{"a list in a list", and(a, or(b, or(a, b))), and(or(a, b), a), true},
		{"names", is("A", "x"), is("a", "x"), true},
		{"two negations", not(not(a)), a, true},
		{"values", a, is("a", "x"), false},
		{"a list in an operand", and(or(and(a, b), and(b, a)), b), and(or(and(b, a)), b), true},
		{"regular expressions", not(matching("a", "x", true)), not(matching("a", "X", true)), false},
		{"and, or", and(a, b), or(a, b), false},
	} {
		if got := Canonical(tt.x, name) == Canonical(tt.y, name); got != tt.same {
			t.Errorf("%s: %v\n%s\n%s", tt.name, got, Canonical(tt.x, name), Canonical(tt.y, name))
		}
		p := &Prover{}
		if p.Read(tt.x).Imprint() != p.Read(tt.y).Imprint() && tt.same {
			t.Errorf("%s: the imprints differ", tt.name)
		}
	}
}

// A formula holds for the events for which its condition does, and simplifying the condition leaves its imprint.
func TestFormulaRandom(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	bytes := func() []byte {
		out := make([]byte, 200)
		r.Read(out)
		return out
	}
	constant, apart, imprints := 0, 0, map[string]uint64{}
	for range 20_000 {
		e := (&grower{seed: bytes()}).expr(4)
		p := &Prover{}
		f := p.Read(e)
		value, ok := f.Const()
		if ok {
			constant++
		}
		for range 5 {
			event := Event{}
			g := &grower{seed: bytes()}
			for _, name := range []string{"a", "b", "c"} {
				event[name] = g.value(2)
			}
			if want := Eval(e, event); f.Holds(event) != want || f.Not().Holds(event) == want || ok && value != want {
				t.Fatalf("%s and %v: %v", String(e), event, !want)
			}
		}
		other := p.Read((&grower{seed: bytes()}).expr(4))
		if f.Apart(other) {
			apart++
			if each := p.Satisfiable(f) == Yes && p.Satisfiable(other) == Yes; each != (p.Satisfiable(f, other) == Yes) {
				t.Fatalf("%s and another formula are not apart", String(e))
			}
		}
		text := Canonical(e, (*Field).String)
		if imprint, known := imprints[text]; known && imprint != f.Imprint() {
			t.Fatalf("two imprints of %s", text)
		}
		imprints[text] = f.Imprint()
	}
	if constant == 0 || apart < 1000 || len(imprints) < 1000 || len(imprints) > 19_000 {
		t.Errorf("%d formulas are constants, %d are apart, %d texts", constant, apart, len(imprints))
	}
}

func TestFormulaJoined(t *testing.T) {
	p := &Prover{}
	x, y := p.Read(is("a", "x")), p.Read(is("b", "y"))
	for _, tt := range []struct {
		name string
		got  Formula
		want Formula
	}{
		{"nothing", p.All(), Always(true)},
		{"none of nothing", p.Any(), Always(false)},
		{"one", p.All(x), x},
		{"one and always", p.All(Always(true), x), x},
		{"one or never", p.Any(x, Always(false)), x},
		{"never decides", p.All(x, Always(false), y), Always(false)},
		{"always decides", p.Any(x, Always(true), y), Always(true)},
		{"twice not", x.Not().Not(), x},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: got %+v, want %+v", tt.name, tt.got, tt.want)
		}
	}
	if both := p.All(x, y); both.Holds(Event{"a": "x"}) || !both.Holds(Event{"a": "X", "b": "y"}) || !p.Any(x, y).Holds(Event{"a": "x"}) {
		t.Error("all and any are mixed up")
	}
}

// A prover goes on in the memory that it has used for other formulas.
func TestProverReset(t *testing.T) {
	single := true
	p := &Prover{Scalar: func(*Field) bool { return single }}
	for i := range 100 {
		single = i%2 == 0
		f := string(rune('a' + i%26))
		want := Yes
		if single {
			want = No
		}
		if got := p.Satisfiable(p.Read(and(is(f, "x"), is(f, "y")))); got != want {
			t.Fatalf("%d: got %d, want %d", i, got, want)
		}
		if p.Satisfiable(p.Read(and(is(f, "Ä"), not(is(f, "ä"))))) != No {
			t.Fatalf("%d: case counts", i)
		}
		p.Reset()
	}
}

func TestPairs(t *testing.T) {
	for _, tt := range []struct {
		long, short string
		within      bool
	}{
		{"powershell", "shell", true}, {"powershell", "", true}, {"powershell", "x", true}, // of one letter nothing is known
		{"powershell", "pwsh", false}, {"", "ab", false},
	} {
		if got := Pairs([]byte(tt.short))&^Pairs([]byte(tt.long)) == 0; got != tt.within {
			t.Errorf("%q in %q: %v", tt.short, tt.long, got)
		}
	}
}
