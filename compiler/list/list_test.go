package list_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/list"
)

func TestTypes(t *testing.T) {
	tests := []struct {
		typ       list.Type
		good, bad []string
	}{
		{list.Text, []string{"", "anything", "*"}, nil},
		{list.UPN, []string{"a@b", "*@contoso.example", "o'neil@contoso.example"}, []string{"", "alice", "@contoso.example", "alice@", "a b@c"}},
		{list.IP, []string{"192.0.2.1", "10.0.0.0/8", "10.1.2.3/8", "2001:db8::1", "::/0"}, []string{"", "10.0.0", "10.0.0.0/33", "10.*", "fe80::1%eth0", "host"}},
		{list.GUID, []string{"00000003-0000-0000-c000-000000000000", "ABCDEF00-0000-0000-C000-000000000000"}, []string{
			"", "00000003", "{00000003-0000-0000-c000-000000000000}", "00000003-0000-0000-c000-00000000000g", "000000030-000-0000-c000-000000000000",
		}},
		{list.Country, []string{"DE", "ch", "XK"}, []string{"", "UK", "DEU", "D", "A ", " A", "Germany"}},
		{list.Domain, []string{"contoso.example", "*.contoso.example", "a.b.c", "bücher.example", "xn--bcher-kva.example"}, []string{
			"", "contoso", ".example", "contoso.", "-a.example", "a-.example", "a b.example", "a@b.example", "http://a.example",
		}},
		{list.Schedule, nil, []string{"", "08:00"}},
	}
	for _, tt := range tests {
		t.Run(string(tt.typ), func(t *testing.T) {
			for _, v := range tt.good {
				if why := tt.typ.Check(v); why != "" {
					t.Errorf("%q is not %s", v, why)
				}
			}
			for _, v := range tt.bad {
				if tt.typ.Check(v) == "" {
					t.Errorf("%q is taken", v)
				}
			}
		})
	}
	if len(tests) != len(list.Types()) {
		t.Errorf("%d of %d types are tested", len(tests), len(list.Types()))
	}
}

func TestTexts(t *testing.T) {
	tests := []struct {
		values []string
		want   []string // nil when no watchlist can hold them
	}{
		{[]string{"a", "b", "a"}, []string{"a", "b"}},
		{[]string{`CONTOSO\admin`, `\\server`, `a\*b`, `c\?`, `d\`}, []string{`CONTOSO\admin`, `\server`, "a*b", "c?", `d\`}},
		{nil, []string{}},
		{[]string{"a", "b*"}, nil},
		{[]string{"?"}, nil},
		{[]string{`\\*`}, nil},
		{[]string{""}, nil},
		{[]string{" a"}, nil},
		{[]string{"a\nb"}, nil},
	}
	for _, tt := range tests {
		got, ok := (&list.List{Values: tt.values}).Texts()
		if ok != (tt.want != nil) || !slices.Equal(got, tt.want) {
			t.Errorf("%q: got %q, %v, want %q", tt.values, got, ok, tt.want)
		}
	}
}

func TestRows(t *testing.T) {
	tests := []struct {
		values []string
		want   []string
		wild   bool
		ok     bool
	}{
		{[]string{"a", `b\*`}, []string{"a", "b*"}, false, true},
		{[]string{"a*", "?b", "c"}, []string{"a*", "?b", "c"}, true, true},
		{[]string{`CONTOSO\\*`, `\\server*`}, []string{`CONTOSO\*`, `\server*`}, true, true},
		{[]string{"a*", `b\*`}, nil, true, false},
		{[]string{"a*", `b\?`}, nil, true, false},
		{[]string{"a*", " b"}, nil, false, false},
	}
	for _, tt := range tests {
		rows, wild, ok := (&list.List{Values: tt.values}).Rows()
		if !slices.Equal(rows, tt.want) || wild != tt.wild || ok != tt.ok {
			t.Errorf("%q: got %q, %v, %v", tt.values, rows, wild, ok)
		}
	}
}

func TestKeepable(t *testing.T) {
	for _, name := range []string{"abc", "approved_app_admins", "A-1", strings.Repeat("a", 64)} {
		if why := list.Keepable(name); why != "" {
			t.Errorf("%q: %s", name, why)
		}
	}
	for _, name := range []string{"", "ab", "1ab", "ab_", "a b", "a.b", "äbc", "abä", "_ab", "nets_cidr", "names_cased", "names_prefix", strings.Repeat("a", 65)} {
		if list.Keepable(name) == "" {
			t.Errorf("%q is taken", name)
		}
	}
}

func TestReadCSV(t *testing.T) {
	tests := []struct {
		name, text, column, want string
	}{
		{"first column", "UPN,Name\na,x\nb,y\n", "", "a@2:1 b@3:1"},
		{"named column", "UPN,Name\na,x\nb,y\n", "Name", "x@2:3 y@3:3"},
		{"comments, empty lines, blanks, quotes", "# c\nUPN , Name\n\n a ,x\n#b,y\n\"c, d\",\"y\"\"z\"\n", "UPN", "a@4:1 c, d@6:1"},
		{"a mark of the encoding and line breaks of Windows", "\xef\xbb\xbfUPN\r\na\r\n", "UPN", "a@2:1"},
		{"no rows", "UPN\n", "", ""},
		{"empty file", "", "", "1:1: the file needs a header with the names of its columns"},
		{"no such column", "# c\nUPN,Name\na,x\n", "upn", `2:1: there is no column "upn"`},
		{"a row too short", "UPN,Name\na\n", "", "2:1: wrong number of fields"},
		{"no value", "UPN,Name\na,x\n ,y\n", "", `3:1: the row has no value in the column "UPN"`},
		{"a stray quote", "UPN\na\"b\n", "", `2:2: bare " in non-quoted-field`},
		{"another encoding", "UPN\na\n\xff\n", "", "3:1: the file is not UTF-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			values, err := list.ReadCSV([]byte(tt.text), tt.column)
			var got []string
			for _, v := range values {
				got = append(got, fmt.Sprintf("%s@%d:%d", v.Text, v.Line, v.Column))
			}
			out := strings.Join(got, " ")
			if err != nil {
				out = err.Error()
			}
			if out != tt.want {
				t.Errorf("got %q, want %q", out, tt.want)
			}
		})
	}
}

// What is written is read back.
func FuzzCSV(f *testing.F) {
	f.Add("a", `b"c`)
	f.Add("#a", "b,c")
	f.Fuzz(func(t *testing.T, a, b string) {
		l := list.List{Values: []string{a, b}}
		texts, ok := l.Texts()
		if !ok || !utf8.ValidString(a) || !utf8.ValidString(b) {
			return
		}
		values, err := list.ReadCSV(list.WriteCSV("Value", texts), "Value")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, v := range values {
			got = append(got, v.Text)
		}
		if !slices.Equal(got, texts) {
			t.Errorf("wrote %q, read %q", texts, got)
		}
	})
}
