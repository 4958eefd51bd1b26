package schema

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
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
		if !l.Tabled() {
			continue
		}
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

// The same for a handful of columns, where the reference data is absent.
func TestColumns(t *testing.T) {
	tests := []struct {
		log, column string
		want        Column
	}{
		{"AuditLogs", "TimeGenerated", Column{Type: Datetime, Raw: "time"}},
		{"AuditLogs", "Type", Column{Type: String, Const: "AuditLogs"}},
		{"AuditLogs", "AADOperationType", Column{Type: String, Raw: "properties.operationType"}},
		{"AuditLogs", "TargetResources", Column{Type: Dynamic, Array: true, Raw: "properties.targetResources"}},
		{"AuditLogs", "Level", Column{Type: String, Raw: "Level", Else: "level"}},
		{"SigninLogs", "Type", Column{Type: String, Const: "SigninLogs"}},
		{"SigninLogs", "Status", Column{Type: Dynamic, Raw: "properties.status"}},
		{"SigninLogs", "ConditionalAccessPolicies", Column{Type: Dynamic, Array: true, Raw: "properties.appliedConditionalAccessPolicies"}},
		{"SigninLogs", "AuthenticationDetails", Column{Type: String, JSON: true, Array: true, Pretty: true, Raw: "properties.authenticationDetails"}},
		{"AADNonInteractiveUserSignInLogs", "Status", Column{Type: String, JSON: true, Raw: "properties.status"}},
		{"AADManagedIdentitySignInLogs", "ConditionalAccessPolicies", Column{Type: String, JSON: true, Array: true, Raw: "properties.appliedConditionalAccessPolicies"}},
		{"AADManagedIdentitySignInLogs", "ServicePrincipalCredentialKeyId", Column{Type: String, Raw: "properties.servicePrincipalCredentialKeyId"}},
		{"AzureDiagnostics", "avg_mean_time_s", Column{Type: String}},
		{"AzureDiagnostics", "ActivityId_g", Column{Type: GUID}},
	}
	for _, tt := range tests {
		t.Run(tt.log+" "+tt.column, func(t *testing.T) {
			c := ByName(tt.log).Column(tt.column)
			if c == nil {
				t.Fatal("no such column")
			}
			got := Column{Type: c.Type, Array: c.Array, JSON: c.JSON, Open: c.Open, Raw: c.Raw, Else: c.Else, Const: c.Const, Pretty: c.Pretty}
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("\n got %+v\nwant %+v", got, tt.want)
			}
		})
	}
}

func TestTimeComesFirst(t *testing.T) {
	for _, l := range Logs() {
		time := "TimeGenerated"
		switch {
		case l.Management:
			time = "CreationTime"
		case l.Bare:
			time = l.Time
		case !l.Tabled():
			time = "TimeCreated"
		}
		if l.Time != time || l.Columns[0].Name != l.Time || l.Doc == "" || len(l.Logsources) == 0 {
			t.Errorf("%s: time %q, first column %q, doc %q", l.Name, l.Time, l.Columns[0].Name, l.Doc)
		}
	}
}

// Mistakes in the files are found, each with its line.
func TestReadErrors(t *testing.T) {
	const index = "logs: [A, B]\nstandard:\n  Time: datetime time\n"
	const a = "columns:\n  X: string\n"
	tests := []struct{ name, index, a, b, want string }{
		{"unknown key", index, a, "colums:\n  Y: string\n", `B.yaml:1:1: unknown key "colums"; did you mean "columns"?`},
		{"unknown key of a column", index, a, "columns:\n  Y:\n    is: string\n    raw: y\n", `B.yaml:4:5: unknown key "raw"; there are aliases, const, doc, else, is, members, pretty`},
		{"unknown key of a log source", index, a, "logsources:\n  - {prodct: azure}\n", `B.yaml:2:6: unknown key "prodct"; did you mean "product"?`},
		{"unknown type", index, a, "columns:\n  Y: text\n", `B.yaml:2:6: no type "text"; there are string, int, long, real, bool, datetime, timespan, guid, dynamic, json`},
		{"no type", index, a, "columns:\n  Y: {doc: y}\n", `B.yaml:2:3: column "Y" has no type`},
		{"column twice", index, a, "columns:\n  Y: string\n  Y: int\n", `B.yaml:3:3: key "Y" twice`},
		{"column own and taken", index, a, "like: A\nsame: X\ncolumns:\n  X: int\n", `B.yaml: column "X" twice`},
		{"taken twice", index, a, "like: A\nsame: X\ntext: X\n", `B.yaml:3:7: column "X" twice`},
		{"taken from nowhere", index, a, "same: X\n", `B.yaml: no column "X" in the log it is taken from`},
		{"taken from a later log", index, "like: B\n", a, `A.yaml:1:7: no log "B" before this one`},
		{"not a mapping", index, a, "columns: [Y]\n", `B.yaml:1:10: a mapping belongs here`},
		{"not texts", index, a, "like: A\nsame: {X: 1}\n", `B.yaml:2:7: a list of texts belongs here`},
		{"no YAML", index, a, "columns: [\n", `B.yaml: yaml: `},
		{"empty", index, a, "", `B.yaml:1:0: empty file`},
		{"no file", "logs: [A, B, C]\n", a, a, `C.yaml: file does not exist`},
		{"all good", index, a, "like: A\ntext: [X]\nothers:\n  int: Y Z\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := read(fstest.MapFS{
				"index.yaml": {Data: []byte(tt.index)}, "A.yaml": {Data: []byte(tt.a)}, "B.yaml": {Data: []byte(tt.b)},
			})
			switch {
			case err == nil && tt.want != "":
				t.Errorf("no error, want %q", tt.want)
			case err != nil && (tt.want == "" || !strings.Contains(err.Error(), tt.want)):
				t.Errorf("got error %q, want %q", err, tt.want)
			}
		})
	}
}

// read reads all files.
func read(dir fs.FS) (*catalogue, error) {
	c := open(dir)
	for _, name := range c.names {
		c.make(name)
	}
	for i := 0; i < len(c.pooled); i += 2 {
		c.make(c.pooled[i].Value)
	}
	return c, errors.Join(c.errs...)
}

// TestBeginnings: the log sources that are read of every file are those of the log.
func TestBeginnings(t *testing.T) {
	meant := map[Logsource][]string{}
	for _, l := range slices.Concat(Together(), Logs()) {
		for _, s := range l.Logsources {
			if s = s.folded(); !slices.Contains(meant[s], l.Name) {
				meant[s] = append(meant[s], l.Name)
			}
		}
	}
	if got := load().meant; !reflect.DeepEqual(got, meant) {
		for s := range meant {
			if !slices.Equal(got[s], meant[s]) {
				t.Errorf("%v means %q at first, and %q", s, got[s], meant[s])
			}
		}
	}
}

func BenchmarkRead(b *testing.B) {
	dir, _ := fs.Sub(files, "logs")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := read(dir); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFind is what a rule about one log asks for, from a cold start.
func BenchmarkFind(b *testing.B) {
	dir, _ := fs.Sub(files, "logs")
	b.ReportAllocs()
	for b.Loop() {
		if len(open(dir).find(Logsource{Product: "aws", Service: "cloudtrail"})) != 1 {
			b.Fatal("no log")
		}
	}
}
