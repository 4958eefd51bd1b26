package check

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
)

func TestFirsts(t *testing.T) {
	for _, tt := range []struct {
		name  string
		texts []string
		exact bool
		want  string // of each text the place of the first that is the same, or a dash
	}{
		{"none", nil, false, ""},
		{"others", []string{"a", "b", ""}, false, "- - -"},
		{"case", []string{"Abc", "b", "aBC", "ABC"}, false, "- - 0 0"},
		{"case that counts", []string{"Abc", "aBC", "Abc"}, true, "- - 0"},
		{"beyond ASCII", []string{"Ärger", "ärger", "arger"}, false, "- 0 -"},
		{"a text of two others", []string{"ab", "a", "b"}, false, "- - -"},
	} {
		var f firsts
		for range 2 { // the second time in the memory of the first
			f.reset()
			var got []string
			for _, text := range tt.texts {
				if first, again := f.find(text, tt.exact); again {
					got = append(got, fmt.Sprint(first))
				} else {
					got = append(got, "-")
				}
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("%s: got %v, want %s", tt.name, got, tt.want)
			}
		}
	}
}

// A table that grows finds what a map finds.
func TestFirstsMany(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	var f firsts
	for range 20 {
		f.reset()
		first, n := map[string]int{}, 1+r.Intn(3000)
		for i := range n {
			if i%7 == 0 {
				f.skip()
				continue
			}
			text := fmt.Sprint("Text", r.Intn(2*n))
			got, again := f.find(text, false)
			want, known := first[text]
			if again != known || known && got != want {
				t.Fatalf("%q, text %d: got %d, %v, want %d, %v", text, i, got, again, want, known)
			}
			if !known {
				first[text] = i
			}
		}
	}
}

func TestForms(t *testing.T) {
	for _, form := range []struct {
		name string
		is   func(string) bool
		yes  []string
		no   []string
	}{
		{"odd", odd, []string{"a*", "*", "a\tb", "ä", "a\u00a0b", "\x7f"}, []string{"", "a b", `C:\x?~`}},
		{"a commit", isCommit, []string{"0123abc", strings.Repeat("0a", 20)}, []string{"", "main", "012345", "0123abG", strings.Repeat("0a", 20) + "0"}},
		{"a UUID", isUUID, []string{"04b07795-8ddb-461a-bbee-02f9e1bf7b46"},
			[]string{"", "04b07795-8ddb-461a-bbee-02f9e1bf7b4", "04B07795-8ddb-461a-bbee-02f9e1bf7b46", "04b07795-8ddb-461a-bbee002f9e1bf7b46", "04b07795-8ddb-461a-bbee-02f9e1bf7b4g"}},
		{"another number of ATT&CK", isOther, []string{"g0007", "s0154", "c0001", "m1036", "ds0029", "ta0003"}, []string{"", "0007", "x0007", "g007", "g00071", "t1098", "g00o7", "gs0007"}},
		{"an account", isAccount, []string{`NT AUTHORITY\SYSTEM`, `nt authority\\Local Service`, `NT-AUTORITÄT\SYSTEM`, `AUTORITE NT\x`},
			[]string{"", `NT AUTHORITY`, `NT AUTHORITY\`, `NT AUTHORITY\*`, `NT AUTHORITY\a\b`, `CONTOSO\SYSTEM`, `x\NT AUTHORITY\SYSTEM`}},
		{"marked", func(s string) bool { return marked([]byte(s)) }, []string{"# sigc:ignore x", "a: b #sigc:ignore", "# x\n#\tsigc:ignore-file"},
			[]string{"", "#", "sigc:ignore", "# see sigc:ignore", "a # sigc: ignore"}},
	} {
		for _, s := range form.yes {
			if !form.is(s) {
				t.Errorf("%q is %s", s, form.name)
			}
		}
		for _, s := range form.no {
			if form.is(s) {
				t.Errorf("%q is not %s", s, form.name)
			}
		}
	}
}

func TestBranchOf(t *testing.T) {
	for link, want := range map[string]string{
		"https://github.com/a/b/blob/main/x.ps1":      "main",
		"http://www.github.com/a/b/tree/v1.2/folder/": "v1.2",
		"https://github.com/a/b/raw/main/x?plain=1":   "main",
		"https://github.com/a/b/blob/main":            "",
		"https://github.com/a/b/blob/main/":           "",
		"https://github.com/a/b/blob/ma?n/x":          "",
		"https://github.com/a/b/issues/1/x":           "",
		"https://github.com//b/blob/main/x":           "",
		"https://gist.github.com/a/b/blob/main/x":     "",
		"ftp://github.com/a/b/blob/main/x":            "",
		"see https://github.com/a/b/blob/main/x":      "",
	} {
		if got := branchOf(link); got != want {
			t.Errorf("%s: got %q, want %q", link, got, want)
		}
	}
}
