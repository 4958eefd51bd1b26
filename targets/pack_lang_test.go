package targets_test

import (
	"io/fs"
	"path"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/lang"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/rules"
)

// Every rule that is written has a title, a description and steps in every language of the pack. That none has fallen
// behind is told by lint.
func TestPackTranslations(t *testing.T) {
	var inputs []compiler.Input
	for path, text := range packRules(t) {
		inputs = append(inputs, compiler.Input{File: source.NewFile(path, text), Path: path})
	}
	p := compiler.Load(inputs, compiler.Options{Lists: packLists(t)})
	files, err := fs.Glob(rules.FS(), "lang/*.yaml")
	if err != nil || len(files) < 3 {
		t.Fatalf("%d languages, %v", len(files), err)
	}
	for _, file := range files {
		text, err := fs.ReadFile(rules.FS(), file)
		if err != nil {
			t.Fatal(err)
		}
		c, err := lang.Read(strings.TrimSuffix(path.Base(file), ".yaml"), text)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		titles := map[string]string{}
		for _, r := range p.Rules {
			if r.Part {
				continue
			}
			for _, attribute := range lang.Attributes {
				if _, ok := c.Find(r.ID, attribute); !ok {
					t.Errorf("%s: the %s of %q is not translated", file, attribute, r.Title)
				}
			}
			title, _ := c.Find(r.ID, "title")
			if other := titles[strings.Join(title.Texts, "")]; other != "" {
				t.Errorf("%s: %q and %q have one title", file, other, r.Title)
			}
			titles[strings.Join(title.Texts, "")] = r.Title
		}
	}
}
