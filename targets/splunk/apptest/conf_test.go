package apptest

import (
	"strings"
	"testing"
)

func TestReadConf(t *testing.T) {
	got, err := ReadConf([]byte("# a comment \\\n[not a stanza]\n; another\n\n[a b=c]\nkey = one \\\n  two\nempty =\nx.y=1=2\n[*]\n"))
	if err != nil || len(got) != 2 {
		t.Fatal(got, err)
	}
	s := got[0]
	if s.Name != "a b=c" || strings.Join(s.Keys, " ") != "key empty x.y" || s.Of["key"] != "one \n  two" || s.Of["empty"] != "" || s.Of["x.y"] != "1=2" {
		t.Errorf("%q", got)
	}
}

func TestReadConfRefuses(t *testing.T) {
	for _, bad := range []string{
		"[a]\nb = c", "\ufeff[a]\n", "[a]\r\n", "[a]\nb = \x00\n", "[a]\nb = \xff\n", "b = c\n", "[a]\n[a]\n", "[a]\nb = 1\nb = 2\n",
		"[a]\nb = c \\\n", "[a]\nb = c \\ \nd = e\n", "[a]\nloose text\n", "[a\n", "[a] b\n", "[a]]\n", "[[a]\n", "[a]\nb c = d\n", "[a]\n= d\n", "[ a]\n",
	} {
		if got, err := ReadConf([]byte(bad)); err == nil {
			t.Errorf("%q is read as %q", bad, got)
		}
	}
}
