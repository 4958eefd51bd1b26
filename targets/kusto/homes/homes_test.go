package homes

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/sigc-rules/sigc/compiler/schema"
)

func TestFiles(t *testing.T) {
	named := map[string]bool{}
	for _, table := range load().index.Tables {
		named[table.Table+".yaml"] = true
		r, err := load().file(table)
		if err != nil {
			t.Fatal(err)
		}
		if logs := slices.Sorted(maps.Keys(r.done)); !slices.Equal(logs, slices.Sorted(slices.Values(table.Logs))) {
			t.Errorf("%s has %q, and the index says %q", r.file, logs, table.Logs)
		}
		for _, name := range table.Logs {
			if log := schema.ByName(name); log == nil {
				t.Fatalf("no log %q", name)
			} else if _, err := load().of(log); err != nil {
				t.Fatal(err)
			}
		}
	}
	all, _ := files.ReadDir(".")
	for _, f := range all {
		if f.Name() != "index.yaml" && !named[f.Name()] {
			t.Errorf("%s is not in the index", f.Name())
		}
	}
	for _, h := range All() {
		for _, name := range h.Shown {
			if f := h.Field(name); f == nil || f.Missing != "" {
				t.Errorf("%s in %s: no field %s to show", h.Log.Name, h.Table.Name, name)
			}
		}
		for column := range h.Rows {
			if h.Table.Column(column) == nil {
				t.Errorf("%s in %s: no column %s", h.Log.Name, h.Table.Name, column)
			}
		}
		if h.Log.Tabled() && schema.ByName(h.Log.Name) == nil {
			t.Errorf("%s is a table already", h.Log.Name)
		}
	}
}

// Every column is one that Microsoft's reference has, with its type.
func TestReference(t *testing.T) {
	const dir = "../../../../shared/schemas/"
	for _, h := range All() {
		text, err := os.ReadFile(dir + h.Table.Name + ".json")
		if errors.Is(err, fs.ErrNotExist) {
			t.Skip("no reference at hand")
		} else if err != nil {
			t.Fatal(err)
		}
		var reference struct {
			Columns []struct{ Name, Type string }
		}
		if err := json.Unmarshal(text, &reference); err != nil {
			t.Fatal(err)
		}
		for _, c := range h.Table.Columns {
			standard := slices.Contains([]string{"TimeGenerated", "TenantId", "Type"}, c.Name) || c.Name[0] == '_'
			known := slices.ContainsFunc(reference.Columns, func(r struct{ Name, Type string }) bool {
				return r.Name == c.Name && r.Type == string(c.Type)
			})
			if Computed(h.Table, c) == nil && !standard && !known {
				t.Errorf("%s has no column %s of type %s", h.Table.Name, c.Name, c.Type)
			}
		}
	}
}
