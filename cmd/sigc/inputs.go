package main

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/rules"
)

// configName is the configuration file, which stands among rules without being one.
const configName = "sigc.yml"

// inputs reads the rules below the paths: files as they are, folders with all .yml and .yaml files in them, in the
// order of their names. Without paths it reads the embedded pack.
func (env *Env) inputs(paths []string, stdinName string) ([]compiler.Input, error) {
	if len(paths) == 0 {
		return packInputs()
	}
	var out []compiler.Input
	seen := map[string]bool{} // a file that two paths lead to is read once
	for _, p := range paths {
		if p == "-" {
			text, err := env.readFile("-")
			if err != nil {
				return nil, err
			}
			out = append(out, compiler.Input{File: source.NewFile(stdinName, text), Path: path.Base(filepath.ToSlash(stdinName))})
			continue
		}
		found, err := env.walk(p)
		if err != nil {
			return nil, err
		}
		for _, in := range found {
			if abs, err := filepath.Abs(env.path(in.File.Name)); err == nil {
				if seen[abs] {
					continue
				}
				seen[abs] = true
			}
			out = append(out, in)
		}
	}
	if len(out) == 0 {
		return nil, usageError("no .yml or .yaml file in %s", strings.Join(paths, ", "))
	}
	env.expect(out)
	return out, nil
}

// few is how many bytes of rules need no thrift: they become some 30 times as many in memory.
const few = 256 << 10

// expect prepares for the work on rules.
func (env *Env) expect(inputs []compiler.Input) {
	size := 0
	for _, in := range inputs {
		size += len(in.File.Text)
	}
	if size > few && env.Many != nil {
		env.Many()
	}
}

func (env *Env) walk(p string) ([]compiler.Input, error) {
	info, err := os.Stat(env.path(p))
	if err != nil {
		return nil, unreadable(p, err)
	}
	if !info.IsDir() {
		text, err := env.readFile(p)
		if err != nil {
			return nil, err
		}
		return []compiler.Input{{File: source.NewFile(p, text), Path: filepath.Base(p)}}, nil
	}
	var files, below []string
	err = filepath.WalkDir(env.path(p), func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(env.path(p), file)
		if err != nil {
			return err
		}
		if d.IsDir() && rel != "." && (strings.HasPrefix(d.Name(), ".") || isLangFolder(file)) {
			return filepath.SkipDir
		}
		if !isRule(d) {
			return nil
		}
		files, below = append(files, file), append(below, rel)
		return nil
	})
	if err != nil {
		return nil, unreadable(p, err)
	}
	texts, err := readFiles(files)
	if err != nil {
		return nil, unreadable(p, err)
	}
	out := make([]compiler.Input, len(files))
	for i, rel := range below {
		out[i] = compiler.Input{File: source.NewFile(filepath.ToSlash(filepath.Join(p, rel)), texts[i]), Path: filepath.ToSlash(rel)}
	}
	return out, nil
}

// isRule reports whether an entry of a folder is a file of rules.
func isRule(d fs.DirEntry) bool {
	if !d.Type().IsRegular() || d.Name() == configName || strings.HasPrefix(d.Name(), ".") {
		return false
	}
	return slices.Contains([]string{".yml", ".yaml"}, strings.ToLower(filepath.Ext(d.Name())))
}

// isLangFolder reports whether a folder holds the translations that stand beside a configuration.
func isLangFolder(name string) bool {
	if filepath.Base(name) != langFolder {
		return false
	}
	info, err := os.Stat(filepath.Join(filepath.Dir(name), configName))
	return err == nil && info.Mode().IsRegular()
}

func packInputs() ([]compiler.Input, error) {
	var out []compiler.Input
	err := fs.WalkDir(rules.FS(), ".", func(p string, d fs.DirEntry, err error) error {
		if p == langFolder {
			return fs.SkipDir
		}
		if err != nil || d.IsDir() || !isRule(d) {
			return err
		}
		text, err := fs.ReadFile(rules.FS(), p)
		if err != nil {
			return err
		}
		out = append(out, compiler.Input{File: source.NewFile("rules/"+p, text), Path: p})
		return nil
	})
	if err != nil {
		return nil, failure("read the embedded pack", err)
	}
	return out, nil
}

// cases reads the test cases that stand beside a rule, and returns what reads the files that they ask for. None is no
// error.
func (env *Env) cases(in compiler.Input, embedded bool) (*source.File, func(string) ([]byte, error), error) {
	name := strings.TrimSuffix(in.File.Name, path.Ext(in.File.Name)) + ".events.json"
	open := func(name string) ([]byte, error) {
		if embedded {
			return fs.ReadFile(rules.FS(), strings.TrimPrefix(name, "rules/"))
		}
		return os.ReadFile(env.path(name))
	}
	text, err := open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	return source.NewFile(name, text), open, err
}

// allCases are the test cases of rules.
type allCases struct {
	*regressions
	files    map[*source.File]*compiler.Cases // of rules as they stand
	untested []string                         // files of rules that have none
}

// allCases reads the test cases beside all rules, and those that the rules name.
func (env *Env) allCases(inputs []compiler.Input, embedded bool) (*allCases, error) {
	all := &allCases{regressions: &regressions{env: env}, files: map[*source.File]*compiler.Cases{}}
	for _, in := range inputs {
		file, open, err := env.cases(in, embedded)
		if err != nil {
			return nil, &exitError{code: exitUsage, err: err}
		}
		if file != nil {
			if all.files[in.File], err = compiler.ReadCases(file, open); err != nil {
				return nil, &exitError{code: exitUsage, err: err}
			}
		}
		named, err := all.of(in)
		if err != nil {
			return nil, err
		}
		switch {
		case named == nil && file == nil:
			all.untested = append(all.untested, in.File.Name)
		case named != nil && file == nil:
			all.files[in.File] = named
		case named != nil:
			all.files[in.File].Cases = append(all.files[in.File].Cases, named.Cases...)
		}
	}
	return all, env.mistaken(&all.wrong)
}

// above finds a file from the folder of another, or from one above that.
func (env *Env) above(file, path string) (string, bool) {
	return env.whereAbove(file, path, func(info fs.FileInfo) bool { return info.Mode().IsRegular() })
}

// folderAbove reports whether there is a folder of that name beside a file, or further above.
func (env *Env) folderAbove(file, name string) bool {
	_, ok := env.whereAbove(file, name, fs.FileInfo.IsDir)
	return ok
}

func (env *Env) whereAbove(file, path string, is func(fs.FileInfo) bool) (string, bool) {
	path = filepath.FromSlash(path)
	if filepath.IsAbs(path) {
		return path, true
	}
	dir, err := filepath.Abs(env.path(filepath.Dir(file)))
	if err != nil {
		return "", false
	}
	for {
		name := filepath.Join(dir, path)
		if info, err := os.Stat(name); err == nil && is(info) {
			return env.short(name), true
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", false
		}
		dir = parent
	}
}
