package report

import (
	"io"

	"github.com/sigc-rules/sigc/compiler/diag"
)

// The objects of a report of GitLab's Code Quality ("Code Quality report format" in the documentation of GitLab).
type (
	gitlabIssue struct {
		Description string         `json:"description"`
		CheckName   string         `json:"check_name"`
		Fingerprint string         `json:"fingerprint"`
		Severity    string         `json:"severity"`
		Location    gitlabLocation `json:"location"`
	}
	gitlabLocation struct {
		Path  string      `json:"path"`
		Lines gitlabLines `json:"lines"`
	}
	gitlabLines struct {
		Begin int `json:"begin"`
		End   int `json:"end"`
	}
)

// GitLab writes a report of Code Quality, which GitLab shows in merge requests. The paths must be those of the repository.
// A diagnostic without a place is on the first line, as every entry needs one.
func GitLab(w io.Writer, diags []diag.Diagnostic) error {
	issues := make([]gitlabIssue, 0, len(diags))
	prints := Fingerprints(diags)
	severity := map[diag.Severity]string{diag.Error: "major", diag.Warning: "minor", diag.Note: "info"}
	for i, d := range diags {
		at := regionOf(d.Span)
		text := d.Message
		if a := advice(d); a != "" {
			text += " (" + a + ")"
		}
		issues = append(issues, gitlabIssue{
			Description: text, CheckName: d.ID, Fingerprint: prints[i], Severity: severity[d.Severity],
			Location: gitlabLocation{Path: pathOf(d.Span), Lines: gitlabLines{max(at.line, 1), max(at.endLine, 1)}},
		})
	}
	out, err := encode(issues, "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(out)
	return err
}
