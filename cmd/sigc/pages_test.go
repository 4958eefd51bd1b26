package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// block is a fenced block of Markdown; a word after the language names the file that it is.
var block = regexp.MustCompile("(?s)```([a-z]+)(?: ([^ \n]+))?\n(.*?)```\n")

// Files of the pages are files, and what they say sigc prints is what sigc prints.
func TestPages(t *testing.T) {
	for _, page := range []string{"../../README.md", "../../rules/GUIDE.md"} {
		t.Run(filepath.Base(page), func(t *testing.T) { tryPage(t, page) })
	}
}

func tryPage(t *testing.T, page string) {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	commands := 0
	got := block.ReplaceAllStringFunc(string(text), func(b string) string {
		m := block.FindStringSubmatch(b)
		language, file, body := m[1], m[2], m[3]
		if file != "" {
			to := filepath.Join(dir, file)
			if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(to, []byte(body), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if language != "console" {
			return b
		}
		var out strings.Builder
		for line := range strings.Lines(body) {
			command, ok := strings.CutPrefix(line, "$ sigc ")
			if !ok {
				continue
			}
			commands++
			if out.Len() > 0 {
				out.WriteString("\n")
			}
			out.WriteString(line + strings.TrimRight(output(dir, strings.Fields(command)), "\n") + "\n")
		}
		return "```console\n" + out.String() + "```\n"
	})
	if commands == 0 {
		t.Fatal("the page has no commands")
	}
	if *update {
		if err := os.WriteFile(page, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(strings.Split(string(text), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("the page differs from what sigc prints (-page +sigc); if the change is meant, run with -update:\n%s", diff)
	}
}

// output runs a command line in a folder and returns what it prints, on both streams.
func output(dir string, args []string) string {
	text, _ := ended(dir, args)
	return text
}

// ended returns the exit code as well.
func ended(dir string, args []string) (string, int) {
	var b bytes.Buffer
	code := run(&Env{
		Stdin: strings.NewReader(""), Stdout: &b, Stderr: &b, Dir: dir,
		Getenv: func(string) string { return "" }, Terminal: func(io.Writer) bool { return false }, Now: time.Now,
	}, args)
	return b.String(), code
}

// The words that the pages name are there, and the README shows every target.
func TestPageNames(t *testing.T) {
	var pages strings.Builder
	for _, page := range []string{"../../README.md", "../../rules/GUIDE.md"} {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		if pages.Len() == 0 {
			for _, name := range targetNames() {
				if !strings.Contains(string(text), "sigc compile -t "+name) {
					t.Errorf("the README does not show the target %s", name)
				}
			}
		}
		pages.Write(text)
	}
	commands := commandNames(newRootCmd(&Env{}))
	for _, m := range regexp.MustCompile(`sigc (?:run )?([a-z]+)`).FindAllStringSubmatch(pages.String(), -1) {
		if isWord := slices.Contains([]string{"compiles", "prints", "or", "beside", "gets"}, m[1]); !isWord && !slices.Contains(commands, m[1]) {
			t.Errorf("the pages speak of %q, which is no command", m[0])
		}
	}
}

// The three ways to speak of JSON inside of text.
func TestReadmeNewValue(t *testing.T) {
	for _, tt := range []struct {
		name, line, value string
		want              bool
	}{
		{"raw text has its quotes", `newValue: '"Global Administrator"'`, `"\"Global Administrator\""`, true},
		{"raw text is not the value", `newValue: Global Administrator`, `"\"Global Administrator\""`, false},
		{"a single value is a list of one", `newValue[any]: Global Administrator`, `"\"Global Administrator\""`, true},
		{"a member of a list", `newValue[any]: b`, `"[\"a\",\"b\"]"`, true},
		{"no member of a list", `newValue[any]: c`, `"[\"a\",\"b\"]"`, false},
		{"a path", `newValue.state: enabled`, `"{\"state\":\"enabled\"}"`, true},
		{"a path to another value", `newValue.state: enabled`, `"{\"state\":\"disabled\"}"`, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rule := "title: T\nsigma-version: 3\nlogsource: {product: azure, service: auditlogs}\ndetection:\n    selection:\n" +
				"        TargetResources[any]:\n            modifiedProperties[any]:\n                " + tt.line + "\n    condition: selection\n"
			event := `{"OperationName": "x", "TargetResources": [{"modifiedProperties": [{"newValue": ` + tt.value + `}]}]}`
			p := compiler.Load([]compiler.Input{{File: source.NewFile("rule.yml", []byte(rule)), Path: "rule.yml"}}, compiler.Options{})
			for _, d := range atLeast(p.Diagnostics(), diag.Warning) {
				t.Errorf("%s: %s", d.ID, d.Message)
			}
			for _, form := range []string{"auto", "loganalytics"} {
				events, err := compiler.ReadEvents([]byte(event), form)
				if err != nil {
					t.Fatal(err)
				}
				if got := p.Rules[0].Match(events[0]); got != tt.want {
					t.Errorf("form %s: match is %v, want %v", form, got, tt.want)
				}
			}
		})
	}
}
