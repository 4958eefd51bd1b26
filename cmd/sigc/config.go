package main

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/rules"
)

// config is what sigc.yml says, and what the files say that it extends.
type config struct {
	overrides
	env  map[string]*overrides
	lint lintConfig
	lang source.Text // of titles and descriptions

	pipelines []string // files
	besides   []string // files that are no rules, wherever they stand

	logs   []schema.Declaration        // in the order in which they add to each other
	trees  map[string]compiler.Tree    // the files that declare them
	tables map[string][]*schema.Column // of which there is a schema
}

// overrides is what an environment can say in its own way.
type overrides struct {
	lists    lists
	settings settings
}

func newOverrides() overrides { return overrides{lists: lists{}, settings: settings{}} }

func newConfig() *config {
	return &config{overrides: newOverrides(), env: map[string]*overrides{}, tables: map[string][]*schema.Column{}, trees: map[string]compiler.Tree{}}
}

// add lets what others say take the place of what is said here of the same.
func (o *overrides) add(other *overrides) {
	o.lists.add(other.lists)
	o.settings.add(other.settings)
}

// configured reads the configuration that applies to the paths, with the overrides of an environment, and the --var flags.
// The lists of the embedded pack stand behind those of the user when the pack itself is compiled.
func (env *Env) configured(paths []string, flags *reading) (*project, error) {
	c := newConfig()
	if len(paths) == 0 {
		pack, err := packConfig()
		if err != nil {
			return nil, err
		}
		c.add(pack)
	}
	file := flags.config
	if file == "" {
		file = env.findConfig(paths)
	}
	if file != "" {
		own, err := env.readConfig(file)
		if err != nil {
			return nil, err
		}
		c.add(own)
	}
	if flags.env != "" {
		own, ok := c.env[flags.env]
		switch {
		case !ok && len(c.env) == 0:
			return nil, usageError("there is no environment %q: no configuration declares one below \"env:\"", flags.env)
		case !ok:
			return nil, unknownName("environment", flags.env, slices.Sorted(maps.Keys(c.env)))
		}
		c.overrides.add(own)
	}
	for _, v := range flags.vars {
		name, values, ok := strings.Cut(v, "=")
		if !ok || name == "" {
			return nil, usageError("--var takes NAME=VALUE,..., not %q", v)
		}
		c.lists.add(lists{name: fromFlag(name, values)})
	}
	var diags diag.List
	translations, err := env.translations(file, len(paths) == 0, &diags)
	if err == nil {
		err = env.mistaken(&diags)
	}
	if err != nil {
		return nil, err
	}
	if flags.lang != "" {
		if err := oneOf("--lang", flags.lang, languages(translations)); err != nil {
			return nil, err
		}
		c.lang = source.Text{Value: flags.lang}
	}
	checkLang(c.lang, translations, &diags)
	resolved := c.lists.resolve(&diags)
	logs := c.catalogue(&diags)
	pipelines, err := env.pipelines(append(slices.Clip(c.pipelines), flags.pipelines...), &diags)
	if err != nil {
		return nil, err
	}
	if err := env.mistaken(&diags); err != nil {
		return nil, err
	}
	opts := compiler.Options{Lists: resolved, Logs: logs, Pipelines: pipelines, Targets: targetNames(), Translations: translations}
	return &project{Options: opts, settings: c.settings, lint: c.lint, lang: c.lang.Value, besides: append(c.besides, flags.pipelines...)}, nil
}

// add lets what another configuration says take the place of what this one says of the same.
func (c *config) add(other *config) {
	c.overrides.add(&other.overrides)
	c.lint.add(other.lint)
	if other.lang.Value != "" {
		c.lang = other.lang
	}
	c.logs = append(c.logs, other.logs...)
	c.pipelines, c.besides = append(c.pipelines, other.pipelines...), append(c.besides, other.besides...)
	maps.Copy(c.tables, other.tables)
	maps.Copy(c.trees, other.trees)
	for name, o := range other.env {
		if c.env[name] == nil {
			own := newOverrides()
			c.env[name] = &own
		}
		c.env[name].add(o)
	}
}

func packConfig() (*config, error) {
	r := &configReader{read: func(name string) ([]byte, error) {
		return fs.ReadFile(rules.FS(), strings.TrimPrefix(path.Clean(filepath.ToSlash(name)), "rules/"))
	}}
	c, err := r.file("rules/" + configName)
	if err == nil && r.diags.Len() > 0 {
		err = errors.New(r.diags.From(0)[0].Message)
	}
	if err != nil {
		return nil, failure("read the embedded pack", err)
	}
	return c, nil
}

// findConfig looks for a configuration in the folder of the first path and in those above it.
func (env *Env) findConfig(paths []string) string {
	start := env.Dir
	if len(paths) > 0 && paths[0] != "-" {
		start = env.path(paths[0])
	}
	dir, err := filepath.Abs(start)
	if err != nil {
		return ""
	}
	for {
		file := filepath.Join(dir, configName)
		if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() {
			return env.short(file)
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// short returns a path below the working folder without that folder, as the user would write it.
func (env *Env) short(file string) string {
	if dir, err := filepath.Abs(env.Dir); err == nil {
		if rel, err := filepath.Rel(dir, file); err == nil && filepath.IsLocal(rel) {
			return rel
		}
	}
	return file
}

func (env *Env) readConfig(file string) (*config, error) {
	r := &configReader{read: env.readFile, list: env.listFiles}
	c, err := r.file(file)
	if err != nil {
		return nil, err
	}
	return c, env.mistaken(&r.diags)
}

// configReader reads a configuration and the files that it names.
type configReader struct {
	read    func(name string) ([]byte, error)
	list    func(dir string) ([]string, error) // the files of a folder, in order
	reading []string                           // the files that are being read, each of which the one before extends
	extends int                                // how many have been read because others extend them
	diags   diag.List
}

// file reads a configuration. The error is that there is no such file; its mistakes are told apart from that.
func (r *configReader) file(name string) (*config, error) {
	text, err := r.read(name)
	if err != nil {
		return nil, err
	}
	r.reading = append(r.reading, name)
	defer func() { r.reading = r.reading[:len(r.reading)-1] }()
	p := &configParser{reader: r, file: name, config: newConfig()}
	if p.document(text) && p.tree.Root != nil {
		p.read()
	}
	return p.config, nil
}

// beside is a path that a configuration names: it starts from the folder of the configuration.
func beside(file, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(filepath.Dir(file), filepath.FromSlash(name))
}

// topKeys are the keys of a configuration.
var topKeys = []string{"env", "extends", "lang", "lint", "lists", "mappings", "pipelines", "schemas", "targets"}

func (p *configParser) read() {
	c := p.config
	parts := map[string]*yaml.Node{}
	p.pairs(p.tree.Root, "the configuration", func(key, value *yaml.Node) {
		if !slices.Contains(topKeys, key.Value) {
			p.unknown(key, topKeys)
			return
		}
		parts[key.Value] = value
	})
	if n := parts["extends"]; n != nil {
		p.extends(n)
	}
	if n := parts["lists"]; n != nil {
		c.lists.add(p.lists(n))
	}
	if n := parts["targets"]; n != nil {
		c.settings.add(p.settings(n))
	}
	if n := parts["mappings"]; n != nil {
		c.logs = append(c.logs, p.mappings(n)...)
	}
	if n := parts["pipelines"]; n != nil {
		p.pipelines(n)
	}
	if n := parts["schemas"]; n != nil {
		maps.Copy(c.tables, p.schemas(n))
	}
	if n := parts["lang"]; n != nil {
		if n.Kind != yaml.ScalarNode || n.Value == "" {
			p.fail(n, `"lang" takes the tag of a language, such as ja`)
		}
		c.lang = source.Text{Value: n.Value, At: p.tree.Span(n)}
	}
	if n := parts["lint"]; n != nil {
		c.lint.add(p.lint(n))
	}
	if n := parts["env"]; n != nil {
		p.environments(n)
	}
}

// maxExtends bounds how many files a configuration builds upon. One that is extended twice counts twice, as it may take back
// what the file before it has changed: a chain of files that name the next one twice would be read for hours.
const maxExtends = 1000

// extends reads the files that the configuration builds upon; each may change what those before it say.
func (p *configParser) extends(n *yaml.Node) {
	names := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		names = n.Content
	}
	for _, n := range names {
		if n.Kind != yaml.ScalarNode || n.Value == "" {
			p.fail(n, `"extends" takes the path of a configuration, or several`)
			continue
		}
		file := beside(p.file, n.Value)
		if slices.Contains(p.reader.reading, file) {
			p.fail(n, "%s extends itself through this file", file)
			continue
		}
		if p.reader.extends++; p.reader.extends > maxExtends {
			if p.reader.extends == maxExtends+1 {
				p.fail(n, "more than %d configurations would be read to build upon: a file that several others extend is read for each of them", maxExtends)
			}
			return
		}
		base, err := p.reader.file(file)
		if err != nil {
			p.unreadable(n, err)
			continue
		}
		p.config.add(base)
	}
}

func (p *configParser) environments(n *yaml.Node) {
	p.pairs(n, `"env"`, func(name, value *yaml.Node) {
		own := newOverrides()
		p.pairs(value, "an environment", func(key, value *yaml.Node) {
			switch key.Value {
			case "lists":
				own.lists = p.lists(value)
			case "targets":
				own.settings = p.settings(value)
			default:
				p.unknown(key, []string{"lists", "targets"})
			}
		})
		p.config.add(&config{env: map[string]*overrides{name.Value: &own}})
	})
}
