package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/explain"
)

// lintConfig is what the configuration says of checks.
type lintConfig struct {
	severity      map[string]string // by id or "area/*": error, warning, note or off
	ignores       []*pathIgnore
	tagNamespaces []string
}

// severities are what a check can be set to.
var severities = map[string]diag.Severity{"error": diag.Error, "warning": diag.Warning, "note": diag.Note}

const off = "off"

// add lets what others say take the place of what is said here of the same.
func (c *lintConfig) add(other lintConfig) {
	for id, s := range other.severity {
		if c.severity == nil {
			c.severity = map[string]string{}
		}
		c.severity[id] = s
	}
	c.ignores = append(c.ignores, other.ignores...)
	c.tagNamespaces = append(c.tagNamespaces, other.tagNamespaces...)
}

// lint reads the key "lint" of a configuration.
func (p *configParser) lint(n *yaml.Node) lintConfig {
	var out lintConfig
	p.pairs(n, `"lint"`, func(key, value *yaml.Node) {
		switch key.Value {
		case "severity":
			out.severity = p.severities(value)
		case "ignores":
			out.ignores = p.ignores(value)
		case "tag-namespaces":
			for _, n := range p.words(key, value) {
				out.tagNamespaces = append(out.tagNamespaces, n.Value)
			}
		default:
			p.unknown(key, []string{"severity", "ignores", "tag-namespaces"})
		}
	})
	return out
}

func (p *configParser) severities(n *yaml.Node) map[string]string {
	out := map[string]string{}
	p.pairs(n, `"severity"`, func(id, value *yaml.Node) {
		known := value.Value == off || value.Value == "false" // what YAML 1.1 makes of a bare off
		if _, ok := severities[value.Value]; !ok && !known {
			p.fail(value, "%q is no severity%s", value.Value, diag.Meant(value.Value, []string{"error", "warning", "note", off}))
			return
		}
		if p.checkID(id) {
			out[id.Value] = value.Value
		}
	})
	return out
}

// words returns the texts of a list, or of a single text.
func (p *configParser) words(key, n *yaml.Node) []*yaml.Node {
	if n.Kind == yaml.ScalarNode {
		return []*yaml.Node{n}
	}
	if n.Kind != yaml.SequenceNode {
		p.fail(n, "%q must be a list", key.Value)
		return nil
	}
	return n.Content
}

// checkID reports whether there is such an id, or a family "area/*".
func (p *configParser) checkID(n *yaml.Node) bool {
	ids := checkIDs()
	if slices.ContainsFunc(ids, func(id string) bool { return compiler.Fits(n.Value, id) }) {
		return true
	}
	near := ""
	if s := explain.Nearest(n.Value); s != "" {
		near = `; did you mean "` + s + `"?`
	}
	p.fail(n, "no finding has the id %q%s", n.Value, near)
	return false
}

func checkIDs() []string {
	var out []string
	for _, c := range explain.All() {
		out = append(out, c.ID)
	}
	return out
}

// globbed is a pattern of paths as a regular expression: "*" is any part of a name, "**" any number of folders, and the
// name of a folder everything below it.
func globbed(pattern string) *regexp.Regexp {
	var b strings.Builder
	b.WriteString("^")
	pattern = strings.TrimSuffix(filepath.ToSlash(pattern), "/")
	for i := 0; i < len(pattern); i++ {
		switch {
		case strings.HasPrefix(pattern[i:], "**/"):
			b.WriteString("(?:.*/)?")
			i += 2
		case strings.HasPrefix(pattern[i:], "**"):
			b.WriteString(".*")
			i++
		case pattern[i] == '*':
			b.WriteString("[^/]*")
		case pattern[i] == '?':
			b.WriteString("[^/]")
		default:
			b.WriteString(regexp.QuoteMeta(pattern[i : i+1]))
		}
	}
	return regexp.MustCompile(b.String() + "(?:/.*)?$")
}

// of returns the severity that a finding has for the user; false hides it. An id goes before its family.
func (c *lintConfig) of(env *Env, d diag.Diagnostic) (diag.Severity, bool) {
	hidden := false
	for _, g := range c.ignores { // all of them, so that each is known to be needed
		hidden = g.hides(env, d) || hidden
	}
	if hidden {
		return d.Severity, false
	}
	area, _, _ := strings.Cut(d.ID, "/")
	for _, key := range []string{d.ID, area + "/*"} {
		if word, ok := c.severity[key]; ok {
			s, shown := severities[word]
			return s, shown
		}
	}
	return d.Severity, true
}

// from is the path of a file as seen from a folder.
func (env *Env) from(dir, file string) string {
	a, err1 := filepath.Abs(env.path(dir))
	b, err2 := filepath.Abs(env.path(file))
	if err1 == nil && err2 == nil {
		if rel, err := filepath.Rel(a, b); err == nil {
			return filepath.ToSlash(rel)
		}
	}
	return filepath.ToSlash(file)
}
