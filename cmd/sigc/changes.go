package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/sigc-rules/sigc/compiler"
)

// changeJSON is a line of the JSON form: one rule that differs.
type changeJSON struct {
	Rule    string         `json:"rule"`
	Title   string         `json:"title"`
	File    string         `json:"file"`
	Change  string         `json:"change"` // added, removed or changed
	Meaning string         `json:"meaning"`
	Lost    map[string]any `json:"lost"`
	Gained  map[string]any `json:"gained"`
	Lists   []listJSON     `json:"lists"`
	Targets []targetJSON   `json:"targets"`
}

type listJSON struct {
	Name    string   `json:"name"`
	Added   []string `json:"added"`
	Removed []string `json:"removed"`
}

type targetJSON struct {
	Target  string            `json:"target"`
	Query   string            `json:"query_diff"` // unified; "" when the query stays
	Facts   []factJSON        `json:"facts"`
	Refused map[string]string `json:"refused"` // "old" and "new", where the target refuses the rule
}

type factJSON struct {
	Name string `json:"name"`
	Old  string `json:"old"`
	New  string `json:"new"`
}

func writeChanges(env *Env, changes []*compiler.Change, format string) error {
	switch format {
	case "json":
		out := json.NewEncoder(env.Stdout)
		out.SetEscapeHTML(false)
		for _, c := range changes {
			if err := out.Encode(changeObject(c)); err != nil {
				return err
			}
		}
		return nil
	case "markdown":
		return markdownChanges(env.Stdout, changes)
	}
	if len(changes) == 0 {
		_, err := fmt.Fprintln(env.Stderr, "no rule changes")
		return err
	}
	p := &page{w: env.Stdout}
	for i, c := range changes {
		if i > 0 {
			p.line("")
		}
		textChange(p, c)
	}
	return p.err
}

// kindOf says what happened to a rule.
func kindOf(c *compiler.Change) string {
	switch {
	case c.Old == nil:
		return "added"
	case c.New == nil:
		return "removed"
	default:
		return "changed"
	}
}

func changeObject(c *compiler.Change) changeJSON {
	r := c.Rule()
	out := changeJSON{
		Rule: r.Key(), Title: r.Title, File: r.Source(), Change: kindOf(c), Meaning: string(c.Meaning),
		Lost: c.Lost, Gained: c.Gained, Lists: []listJSON{}, Targets: []targetJSON{},
	}
	for _, l := range c.Lists {
		out.Lists = append(out.Lists, listJSON{l.Name, append([]string{}, l.Added...), append([]string{}, l.Removed...)})
	}
	for _, t := range c.Targets {
		change := targetJSON{Target: t.Target, Query: queryDiff(t), Facts: []factJSON{}, Refused: map[string]string{}}
		for _, f := range t.Facts {
			change.Facts = append(change.Facts, factJSON(f))
		}
		for side, why := range map[string]string{"old": t.OldRefused, "new": t.NewRefused} {
			if why != "" {
				change.Refused[side] = why
			}
		}
		out.Targets = append(out.Targets, change)
	}
	return out
}

// queryDiff is what changes of a query, with the lines around it.
func queryDiff(t compiler.TargetChange) string { return udiff.Unified("before", "after", t.Old, t.New) }

// hunks is the same without the names of files, which there are not.
func hunks(t compiler.TargetChange) []string {
	text := queryDiff(t)
	if text == "" {
		return nil
	}
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	var out []string
	for _, l := range lines[2:] {
		if !strings.HasPrefix(l, "@@") && !strings.HasPrefix(l, `\ No newline`) {
			out = append(out, l)
		}
	}
	return out
}

// meanings say in words how a rule's matches change.
var meanings = map[compiler.Relation]string{
	compiler.Same:     "matches the same events as before",
	compiler.Narrower: "matches less than before (narrower)",
	compiler.Wider:    "matches more than before (wider)",
	compiler.Neither:  "loses some events and gains others",
	compiler.Unknown:  "may match something else: the two could not be compared",
}

// meaningOf says how the matches of a rule change, "" where it is new or gone.
func meaningOf(c *compiler.Change) string {
	switch {
	case kindOf(c) != "changed":
		return ""
	case !c.New.OK():
		return "has errors now, which lint shows"
	case !c.Old.OK():
		return "had errors before"
	}
	return meanings[c.Meaning]
}

func textChange(p *page, c *compiler.Change) {
	r := c.Rule()
	p.line("%s: %s (%s)", kindOf(c), cmp.Or(r.Title, r.Source()), r.Source())
	if said := meaningOf(c); said != "" {
		p.line("  %s", said)
	}
	if c.Lost != nil {
		p.line("  no longer:  %s", eventText(c.Lost))
	}
	if c.Gained != nil {
		p.line("  newly:      %s", eventText(c.Gained))
	}
	for _, l := range c.Lists {
		p.line("  list %s: %s", l.Name, listText(l))
	}
	for _, t := range c.Targets {
		switch {
		case t.NewRefused == "" && kindOf(c) != "changed":
			continue
		case t.NewRefused != "" && t.OldRefused == "":
			p.line("  %s: refused now: %s", t.Target, t.NewRefused)
		case t.OldRefused != "" && t.NewRefused == "":
			p.line("  %s: no longer refused", t.Target)
		case t.NewRefused != "":
			p.line("  %s: still refused: %s", t.Target, t.NewRefused)
		default:
			p.line("  %s:", t.Target)
		}
		for _, f := range t.Facts {
			p.line("    %s: %s -> %s", f.Name, orNothing(f.Old), orNothing(f.New))
		}
		if kindOf(c) == "changed" {
			for _, l := range hunks(t) {
				p.line("    %s", l)
			}
		}
	}
}

func orNothing(s string) string { return cmp.Or(s, "nothing") }

func eventText(event map[string]any) string {
	text, err := json.Marshal(event)
	if err != nil { // values of JSON only
		panic(err)
	}
	return string(text)
}

// shownValues is how many values of a list are shown.
const shownValues = 10

func listText(l compiler.ListChange) string {
	var parts []string
	for _, side := range []struct {
		sign   string
		values []string
	}{{"+", l.Added}, {"-", l.Removed}} {
		for i, v := range side.values {
			if i == shownValues {
				parts = append(parts, fmt.Sprintf("%s%d more", side.sign, len(side.values)-i))
				break
			}
			parts = append(parts, side.sign+v)
		}
	}
	return strings.Join(parts, ", ")
}

// markdownChanges writes a comment for a pull request.
func markdownChanges(w io.Writer, changes []*compiler.Change) error {
	p := &page{w: w}
	p.line("### What the change does to the rules")
	p.line("")
	if len(changes) == 0 {
		p.line("No rule changes.")
		return p.err
	}
	p.line("%s", summary(changes))
	p.line("")
	p.line("| rule | change | matches | lists | targets |")
	p.line("|---|---|---|---|---|")
	for _, c := range changes {
		r := c.Rule()
		matches := "–"
		if kindOf(c) == "changed" {
			matches = string(c.Meaning)
		}
		var lists, names []string
		for _, l := range c.Lists {
			lists = append(lists, l.Name)
		}
		for _, t := range c.Targets {
			name := t.Target
			if t.NewRefused != "" {
				name += " (refused)"
			}
			names = append(names, name)
		}
		if len(names) == 0 && r.Part {
			names = []string{"in its correlations"}
		}
		p.line("| %s<br>%s | %s | %s | %s | %s |", cell(r.Title), cell(r.Source()), kindOf(c), matches,
			cell(strings.Join(lists, ", ")), strings.Join(names, ", "))
	}
	for _, c := range changes {
		if kindOf(c) == "changed" {
			markdownChange(p, c)
		}
	}
	return p.err
}

// summary counts the changes: what a reviewer wants to know first.
func summary(changes []*compiler.Change) string {
	kinds, meanings, refused := map[string]int{}, map[compiler.Relation]int{}, 0
	for _, c := range changes {
		kinds[kindOf(c)]++
		if kindOf(c) == "changed" {
			meanings[c.Meaning]++
		}
		for _, t := range c.Targets {
			if t.NewRefused != "" && t.OldRefused == "" {
				refused++
				break
			}
		}
	}
	var parts []string
	for _, kind := range []string{"added", "removed", "changed"} {
		if kinds[kind] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", kinds[kind], kind))
		}
	}
	text := count(len(changes), "rule") + ": " + strings.Join(parts, ", ")
	var ways []string
	for _, r := range []compiler.Relation{compiler.Narrower, compiler.Wider, compiler.Neither, compiler.Unknown, compiler.Same} {
		if meanings[r] > 0 {
			ways = append(ways, fmt.Sprintf("%d %s", meanings[r], r))
		}
	}
	if len(ways) > 0 {
		text += " (" + strings.Join(ways, ", ") + ")"
	}
	if refused > 0 {
		text += fmt.Sprintf("; **a target refuses %d of them now**", refused)
	}
	return text
}

func markdownChange(p *page, c *compiler.Change) {
	r := c.Rule()
	p.line("")
	p.line("<details><summary>%s</summary>", htmlText(cmp.Or(r.Title, r.Source())))
	p.line("")
	p.line("It %s.", meaningOf(c))
	for _, e := range []struct {
		said  string
		event map[string]any
	}{{"An event that it no longer matches:", c.Lost}, {"An event that it did not match before:", c.Gained}} {
		if e.event != nil {
			p.line("")
			p.line("%s", e.said)
			fence(p, "json", []string{eventText(e.event)})
		}
	}
	for _, l := range c.Lists {
		p.line("")
		p.line("List %s: %s", codeSpan(l.Name), codeSpan(listText(l)))
	}
	for _, t := range c.Targets {
		p.line("")
		p.line("**%s**", t.Target)
		if t.NewRefused != "" {
			p.line("")
			p.line("Refused: %s", codeSpan(t.NewRefused))
		}
		for _, f := range t.Facts {
			p.line("- %s: %s → %s", f.Name, codeSpan(orNothing(f.Old)), codeSpan(orNothing(f.New)))
		}
		if lines := hunks(t); len(lines) > 0 {
			fence(p, "diff", lines)
		}
	}
	p.line("")
	p.line("</details>")
}

// fence puts lines in a block that none of them can end.
func fence(p *page, language string, lines []string) {
	marks := "```"
	for strings.Contains(strings.Join(lines, "\n"), marks) {
		marks += "`"
	}
	p.line("")
	p.line("%s%s", marks, language)
	for _, l := range lines {
		p.line("%s", l)
	}
	p.line("%s", marks)
}

// codeSpan puts a text in marks that it does not hold.
func codeSpan(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	marks := "`"
	for strings.Contains(s, marks) {
		marks += "`"
	}
	if len(marks) > 1 || strings.HasPrefix(s, "`") {
		return marks + " " + s + " " + marks
	}
	return marks + s + marks
}

var htmlMarks = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// htmlText is text where Markdown allows HTML.
func htmlText(s string) string { return htmlMarks.Replace(strings.Join(strings.Fields(s), " ")) }

// cell is text in a table of Markdown: nothing in it ends the cell or begins a mark.
func cell(s string) string {
	s = htmlText(s)
	for _, mark := range []string{`\`, "|", "`", "*", "_", "[", "]", "~", "@"} {
		s = strings.ReplaceAll(s, mark, `\`+mark)
	}
	return s
}
