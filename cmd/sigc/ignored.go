package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// pathIgnore hides findings in files.
type pathIgnore struct {
	dir   string // of the configuration, from where the pattern starts
	files *regexp.Regexp
	at    source.Span // of the pattern
	ids   []pathIgnored
}

// pathIgnored is an id that is hidden, or a family "area/*".
type pathIgnored struct {
	id   string
	at   source.Span
	used bool
}

// ignores reads the key "ignores": ids by pattern of paths.
func (p *configParser) ignores(n *yaml.Node) []*pathIgnore {
	var out []*pathIgnore
	p.pairs(n, `"ignores"`, func(path, ids *yaml.Node) {
		g := &pathIgnore{dir: filepath.Dir(p.file), files: globbed(path.Value), at: p.tree.Span(path)}
		for _, id := range p.words(path, ids) {
			if p.checkID(id) {
				g.ids = append(g.ids, pathIgnored{id: id.Value, at: p.tree.Span(id)})
			}
		}
		out = append(out, g)
	})
	return out
}

// hides reports whether the path of a finding hides it, and notes that the entry was needed.
func (g *pathIgnore) hides(env *Env, d diag.Diagnostic) bool {
	if d.Span.File == nil || !g.files.MatchString(env.from(g.dir, d.Span.File.Name)) {
		return false
	}
	out := false
	for i := range g.ids {
		if compiler.Fits(g.ids[i].id, d.ID) {
			g.ids[i].used, out = true, true
		}
	}
	return out
}

// forget begins a run in which no entry was needed so far.
func (c *lintConfig) forget() {
	for _, g := range c.ignores {
		for i := range g.ids {
			g.ids[i].used = false
		}
	}
}

// unused reports entries of the configuration that hid nothing, in a run over files that they are about.
func (c *lintConfig) unused(env *Env, p *project, elsewhere func(id string) bool) []diag.Diagnostic {
	var found diag.List
	for _, g := range c.ignores {
		if g.at.IsZero() {
			continue
		}
		files := slices.ContainsFunc(p.inputs, func(in compiler.Input) bool { return g.files.MatchString(env.from(g.dir, in.File.Name)) })
		switch {
		case files:
			for _, i := range g.ids {
				if !i.used && !elsewhere(i.id) {
					found.Warnf(unusedIgnore, i.at, "nothing of the id %q is found in these files", i.id)
				}
			}
		case p.covers(env, g.dir):
			found.Warnf(unusedIgnore, g.at, "no file of rules is called so")
		}
	}
	return found.Sorted()
}

const unusedIgnore = "lint/unused-ignore"

// covers reports whether everything below a folder has been read.
func (p *project) covers(env *Env, dir string) bool {
	return slices.ContainsFunc(p.paths, func(path string) bool {
		below := env.from(path, dir)
		return path != "-" && below != ".." && !strings.HasPrefix(below, "../") && !filepath.IsAbs(below)
	})
}

// told is what is shown of the findings of a command that compiles: warnings and notes that comments in the rules hide,
// or the configuration turns off, are left out. Errors are not: nothing is emitted for their rules.
func (env *Env) told(p *project, program *compiler.Program) []diag.Diagnostic {
	return slices.DeleteFunc(program.Told(env.Now().Format(time.DateOnly)), func(d diag.Diagnostic) bool {
		if d.Severity == diag.Error {
			return false
		}
		_, shown := p.lint.of(env, d)
		return !shown
	})
}
