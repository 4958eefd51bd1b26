package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/lang"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/rules"
)

// langFolder holds translations, a file for each language, beside the configuration.
const langFolder = "lang"

// translations reads what stands beside the configuration, or in the embedded pack where that is what is compiled.
func (env *Env) translations(config string, embedded bool, diags *diag.List) ([]*lang.Catalogue, error) {
	if embedded {
		return readTranslations(rules.FS(), "rules", diags)
	}
	if config == "" {
		return nil, nil
	}
	dir := filepath.Dir(config)
	return readTranslations(os.DirFS(env.path(dir)), filepath.ToSlash(dir), diags)
}

func readTranslations(from fs.FS, name string, diags *diag.List) ([]*lang.Catalogue, error) {
	entries, err := fs.ReadDir(from, langFolder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, unreadable(name+"/"+langFolder, err)
	}
	var out []*lang.Catalogue
	for _, e := range entries {
		tag, ok := strings.CutSuffix(e.Name(), ".yaml")
		if !ok || e.IsDir() {
			continue
		}
		file := langFolder + "/" + e.Name()
		text, err := fs.ReadFile(from, file)
		if err != nil {
			return nil, unreadable(name+"/"+file, err)
		}
		c, err := lang.Read(tag, text)
		if err != nil || bytes.Contains(text, []byte("\n---")) { // seldom, so that it can be read once more
			written := source.NewFile(path.Join(name, file), text)
			if _, ok := compiler.Document(written, diags); ok && err != nil {
				diags.Errorf("config/translation", source.Span{File: written}, "%v", err)
			}
		}
		if err == nil {
			out = append(out, c)
		}
	}
	return out, nil
}

// languages are those that titles and descriptions can be had in.
func languages(translations []*lang.Catalogue) []string {
	tags := []string{lang.Source}
	for _, c := range translations {
		tags = append(tags, c.Lang)
	}
	return tags
}

// checkLang reports a language of the configuration into which nothing is translated.
func checkLang(tag source.Text, translations []*lang.Catalogue, diags *diag.List) {
	if known := languages(translations); tag.Value != "" && !slices.Contains(known, tag.Value) {
		diags.Errorf("config/language", tag.At, "nothing is translated into %q%s", tag.Value, diag.Meant(tag.Value, known)).Hint =
			"translations stand in " + langFolder + "/" + tag.Value + ".yaml beside the configuration that is used"
	}
}
