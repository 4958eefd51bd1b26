package golden

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

const archive = `One idea.
-- rule.yml --
title: x
-- out/tree --
tree
-- out/diag --
diag
`

func newCase(t *testing.T) *Case {
	return &Case{Name: "case", t: t, archive: txtar.Parse([]byte(archive))}
}

func TestInputs(t *testing.T) {
	c := newCase(t)
	if diff := cmp.Diff([]string{"rule.yml"}, c.Files()); diff != "" {
		t.Error(diff)
	}
	if got := string(c.File("rule.yml")); got != "title: x\n" {
		t.Errorf("got %q", got)
	}
}

func TestSame(t *testing.T) {
	c := newCase(t)
	c.Out("diag", "diag") // the order is free, and so is the last line break
	c.Out("tree", "tree\n")
	c.Out("nothing", "")
	if got := c.problems(); len(got) != 0 {
		t.Errorf("got %q", got)
	}
	if got := string(txtar.Format(c.updated())); got != archive {
		t.Errorf("an update without a change wrote:\n%s", got)
	}
}

func TestChanged(t *testing.T) {
	c := newCase(t)
	c.Out("tree", "another tree")
	c.Out("new", "new")
	problems := strings.Join(c.problems(), "\n")
	for _, want := range []string{"out/tree differs", `"another tree\n"`, "out/new differs", "dead section out/diag"} {
		if !strings.Contains(problems, want) {
			t.Errorf("no %q in:\n%s", want, problems)
		}
	}
	want := "One idea.\n-- rule.yml --\ntitle: x\n-- out/tree --\nanother tree\n-- out/new --\nnew\n"
	if diff := cmp.Diff(want, string(txtar.Format(c.updated()))); diff != "" {
		t.Error(diff)
	}
}
