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
func (p *Program) manifest(folders []*folder, written []manifestFile, tool string) target.File {
	slices.SortFunc(written, func(a, b manifestFile) int { return strings.Compare(a.Path, b.Path) })
	return target.File{Path: "manifest.json", Write: func(w io.Writer) error {
		to := bufio.NewWriterSize(w, 64<<10)
		head, failed := jsontext.Append([]byte("{\n  \"version\": 1,\n  \"tool\": "), tool, "  ")
		rules := jsontext.NewList(append(head, ",\n  \"rules\": "...), "  ")
		for m := range p.manifestRules(folders) {
			failed = cmp.Or(failed, rules.Add(m))
			to.Write(rules.Take())
		}
		files := jsontext.NewList(append(rules.End(), ",\n  \"files\": "...), "  ")
		for i := range written {
			failed = cmp.Or(failed, files.Add(&written[i]))
			to.Write(files.Take())
		}
		to.Write(append(files.End(), "\n}\n"...))
		return cmp.Or(failed, to.Flush())
	}}
}

// manifestRules yields what became of each rule, in the same place.
func (p *Program) manifestRules(folders []*folder) iter.Seq[*manifestRule] {
	return func(yield func(*manifestRule) bool) {
		readers := make([]folderReader, len(folders))
		for i, from := range folders {
			readers[i] = folderReader{folder: from, files: []string{}}
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

// folderReader reads the output for a target rule by rule, in whose order it stands.
type folderReader struct {
	*folder
	compiled, refused int // how many have been read

	text          []byte // of the queries of a rule
	files, tables []string
}

// next says what a rule has become.
func (f *folderReader) next(r *Rule, m *manifestRule) {
	first := f.compiled
	for f.compiled < len(f.Compiled) && f.Compiled[f.compiled].Path == r.Path {
		f.compiled++
	}
	if first < f.compiled {
		m.Targets[f.Target.Name] = f.became(f.Compiled[first:f.compiled], f.written[first:f.compiled])
	}
	for ; f.refused < len(f.Refused) && f.Refused[f.refused].Rule == r; f.refused++ {
		reason := f.Refused[f.refused].Reason
		m.Refused[f.Target.Name] = manifestReason{ID: reason.ID, Message: reason.Message}
	}
}

// became is what a rule has become on a target, until the next is read: its queries, and the files of each in the order of
// the formats.
func (f *folderReader) became(queries []*target.Compiled, written [][]string) manifestTarget {
	f.text, f.files, f.tables = f.text[:0], f.files[:0], f.tables[:0]
	for _, c := range queries {
		f.text = append(f.text, c.Text...)
		for _, log := range c.Logs() {
			f.tables = append(f.tables, log.Name)
		}
	}
	for format := range written[0] {
		for _, files := range written {
			f.files = append(f.files, files[format])
		}
	}
	return manifestTarget{Files: f.files, Tables: f.tables, Query: sum(f.text)}
}

func sum(data []byte) string {
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:])
}
