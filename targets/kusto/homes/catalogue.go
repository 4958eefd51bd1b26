package homes

import (
	"cmp"
	"embed"
	"errors"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/schema"
)

//go:embed *.yaml
var files embed.FS

// catalogue is what the files say. A file is read when one of its logs is asked for, and a home made when its log is: a
// rule needs a few of many.
type catalogue struct {
	index     index
	families  []string // of its tables, each once
	preferred string   // these in a list
	mu        sync.Mutex
	files     map[string]*reader // by the name of the table
	byLog     map[*schema.Log][]*Home
}

// load reads the index once. A mistake in the files is a bug of ours, which the tests of this package find.
var load = sync.OnceValue(open)

func open() *catalogue {
	c := &catalogue{files: map[string]*reader{}, byLog: map[*schema.Log][]*Home{}}
	if err := decode("index.yaml", &c.index); err != nil {
		panic(err)
	}
	for _, t := range c.index.Tables {
		if t.Family != "" && !slices.Contains(c.families, t.Family) {
			c.families = append(c.families, t.Family)
		}
	}
	c.preferred = strings.Join(c.families, ",")
	return c
}

// of returns the homes of a log, in the order of the tables.
func (c *catalogue) of(log *schema.Log) ([]*Home, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if homes, made := c.byLog[log]; made {
		return homes, nil
	}
	var homes []*Home
	for _, t := range c.index.Tables {
		if !slices.Contains(t.Logs, log.Name) {
			continue
		}
		r, err := c.file(t)
		if err != nil {
			return nil, err
		}
		h := r.home(log)
		if err := errors.Join(r.errs...); err != nil {
			return nil, err
		}
		h.ready()
		homes = append(homes, h)
	}
	c.byLog[log] = homes
	return homes, nil
}

// homes returns the homes in the table of an entry.
func (t entry) homes(yield func(*Home) bool) {
	for _, name := range t.Logs {
		for _, h := range Of(schema.ByName(name)) {
			if h.file == t.Table && !yield(h) {
				return
			}
		}
	}
}

// file reads the file of a table.
func (c *catalogue) file(t entry) (*reader, error) {
	if r := c.files[t.Table]; r != nil {
		return r, nil
	}
	r := &reader{file: t.Table + ".yaml", standard: c.index.Standard, done: map[string]Section{}, own: map[string]Section{}}
	if err := decode(r.file, &r.written); err != nil {
		return nil, err
	}
	r.Table, r.Family = t.called(), t.Family
	for i := 0; i+1 < len(r.Logs.Content); i += 2 {
		r.section(r.Logs.Content[i].Value, r.Logs.Content[i+1])
	}
	c.files[t.Table] = r
	return r, nil
}

// index says in which order tables are preferred, which logs they keep, and which columns all of them have.
type index struct {
	Tables   []entry
	Standard map[schema.Type]string
}

// entry is a table in the index.
type entry struct {
	Table, Family string
	Called        string
	Logs          words
}

// called is the name of the table.
func (t entry) called() string { return cmp.Or(t.Called, t.Table) }

// words are several in one text.
type words []string

// UnmarshalYAML reads words that stand in one text.
func (w *words) UnmarshalYAML(n *yaml.Node) error {
	*w = strings.Fields(n.Value)
	return nil
}
