package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
)

// fix mends what lint finds, writes the files that differ, and returns what remains. What it did is told on standard
// error: the result of lint is what is left to do.
// The text of standard input, which stdin names, goes to standard output, mended or not: an editor puts it in the place of
// what was there.
func (env *Env) fix(g *global, p *project, stdin string, lint func(*compiler.Program) []diag.Diagnostic) ([]diag.Diagnostic, error) {
	fixed := compiler.Fix(p.inputs, p.Options, lint)
	files := 0
	for i, in := range fixed.Inputs {
		differs := !bytes.Equal(in.File.Text, p.inputs[i].File.Text)
		if differs {
			files++
		}
		var err error
		switch {
		case stdin != "" && in.File.Name == stdin:
			if _, err = env.Stdout.Write(in.File.Text); err != nil {
				err = failure("write", err)
			}
		case differs:
			err = env.replaceFile(in.File.Name, in.File.Text)
		}
		if err != nil {
			return nil, err
		}
	}
	if !g.quiet {
		for _, d := range fixed.Made {
			line, column := d.Span.File.Position(d.Span.Start())
			fmt.Fprintf(env.Stderr, "fixed: %s:%d:%d: %s (%s): %s\n", d.Span.File.Name, line, column, d.Message, d.ID, d.Fixes[0].Title)
		}
		fmt.Fprintf(env.Stderr, "%s fixed in %s\n", count(len(fixed.Made), "finding"), count(files, "file"))
		if fixed.Refused > 0 {
			fmt.Fprintf(env.Stderr, "%s not made, because what a rule matches would change: see \"did you mean\"\n", count(fixed.Refused, "fix"))
		}
	}
	return fixed.Found, nil
}

// replaceFile writes a file in one step: beside it first, so that nobody ever reads a half of it. A link stays one.
func (env *Env) replaceFile(name string, text []byte) error {
	file, err := filepath.EvalSymlinks(env.path(name))
	if err != nil {
		return unreadable(name, err)
	}
	info, err := os.Stat(file)
	if err != nil {
		return unreadable(name, err)
	}
	fresh, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+".new-")
	if err != nil {
		return unreadable(name, err)
	}
	defer os.Remove(fresh.Name())
	_, err = fresh.Write(text)
	if closed := fresh.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Chmod(fresh.Name(), info.Mode()&fs.ModePerm)
	}
	if err == nil {
		err = os.Rename(fresh.Name(), file)
	}
	if err != nil {
		return failure("write "+name, err)
	}
	return nil
}

// resultsAside is the same world, but what is found goes to standard error.
func (env *Env) resultsAside() *Env {
	aside := *env
	aside.Stdout = env.Stderr
	return &aside
}
