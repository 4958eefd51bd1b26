package report

import (
	"io"

	"github.com/sigc-rules/sigc/compiler/diag"
)

// The order of the fields is the order of the keys, which is promised to scripts.
type jsonDiagnostic struct {
	ID        string        `json:"id"`
	Severity  string        `json:"severity"`
	Message   string        `json:"message"`
	File      string        `json:"file"`
	Line      int           `json:"line"`
	Column    int           `json:"column"`
	EndLine   int           `json:"end_line"`
	EndColumn int           `json:"end_column"`
	Target    string        `json:"target"`
	Rule      string        `json:"rule"`
	Hint      string        `json:"hint"`
	Related   []jsonRelated `json:"related"`
}

type jsonRelated struct {
	Message string `json:"message"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
}

// JSON writes one object per line. Lines and columns are 1-based, columns count code points, the end is exclusive; all
// four are 0 for a diagnostic without a place. The hint holds the text under the caret too.
func JSON(w io.Writer, diags []diag.Diagnostic) error {
	for _, d := range diags {
		at := regionOf(d.Span)
		out := jsonDiagnostic{
			ID: d.ID, Severity: d.Severity.String(), Message: d.Message,
			File: fileOf(d.Span), Line: at.line, Column: at.column, EndLine: at.endLine, EndColumn: at.endColumn,
			Target: d.Target, Rule: d.Rule, Hint: advice(d), Related: []jsonRelated{},
		}
		for _, r := range d.Related {
			at := regionOf(r.Span)
			out.Related = append(out.Related, jsonRelated{r.Message, fileOf(r.Span), at.line, at.column})
		}
		line, err := encode(out, "")
		if err != nil {
			return err
		}
		if _, err := w.Write(line); err != nil {
			return err
		}
	}
	return nil
}
