package ir

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/source"
)

func TestNeeds(t *testing.T) {
	pcre := &Regex{Field: field("a"), Pattern: "(?=x)"}
	tests := []struct {
		x    Expr
		want Feature
	}{
		{is("a", "x"), 0},
		{is("a", "x*"), 0},
		{is("a", "*x*"), 0},
		{is("a", "*"), 0},
		{is("a", "x*y"), FeatureWildcard},
		{is("a", "x?"), FeatureWildcard},
		{&Like{Field: field("a"), Pattern: cased(pattern("x"))}, FeatureCased},
		{&Like{Field: field("a"), Pattern: cased(pattern("x?y"))}, FeatureCased | FeatureWildcard},
		{number("a", Gt, "5"), FeatureCompare},
		{part("a", Hour, "5"), FeatureTimePart},
		{during("a", office), FeatureSchedule},
		{re("a", "x"), FeatureRegex},
		{pcre, FeatureRegex | FeatureLookaround},
		{network("a", "10.0.0.0/8"), FeatureCIDR4},
		{network("a", "2001:db8::/32"), FeatureCIDR6},
		{network("a", "::ffff:10.0.0.0/104"), FeatureCIDR6},
		{same("a", Exact, "b"), FeatureFieldRef},
		{&SameAs{Field: field("a"), Other: field("b"), Cased: true}, FeatureFieldRef | FeatureCased},
		{exists("a"), FeatureExists},
		{null("a"), FeatureNull},
		{keywordFor("*x*"), FeatureKeyword},
		{keywordFor("*x*y*"), FeatureKeyword | FeatureWildcard},
		{&Keyword{Regex: pcre}, FeatureKeyword | FeatureRegex | FeatureLookaround},
		{eachOf("a", Any, is("b", "x")), FeatureEach},
		{&Exists{Field: indexed("a[0]", Segment{"a", true, 0})}, FeatureExists | FeatureIndex},
		{&Each{Field: indexed("a[0]", Segment{"a", true, 0}), Body: is("b", "x")}, FeatureEach | FeatureIndex},
		{&SameAs{Field: field("a"), Other: indexed("b[0]", Segment{"b", true, 0})}, FeatureFieldRef | FeatureIndex},
		{&Const{}, 0},
		{and(), 0}, {or(), 0},
	}
	for _, tt := range tests {
		var got Feature
		for _, n := range Needs(&Rule{Conditions: []Expr{not(tt.x)}}) {
			got |= n.Feature
		}
		if got != tt.want {
			t.Errorf("%s needs %v, want %v", String(tt.x), got.Features(), tt.want.Features())
		}
	}
}

// TestNeedsOrder lists every place, in the order of the rule.
func TestNeedsOrder(t *testing.T) {
	f := source.NewFile("rule.yml", []byte("0123456789"))
	at := func(i int) source.Span { return f.Span(i, i+1) }
	r := &Rule{Conditions: []Expr{
		and(&Null{Field: field("a"), At: at(1)}, or(&Exists{Field: field("a"), At: at(2)}, not(&Null{Field: field("b"), At: at(3)}))),
		eachOf("a", Any, &Like{Field: field("a"), Pattern: cased(pattern("a?b")), At: at(5)}),
	}}
	var got []string
	for _, n := range Needs(r) {
		got = append(got, n.At.Text()+" "+n.Feature.String())
	}
	want := []string{"1 null", "2 existence of a field", "3 null", " conditions on the same member of an array",
		"5 wildcards inside a value", "5 case-sensitive comparison"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestFeatureString(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range AllFeatures.Features() {
		if s := f.String(); s == "" || seen[s] || strings.HasPrefix(s, "feature ") {
			t.Errorf("%#x is called %q", uint32(f), s)
		}
		seen[f.String()] = true
	}
	if len(featureNames) != len(AllFeatures.Features()) {
		t.Errorf("%d names for %d features", len(featureNames), len(AllFeatures.Features()))
	}
	if got, want := fmt.Sprint(FeatureCIDR4|FeatureCIDR6), "feature 0x30"; got != want {
		t.Errorf("two features are called %q, want %q", got, want)
	}
}

// TestEveryKind calls what switches over the kinds of expression with each of them: a forgotten kind panics.
func TestEveryKind(t *testing.T) {
	kinds := []Expr{
		and(is("a", "x")), or(is("a", "x")), not(is("a", "x")), &Const{}, is("a", "x"), number("a", Gt, "5"), re("a", "x"),
		network("a", "10.0.0.0/8"), same("a", Exact, "b"), exists("a"), null("a"), keywordFor("x"), eachOf("a", Any, is("b", "x")),
		during("a", office),
	}
	seen := map[string]bool{}
	for _, x := range kinds {
		seen[fmt.Sprintf("%T", x)] = true
		if String(x) == "" || x.Span() != nowhere {
			t.Errorf("%T: %q at %v", x, String(x), x.Span())
		}
		Simplify(x)
		Eval(x, Event{})
		n := 0
		Walk(x, func(Expr) bool { n++; return true })
		if below := len(Fields(x)); n == 0 || below > 2 {
			t.Errorf("%T: %d expressions, %d fields", x, n, below)
		}
	}
	if len(seen) != len(kinds) {
		t.Errorf("%d kinds, %d different", len(kinds), len(seen))
	}
}
