package main

import (
	"io"
	"strings"
	"testing"
	"time"

	"github.com/sigc-rules/sigc/compiler"
)

// A bug ends a command with its own exit code, and says where it is: here, or where another goroutine came to it.
func TestInternalError(t *testing.T) {
	for _, tt := range []struct {
		panics any
		where  string
	}{
		{"no case for x", "sigc.TestInternalError"},
		{&compiler.Panic{Value: "no case for x", Stack: []byte("goroutine 7 of a rule")}, "goroutine 7 of a rule"},
	} {
		var errs strings.Builder
		code := run(&Env{
			Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: &errs, Dir: t.TempDir(), Now: time.Now,
			Getenv: func(string) string { panic(tt.panics) }, Terminal: func(io.Writer) bool { panic(tt.panics) },
		}, []string{"compile", "-t", "sentinel", "rule.yml"})
		said := errs.String()
		if code != exitFailure || !strings.HasPrefix(said, "sigc: internal error: no case for x\nPlease report this") || !strings.Contains(said, tt.where) {
			t.Errorf("exit %d: %s", code, said)
		}
	}
}
