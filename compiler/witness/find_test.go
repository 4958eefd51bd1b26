package witness_test

import (
	"encoding/json"
	"math/rand/v2"
	"net/netip"
	"testing"
	"time"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/witness"
)

func field(name string) *ir.Field { return ir.NewField(name, source.Span{}) }

func like(name string, parts ...string) ir.Expr {
	var p ir.Pattern
	for _, s := range parts {
		if s == "*" {
			p = p.Append(ir.Part{Wild: ir.Many})
		} else {
			p = p.Append(ir.Part{Text: s})
		}
	}
	return &ir.Like{Field: field(name), Pattern: p}
}

func and(x ...ir.Expr) ir.Expr { return &ir.And{X: x} }
func or(x ...ir.Expr) ir.Expr  { return &ir.Or{X: x} }
func not(x ir.Expr) ir.Expr    { return &ir.Not{X: x} }

func each(name string, q ir.Quantifier, body ir.Expr) ir.Expr {
	return &ir.Each{Field: field(name), Quant: q, Body: body}
}

func regex(name, pattern string) ir.Expr {
	return &ir.Regex{Field: field(name), Pattern: pattern, RE: ir.MustRE2(pattern)}
}

func compare(name string, op ir.CompareOp, n string) ir.Expr {
	return &ir.Compare{Field: field(name), Op: op, Number: ir.Number(n)}
}

func network(prefix string) ir.Expr {
	return &ir.CIDR{Field: field("ip"), Prefix: netip.MustParsePrefix(prefix)}
}

var night = &ir.Within{Field: field("t"), Schedule: ir.Schedule{
	Zone: time.UTC, Days: []time.Weekday{time.Saturday}, From: 23 * 60, To: 60,
}}

func TestFind(t *testing.T) {
	several := func(f *ir.Field) bool { return f.Name == "many" }
	for name, c := range map[string]struct {
		e    ir.Expr
		want witness.Verdict
	}{
		"equality":                       {like("a", "x"), witness.Found},
		"another value":                  {not(like("a", "x")), witness.Found},
		"nothing and something":          {and(like("a", "x"), &ir.Null{Field: field("a")}), witness.None},
		"two values of one field":        {and(like("a", "x"), like("a", "y")), witness.None},
		"two values of an array":         {and(like("many", "x"), like("many", "y")), witness.Found},
		"an array without one":           {and(like("many", "x"), not(like("many", "*", "x", "*"))), witness.None},
		"begin, middle and end":          {and(like("a", "ab", "*"), like("a", "*", "-", "*"), like("a", "*", "yz")), witness.Found},
		"contains, but not all":          {and(like("a", "*", "x", "*"), not(like("a", "x"))), witness.Found},
		"a list, with an exception":      {and(or(like("a", "x"), like("a", "y")), not(like("a", "x"))), witness.Found},
		"all of a list excepted":         {and(or(like("a", "x"), like("a", "y")), not(or(like("a", "x"), like("a", "y")))), witness.None},
		"by another case":                {and(like("a", "x"), not(&ir.Like{Field: field("a"), Pattern: ir.Pattern{Cased: true}.Append(ir.Part{Text: "x"})})), witness.Found},
		"between numbers":                {and(compare("n", ir.Gt, "4"), compare("n", ir.Lt, "5")), witness.Found},
		"no number between":              {and(compare("n", ir.Gt, "4"), compare("n", ir.Lt, "4")), witness.None},
		"half of a network":              {and(network("10.0.0.0/8"), not(network("10.0.0.0/9"))), witness.Found},
		"a network without its halves":   {and(network("10.0.0.0/8"), not(network("10.0.0.0/9")), not(network("10.128.0.0/9"))), witness.None},
		"all but a network":              {and(network("::/0"), not(network("::/1"))), witness.Found},
		"in a network":                   {network("10.0.0.0/8"), witness.Found},
		"a regular expression":           {and(regex("a", `^[a-z]{2}\d+$`), regex("a", `1$`)), witness.Found},
		"an hour of a schedule":          {night, witness.Found},
		"an hour of the day":             {&ir.Compare{Field: field("t"), Part: ir.Hour, Op: ir.Gte, Number: "22"}, witness.Found},
		"a member with both":             {each("list", ir.Any, and(like("k", "x"), like("v", "y"))), witness.Found},
		"members apart, but none both":   {and(each("list", ir.Any, like("k", "x")), each("list", ir.Any, like("v", "y")), not(each("list", ir.Any, and(like("k", "x"), like("v", "y"))))), witness.Found},
		"every member, and one that not": {and(each("list", ir.All, like("k", "x")), each("list", ir.Any, like("k", "y"))), witness.None},
		"members that are texts":         {and(each("list", ir.Any, like(".", "x")), each("list", ir.Any, like(".", "y"))), witness.Found},
		"no member at all":               {each("list", ir.None, &ir.And{}), witness.Found},
		"below a member":                 {and(like("a.b", "x"), like("a.c", "y")), witness.Found},
		"at a position":                  {second("a", "x"), witness.Found},
		"the same in two fields":         {&ir.SameAs{Field: field("a"), Other: field("b"), Shape: ir.Exact}, witness.Found},
		"the same, and one is known":     {and(like("b", "x"), &ir.SameAs{Field: field("a"), Other: field("b"), Shape: ir.Exact}), witness.Found},
		"a keyword":                      {&ir.Keyword{Pattern: ir.NewPattern([]ir.Part{{Wild: ir.Many}, {Text: "x"}, {Wild: ir.Many}})}, witness.Found},
		"never":                          {&ir.Or{}, witness.None},
		"always":                         {&ir.And{}, witness.Found},
	} {
		t.Run(name, func(t *testing.T) {
			event, verdict := witness.Find(c.e, witness.Options{Several: several})
			if verdict != c.want {
				t.Fatalf("the search ended with %d and %v, want %d", verdict, event, c.want)
			}
			if verdict == witness.Found && !ir.Eval(c.e, event) {
				t.Errorf("%v does not satisfy the condition", event)
			}
		})
	}
}

func second(name, text string) ir.Expr {
	return &ir.Like{Field: &ir.Field{Name: name + "[1]", Segments: []ir.Segment{{Name: name, Indexed: true, Index: 1}}}, Pattern: ir.Text(text)}
}

// A condition that some event satisfies is never said to be satisfied by none.
func TestNoneIsRight(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	found := 0
	for range 3000 {
		e := condition(random, 4)
		_, verdict := witness.Find(e, witness.Options{})
		if verdict == witness.Found {
			found++
			continue
		}
		for range 300 {
			if event := event(random); ir.Eval(e, event) {
				text, _ := json.Marshal(event)
				t.Fatalf("no event was found for %s, but there is %s", e, text)
			}
		}
	}
	if found < 1000 {
		t.Errorf("only %d of the conditions have an event: they prove little", found)
	}
}

var words = []string{"a", "b", "ab", "ba", "aa", ""}

func condition(random *rand.Rand, depth int) ir.Expr {
	if depth > 0 {
		switch random.IntN(4) {
		case 0:
			return and(condition(random, depth-1), condition(random, depth-1))
		case 1:
			return or(condition(random, depth-1), condition(random, depth-1))
		case 2:
			return not(condition(random, depth-1))
		}
	}
	name := []string{"f", "g"}[random.IntN(2)]
	word := words[random.IntN(len(words))]
	switch random.IntN(8) {
	case 0:
		return like(name, word, "*")
	case 1:
		return like(name, "*", word)
	case 2:
		return like(name, "*", word, "*")
	case 3:
		return &ir.Null{Field: field(name)}
	case 4:
		return &ir.Exists{Field: field(name)}
	case 5:
		return compare(name, ir.CompareOp(random.IntN(5)), []string{"1", "2", "3"}[random.IntN(3)])
	case 6:
		return each("list", ir.Quantifier(random.IntN(4)), like([]string{"k", "v"}[random.IntN(2)], word))
	default:
		return like(name, word)
	}
}

func event(random *rand.Rand) ir.Event {
	out := ir.Event{}
	value := func() any {
		switch random.IntN(4) {
		case 0:
			return nil
		case 1:
			return json.Number([]string{"0", "1", "1.5", "2", "2.5", "3", "4"}[random.IntN(7)])
		default:
			return words[random.IntN(len(words))] + words[random.IntN(len(words))]
		}
	}
	for _, name := range []string{"f", "g"} {
		if random.IntN(4) > 0 {
			out[name] = value()
		}
	}
	var list []any
	for range random.IntN(3) {
		list = append(list, map[string]any{"k": value(), "v": value()})
	}
	out["list"] = list
	return out
}

// A hostile condition costs a bounded number of steps.
func TestBudget(t *testing.T) {
	var clauses []ir.Expr
	for i := range 60 {
		a, b := string(rune('a'+i%26)), string(rune('A'+i%7))
		clauses = append(clauses, or(and(like(a, "1"), like(b, "2")), and(like(b, "1"), like(a, "2")), and(like(a, "3"), not(like(a, "3")))))
	}
	witness.Find(and(append(clauses, like("a", "4"))...), witness.Options{Budget: 500})
}
