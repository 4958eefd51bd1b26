package compiler

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
)

// Files returns the output for all targets, in the order of their paths, see [Program.Emit].
func (p *Program) Files(outputs []*Output, formats []string, tool string, others ...target.File) ([]target.File, error) {
	var files []target.File
	err := p.Emit(outputs, formats, tool, func(f target.File) error {
		if f.Write != nil {
			var b bytes.Buffer
			if err := f.Write(&b); err != nil {
				return err
			}
			f = target.File{Path: f.Path, Data: b.Bytes()}
		}
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
// of the targets; none means all that need no asking for. others are further files for the manifest to list. The manifest is
// written piece by piece.
func (p *Program) Emit(outputs []*Output, formats []string, tool string, emit func(target.File) error, others ...target.File) error {
	e := &emitter{emit: emit, written: map[string][][]string{}}
	for _, f := range others {
		if err := e.add(f); err != nil {
			return err
		}
	}
	for _, out := range outputs {
		t := out.Target
		e.written[t.Name], e.taken = make([][]string, len(out.Compiled)), map[string]bool{}
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
	return emit(p.manifest(outputs, e, tool))
}

// emitter passes files on and remembers what the manifest says of them.
type emitter struct {
	emit    func(target.File) error
	files   []manifestFile
	written map[string][][]string // target → the files of each of its compiled rules
	taken   map[string]bool       // paths of the target, in lower case
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
	written := e.written[t.Name]
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
			written[i] = append(written[i], name)
			if err := e.add(target.File{Path: name, Data: data[i]}); err != nil {
				return err
			}
		}
		written = written[len(some):]
	}
	return nil
}

func chosen(formats []string, f target.Format) bool {
	if len(formats) == 0 {
		return !f.OnRequest
	}
	return slices.Contains(formats, f.Name)
}
