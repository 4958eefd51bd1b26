package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
)

// Env is what a command sees of the world, so that tests need no process of their own.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	Dir            string // what relative paths start from
	Terminal       func(io.Writer) bool
	Now            func() time.Time
	Many           func() // called when there are many rules to work upon; may be nil

	flags *global // those of every command, once it has been made
}

// Exit codes, as scripts know them.
const (
	exitOK       = 0
	exitFindings = 1 // a rule was refused, a check reported, a test failed
	exitUsage    = 2 // wrong usage, unreadable configuration, no such file
	exitFailure  = 3 // a bug, or the disk
)

// exitError ends a command with a code. A nil err has been reported already, or is what the diagnostics say.
type exitError struct {
	code  int
	err   error
	diags []diag.Diagnostic
}

func (e *exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

func usageError(format string, args ...any) error {
	return &exitError{code: exitUsage, err: fmt.Errorf(format, args...)}
}

// mistaken is the error that mistakes in the configuration are: nothing is done by half of one. It is nil where there are
// none; what is less than a mistake is shown.
func (env *Env) mistaken(diags *diag.List) error {
	if diags.Errors() > 0 {
		return &exitError{code: exitUsage, diags: diags.From(0)}
	}
	if err := env.flags.diagnostics(env, diags.From(0)); err != nil {
		return failure("write", err)
	}
	return nil
}

// findings ends a command whose diagnostics have been shown.
var findings = &exitError{code: exitFindings}

// path returns a path of the command line as the operating system takes it.
func (env *Env) path(p string) string {
	if filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(env.Dir, p)
}

// run runs one command line and returns its exit code.
func run(env *Env, args []string) (code int) {
	defer func() {
		if r := recover(); r != nil {
			stack := debug.Stack()
			if p, ok := r.(*compiler.Panic); ok {
				stack = p.Stack
			}
			fmt.Fprintf(env.Stderr, "sigc: internal error: %v\nPlease report this with the rule that causes it.\n\n%s", r, stack)
			code = exitFailure
		}
	}()
	cmd := newRootCmd(env)
	cmd.SetArgs(args)
	cmd.SetIn(env.Stdin)
	cmd.SetOut(env.Stdout)
	cmd.SetErr(env.Stderr)
	err := cmd.Execute()
	if err == nil {
		return exitOK
	}
	var exit *exitError
	if !errors.As(err, &exit) {
		exit = &exitError{code: exitUsage, err: err} // cobra's own: an unknown command or flag
	}
	if err := env.flags.diagnostics(env, exit.diags); err != nil {
		return exitFailure
	}
	if exit.err != nil {
		fmt.Fprintf(env.Stderr, "sigc: %v\n", exit.err)
	}
	return exit.code
}

// readFile reads a file of the command line; "-" is standard input.
func (env *Env) readFile(name string) ([]byte, error) {
	if name == "-" {
		data, err := io.ReadAll(env.Stdin)
		if err != nil {
			return nil, &exitError{code: exitFailure, err: fmt.Errorf("read standard input: %w", err)}
		}
		return data, nil
	}
	data, err := os.ReadFile(env.path(name))
	if err != nil {
		return nil, unreadable(name, err)
	}
	return data, nil
}

// unreadable says why a file of the command line cannot be read, under the name that the user gave it.
func unreadable(name string, err error) error {
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		err = p.Err
	}
	return usageError("%s: %w", name, err)
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
