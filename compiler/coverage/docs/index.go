package docs

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/coverage"
)

// index is the page that leads to the others. It says what all rules together need: which logs are to be collected, and
// which lists to be filled.
func index(r *coverage.Report, lang string) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("# Rules\n")
	line("%s for %s.", count(len(r.Rules), "rule"), strings.Join(r.Targets, ", "))
	folder := "\x00"
	for _, rule := range sorted(r.Rules) {
		if f := folderOf(rule); f != folder {
			folder = f
			if folder != "" {
				line("\n## %s", text(folder))
			}
			line("\n| rule | level | status | logs |\n|---|---|---|---|")
		}
		var logs []string
		for _, l := range rule.Logs {
			logs = append(logs, cell(l.Name))
		}
		line("| %s | %s | %s | %s |", link(rule.Text.Title.In(lang), path(pageOf(rule))), text(rule.Level), text(rule.Status), strings.Join(logs, ", "))
	}
	if logs := r.Needs(); len(logs) > 0 {
		line("\n## Logs to collect\n")
		for _, n := range logs {
			line("- %s, for %s: %s", code(n.Name), count(len(n.Rules), "rule"), text(n.Doc))
			for _, item := range collection(n.Log) {
				line("  - %s", item)
			}
		}
	}
	if lists := asked(r); len(lists) > 0 {
		line("\n## Lists to fill\n")
		for _, l := range lists {
			line("- %s\n  - %s", describe(l.List), strings.Join(l.links(lang), "\n  - "))
		}
	}
	return b.String()
}

func sorted(rules []*coverage.Rule) []*coverage.Rule {
	return slices.SortedStableFunc(slices.Values(rules), func(a, b *coverage.Rule) int {
		if c := strings.Compare(folderOf(a), folderOf(b)); c != 0 {
			return c
		}
		return strings.Compare(a.Path, b.Path)
	})
}

// folderOf is the folder of a rule; "" when it is in none.
func folderOf(r *coverage.Rule) string {
	i := strings.LastIndexByte(r.Path, '/')
	return r.Path[:max(i, 0)]
}

// askedFor is a list with the rules that compare with it.
type askedFor struct {
	coverage.List
	rules []*coverage.Rule
}

func (a askedFor) links(lang string) (out []string) {
	for _, r := range a.rules {
		out = append(out, link(r.Text.Title.In(lang), path(pageOf(r))))
	}
	return out
}

func asked(r *coverage.Report) []askedFor {
	var out []askedFor
	for _, rule := range sorted(r.Rules) {
		for _, l := range rule.Lists {
			i := slices.IndexFunc(out, func(a askedFor) bool { return a.Name == l.Name })
			if i < 0 {
				out, i = append(out, askedFor{List: l}), len(out)
			}
			out[i].rules = append(out[i].rules, rule)
		}
	}
	slices.SortStableFunc(out, func(a, b askedFor) int { return strings.Compare(a.Name, b.Name) })
	return out
}
