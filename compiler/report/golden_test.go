package report_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/golden"
	"github.com/sigc-rules/sigc/compiler/report"
	"github.com/sigc-rules/sigc/compiler/source"
)

// testCase is the file diags.json of a golden case.
type testCase struct {
	Forms       []string          `json:"forms"` // which to show
	Width       int               `json:"width"`
	NoHints     bool              `json:"noHints"`
	Diff        map[string][]int  `json:"diff"`  // the lines that a review may be about
	Texts       map[string]string `json:"texts"` // files that an archive cannot hold or a reviewer cannot see
	Diagnostics []struct {
		ID, Severity, Message, Label, Hint, Target, Rule string
		place
		Related []struct {
			Message string
			place
		}
		Fixes []struct {
			Title string
			Edits []struct {
				place
				Text string
			}
		}
	}
}

// place is a text in a file, the first one after the text In. It goes on to the end of the text To.
type place struct{ File, In, At, To string }

func (p place) span(t *testing.T, files map[string]*source.File) source.Span {
	t.Helper()
	if p.File == "" {
		return source.Span{}
	}
	f := files[p.File]
	if f == nil {
		t.Fatalf("no file %q", p.File)
	}
	text := string(f.Text)
	find := func(s string, from int) int {
		i := strings.Index(text[from:], s)
		if i < 0 {
			t.Fatalf("%s has no %q", p.File, s)
		}
		return from + i
	}
	start := find(p.At, find(p.In, 0)+len(p.In))
	end := start + len(p.At)
	if p.To != "" {
		end = find(p.To, end) + len(p.To)
	}
	return f.Span(start, end)
}

func (c *testCase) diagnostics(t *testing.T, files map[string]*source.File) []diag.Diagnostic {
	severities := map[string]diag.Severity{"error": diag.Error, "warning": diag.Warning, "note": diag.Note}
	var out []diag.Diagnostic
	for _, x := range c.Diagnostics {
		d := diag.Diagnostic{
			ID: x.ID, Severity: severities[x.Severity], Message: x.Message, Label: x.Label, Hint: x.Hint,
			Target: x.Target, Rule: x.Rule, Span: x.span(t, files),
		}
		for _, r := range x.Related {
			d.Related = append(d.Related, diag.Related{Message: r.Message, Span: r.span(t, files)})
		}
		for _, f := range x.Fixes {
			fix := diag.Fix{Title: f.Title}
			for _, e := range f.Edits {
				fix.Edits = append(fix.Edits, diag.Edit{Span: e.span(t, files), Text: e.Text})
			}
			d.Fixes = append(d.Fixes, fix)
		}
		out = append(out, d)
	}
	return out
}

// style is a sequence that colours text, the only kind that may reach a terminal.
var style = regexp.MustCompile("\x1b\\[[0-9;]*m")

func TestGolden(t *testing.T) {
	golden.Run(t, "../../testdata/report", func(t *testing.T, c *golden.Case) {
		var tc testCase
		if err := json.Unmarshal(c.File("diags.json"), &tc); err != nil {
			t.Fatal(err)
		}
		files := map[string]*source.File{}
		for _, name := range c.Files() {
			files[name] = source.NewFile(name, c.File(name))
		}
		for name, text := range tc.Texts {
			files[name] = source.NewFile(name, []byte(text))
		}
		diags := tc.diagnostics(t, files)
		opts := report.TextOptions{Width: tc.Width, NoHints: tc.NoHints}
		for _, form := range tc.Forms {
			var b strings.Builder
			var err error
			switch form {
			case "text":
				err = report.Text(&b, diags, opts)
			case "json":
				err = report.JSON(&b, diags)
			case "github":
				err = report.GitHub(&b, diags)
			case "sarif":
				err = report.SARIF(&b, diags, report.SARIFOptions{Version: "1.2.3"})
			case "gitlab":
				err = report.GitLab(&b, diags)
			case "rdjson":
				err = report.RDJSON(&b, diags)
			case "checkstyle":
				err = report.Checkstyle(&b, diags)
			case "junit":
				err = report.JUnit(&b, diags)
			case "github-review":
				err = report.GitHubReview(&b, diags, func(file string, line int) (string, bool) {
					return "repository/" + file, slices.Contains(tc.Diff[file], line)
				})
			case "markdown":
				err = report.Markdown(&b, diags)
			default:
				t.Fatalf("no form %q", form)
			}
			if err != nil {
				t.Fatal(err)
			}
			c.Out(form, b.String())
		}

		var plain, coloured strings.Builder
		report.Text(&plain, diags, opts)
		opts.Color = true
		report.Text(&coloured, diags, opts)
		if got := style.ReplaceAllString(coloured.String(), ""); got != plain.String() {
			t.Errorf("with its colours taken off, the text is:\n%s\nwant:\n%s", got, plain.String())
		}
		if len(diags) > 0 && plain.Len() == coloured.Len() {
			t.Error("nothing is coloured")
		}
	})
}
