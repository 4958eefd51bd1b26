package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/targets"
)

// catalogue is the logs that there are with those of the configuration. Declarations are read last: one file may add to a
// log of another, and a schema may stand anywhere.
func (c *config) catalogue(diags *diag.List) *schema.Catalogue {
	logs, errs := schema.Declare(c.logs)
	if len(errs) == 0 {
		errs = targets.Declare(logs, c.tables)
	}
	for _, err := range errs {
		id, at, message := "config/log", source.Span{}, err.Error()
		if f := (*schema.Fault)(nil); errors.As(err, &f) {
			tree := c.trees[f.File]
			at, message = tree.Span(f.At), f.Message
			if f.Part != nil {
				id, at = "config/expression", tree.Part(f.At, f.Part[0], f.Part[1])
			}
		}
		diags.Errorf(id, at, "%s", message)
	}
	return logs
}

// mappings reads declarations of logs: a map of them, or files and folders in which each document is such a map.
func (p *configParser) mappings(n *yaml.Node) []schema.Declaration {
	switch n.Kind {
	case yaml.MappingNode:
		var out []schema.Declaration
		p.pairs(n, `"mappings"`, func(name, value *yaml.Node) {
			if value.Kind != yaml.MappingNode {
				p.fail(value, "the log %q must be a map", name.Value)
				return
			}
			out = append(out, schema.Declaration{File: p.file, Name: name.Value, Node: value})
		})
		p.config.trees[p.file] = p.tree
		return out
	case yaml.ScalarNode, yaml.SequenceNode:
		var out []schema.Declaration
		p.paths(n, `"mappings"`, []string{".yml", ".yaml"}, func(at *yaml.Node, name string, text []byte) {
			inner := &configParser{reader: p.reader, file: name, config: p.config}
			p.config.besides = append(p.config.besides, name)
			if inner.document(text) && inner.tree.Root != nil {
				out = append(out, inner.mappings(inner.tree.Root)...)
			}
		})
		return out
	default:
		p.fail(n, `"mappings" must be a map of logs, or the path of a file or folder with such maps`)
		return nil
	}
}

// rulesAmong leaves out of what has been found below a folder the files that are part of the configuration.
func (env *Env) rulesAmong(inputs []compiler.Input, besides []string) []compiler.Input {
	return slices.DeleteFunc(inputs, func(in compiler.Input) bool {
		return slices.ContainsFunc(besides, func(name string) bool { return env.path(name) == env.path(in.File.Name) })
	})
}

// schemas reads the schemas of tables, in JSON or as the table that the portal exports.
func (p *configParser) schemas(n *yaml.Node) map[string][]*schema.Column {
	out := map[string][]*schema.Column{}
	p.paths(n, `"schemas"`, []string{".json", ".csv"}, func(at *yaml.Node, name string, text []byte) {
		table, columns, err := schema.ReadTable(strings.TrimSuffix(filepath.Base(name), filepath.Ext(name)), text)
		if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
			end := min(int(syntax.Offset), len(text))
			written := source.NewFile(filepath.ToSlash(name), text).Span(max(end-1, 0), end)
			p.reader.diags.Errorf("config/table", written, "invalid JSON: %v", err)
			return
		} else if err != nil {
			p.reader.diags.Errorf("config/table", p.tree.Span(at), "%s: %v", name, err)
			return
		}
		out[table] = columns
	})
	return out
}

// paths reads the files that a value names: one path or several, of files or of folders with files of the extensions.
func (p *configParser) paths(n *yaml.Node, what string, extensions []string, read func(at *yaml.Node, name string, text []byte)) {
	names := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		names = n.Content
	}
	for _, n := range names {
		if n.Kind != yaml.ScalarNode || n.Value == "" {
			p.fail(n, "%s takes the path of a file or folder, or several", what)
			continue
		}
		files, err := p.files(beside(p.file, n.Value), extensions)
		if err != nil {
			p.unreadable(n, err)
		}
		for _, name := range files {
			text, err := p.reader.read(name)
			if err != nil {
				p.unreadable(n, err)
				continue
			}
			read(n, name, text)
		}
	}
}

// files are the files of a folder with one of the extensions; of a file, it alone.
func (p *configParser) files(path string, extensions []string) ([]string, error) {
	if slices.Contains(extensions, strings.ToLower(filepath.Ext(path))) {
		return []string{path}, nil
	}
	if p.reader.list == nil { // the embedded pack declares none
		return nil, nil
	}
	all, err := p.reader.list(path)
	return slices.DeleteFunc(all, func(f string) bool { return !slices.Contains(extensions, strings.ToLower(filepath.Ext(f))) }), err
}

// listFiles returns the files of a folder in the order of their names.
func (env *Env) listFiles(dir string) ([]string, error) {
	entries, err := os.ReadDir(env.path(dir))
	if err != nil {
		return nil, unreadable(dir, err)
	}
	var out []string
	for _, e := range entries {
		if !e.IsDir() {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	return out, nil
}
