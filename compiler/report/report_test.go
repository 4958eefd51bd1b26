package report_test

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/report"
	"github.com/sigc-rules/sigc/compiler/source"
)

func one(name, text string, start, end int) []diag.Diagnostic {
	f := source.NewFile(name, []byte(text))
	return []diag.Diagnostic{{
		ID: "a/b", Severity: diag.Error, Message: "message", Span: f.Span(start, end),
		Related: []diag.Related{{Message: "there", Span: f.Span(end, start)}},
		Fixes:   []diag.Fix{{Title: "fix", Edits: []diag.Edit{{Span: f.Span(start, end), Text: text}}}},
	}}
}

func text(t *testing.T, diags []diag.Diagnostic, opts report.TextOptions) string {
	t.Helper()
	var b strings.Builder
	if err := report.Text(&b, diags, opts); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestColour(t *testing.T) {
	diags := one("a.yml", "title: x\n", 7, 8)
	diags[0].Target, diags[0].Label, diags[0].Related = "splunk", "here", nil
	got := text(t, diags, report.TextOptions{Color: true})
	want := "\x1b[1;31merror\x1b[0m\x1b[1m: message\x1b[0m (a/b) [splunk]\n" +
		"\x1b[1;34m -->\x1b[0m a.yml:1:8\n" +
		"\x1b[1;34m1 |\x1b[0m title: x\n" +
		"\x1b[1;34m  |\x1b[0m        \x1b[1;31m^ here\x1b[0m\n" +
		"  \x1b[1;34m=\x1b[0m \x1b[1mhelp:\x1b[0m sigc explain a/b\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A caret stands under what it is about, wherever in a line that is and however narrow the terminal.
func TestCaretStandsUnderTheValue(t *testing.T) {
	fillers := []string{"", "a", "漢字", "e\u0301", "\t", "\x1b", "🚀", " "}
	for _, before := range fillers {
		for _, after := range fillers {
			for n := range 90 {
				left, right := strings.Repeat(before, n), strings.Repeat(after, 90-n)
				diags := one("a.yml", left+"HERE"+right, len(left), len(left)+4)
				diags[0].Related = nil
				lines := strings.Split(text(t, diags, report.TextOptions{Width: 40, NoHints: true}), "\n")
				if got := under(lines[2], lines[3]); got != "HERE" {
					t.Fatalf("%q: the carets stand under %q:\n%s\n%s", left+"HERE"+right, got, lines[2], lines[3])
				}
				if w := width(lines[2]); w > 40 {
					t.Fatalf("%d columns: %q", w, lines[2])
				}
			}
		}
	}
}

// under returns what of a line stands above the carets.
func under(line, carets string) string {
	from, to := strings.IndexByte(carets, '^'), strings.LastIndexByte(carets, '^')+1
	var b strings.Builder
	col := 0
	for _, r := range line {
		if w := width(string(r)); w > 0 && from <= col && col < to {
			b.WriteRune(r)
		}
		col += width(string(r))
	}
	return b.String()
}

// width counts columns for the few characters of these tests, apart from the code under test.
func width(s string) int {
	n := 0
	for _, r := range s {
		switch r {
		case '漢', '字', '🚀':
			n += 2
		case '\u0301':
		default:
			n++
		}
	}
	return n
}

func TestWrongSpan(t *testing.T) {
	for _, span := range [][2]int{{-5, -1}, {3, 1}, {7, 99}, {50, 99}, {99, 50}, {8, 9}} {
		diags := one("a.yml", "title: é", span[0], span[1])
		if got := text(t, diags, report.TextOptions{}); !strings.Contains(got, " --> a.yml:1:") || !strings.Contains(got, "^") {
			t.Errorf("%v is shown as:\n%s", span, got)
		}
	}
}

func TestHugeLine(t *testing.T) {
	huge := strings.Repeat("漢a", 1<<20)
	diags := one("a.yml", huge+"HERE"+huge, len(huge), len(huge)+4)
	if got := text(t, diags, report.TextOptions{}); !strings.Contains(got, "HERE") || len(got) > 2000 {
		t.Errorf("%d bytes, %.200s", len(got), got)
	}
}

func TestURI(t *testing.T) {
	tests := []struct{ name, want string }{
		{"rules/a.yml", "rules/a.yml"},
		{"../rules/a b%.yml", "../rules/a%20b%25.yml"},
		{"a:b.yml", "./a:b.yml"},
		{"/srv/rules/漢.yml", "file:///srv/rules/%E6%BC%A2.yml"},
		{"//host/a.yml", "file:////host/a.yml"},
		{"<stdin>", "%3Cstdin%3E"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var log struct {
				Runs []struct {
					Results []struct {
						Locations []struct {
							PhysicalLocation struct{ ArtifactLocation struct{ URI string } }
						}
					}
				}
			}
			var b strings.Builder
			if err := report.SARIF(&b, one(tt.name, "x", 0, 1), report.SARIFOptions{}); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal([]byte(b.String()), &log); err != nil {
				t.Fatal(err)
			}
			if got := log.Runs[0].Results[0].Locations[0].PhysicalLocation.ArtifactLocation.URI; got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestSARIFSummary(t *testing.T) {
	var b strings.Builder
	opts := report.SARIFOptions{Summary: func(id string) string { return "about " + id }}
	if err := report.SARIF(&b, one("a.yml", "x", 0, 1), opts); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), `"text": "about a/b"`) || strings.Contains(b.String(), `"version": ""`) {
		t.Errorf("got:\n%s", b.String())
	}
}

// full is a disk on which nothing can be written.
type full struct{}

var errFull = errors.New("no space left")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriteErrors(t *testing.T) {
	diags := one("a.yml", "x", 0, 1)
	for name, f := range map[string]func(io.Writer) error{
		"text":    func(w io.Writer) error { return report.Text(w, diags, report.TextOptions{}) },
		"json":    func(w io.Writer) error { return report.JSON(w, diags) },
		"github":  func(w io.Writer) error { return report.GitHub(w, diags) },
		"sarif":   func(w io.Writer) error { return report.SARIF(w, diags, report.SARIFOptions{}) },
		"summary": func(w io.Writer) error { return report.Summary(w, nil, report.Counts{}, report.TextOptions{}) },
	} {
		if err := f(full{}); !errors.Is(err, errFull) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// FuzzReport: whatever a file, a name and a message hold, nothing that acts on a terminal comes out.
func FuzzReport(f *testing.F) {
	f.Add("a.yml", "title: x\n", "message", 7, 8, 80)
	f.Add("a\x1b[2J.yml", "\u202e漢\t\xff\r\n e\u0301\u0085", "\x9b\n::error::x", 3, 9, 1)
	f.Fuzz(func(t *testing.T, name, content, message string, start, end, width int) {
		diags := one(name, content, start, end)
		diags[0].Message, diags[0].Label, diags[0].Hint, diags[0].Target = message, message, message, name
		opts := report.TextOptions{Width: width}
		var b strings.Builder
		for _, err := range []error{
			report.Text(&b, diags, opts),
			report.GitHub(&b, diags),
			report.JSON(&b, diags),
			report.SARIF(&b, diags, report.SARIFOptions{}),
			report.Summary(&b, []report.Refusal{{Rule: name, Target: message, ID: "a/b", Message: message}}, report.Counts{}, opts),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		if !utf8.ValidString(b.String()) {
			t.Errorf("not UTF-8: %q", b.String())
		}
		if i := strings.IndexFunc(b.String(), dangerous); i >= 0 {
			t.Errorf("unsafe at %q", b.String()[i:])
		}
	})
}

func dangerous(r rune) bool { return r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) }
