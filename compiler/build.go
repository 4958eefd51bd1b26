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

	"github.com/sigc-rules/sigc/compiler/target"
)

// Files returns the output for all targets: a folder per target, in it the files of each rule and of the pack, and
// beside the folders a manifest. formats chooses among the formats of the targets; none means
// all that need no asking for. others are further files for the manifest to list.
func (p *Program) Files(outputs []*Output, formats []string, tool string, others ...target.File) ([]target.File, error) {
	files := slices.Clone(others)
	written := map[string]map[string][]string{} // target → rule path → files
	for _, out := range outputs {
		t := out.Target
		written[t.Name] = map[string][]string{}
		taken := map[string]bool{}
		for _, f := range t.Formats {
			if f.Pack == nil || !chosen(formats, f) {
				continue
			}
			pack, err := f.Pack(out.Compiled)
			if err != nil {
				return nil, fmt.Errorf("%s %s: %w", t.Name, f.Name, err)
			}
			if f.Notes != nil {
				f.Notes(out.Compiled, &p.diags)
			}
			for _, file := range pack {
				file.Path = path.Join(t.Name, file.Path)
				if !taken[strings.ToLower(file.Path)] { // two forms of a pack may share a file
					files = append(files, file)
				}
				taken[strings.ToLower(file.Path)] = true
			}
		}
		for _, f := range t.Formats {
			if f.Rule == nil || !chosen(formats, f) {
				continue
			}
			data, errs := make([][]byte, len(out.Compiled)), make([]error, len(out.Compiled))
			parallel(len(out.Compiled), func(i int) { data[i], errs[i] = f.Rule(out.Compiled[i]) })
			for i, c := range out.Compiled {
				if errs[i] != nil {
					return nil, fmt.Errorf("%s %s of %s: %w", t.Name, f.Name, c.Key(), errs[i])
				}
				name := path.Join(t.Name, c.File()) + f.Ext
				for n := 2; taken[strings.ToLower(name)]; n++ { // a rule must not stand where the pack does
					name = fmt.Sprintf("%s-%d%s", path.Join(t.Name, c.File()), n, f.Ext)
				}
				taken[strings.ToLower(name)] = true
				files = append(files, target.File{Path: name, Data: data[i]})
				written[t.Name][c.Path] = append(written[t.Name][c.Path], name)
			}
		}
	}
	slices.SortFunc(files, func(a, b target.File) int { return strings.Compare(a.Path, b.Path) })
	manifest, err := p.manifest(outputs, written, files, tool)
	return append(files, manifest), err
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

func (p *Program) manifest(outputs []*Output, written map[string]map[string][]string, files []target.File, tool string) (target.File, error) {
	m := manifest{Version: 1, Tool: tool, Rules: []manifestRule{}, Files: []manifestFile{}}
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
				Files:  append([]string{}, written[t][c.Path]...),
				Tables: append(rule.Targets[t].Tables, tables(c)...),
				Query:  sum([]byte(queries[c.Path])),
			}
		}
		for _, r := range out.Refused {
			m.Rules[index[r.Rule.Path]].Refused[t] = manifestReason{ID: r.Reason.ID, Message: r.Reason.Message}
		}
	}
	for _, f := range files {
		m.Files = append(m.Files, manifestFile{Path: f.Path, SHA256: sum(f.Data)})
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(m)
	return target.File{Path: "manifest.json", Data: b.Bytes()}, err
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
