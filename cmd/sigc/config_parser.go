package main

import (
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// configParser reads one file of configuration and collects what is wrong with it.
type configParser struct {
	reader   *configReader
	file     string
	source   *source.File
	problems []string
	besides  *[]string // files of the configuration that could be taken for rules
}

func (p *configParser) at(n *yaml.Node) string {
	return fmt.Sprintf("%s:%d:%d", p.file, n.Line, n.Column)
}

func (p *configParser) fail(at *yaml.Node, format string, args ...any) {
	p.problems = append(p.problems, p.at(at)+": "+fmt.Sprintf(format, args...))
}

// unknown reports a key that is none of the names.
func (p *configParser) unknown(key *yaml.Node, names []string) {
	p.fail(key, "unknown key %q%s", key.Value, nearOrAll(key.Value, names))
}

// nearOrAll says which name was probably meant, or else all of them.
func nearOrAll(name string, names []string) string {
	if near := diag.Nearest(name, names); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	if len(names) == 0 {
		return "; there is none"
	}
	return "; allowed are " + strings.Join(names, ", ")
}

// pairs calls each with the keys and values of a map.
func (p *configParser) pairs(n *yaml.Node, what string, each func(key, value *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		p.fail(n, "%s must be a map", what)
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if seen[key.Value] {
			p.fail(key, "%q is given twice", key.Value)
		}
		seen[key.Value] = true
		each(key, n.Content[i+1])
	}
}

// text returns the text of a scalar.
func (p *configParser) text(key, value *yaml.Node) string {
	if value.Kind != yaml.ScalarNode || value.Tag == "!!null" || value.Value == "" {
		p.fail(value, "%q must be a text", key.Value)
		return ""
	}
	return value.Value
}

// word returns a scalar that must be one of the words.
func (p *configParser) word(key, value *yaml.Node, words []string) string {
	s := p.text(key, value)
	if s == "" {
		return ""
	}
	for _, w := range words {
		if w == s {
			return s
		}
	}
	p.fail(value, "%q is no %s%s", s, key.Value, nearOrAll(s, words))
	return ""
}
