package sigma_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"

	sigmago "github.com/bradleyjkemp/sigma-go"
)

// parseCondition reads a condition over searches of the given names.
func parseCondition(t *testing.T, condition string, names ...string) *sigma.Rule {
	t.Helper()
	text := "title: Test\nlogsource: {category: test}\ndetection:\n"
	for _, name := range names {
		text += "    " + name + ": {A: a}\n"
	}
	var diags diag.List
	rules := sigma.Parse(source.NewFile("rule.yml", []byte(text+"    condition: "+condition+"\n")), &diags).Rules
	if diags.Errors() > 0 || len(rules) != 1 {
		t.Fatalf("%s\n%s", condition, renderDiags(&diags))
	}
	return rules[0]
}

func TestQuantSearches(t *testing.T) {
	names := []string{"selection", "selection_1_a", "selection_1_b", "filter_img_x", "_hidden_img_y"}
	tests := []struct{ condition, want string }{
		{"1 of them", "selection selection_1_a selection_1_b filter_img_x"},
		{"1 of *", "selection selection_1_a selection_1_b filter_img_x"},
		{"1 of selection", "selection"},
		{"1 of selection*", "selection selection_1_a selection_1_b"},
		{"1 of selection_1_*", "selection_1_a selection_1_b"},
		{"1 of *_img_*", "filter_img_x"},
		{"1 of _*", "_hidden_img_y"},
		{"1 of _hidden_img_y", "_hidden_img_y"},
		{"1 of *_x", "filter_img_x"},
		{"1 of s*1*a", "selection_1_a"},
	}
	for _, tt := range tests {
		t.Run(tt.condition, func(t *testing.T) {
			d := parseCondition(t, tt.condition, names...).Detection
			var got []string
			for _, s := range d.Conditions[0].Expr.(*sigma.CondQuant).Searches(d) {
				got = append(got, s.Name.Value)
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got %q, want %q", strings.Join(got, " "), tt.want)
			}
		})
	}
}

// TestSigmaGoQuant compares "N of" as sigma-go gets it with the count, for every set of searches that hold.
func TestSigmaGoQuant(t *testing.T) {
	names := []string{"a", "b", "c", "d", "_e"}
	tests := []struct {
		condition string
		holds     func(set map[string]bool, n int) bool // n is the number of a to d that hold
	}{
		{"1 of them", func(_ map[string]bool, n int) bool { return n >= 1 }},
		{"2 of them", func(_ map[string]bool, n int) bool { return n >= 2 }},
		{"3 of *", func(_ map[string]bool, n int) bool { return n >= 3 }},
		{"all of them", func(_ map[string]bool, n int) bool { return n == 4 }},
		{"1 of a", func(set map[string]bool, _ int) bool { return set["a"] }},
		{"all of _* and not 1 of a*", func(set map[string]bool, _ int) bool { return set["_e"] && !set["a"] }},
	}
	for _, tt := range tests {
		t.Run(tt.condition, func(t *testing.T) {
			expr := parseCondition(t, tt.condition, names...).SigmaGo().Detection.Conditions[0].Search
			for bits := range 1 << len(names) {
				set, n := map[string]bool{}, 0
				for i, name := range names {
					set[name] = bits>>i&1 == 1
					if set[name] && name != "_e" {
						n++
					}
				}
				if got, want := holds(t, expr, set), tt.holds(set, n); got != want {
					t.Errorf("with %v: got %v, want %v", set, got, want)
				}
			}
		})
	}
}

// holds evaluates a condition of sigma-go over the searches that hold.
func holds(t *testing.T, x sigmago.SearchExpr, set map[string]bool) bool {
	switch x := x.(type) {
	case sigmago.And:
		for _, y := range x {
			if !holds(t, y, set) {
				return false
			}
		}
		return true
	case sigmago.Or:
		for _, y := range x {
			if holds(t, y, set) {
				return true
			}
		}
		return false
	case sigmago.Not:
		return !holds(t, x.Expr, set)
	case sigmago.SearchIdentifier:
		return set[x.Name]
	case sigmago.OneOfPattern:
		return x.Pattern == "a*" && set["a"]
	case sigmago.AllOfPattern:
		return x.Pattern == "_*" && set["_e"]
	}
	t.Fatalf("sigma-go would read %T otherwise than we", x)
	return false
}

// TestDigitStar reads patterns that sigma-go's grammar refuses.
func TestDigitStar(t *testing.T) {
	for _, pattern := range []string{"selection_1_*", "selection1*", "1*", "*1*", "a_2*_b"} {
		r := parseCondition(t, "1 of "+pattern, "selection_1_a", "selection1", "1x", "a_2_b")
		if got := r.Detection.Conditions[0].Expr.(*sigma.CondQuant).Pattern; got != pattern {
			t.Errorf("got %q, want %q", got, pattern)
		}
	}
}

func ExampleParse() {
	f := source.NewFile("rule.yml", []byte(`title: Whoami
logsource: {category: process_creation}
detection:
    selection:
        Image|endswith: '\whoami.exe'
    condition: selection and not filter
`))
	var diags diag.List
	for _, rule := range sigma.Parse(f, &diags).Rules {
		item := rule.Detection.Search("selection").Body[0].Items[0]
		fmt.Println(rule.Title.Value, item.Field.Value, item.Modifiers[0].Value, item.Values[0].Text)
	}
	for _, d := range diags.Sorted() {
		line, column := d.Span.File.Position(d.Span.Start())
		fmt.Printf("%d:%d: %s\n", line, column, d.Message)
	}
	// Output:
	// Whoami Image endswith \whoami.exe
	// 6:34: search "filter" is not defined in this detection
}
