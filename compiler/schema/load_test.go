package schema

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// published returns the columns of a table as Microsoft lists them, from the reference data beside the repository.
func published(t *testing.T, table string) map[string]Type {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "schemas", table+".json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no reference data")
	}
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Columns []struct{ Name, Type string }
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	out := map[string]Type{}
	for _, c := range doc.Columns {
		out[c.Name] = Type(c.Type)
	}
	return out
}

// Every published column is there with its type, and nothing else.
func TestColumnsArePublished(t *testing.T) {
	for _, l := range Logs() {
		t.Run(l.Name, func(t *testing.T) {
			want := published(t, "_standard")
			maps.Copy(want, published(t, l.Name))
			for _, c := range l.Columns {
				if typ, ok := want[c.Name]; !ok {
					t.Errorf("column %s is not published", c.Name)
				} else if typ != c.Type {
					t.Errorf("column %s is %s, want %s", c.Name, c.Type, typ)
				}
				delete(want, c.Name)
			}
			if len(want) > 0 {
				t.Errorf("columns are missing: %q", slices.Sorted(maps.Keys(want)))
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := readEmbedded(); err != nil {
			b.Fatal(err)
		}
	}
}
