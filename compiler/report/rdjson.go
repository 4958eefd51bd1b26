package report

import (
	"io"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// The objects of the Reviewdog Diagnostic Format (proto/rdf/reviewdog.proto of reviewdog).
type (
	rdResult struct {
		Source      rdSource       `json:"source"`
		Diagnostics []rdDiagnostic `json:"diagnostics"`
	}
	rdSource struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	}
	rdDiagnostic struct {
		Message          string         `json:"message"`
		Location         rdLocation     `json:"location"`
		Severity         string         `json:"severity"`
		Code             rdCode         `json:"code"`
		Suggestions      []rdSuggestion `json:"suggestions,omitempty"`
		RelatedLocations []rdRelated    `json:"relatedLocations,omitempty"`
	}
	rdLocation struct {
		Path  string   `json:"path"`
		Range *rdRange `json:"range,omitempty"`
	}
	rdRange struct {
		Start rdPosition `json:"start"`
		End   rdPosition `json:"end"`
	}
	rdPosition struct {
		Line   int `json:"line"`
		Column int `json:"column"`
	}
	rdCode struct {
		Value string `json:"value"`
	}
	rdSuggestion struct {
		Range rdRange `json:"range"`
		Text  string  `json:"text"`
	}
	rdRelated struct {
		Message  string     `json:"message"`
		Location rdLocation `json:"location"`
	}
)

// RDJSON writes the format that reviewdog reads with -f=rdjson.
func RDJSON(w io.Writer, diags []diag.Diagnostic) error {
	result := rdResult{Source: rdSource{"sigc", "https://github.com/sigc-rules/sigc"}, Diagnostics: []rdDiagnostic{}}
	severity := map[diag.Severity]string{diag.Error: "ERROR", diag.Warning: "WARNING", diag.Note: "INFO"}
	for _, d := range diags {
		text := d.Message
		if a := advice(d); a != "" {
			text += "\n" + a
		}
		out := rdDiagnostic{Message: text, Location: rdPlace(d.Span), Severity: severity[d.Severity], Code: rdCode{d.ID}}
		for _, r := range d.Related {
			out.RelatedLocations = append(out.RelatedLocations, rdRelated{r.Message, rdPlace(r.Span)})
		}
		for _, f := range d.Fixes {
			if len(f.Edits) == 1 && f.Edits[0].Span.File == d.Span.File { // a suggestion is one change of the same file
				out.Suggestions = append(out.Suggestions, rdSuggestion{rdSpan(f.Edits[0].Span), f.Edits[0].Text})
			}
		}
		result.Diagnostics = append(result.Diagnostics, out)
	}
	out, err := encode(result, "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(out)
	return err
}

func rdPlace(s source.Span) rdLocation {
	out := rdLocation{Path: pathOf(s)}
	if !s.IsZero() {
		r := rdSpan(s)
		out.Range = &r
	}
	return out
}

// rdSpan counts bytes, as the format asks, where everything else counts code points.
func rdSpan(s source.Span) rdRange {
	s = within(s)
	position := func(offset int) rdPosition {
		line, _ := s.File.Position(offset)
		return rdPosition{line, offset - s.File.LineStart(line) + 1}
	}
	return rdRange{position(s.Start()), position(s.End())}
}
