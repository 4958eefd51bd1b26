package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// Refusal is a rule that a target did not get, and why.
type Refusal struct {
	Rule    string // its title, or the file it stands in
	Target  string
	ID      string // of the diagnostic
	Message string
}

// Counts says what became of the rules of a run.
type Counts struct {
	Rules, Targets  int
	All, Some, None int // rules compiled for all targets, for some of them, for none
}

// Summary ends a run: a table of what was refused, where there is anything, and a line of counts. A rule that several
// targets refuse for one reason has one row. On a terminal the table is cut to its width.
func Summary(w io.Writer, refused []Refusal, c Counts, opts TextOptions) error {
	p := &printer{opts: opts}
	if rows := refusalRows(refused); len(rows) > 0 {
		p.table([]string{"RULE", "TARGET", "REASON", "MESSAGE"}, rows)
		p.b.WriteByte('\n')
	}
	p.b.WriteString(c.String() + "\n")
	_, err := io.WriteString(w, p.b.String())
	return err
}

func refusalRows(refused []Refusal) [][]string {
	var rows [][]string
	row := map[Refusal]int{}
	for _, r := range refused {
		key := r
		key.Target = ""
		i, known := row[key]
		if !known {
			row[key] = len(rows)
			rows = append(rows, []string{visible(r.Rule), visible(r.Target), visible(r.ID), visible(r.Message)})
		} else if target := visible(r.Target); !slices.Contains(strings.Split(rows[i][1], ", "), target) {
			rows[i][1] += ", " + target
		}
	}
	return rows
}

// Table writes rows below a heading. On a terminal the last column is cut to its width.
func Table(w io.Writer, heading []string, rows [][]string, opts TextOptions) error {
	p := &printer{opts: opts}
	for _, row := range rows {
		for i := range row {
			row[i] = visible(row[i])
		}
	}
	p.table(heading, rows)
	_, err := io.WriteString(w, p.b.String())
	return err
}

const columnGap = "  "

// table writes rows below a heading. The last column takes what the others leave of the terminal.
func (p *printer) table(heading []string, rows [][]string) {
	last := len(heading) - 1
	if p.opts.Width > 0 {
		for _, row := range rows {
			row[0] = shorten(row[0], max(p.opts.Width/3, minExcerpt))
		}
	}
	widths := make([]int, last)
	used := 0
	for i := range widths {
		widths[i] = columns(heading[i])
		for _, row := range rows {
			widths[i] = max(widths[i], columns(row[i]))
		}
		used += widths[i] + len(columnGap)
	}
	if p.opts.Width > 0 {
		for _, row := range rows {
			row[last] = shorten(row[last], max(p.opts.Width-used, minExcerpt))
		}
	}
	p.b.WriteString(p.paint(bold, aligned(heading, widths)) + "\n")
	for _, row := range rows {
		p.b.WriteString(aligned(row, widths) + "\n")
	}
}

func aligned(row []string, widths []int) string {
	var b strings.Builder
	for i, width := range widths {
		b.WriteString(row[i] + strings.Repeat(" ", width-columns(row[i])) + columnGap)
	}
	return strings.TrimRight(b.String()+row[len(widths)], " ")
}

func (c Counts) String() string {
	rules := plural(c.Rules, "rule")
	if c.Targets == 1 {
		if c.None == 0 {
			return rules + " compiled"
		}
		return fmt.Sprintf("%s: %d compiled, %d refused", rules, c.All, c.None)
	}
	targets := plural(c.Targets, "target")
	if c.Some == 0 && c.None == 0 {
		return fmt.Sprintf("%s compiled for %s", rules, targets)
	}
	return fmt.Sprintf("%s for %s: %d compiled for all, %d for some, %d for none", rules, targets, c.All, c.Some, c.None)
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
