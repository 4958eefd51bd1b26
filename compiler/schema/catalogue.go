package schema

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/block"
)

//go:embed logs/*.yaml
var files embed.FS

// catalogue is what the files say. A rule needs one or two of many logs, so that at first the log sources alone are read of
// each file, and the rest when the log is asked for.
type catalogue struct {
	*reader
	names    []string // of the logs that put no others together, better ones first
	refused  []refusal
	standard []*Column              // of every table of Log Analytics
	pooled   []*yaml.Node           // names of the logs that put others together, each followed by what is said of it
	meant    map[Logsource][]string // names by log source, several logs together before one of them

	mu    sync.Mutex
	made  map[string]*Log
	found map[Logsource][]*Log // what a log source means, once it has been looked up
	all   func() (together, logs []*Log)
}

// load reads the embedded index once. A mistake in the files is a bug of ours, which the tests of this package find.
var load = sync.OnceValue(func() *catalogue {
	dir, err := fs.Sub(files, "logs")
	if err != nil {
		panic(err)
	}
	return open(dir)
})

// open reads the index, and the log sources of every log.
func open(dir fs.FS) *catalogue {
	c := &catalogue{reader: &reader{dir: dir}, meant: map[Logsource][]string{}, made: map[string]*Log{}, found: map[Logsource][]*Log{}}
	c.all = sync.OnceValues(c.everything)
	c.document("index.yaml", map[string]func(*yaml.Node){
		"together": func(n *yaml.Node) { c.pooled = n.Content },
		"logs":     func(n *yaml.Node) { c.names = c.texts(n) },
		"ways":     func(n *yaml.Node) { c.known = c.ways(n) },
		"standard": func(n *yaml.Node) { c.standard = c.columns(n) },
		"event":    func(n *yaml.Node) { c.head = c.columns(n) },
		"refused": func(n *yaml.Node) {
			for _, item := range n.Content {
				c.refused = append(c.refused, c.refusal(item))
			}
		},
	})
	for i := 0; i < len(c.pooled); i += 2 {
		c.mean(c.pooled[i].Value, c.pooled[i+1])
	}
	for _, name := range c.names {
		c.mean(name, c.beginning(name))
	}
	return c
}

// beginning reads the log sources in the file of a log, and nothing else of it.
func (c *catalogue) beginning(name string) *yaml.Node {
	text, err := fs.ReadFile(c.dir, name+".yaml")
	if err != nil {
		return nil // which is told when the log is read
	}
	_, text, ok := bytes.Cut(text, []byte("\nlogsources:"))
	if !ok {
		return nil
	}
	end := 0
	for line := range bytes.Lines(text) {
		if end > 0 && line[0] != ' ' {
			break
		}
		end += len(line)
	}
	return block.Read(append([]byte("logsources:"), text[:end]...))
}

// mean notes the log sources of a log, of which the mapping has them.
func (c *catalogue) mean(name string, n *yaml.Node) {
	for i := 0; n != nil && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value != "logsources" {
			continue
		}
		for _, item := range n.Content[i+1].Content {
			if s := c.logsource(item).folded(); !slices.Contains(c.meant[s], name) {
				c.meant[s] = append(c.meant[s], name)
			}
		}
	}
}

// named returns the log of that name; nil when there is none.
func (c *catalogue) named(name string) *Log {
	c.mu.Lock()
	defer c.mu.Unlock()
	l := c.make(name)
	if err := errors.Join(c.errs...); err != nil {
		panic(err)
	}
	return l
}

// make returns the log of that name, and reads it when it is asked for the first time.
func (c *catalogue) make(name string) *Log {
	if l, made := c.made[name]; made {
		return l
	}
	var l *Log
	for i := 0; i < len(c.pooled); i += 2 {
		if c.pooled[i].Value == name {
			c.file = "index.yaml"
			l = c.reader.together(name, c.pooled[i+1], c.single)
		}
	}
	if at := slices.Index(c.names, name); at >= 0 && l == nil {
		l = c.reader.log(name, func(before string) *Log {
			if i := slices.Index(c.names, before); i < 0 || i >= at {
				return nil
			}
			return c.make(before)
		}, c.standard)
	}
	if l != nil {
		l.index()
		c.made[name] = l
	}
	return l
}

// single returns a log that puts no others together.
func (c *catalogue) single(name string) *Log {
	if !slices.Contains(c.names, name) {
		return nil
	}
	return c.make(name)
}

// everything returns all logs.
func (c *catalogue) everything() (together, logs []*Log) {
	for i := 0; i < len(c.pooled); i += 2 {
		together = append(together, c.named(c.pooled[i].Value))
	}
	for _, name := range c.names {
		logs = append(logs, c.named(name))
	}
	return together, logs
}

// find returns the logs that a log source means.
func (c *catalogue) find(s Logsource) []*Log {
	s = s.folded()
	names := c.meant[s]
	if len(names) == 0 {
		return nil
	}
	c.mu.Lock()
	out := c.found[s]
	c.mu.Unlock()
	if out != nil {
		return out
	}
	out = make([]*Log, len(names))
	for i, name := range names {
		if out[i] = c.named(name); out[i] == nil {
			panic(fmt.Sprintf("schema: no log %q", name))
		}
	}
	c.mu.Lock()
	c.found[s] = out
	c.mu.Unlock()
	return out
}
