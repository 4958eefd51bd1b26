package compiler

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/jsontext"
	"github.com/sigc-rules/sigc/compiler/target"
)

// The manifest says what was built of what. Its form is a contract; keys are never renamed.
type manifestRule struct {
	ID      string                    `json:"id"`
	Title   string                    `json:"title"`
	File    string                    `json:"file"`
	Level   string                    `json:"level"`
	Tags    []string                  `json:"tags"`
	Targets map[string]manifestTarget `json:"targets"`
	Refused map[string]manifestReason `json:"refused"`
}

type manifestTarget struct {
	Files  []string `json:"files"`
	Tables []string `json:"tables"`
	Query  string   `json:"query_sha256"`
}

type manifestReason struct {
	ID      string `json:"id"`
	Message string `json:"message"`
}

type manifestFile struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

// manifest is written rule by rule, as there may be thousands.
func (p *Program) manifest(outputs []*Output, e *emitter, tool string) target.File {
	slices.SortFunc(e.files, func(a, b manifestFile) int { return strings.Compare(a.Path, b.Path) })
	return target.File{Path: "manifest.json", Write: func(w io.Writer) error {
		to := bufio.NewWriter(w)
		head, failed := jsontext.Append([]byte("{\n  \"version\": 1,\n  \"tool\": "), tool, "  ")
		rules := jsontext.NewList(append(head, ",\n  \"rules\": "...), "  ")
		for m := range p.manifestRules(outputs, e) {
			failed = cmp.Or(failed, rules.Add(m))
			to.Write(rules.Take())
		}
		files := jsontext.NewList(append(rules.End(), ",\n  \"files\": "...), "  ")
		for i := range e.files {
			failed = cmp.Or(failed, files.Add(&e.files[i]))
			to.Write(files.Take())
		}
		to.Write(append(files.End(), "\n}\n"...))
		return cmp.Or(failed, to.Flush())
	}}
}

// manifestRules yields what became of each rule, in the same place.
func (p *Program) manifestRules(outputs []*Output, e *emitter) iter.Seq[*manifestRule] {
	return func(yield func(*manifestRule) bool) {
		readers := make([]outputReader, len(outputs))
		for i, out := range outputs {
			readers[i] = outputReader{Output: out, written: e.written[out.Target.Name]}
		}
		m := &manifestRule{Tags: []string{}, Targets: map[string]manifestTarget{}, Refused: map[string]manifestReason{}}
		for _, r := range p.Rules {
			m.ID, m.Title, m.File, m.Level, m.Tags = r.ID, r.Title, r.File, r.Level, append(m.Tags[:0], r.Tags...)
			clear(m.Targets)
			clear(m.Refused)
			for i := range readers {
				readers[i].next(r, m)
			}
			if !yield(m) {
				return
			}
		}
	}
}

// outputReader reads the output for a target rule by rule, in whose order it stands.
type outputReader struct {
	*Output
	written           [][]string
	compiled, refused int // how many have been read
	texts             []byte
}

// next says what a rule has become.
func (o *outputReader) next(r *Rule, m *manifestRule) {
	first := o.compiled
	for o.compiled < len(o.Compiled) && o.Compiled[o.compiled].Path == r.Path {
		o.compiled++
	}
	if first < o.compiled {
		m.Targets[o.Target.Name] = o.became(o.Compiled[first:o.compiled], o.written[first:o.compiled])
	}
	for ; o.refused < len(o.Refused) && o.Refused[o.refused].Rule == r; o.refused++ {
		reason := o.Refused[o.refused].Reason
		m.Refused[o.Target.Name] = manifestReason{ID: reason.ID, Message: reason.Message}
	}
}

// became is what a rule has become on a target: its queries, and the files of each in the order of the formats.
func (o *outputReader) became(queries []*target.Compiled, written [][]string) manifestTarget {
	t := manifestTarget{Files: make([]string, 0, len(written)*len(written[0]))}
	o.texts = o.texts[:0]
	for _, c := range queries {
		o.texts = append(o.texts, c.Text...)
		t.Tables = append(t.Tables, tables(c)...)
	}
	t.Query = sum(o.texts)
	for format := range written[0] {
		for _, files := range written {
			t.Files = append(t.Files, files[format])
		}
	}
	return t
}

func sum(data []byte) string {
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:])
}

func tables(c *target.Compiled) []string {
	var out []string
	for _, log := range c.Logs() {
		out = append(out, log.Name)
	}
	return out
}
