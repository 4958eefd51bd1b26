package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// GitHub writes workflow commands, which GitHub Actions shows as annotations of the changed lines.
// See "Workflow commands for GitHub Actions", Setting an error message.
func GitHub(w io.Writer, diags []diag.Diagnostic) error {
	for _, d := range diags {
		properties := append(githubPlace(d.Span), githubProperty("title", githubTitle(d)))
		if _, err := fmt.Fprintf(w, "::%s %s::%s\n",
			githubLevel(d.Severity), strings.Join(properties, ","), githubData.Replace(githubMessage(d))); err != nil {
			return err
		}
	}
	return nil
}

func githubLevel(s diag.Severity) string {
	if s == diag.Note {
		return "notice"
	}
	return s.String()
}

// githubPlace names the first and the last character of a span. GitHub refuses columns when these are on two lines.
func githubPlace(s source.Span) []string {
	if s.IsZero() {
		return nil
	}
	at := regionOf(s)
	s = within(s)
	endLine, endColumn := s.File.Position(max(s.End()-1, s.Start()))
	out := []string{githubProperty("file", visible(s.File.Name)), fmt.Sprintf("line=%d", at.line), fmt.Sprintf("endLine=%d", endLine)}
	if at.line == endLine {
		out = append(out, fmt.Sprintf("col=%d", at.column), fmt.Sprintf("endColumn=%d", endColumn))
	}
	return out
}

func githubTitle(d diag.Diagnostic) string {
	if d.Target == "" {
		return visible(d.ID)
	}
	return visible(d.ID + " [" + d.Target + "]")
}

func githubMessage(d diag.Diagnostic) string {
	lines := []string{visible(d.Message)}
	if a := advice(d); a != "" {
		lines = append(lines, visible(a))
	}
	for _, r := range d.Related {
		line := visible(r.Message)
		if at := regionOf(r.Span); at.line > 0 {
			line += fmt.Sprintf(": %s:%d:%d", visible(fileOf(r.Span)), at.line, at.column)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

var (
	githubData  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubValue = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func githubProperty(name, value string) string { return name + "=" + githubValue.Replace(value) }
