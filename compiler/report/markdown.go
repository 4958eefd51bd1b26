package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
)

// maxMarkdown is how many findings of each severity a summary lists: the page of a job takes a megabyte at most.
const maxMarkdown = 100

// Markdown writes a summary for the page of a job or a comment: how much was found, and a table by severity. Notes are
// folded away.
func Markdown(w io.Writer, diags []diag.Diagnostic) error {
	var b strings.Builder
	by := map[diag.Severity][]diag.Diagnostic{}
	for _, d := range diags {
		by[d.Severity] = append(by[d.Severity], d)
	}
	b.WriteString("## sigc lint\n\n")
	if len(diags) == 0 {
		b.WriteString("Nothing was found.\n")
	} else {
		fmt.Fprintf(&b, "%s, %s, %s\n", plural(len(by[diag.Error]), "error"), plural(len(by[diag.Warning]), "warning"), plural(len(by[diag.Note]), "note"))
	}
	for _, s := range []diag.Severity{diag.Error, diag.Warning, diag.Note} {
		found := by[s]
		if len(found) == 0 {
			continue
		}
		heading := plural(len(found), s.String())
		if s == diag.Note {
			fmt.Fprintf(&b, "\n<details><summary>%s</summary>\n\n", heading)
		} else {
			fmt.Fprintf(&b, "\n### %s\n\n", heading)
		}
		b.WriteString("| where | what | id |\n|---|---|---|\n")
		for _, d := range found[:min(len(found), maxMarkdown)] {
			at := regionOf(d.Span)
			where := "`" + strings.ReplaceAll(visible(fileOf(d.Span)), "`", "'") + "`"
			if at.line > 0 {
				where = strings.TrimSuffix(where, "`") + fmt.Sprintf(":%d`", at.line)
			}
			id := d.ID
			if d.Target != "" {
				id += " [" + d.Target + "]"
			}
			fmt.Fprintf(&b, "| %s | %s | `%s` |\n", tableCell(where), tableCell(markdownText(whole(d))), visible(id))
		}
		if n := len(found) - maxMarkdown; n > 0 {
			fmt.Fprintf(&b, "\nand %d more\n", n)
		}
		if s == diag.Note {
			b.WriteString("\n</details>\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// tableCell keeps a text within its cell.
func tableCell(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "|", `\|`), "\n", " ")
}

// markdownText takes from a text everything that Markdown or HTML would read as markup: a rule must not be able to put
// links, images or mentions into the comment of a bot.
func markdownText(s string) string {
	var b strings.Builder
	for _, r := range visible(s) {
		switch {
		case r == '@':
			b.WriteString("@<!-- -->")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case strings.ContainsRune("\\`*_[]()#!~", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == ':': // a bare address would become a link
			b.WriteString("&#58;")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
