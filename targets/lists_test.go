package targets_test

import (
	"fmt"
	"testing"

	"github.com/sigc-rules/sigc/compiler/golden"
	"github.com/sigc-rules/sigc/compiler/kql/eval"
	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets"
)

// keptLists has every target keep the lists, if it can.
func keptLists(lists map[string]*list.List) {
	for _, l := range lists {
		l.As = map[string]list.Delivery{}
		for _, t := range targets.All() {
			if t.Keeping != "" {
				l.As[t.Name] = t.Keeping
			}
		}
	}
}

// watchlists adds the watchlists that a query reads to a database.
func watchlists(c *target.Compiled, db map[string]eval.Table) {
	for _, use := range c.ListUses() {
		texts, _ := use.List.Texts()
		table := eval.Table{Columns: []eval.Column{{Name: "SearchKey", Type: "string"}}}
		for _, s := range texts {
			table.Rows = append(table.Rows, []any{s})
		}
		db[fmt.Sprintf("_GetWatchlist(%q)", use.List.Name)] = table
	}
}

// TestKeptLists compiles every case with lists once more, such that targets keep them: the events must be judged as they
// are with the values in the query.
func TestKeptLists(t *testing.T) {
	kept := map[string]int{}
	asked := tally{}
	golden.Run(t, "../testdata/compile", func(t *testing.T, c *golden.Case) {
		k := newTestCase(t, c)
		k.write(c) // as TestCompile does
		if k.lists == nil {
			return
		}
		k.keep = true
		k.compile()
		for _, tg := range targets.All() {
			for _, c := range k.compiled[tg.Name] {
				if len(c.ListUses()) > 0 {
					kept[tg.Name]++
				}
			}
		}
		for _, e := range k.events {
			k.judge(t, e, asked)
		}
	})
	for _, tg := range targets.All() {
		if tg.Keeping != "" && kept[tg.Name] < 4 {
			t.Errorf("%s keeps the lists of %d cases", tg.Name, kept[tg.Name])
		}
	}
}
