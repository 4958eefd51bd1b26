package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/sigc-rules/sigc/compiler/target"
)

// replaceFolder puts the files into a folder in place of what is there, or leaves it as it is. They are written beside
// it first, so that the change is one rename. A folder that sigc has not made is not touched.
func (env *Env) replaceFolder(name string, files []target.File) error {
	dir, err := filepath.Abs(env.path(name))
	if err != nil {
		return failure("output folder", err)
	}
	if err := mayReplace(dir, name); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return &exitError{exitUsage, err}
	}
	fresh, err := os.MkdirTemp(filepath.Dir(dir), "."+filepath.Base(dir)+".new-")
	if err != nil {
		return &exitError{exitUsage, err}
	}
	defer os.RemoveAll(fresh)
	if err := os.Chmod(fresh, 0o755); err != nil {
		return failure("output folder", err)
	}
	if err := writeFiles(fresh, files); err != nil {
		return failure("write", err)
	}
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

// writeFiles writes files below a folder, several at a time: there may be thousands.
func writeFiles(dir string, files []target.File) error {
	made := map[string]bool{}
	for _, f := range files {
		folder := filepath.Dir(filepath.Join(dir, filepath.FromSlash(f.Path)))
		if made[folder] {
			continue
		}
		made[folder] = true
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
	}
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, f := range files {
		group.Go(func() error {
			return os.WriteFile(filepath.Join(dir, filepath.FromSlash(f.Path)), f.Data, 0o644)
		})
	}
	return group.Wait()
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
		return &exitError{exitUsage, err}
	}
	if !info.IsDir() {
		return usageError("%s is not a folder", name)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	if len(entries) == 0 {
		return nil
	}
	if !isOurs(filepath.Join(dir, "manifest.json")) {
		return usageError("%s holds files that sigc did not write; choose another folder with -o, or empty it", name)
	}
	return nil
}

// isOurs reports whether a file is a manifest of sigc: other tools have files of that name too.
func isOurs(file string) bool {
	text, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	var m struct {
		Tool string `json:"tool"`
	}
	return json.Unmarshal(text, &m) == nil && strings.HasPrefix(m.Tool, "sigc ")
}
