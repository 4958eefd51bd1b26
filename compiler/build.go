package compiler

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/tidwall/pretty"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
)

// Files returns the output for all targets, in the order of their paths, see [Program.Emit].
func (p *Program) Files(outputs []*Output, formats []string, tool string, others ...target.File) ([]target.File, error) {
	var files []target.File
	err := p.Emit(outputs, formats, tool, func(f target.File) error {
		files = append(files, f)
		return nil
	}, others...)
	if err != nil {
		return nil, err
	}
	last := len(files) - 1 // the manifest
	slices.SortFunc(files[:last], func(a, b target.File) int { return strings.Compare(a.Path, b.Path) })
	return files, nil
}

// Emit makes the output for all targets and gives emit one file after another, to keep or to write: a folder per target, in
// it the files of each rule and of the pack, and beside the folders, at last, a manifest. formats chooses among the formats
// of the targets; none means all that need no asking for. others are further files for the manifest to list.
func (p *Program) Emit(outputs []*Output, formats []string, tool string, emit func(target.File) error, others ...target.File) error {
	e := &emitter{emit: emit, written: map[string]map[string][]string{}}
	for _, f := range others {
		if err := e.add(f); err != nil {
			return err
		}
	}
	for _, out := range outputs {
		t := out.Target
		e.written[t.Name], e.taken = map[string][]string{}, map[string]bool{}
		for _, f := range t.Formats {
			if f.Pack == nil || len(out.Compiled) == 0 || !chosen(formats, f) {
				continue
			}
			if err := e.pack(out, f, &p.diags); err != nil {
				return err
			}
		}
		for _, f := range t.Formats {
			if f.Rule == nil || !chosen(formats, f) {
				continue
			}
			if err := e.rules(out, f); err != nil {
				return err
			}
		}
	}
	m, err := p.manifest(outputs, e, tool)
	if err != nil {
		return err
	}
	return emit(m)
}

// emitter passes files on and remembers what the manifest says of them.
type emitter struct {
	emit    func(target.File) error
	files   []manifestFile
	written map[string]map[string][]string // target → rule path → files
	taken   map[string]bool                // paths of the target, in lower case
}

func (e *emitter) add(f target.File) error {
	e.files = append(e.files, manifestFile{Path: f.Path, SHA256: sum(f.Data)})
	return e.emit(f)
}

// pack adds the files that deploy all rules together.
func (e *emitter) pack(out *Output, f target.Format, diags *diag.List) error {
	t := out.Target
	err := f.Pack(out.Compiled, func(file target.File) error {
		file.Path = path.Join(t.Name, file.Path)
		known := e.taken[strings.ToLower(file.Path)] // two forms of a pack may share a file
		e.taken[strings.ToLower(file.Path)] = true
		if known {
			return nil
		}
		return e.add(file)
	}, diags)
	if err != nil {
		return fmt.Errorf("%s %s: %w", t.Name, f.Name, err)
	}
	return nil
}

// atOnce is how many files are made before they are passed on.
const atOnce = 128

// rules adds a file of each rule.
func (e *emitter) rules(out *Output, f target.Format) error {
	t := out.Target
	for some := range slices.Chunk(out.Compiled, atOnce) {
		data, errs := make([][]byte, len(some)), make([]error, len(some))
		parallel(len(some), func(i int) { data[i], errs[i] = f.Rule(some[i]) })
		for i, c := range some {
			if errs[i] != nil {
				return fmt.Errorf("%s %s of %s: %w", t.Name, f.Name, c.Key(), errs[i])
			}
			name := path.Join(t.Name, c.File()) + f.Ext
			for n := 2; e.taken[strings.ToLower(name)]; n++ { // a rule must not stand where the pack does
				name = fmt.Sprintf("%s-%d%s", path.Join(t.Name, c.File()), n, f.Ext)
			}
			e.taken[strings.ToLower(name)] = true
			e.written[t.Name][c.Path] = append(e.written[t.Name][c.Path], name)
			if err := e.add(target.File{Path: name, Data: data[i]}); err != nil {
				return err
			}
		}
	}
	return nil
}

func chosen(formats []string, f target.Format) bool {
	if len(formats) == 0 {
		return !f.OnRequest
	}
	return slices.Contains(formats, f.Name)
}

// The manifest says what was built of what. Its form is a contract; keys are never renamed.
type manifest struct {
	Version int            `json:"version"`
	Tool    string         `json:"tool"`
	Rules   []manifestRule `json:"rules"`
	Files   []manifestFile `json:"files"`
}

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

func (p *Program) manifest(outputs []*Output, e *emitter, tool string) (target.File, error) {
	m := manifest{Version: 1, Tool: tool, Rules: []manifestRule{}, Files: slices.Concat([]manifestFile{}, e.files)}
	slices.SortFunc(m.Files, func(a, b manifestFile) int { return strings.Compare(a.Path, b.Path) })
	index := map[string]int{}
	for i, r := range p.Rules {
		index[r.Path] = i
		m.Rules = append(m.Rules, manifestRule{
			ID: r.ID, Title: r.Title, File: r.File, Level: r.Level, Tags: append([]string{}, r.Tags...),
			Targets: map[string]manifestTarget{}, Refused: map[string]manifestReason{},
		})
	}
	for _, out := range outputs {
		t := out.Target.Name
		queries := map[string]string{} // of a rule, which may have several
		for _, c := range out.Compiled {
			rule := m.Rules[index[c.Path]]
			queries[c.Path] += c.Text
			rule.Targets[t] = manifestTarget{
				Files:  append([]string{}, e.written[t][c.Path]...),
				Tables: append(rule.Targets[t].Tables, tables(c)...),
				Query:  sum([]byte(queries[c.Path])),
			}
		}
		for _, r := range out.Refused {
			m.Rules[index[r.Rule.Path]].Refused[t] = manifestReason{ID: r.Reason.ID, Message: r.Reason.Message}
		}
	}
	var b bytes.Buffer
	to := json.NewEncoder(&b)
	to.SetEscapeHTML(false)
	err := to.Encode(m)
	return target.File{Path: "manifest.json", Data: pretty.PrettyOptions(b.Bytes(), &pretty.Options{Indent: "  "})}, err
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
