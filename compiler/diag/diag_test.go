package diag_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

func TestSorted(t *testing.T) {
	a, b := source.NewFile("a.yml", []byte("0123456789")), source.NewFile("b.yml", []byte("0123456789"))
	at := func(f *source.File, start int) source.Span { return f.Span(start, start+1) }
	var l diag.List
	l.Errorf("z/z", at(b, 5), "b is first in the input")
	l.Warnf("x/y", at(a, 7), "late")
	l.Errorf("x/y", at(a, 3), "early")
	l.Notef("x/a", at(a, 3), "early, other id")
	l.Errorf("x/y", at(a, 3), "early")        // twice the same
	l.Errorf("x/y", at(a, 3), "early, other") // another message
	l.Errorf("x/y", at(a, 3), "early").Target = "sentinel"
	l.Errorf("x/y", a.Span(3, 9), "early") // another place
	l.Errorf("n/n", source.Span{}, "no place")
	var got []string
	for _, d := range l.Sorted() {
		got = append(got, fmt.Sprint(d.Severity, " ", d.ID, " ", d.Span.Start(), "-", d.Span.End(), " ", d.Target, " ", d.Message))
	}
	want := []string{
		"error z/z 5-6  b is first in the input",
		"note x/a 3-4  early, other id",
		"error x/y 3-4  early", "error x/y 3-9  early", "error x/y 3-4  early, other", "error x/y 3-4 sentinel early",
		"warning x/y 7-8  late",
		"error n/n 0-0  no place",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if l.Len() != 9 || l.Errors() != 7 {
		t.Errorf("%d diagnostics, %d errors", l.Len(), l.Errors())
	}
}

// TestSortedOrder does not depend on the order in which diagnostics of one file were found.
func TestSortedOrder(t *testing.T) {
	f := source.NewFile("a.yml", []byte(strings.Repeat("x", 100)))
	var found []diag.Diagnostic
	for i := range 240 {
		found = append(found, diag.Diagnostic{ID: fmt.Sprint("a/", i%3), Span: f.Span(i%5, i%5+i%2), Message: fmt.Sprint(i / 2 % 2)})
	}
	sorted := func(found []diag.Diagnostic) string {
		var l diag.List
		for _, d := range found {
			l.Add(d)
		}
		var out []string
		for _, d := range l.Sorted() {
			out = append(out, fmt.Sprint(d.ID, d.Span.Start(), d.Span.End(), d.Message))
		}
		if slices.Sort(out); len(slices.Compact(out)) != len(l.Sorted()) {
			t.Error("a duplicate is left")
		}
		return fmt.Sprint(l.Sorted())
	}
	want := sorted(found)
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		r.Shuffle(len(found), func(i, j int) { found[i], found[j] = found[j], found[i] })
		if got := sorted(found); got != want {
			t.Fatalf("got\n%s\nwant\n%s", got, want)
		}
	}
}

func TestFrom(t *testing.T) {
	var l, other diag.List
	l.Warnf("a/a", source.Span{}, "one %d", 1).Hint = "a hint"
	before := l.Len()
	if l.FailedSince(0) {
		t.Error("a warning is no error")
	}
	other.Notef("b/b", source.Span{}, "two")
	other.Errorf("c/c", source.Span{}, "three")
	l.AddAll(&other)
	if !l.FailedSince(before) || l.FailedSince(l.Len()) || len(l.From(before)) != 2 || l.From(before)[1].Message != "three" {
		t.Errorf("since %d: %+v", before, l.From(before))
	}
	if d := l.From(0)[0]; d.Message != "one 1" || d.Hint != "a hint" || d.Severity != diag.Warning {
		t.Errorf("got %+v", d)
	}
	if len(other.Sorted()) != 2 || len((&diag.List{}).Sorted()) != 0 {
		t.Error("the other list was changed, or an empty one is not empty")
	}
}
