package compiler

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

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
	e := &emitter{emit: emit}
	for _, f := range others {
		if err := e.add(f, sum(f.Data)); err != nil {
			return err
		}
	}
	folders := make([]*folder, len(outputs))
	for i, out := range outputs {
		folders[i] = newFolder(out, formats)
	}
	if err := e.packs(folders, &p.diags); err != nil {
		return err
	}
	for _, to := range folders {
		for _, f := range to.formats {
			if f.Rule == nil {
				continue
			}
			if err := e.rules(to, f); err != nil {
				return err
			}
		}
	}
	return emit(p.manifest(folders, e.files, tool))
}

// emitter passes files on and remembers what the manifest says of them.
type emitter struct {
	adding sync.Mutex
	emit   func(target.File) error
	files  []manifestFile
}

// add adds a file, and what [sum] is of it.
func (e *emitter) add(f target.File, sum string) error {
	e.adding.Lock()
	defer e.adding.Unlock()
	e.files = append(e.files, manifestFile{Path: f.Path, SHA256: sum})
	return e.emit(f)
}

// folder is where the output for a target goes.
type folder struct {
	*Output
	formats []target.Format
	names   []string        // of the files of each compiled rule, without an extension
	written [][]string      // the files of each
	taken   map[string]bool // paths, in lower case
}

// newFolder begins a folder with files in some formats.
func newFolder(out *Output, formats []string) *folder {
	to := &folder{Output: out, names: make([]string, len(out.Compiled)), written: make([][]string, len(out.Compiled))}
	for _, f := range out.Target.Formats {
		if chosen(formats, f) {
			to.formats = append(to.formats, f)
		}
	}
	n := len(to.formats)
	to.taken = make(map[string]bool, n*len(out.Compiled))
	room := make([]string, n*len(out.Compiled))
	for i, c := range out.Compiled {
		to.names[i], to.written[i] = path.Join(out.Target.Name, c.File()), room[i*n:i*n:(i+1)*n]
	}
	return to
}

// take takes a path, and reports whether it was free.
func (to *folder) take(name string) bool {
	key := strings.ToLower(name)
	if to.taken[key] {
		return false
	}
	to.taken[key] = true
	return true
}

// packs adds the files that deploy all rules together, for several targets at a time.
func (e *emitter) packs(folders []*folder, diags *diag.List) error {
	found, errs := make([]diag.List, len(folders)), make([]error, len(folders))
	parallel(len(folders), func(i int) { errs[i] = e.pack(folders[i], &found[i]) })
	for i := range folders {
		diags.AddAll(&found[i])
	}
	return cmp.Or(errs...)
}

func (e *emitter) pack(to *folder, diags *diag.List) error {
	t := to.Target
	for _, f := range to.formats {
		if f.Pack == nil || len(to.Compiled) == 0 {
			continue
		}
		err := f.Pack(to.Compiled, func(file target.File) error {
			file.Path = path.Join(t.Name, file.Path)
			if !to.take(file.Path) { // two forms of a pack may share a file
				return nil
			}
			return e.add(file, sum(file.Data))
		}, diags)
		if err != nil {
			return fmt.Errorf("%s %s: %w", t.Name, f.Name, err)
		}
	}
	return nil
}

// atOnce is how many files are made before they are passed on.
const atOnce = 128

// rules adds a file of each rule.
func (e *emitter) rules(to *folder, f target.Format) error {
	t := to.Target
	type made struct {
		data []byte
		sum  string
		err  error
	}
	files := make([]made, atOnce)
	for from := 0; from < len(to.Compiled); from += atOnce {
		some := to.Compiled[from:min(from+atOnce, len(to.Compiled))]
		parallel(len(some), func(i int) {
			files[i].data, files[i].err = f.Rule(some[i])
			files[i].sum = sum(files[i].data)
		})
		for i, c := range some {
			file := files[i]
			if file.err != nil {
				return fmt.Errorf("%s %s of %s: %w", t.Name, f.Name, c.Key(), file.err)
			}
			name := to.names[from+i] + f.Ext
			for n := 2; !to.take(name); n++ { // a rule must not stand where the pack does
				name = fmt.Sprintf("%s-%d%s", to.names[from+i], n, f.Ext)
			}
			to.written[from+i] = append(to.written[from+i], name)
			if err := e.add(target.File{Path: name, Data: file.data}, file.sum); err != nil {
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
