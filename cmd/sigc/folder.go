package main

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/sigc-rules/sigc/compiler/target"
)

// replaceFolder puts the files that fill writes into a folder in place of what is there, or leaves it as it is, and returns
// how many they are. They are written beside it first, so that the change is one rename. A folder that sigc has not made is
// not touched.
func (env *Env) replaceFolder(name string, fill func(write func(target.File) error) error) (files int, err error) {
	dir, err := filepath.Abs(env.path(name))
	if err != nil {
		return 0, failure("output folder", err)
	}
	if err := mayReplace(dir, name); err != nil {
		return 0, err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return 0, &exitError{code: exitUsage, err: err}
	}
	fresh, err := os.MkdirTemp(filepath.Dir(dir), "."+filepath.Base(dir)+".new-")
	if err != nil {
		return 0, &exitError{code: exitUsage, err: err}
	}
	defer os.RemoveAll(fresh)
	if err := os.Chmod(fresh, 0o755); err != nil {
		return 0, failure("output folder", err)
	}
	w := &folderWriter{dir: fresh, made: map[string]bool{}}
	w.group.SetLimit(runtime.GOMAXPROCS(0))
	if err := errors.Join(fill(w.write), w.group.Wait()); err != nil {
		return 0, failure("write", err)
	}
	return w.files, replace(dir, fresh)
}

// replace renames a folder to what another is called, which goes away.
func replace(dir, fresh string) error {
	old := fresh + "-old"
	switch err := os.Rename(dir, old); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return failure("replace output folder", err)
	default:
		defer os.RemoveAll(old)
	}
	if err := os.Rename(fresh, dir); err != nil {
		// Put back what was there; should that fail too, it still stands beside the folder.
		return failure("replace output folder", errors.Join(err, restore(old, dir)))
	}
	return nil
}

// folderWriter writes files below a folder, several at a time: there may be thousands.
type folderWriter struct {
	dir   string
	made  map[string]bool // folders
	files int
	group errgroup.Group
}

// write begins to write a file; an error may come later, from the group.
func (w *folderWriter) write(f target.File) error {
	name := filepath.Join(w.dir, filepath.FromSlash(f.Path))
	if folder := filepath.Dir(name); !w.made[folder] {
		w.made[folder] = true
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
	}
	w.files++
	if f.Write != nil {
		return writePieces(name, f.Write)
	}
	w.group.Go(func() error { return os.WriteFile(name, f.Data, 0o644) })
	return nil
}

// writePieces writes a file piece by piece.
func writePieces(name string, write func(io.Writer) error) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

func restore(old, dir string) error {
	if err := os.Rename(old, dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// mayReplace protects a folder with other things in it: only an empty one, or one with a manifest of ours, is replaced.
func mayReplace(dir, name string) error {
	info, err := os.Lstat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return &exitError{code: exitUsage, err: err}
	}
	if !info.IsDir() {
		return usageError("%s is not a folder", name)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return &exitError{code: exitUsage, err: err}
	}
	if len(entries) == 0 {
		return nil
	}
	if !isOurs(filepath.Join(dir, "manifest.json")) {
		return usageError("%s holds files that sigc did not write; choose another folder with -o, or empty it", name)
	}
	return nil
}

// isOurs reports whether a file is a manifest of sigc: other tools have files of that name too. What made it stands at its
// beginning, which is all that is read.
func isOurs(file string) bool {
	f, err := os.Open(file)
	if err != nil {
		return false
	}
	defer f.Close()
	d := json.NewDecoder(f)
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return false
	}
	for d.More() {
		var tool string
		switch key, err := d.Token(); {
		case err != nil:
			return false
		case key == "tool":
			return d.Decode(&tool) == nil && strings.HasPrefix(tool, "sigc ")
		}
		if err := d.Decode(new(json.RawMessage)); err != nil {
			return false
		}
	}
	return false
}
