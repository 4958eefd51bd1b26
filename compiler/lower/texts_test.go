package lower_test

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// patterns returns the patterns of a condition of one field, in order.
func patterns(t testing.TB, text string) []string {
	t.Helper()
	r, found := lowered(t, text)
	if r == nil {
		t.Fatal(strings.Join(show(found), "\n"))
	}
	var out []string
	ir.Walk(r.Expr(), func(e ir.Expr) bool {
		if like, ok := e.(*ir.Like); ok {
			out = append(out, like.Pattern.String())
		}
		return true
	})
	return out
}

// TestWindashPositions has the places of spec 6.5: a dash varies when a word begins behind it and none ends before it.
func TestWindashPositions(t *testing.T) {
	tests := []struct {
		value string
		want  string // the value with "~" where a dash varies
	}{
		{" -foo", " ~foo"},
		{"-foo", "~foo"},
		{" -foo-bar", " ~foo-bar"},
		{"--foo", "-~foo"},
		{" - ", " - "},
		{"-", "-"},
		{"foo-", "foo-"},
		{" /foo", " ~foo"},
		{"C:/Users", "C:~Users"},
		{`C:\a/b`, `C:\\a/b`},
		{"(-x)", "(~x)"},
		{"x_-y", "x_-y"},
		{"1-2", "1-2"},
		{" -ä", " ~ä"},
		{"ä-x", "ä-x"},
		{" –foo", " ~foo"}, // the other dashes vary too
		{" —foo", " ~foo"},
		{" ―foo", " ~foo"},
		{"*-foo", "*~foo"},
		{"-*", "-*"},
		{" -a -b", " ~a ~b"},
		{"none", "none"},
	}
	for _, tt := range tests {
		t.Run(tt.value, func(t *testing.T) {
			want := []string{tt.want}
			for n := strings.Count(tt.want, "~"); n > 0; n-- {
				var next []string
				for _, w := range want {
					for _, d := range []string{"-", "/", "–", "—", "―"} {
						next = append(next, strings.Replace(w, "~", d, 1))
					}
				}
				want = next
			}
			got := patterns(t, item("A|windash: '"+tt.value+"'"))
			if strings.Join(got, "|") != strings.Join(want, "|") {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}

func TestWindashLinks(t *testing.T) {
	five := func(pattern string) string {
		var x []string
		for _, d := range []string{"-", "/", "–", "—", "―"} {
			x = append(x, fmt.Sprintf("(like A %q)", strings.ReplaceAll(pattern, "-", d)))
		}
		return "(or " + strings.Join(x, " ") + ")"
	}
	meanings(t, [][2]string{
		{`A|contains|windash: ' -a'`, five("* -a*")},
		{`A|windash|contains: ' -a'`, five("* -a*")},
		{`A|contains|windash|all: [' -a', ' -b']`, "(and " + five("* -a*") + " " + five("* -b*") + ")"},
		{`A|neq|windash: ' -a'`, "(not " + five(" -a") + ")"},
		{`A|windash: 5`, `(like A "5")`},
	})
}

// TestBase64Offset compares the three texts with what is found by brute force: the characters of the Base64 of the
// text that stay the same, whatever bytes stand before and behind it.
func TestBase64Offset(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, value := range []string{"ab", "abc", "abcd", "abcde", "ping", "foobar", "größer", "日本", "a b", "/bin/sh", `x\y`} {
		got := patterns(t, item("A|base64offset|contains: '"+value+"'"))
		if len(got) != 3 {
			t.Fatalf("%q: %q", value, got)
		}
		for offset := range 3 {
			want := "*" + stable(r, value, offset) + "*"
			if got[offset] != want {
				t.Errorf("%q at offset %d: %s, want %s", value, offset, got[offset], want)
			}
		}
		wide := patterns(t, item("A|wide|base64offset|contains: '"+value+"'"))
		for offset := range 3 {
			if want := "*" + stable(r, utf16le(value), offset) + "*"; wide[offset] != want {
				t.Errorf("wide %q at offset %d: %s, want %s", value, offset, wide[offset], want)
			}
		}
		for range 50 { // and any longer text that holds it is found
			before, after := randomBytes(r, r.IntN(9)), randomBytes(r, r.IntN(9))
			encoded := base64.StdEncoding.EncodeToString([]byte(before + value + after))
			hits := 0
			for _, p := range got {
				if strings.Contains(encoded, strings.Trim(p, "*")) {
					hits++
				}
			}
			if hits == 0 {
				t.Errorf("%q is not found in the encoded %q", value, before+value+after)
			}
		}
	}
}

// stable returns the characters of the Base64 of a text at an offset that no neighbours change.
func stable(r *rand.Rand, text string, offset int) string {
	var same []byte
	for i := range 200 {
		encoded := []byte(base64.StdEncoding.EncodeToString([]byte(randomBytes(r, offset) + text + randomBytes(r, 3))))
		if i == 0 {
			same = encoded
			continue
		}
		for j := range same {
			if same[j] != encoded[j] {
				same[j] = 0
			}
		}
	}
	// The bytes of the text begin in the character of this index; it is stable only when no neighbour shares it.
	first := (offset*8 + 5) / 6
	last := (offset + len(text)) * 8 / 6
	return string(same[first:last])
}

func randomBytes(r *rand.Rand, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.UintN(256))
	}
	return string(b)
}

func utf16le(s string) string {
	var b strings.Builder
	for _, r := range s { // none of the texts needs surrogates
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

// TestExpand has the placeholders of spec 7.
func TestExpand(t *testing.T) {
	meanings(t, [][2]string{
		{`A|expand: '%one%'`, `(listed "one" (like A "x"))`},
		{`A|expand: '%two%'`, `(listed "two" (or (like A "x") (like A "y")))`},
		{`A|expand: 'a%one%b'`, `(like A "axb")`},
		{`A|expand: '%two%-%two%'`, `(or (like A "x-x") (like A "x-y") (like A "y-x") (like A "y-y"))`},
		{`A|expand: '%one%%one%'`, `(like A "xx")`},
		{`A|expand: '%wild%'`, `(listed "wild" (or (like A "a*") (like A "b\\*")))`},
		{`A|contains|expand: '%wild%'`, `(listed "wild" (or (like A "*a*") (like A "*b\\**")))`},
		{`A|expand|contains: '%two%'`, `(listed "two" (or (like A "*x*") (like A "*y*")))`},
		{`A|expand: '\%one%'`, `(like A "%one%")`},
		{`A|expand: '%%one%'`, `(like A "%x")`},
		{`A|expand: '*%one%'`, `(like A "*x")`},
		{`A|expand|base64: '%two%'`, `(or (like A "eA==") (like A "eQ=="))`},
		{`A|expand|all: ['%two%', b]`, `(and (or (like A "x") (like A "y")) (like A "b"))`},
		{`A|expand|neq: '%two%'`, `(not (listed "two" (or (like A "x") (like A "y"))))`},
		{`A|expand: ['%one%', '%two%', '%one%']`, `(or (listed "one" (like A "x")) (listed "two" (or (like A "x") (like A "y"))))`},
		{`A|cased|expand: '%one%'`, `(listed "one" (like_cs A "x"))`},
		{`A|re|expand: '^%two%$'`, `(or (regex A "^x$") (regex A "^y$"))`},
		{`A|re|expand: '%wild%'`, `(or (regex A "a.*") (regex A "b\\*"))`},
		{`A|re|expand: '%dots%'`, `(regex A "a\\.b.*")`},
		{`A|re|expand: '\%one%'`, `(regex A "\\%one%")`},
		{`A|re|expand: '%%one%'`, `(regex A "%x")`},
		{`A|re|expand: '100% of %one%'`, `(regex A "100% of x")`},
		{`A|cidr|expand: '%net%'`, `(listed "net" (or (cidr A 10.0.0.0/8) (cidr A ::1/128)))`},
		{`A|gt|expand: '%number%'`, `(> A 5)`},
		{`A|hour|expand: '%number%'`, `(== hour A 5)`},
		{`A|fieldref|expand: '%one%'`, `(same exact A x)`},
		{`A: '%one%'`, `(like A "%one%")`}, // without expand a percent sign is text
		{`A|contains: '%one%'`, `(like A "*%one%*")`},
		{`A|expand: '%none%'`, `false`}, // nothing is in an empty list
		{`A|expand: ['%none%', b]`, `(like A "b")`},
		{`A|expand|neq: '%none%'`, `true`},
		{`'|expand': '%two%'`, `(or (keyword "*x*") (keyword "*y*"))`},
	})
	faults(t, item, [][2]string{
		{`A|expand: 'a%ones%b'`, "error placeholder/unresolved |%ones%|"},
		{`A|expand: '%One%'`, "error placeholder/unresolved |%One%|"}, // names have case
		{`A|expand: '%one% %x% %y%'`, "error placeholder/unresolved |%x%|"},
		{`A|re|expand: 'a%x%b'`, "error placeholder/unresolved |%x%|"},
		{`A|expand: abc`, "warning placeholder/none |abc|"},
		{`A|expand: '100%'`, "warning placeholder/none |'100%'|"},
		{`A|expand: '%none%'`, "warning rule/never-matches |'%none%'|\nnote list/empty |%none%|"},
		{`A|expand|neq: '%none%'`, "warning rule/always-matches |A|expand|neq: '%none%'|\nnote list/empty |%none%|"},
		{`A|fieldref|expand: '%wild%'`, "error value/wildcard |'%wild%'|"},
		{`A|gt|expand: '%one%'`, "error value/not-a-number |'%one%'|"},
		{`A|cidr|expand: '%one%'`, "error value/bad-network |'%one%'|"},
		{`A: '%x%'`, ""},
	})
}

// TestCombinations refuses short values that stand for a great many texts, and takes what is just below the limit.
func TestCombinations(t *testing.T) {
	many := make([]string, 150)
	for i := range many {
		many[i] = fmt.Sprint(i)
	}
	lists["many"] = many
	defer delete(lists, "many")
	tests := []struct {
		line string
		id   string
	}{
		{`A|windash: ' -a -b -c -d -e -f'`, ""},
		{`A|windash: ' -a -b -c -d -e -f -g'`, "value/too-many-combinations"},
		{`A|windash: [' -a -b -c -d -e -f', ' -a -b -c -d -e -f']`, "value/too-many-combinations"}, // the rule as a whole
		{`A|windash: '` + strings.Repeat(" -a", 10_000) + `'`, "value/too-many-combinations"},
		{`A|expand: '%many%'`, ""},
		{`A|expand: '%many%%many%'`, "value/too-many-combinations"},
		{`A` + strings.Repeat("|base64offset", 20) + `|contains: abc`, "value/too-many-combinations"},
		{`A` + strings.Repeat("|base64", 100) + `: abc`, "value/too-many-combinations"},
		{`A` + strings.Repeat("|wide", 100) + `|base64: abc`, "value/too-many-combinations"},
		{`A|windash: ' -a -b -c -d -e` + strings.Repeat("x", 100_000) + `'`, "value/too-many-combinations"},
	}
	for _, tt := range tests {
		_, found := lowered(t, item(tt.line))
		var ids []string
		for _, d := range found {
			if d.ID == "value/too-many-combinations" {
				ids = append(ids, d.ID)
			}
		}
		if got := strings.Join(ids, " "); got != tt.id {
			t.Errorf("%.60s: %q, want %q", tt.line, got, tt.id)
		}
	}
}
