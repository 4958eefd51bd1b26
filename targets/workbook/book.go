package workbook

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/jsontext"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// Book is the workbook of a pack.
type Book struct {
	Title       string
	Description string
	Tables      []string // that the rules read, by name

	platform platform
	book     book
}

// platform is what differs between where alerts are kept.
type platform struct {
	severity   func(*target.Compiled) string
	severities []string // worst first
	parameters func(*pack) []parameter
	items      []item
	template   string // which the gallery shows it under
	category   string
	source     string // an ARM expression: the resource that the workbook belongs to
}

// pack is what the queries of the workbook are about.
type pack struct {
	rules  []rule
	tables []table
}

type rule struct {
	id, title, severity string
	tables              []string
}

type table struct {
	name  string
	rules int // that read it
}

func newBook(title string, rules []*target.Compiled, p platform) *Book {
	b := &Book{Title: title, platform: p}
	of := &pack{}
	for _, c := range rules {
		r := rule{id: kusto.ID(c), title: kusto.Title(c), severity: p.severity(c)}
		for _, log := range c.Logs() {
			if slices.Contains(r.tables, log.Name) {
				continue
			}
			r.tables = append(r.tables, log.Name)
			of.count(log.Name)
		}
		of.rules = append(of.rules, r)
	}
	slices.SortFunc(of.tables, func(x, y table) int { return cmp.Compare(x.name, y.name) })
	for _, t := range of.tables {
		b.Tables = append(b.Tables, t.name)
	}
	b.Description = fmt.Sprintf("The rules of %s: what they found over time, who is behind it, and whether the tables that they read have data.", title)
	b.book = book{
		Version: "Notebook/1.0",
		Items: slices.Concat(
			[]item{of.head(title), of.choices(p)},
			p.items,
			of.coverage(),
		),
		FallbackResourceIDs: []string{},
		FromTemplateID:      p.template,
		Schema:              "https://github.com/Microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json",
	}
	return b
}

func (p *pack) count(name string) {
	i := slices.IndexFunc(p.tables, func(t table) bool { return t.name == name })
	if i < 0 {
		i = len(p.tables)
		p.tables = append(p.tables, table{name: name})
	}
	p.tables[i].rules++
}

func (p *pack) head(title string) item {
	return item{Type: isText, Name: "title", Content: text{fmt.Sprintf("# %s\n\n%s over %s. Choose a workspace and a time.",
		markdown(title), some(len(p.rules), "rule"), some(len(p.tables), "table"))}}
}

func some(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// markdown is a text in which nothing counts as markup.
func markdown(s string) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune("\\`*_{}[]<>()#+-.!|", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// list is the rules as a table that a query can begin with.
func (p *pack) list() string {
	var b strings.Builder
	b.WriteString("datatable(RuleId: string, Rule: string, Severity: string, Tables: string)[")
	for _, r := range p.rules {
		fmt.Fprintf(&b, "\n    %s, %s, %s, %s,", literal(r.id), literal(r.title), literal(r.severity), literal(strings.Join(r.tables, ", ")))
	}
	return strings.TrimSuffix(b.String(), ",") + "\n]"
}

// literal is a string literal in which Azure finds no parameter.
func literal(s string) string {
	q := kql.Quote(s)
	if !strings.Contains(q, "{") {
		return q
	}
	if strings.HasPrefix(q, "@") { // where escapes do not count
		q = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
	}
	return strings.ReplaceAll(q, "{", `\u007b`)
}

// Gallery is the workbook as the gallery of templates and the editor of the portal take it.
func (b *Book) Gallery() ([]byte, error) { return jsontext.Encode(b.book) }

// Serialized is the workbook as one line, as it stands inside of a resource.
func (b *Book) Serialized() (string, error) {
	data, err := jsontext.Encode(b.book)
	if err != nil {
		return "", err
	}
	var line bytes.Buffer
	err = json.Compact(&line, data)
	return line.String(), err
}

// Write writes the workbook for the editor of the portal, and the template that deploys it.
func (b *Book) Write(write func(target.File) error) error {
	gallery, err := b.Gallery()
	if err != nil {
		return err
	}
	template, err := b.Template()
	if err != nil {
		return err
	}
	return target.WriteAll(write, target.File{Path: "workbook/azuredeploy.json", Data: template}, target.File{Path: "workbook/gallery.json", Data: gallery})
}
