package coverage

import (
	"bytes"
	_ "embed"
	"fmt"
	"sync"

	"gopkg.in/yaml.v3"
)

// Row is a row of a table.
type Row struct {
	ID      string   `yaml:"id"` // <section>/<row>
	Article string   `yaml:"article"`
	Section string   `yaml:"section"`
	Title   Text     `yaml:"title"`
	What    string   `yaml:"what"` // to look for
	Risk    []Risk   `yaml:"risk"`
	Logs    []string `yaml:"logs"` // that answer the row
	Gap     *Gap     `yaml:"gap"`  // nil where the logs answer all of it
}

// Risk is a level of a row.
type Risk struct {
	Level string `yaml:"level"`
	When  string `yaml:"when"` // empty where it is always the level
}

// Gap is what no log answers.
type Gap struct {
	Status Status `yaml:"status"` // Partial or NotInLog
	Reason string `yaml:"reason"`
	Do     string `yaml:"do"`    // instead
	Query  string `yaml:"query"` // of Microsoft Graph, for it
}

// Article is where tables stand.
type Article struct{ ID, Title, URL string }

// Articles are the articles whose tables these are.
var Articles = []Article{
	{"consumer", "Security operations for consumer accounts", "https://learn.microsoft.com/entra/architecture/security-operations-consumer-accounts"},
	{"applications", "Security operations guide for applications", "https://learn.microsoft.com/entra/architecture/security-operations-applications"},
}

//go:embed rows.yaml
var rowsYAML []byte

// Rows returns the rows, in the order of the articles.
var Rows = sync.OnceValue(func() []*Row {
	var rows []*Row
	d := yaml.NewDecoder(bytes.NewReader(rowsYAML))
	d.KnownFields(true)
	if err := d.Decode(&rows); err != nil {
		panic(fmt.Sprintf("coverage: rows.yaml: %v", err))
	}
	return rows
})
