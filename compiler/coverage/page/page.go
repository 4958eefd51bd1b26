package page

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/attack"
	"github.com/sigc-rules/sigc/compiler/coverage"
)

// Languages are those of the page, with their own names. The first is what texts are written in.
var Languages = []struct{ Code, Name string }{
	{"en", "English"}, {"ja", "日本語"}, {"zh-Hant", "繁體中文"}, {"it", "Italiano"},
}

//go:embed page.tmpl
var source string

//go:embed page.css
var style string

//go:embed page.js
var script string

//go:embed words.yaml
var wordsYAML []byte

var words = sync.OnceValue(func() map[string]coverage.Text {
	out := map[string]coverage.Text{}
	if err := yaml.Unmarshal(wordsYAML, &out); err != nil {
		panic(fmt.Sprintf("page: words.yaml: %v", err))
	}
	return out
})

//go:embed texts.yaml
var textsYAML []byte

// translated are texts of others than the page in its languages, by the English one.
var translated = sync.OnceValue(func() map[string]coverage.Text {
	var all []coverage.Text
	if err := yaml.Unmarshal(textsYAML, &all); err != nil {
		panic(fmt.Sprintf("page: texts.yaml: %v", err))
	}
	out := map[string]coverage.Text{}
	for _, t := range all {
		out[t["en"]] = t
	}
	return out
})

// say returns a text that is written in English in all languages that it is translated into.
func say(english string) []span {
	if t, ok := translated()[english]; ok {
		return texts(t)
	}
	return texts(coverage.Text{"en": english})
}

var page = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{
		"t": texts, "w": word, "pick": coverage.Text.In, "anchor": anchor, "join": strings.Join, "option": newOption, "flow": flow, "say": say,
	}).Parse(source))
})

// Write writes the page in a language, which the reader can change; one that the page does not have is English. tool is
// what has made it.
func Write(w io.Writer, r *coverage.Report, lang, tool string) error {
	if words()["title"][lang] == "" {
		lang = "en"
	}
	data := struct {
		*coverage.Report
		Lang, Tool, Policy string
		Languages          any
		Articles           []coverage.Article
		Statuses           []coverage.Status
		Sections           []string
		Levels             []string
		Attack             string
		Matrix             []column
		Style              template.CSS
		Script             template.JS
		Words              map[string]coverage.Text
	}{
		r, lang, tool, policy(), Languages, coverage.Articles, coverage.Statuses, coverage.Sections(), []string{"critical", "high", "medium", "low", "informational"},
		attack.Version, matrix(r), template.CSS(style), template.JS(script), words(),
	}
	var b bytes.Buffer
	if err := page().Execute(&b, data); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

// policy allows the script and the style of the page, by what they hold, and nothing else.
func policy() string {
	sum := func(s string) string {
		h := sha256.Sum256([]byte(s))
		return "'sha256-" + base64.StdEncoding.EncodeToString(h[:]) + "'"
	}
	return fmt.Sprintf("default-src 'none'; style-src %s; script-src %s; base-uri 'none'; form-action 'none'", sum(style), sum(script))
}

// span is a text in the languages that show it: one that is not translated is shown in English.
type span struct {
	Lang  string
	Shown []string // the languages of the page in which it is
	Text  string
}

// texts returns a text once for every translation.
func texts(t coverage.Text) []span {
	var out []span
	for _, l := range Languages {
		s := t.In(l.Code)
		lang := l.Code
		if t[l.Code] == "" {
			lang = "en"
		}
		if i := slices.IndexFunc(out, func(o span) bool { return o.Lang == lang && o.Text == s }); i >= 0 {
			out[i].Shown = append(out[i].Shown, l.Code)
			continue
		}
		out = append(out, span{lang, []string{l.Code}, s})
	}
	return out
}

// flow joins the lines of paragraphs, which the width of a rule's file has broken. Items of a list stay apart.
func flow(t coverage.Text) coverage.Text {
	out := coverage.Text{}
	for lang, s := range t {
		out[lang] = coverage.Flow(s)
	}
	return out
}

// option is an entry of a select.
type option struct {
	Value string
	Word  coverage.Text
	Lang  string
}

func newOption(value, word any, lang string) option {
	return option{fmt.Sprint(value), words()[fmt.Sprint(word)], lang}
}

// word returns a word of the page, or the name itself where there is none.
func word(name any) []span {
	key := fmt.Sprint(name)
	if t, ok := words()[key]; ok {
		return texts(t)
	}
	return texts(coverage.Text{"en": key})
}

// anchor is the place of a rule or a row in the page.
func anchor(kind, key string) string { return kind + "-" + strings.ReplaceAll(key, " ", "-") }

// column is a tactic with its techniques.
type column struct {
	attack.Tactic
	Cells  []cell
	Tagged bool // a rule is tagged with one of them
}

// cell is a technique, with the rules that are tagged with it or one of its sub-techniques.
type cell struct {
	attack.Technique
	Rules []*coverage.Rule
	Heat  int // from 0, no rule, to 4
	Subs  []string
}

func matrix(r *coverage.Report) []column {
	tagged := map[string][]*coverage.Rule{}
	subs := map[string][]string{}
	for id, rules := range r.ByTechnique() {
		t, _ := attack.Find(id)
		for _, rule := range rules {
			if !slices.Contains(tagged[t.Parent()], rule) {
				tagged[t.Parent()] = append(tagged[t.Parent()], rule)
			}
		}
		if t.Parent() != id {
			subs[t.Parent()] = append(subs[t.Parent()], t.ID+" "+t.Name)
		}
	}
	var out []column
	for _, tactic := range attack.Tactics() {
		c := column{Tactic: tactic}
		for _, t := range attack.Techniques() {
			if t.Parent() != t.ID || !slices.Contains(t.Tactics, tactic.Short) {
				continue
			}
			rules := slices.SortedFunc(slices.Values(tagged[t.ID]), func(a, b *coverage.Rule) int { return strings.Compare(a.Title, b.Title) })
			slices.Sort(subs[t.ID])
			c.Tagged = c.Tagged || len(rules) > 0
			c.Cells = append(c.Cells, cell{t, rules, min(len(rules), 4), subs[t.ID]})
		}
		slices.SortStableFunc(c.Cells, func(a, b cell) int { return len(b.Rules) - len(a.Rules) })
		out = append(out, c)
	}
	return out
}
