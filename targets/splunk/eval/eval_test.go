package eval

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func event(t testing.TB, text string) map[string]any {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var e map[string]any
	if err := d.Decode(&e); err != nil {
		t.Fatal(err)
	}
	return e
}

// plainly is the reading of events whose nulls are the text "null".
var plainly = Reading{NullText: true}

// TestSearch holds what the documentation says of search terms.
func TestSearch(t *testing.T) {
	for _, test := range []struct {
		spl, event string
		want       bool
	}{
		{`a="X"`, `{"a":"x"}`, true},
		{`a="x*z"`, `{"a":"xyz"}`, true},
		{`a="x*z"`, `{"a":"xyza"}`, false},
		{`a="x\*z"`, `{"a":"x\\yz"}`, true}, // a backslash cannot escape the star
		{`a="x\\y\"z"`, `{"a":"x\\y\"z"}`, true},
		{`"a.b"="1"`, `{"a":{"b":1}}`, true},
		{`a.b="true"`, `{"a":{"b":true}}`, true},
		{`"a{}"="y"`, `{"a":["x","y"]}`, true},
		{`"a{}.b"="y"`, `{"a":[{"b":"x"},{"b":"y"}]}`, true},
		{`NOT "a{}"="y"`, `{"a":["x","y"]}`, false},
		{`NOT a="x"`, `{}`, true},
		{`a=*`, `{}`, false},
		{`a="1" b="1" OR c="1"`, `{"a":1,"c":1}`, true}, // a AND (b OR c)
		{`a="1" b="1" OR c="1"`, `{"c":1}`, false},
		{`a="1" OR b="1" c="1"`, `{"a":1}`, false},
		{`NOT a="1" b="1"`, `{"b":1}`, true},
		{`a IN ("x", "y*")`, `{"a":"yes"}`, true},
		{`a IN ("x", "y*")`, `{"a":"no"}`, false},
		{`a="10.0.0.0/8"`, `{"a":"10.1.1.1"}`, true},
		{`a="10.0.0.0/8"`, `{"a":"11.1.1.1"}`, false},
		{`"Big Word"`, `{"a":{"b":["the big word, here"]}}`, true},
		{`"big word"`, `{"a":"big words"}`, false},
		{"`m`", `{"a":"x"}`, true},
	} {
		got, err := plainly.Run(test.spl, []map[string]any{event(t, test.event)}, map[string]string{"m": "index=* a=x"})
		if err != nil {
			t.Errorf("%s: %v", test.spl, err)
			continue
		}
		if (len(got) == 1) != test.want {
			t.Errorf("%s on %s: %v", test.spl, test.event, !test.want)
		}
	}
}

const sample = `{"s":"Text","n":12,"b":true,"e":"","o":{"k":"v","list":["x","Y",3,null]},"a":[{"k":"1","m":[{"v":"a"}]},{"m":[]},{"k":"3","m":[{"v":"b"},{"v":"c"}]}],"j":"[\"p\",{\"q\":1}]"}`

// TestWhere holds what the documentation says of expressions. An empty want is an error.
func TestWhere(t *testing.T) {
	for _, test := range []struct{ x, want string }{
		{`s="Text"`, "true"},
		{`s="text"`, "false"}, // where minds case
		{`lower(s)="text"`, "true"},
		{`n="12"`, "true"}, // extracted values are texts
		{`'o.k'="v"`, "true"},
		{`1=1 OR 1=1 AND 1=0`, "true"}, // AND first
		{`(1=1 OR 1=1) AND 1=0`, "false"},
		{`NOT (1=0) AND 1=1`, "true"},
		{`missing="x"`, ""}, // null
		{`isnull(missing)`, "true"},
		{`isnotnull(e)`, "true"},
		{`coalesce(missing, "d")="d"`, "true"},
		{`NOT missing="x"`, ""},
		{`1=1 OR missing="x"`, ""}, // a null beside OR
		{`if(missing="x", 1, 0)=0`, "true"},
		{`case(missing="x", "a", 1=1, "b")="b"`, "true"},
		{`isnull(case(1=0, "a"))`, "true"},
		{`in(s, "a", "Text")`, "true"},
		{`in('o.list{}', "x")`, ""},
		{`match(s, "ex")`, "true"},
		{`match(s, "EX")`, "false"},
		{`match(s, "^T\x65xt\z")`, "true"},
		{`match("a\\b", "\x5c")`, "true"},
		{`match(s, "(?=x)")`, ""}, // what only PCRE knows cannot be run
		{`match('o.list{}', "x")`, ""},
		{`'o.list{}'="x"`, ""}, // a multivalue field beside =
		{`isnotnull(mvfilter('o.list{}'="x"))`, "true"},
		{`isnull(mvfilter('o.list{}'="z"))`, "true"},
		{`isnotnull(mvfilter('o.list{}'=s))`, ""}, // two fields
		{`isnotnull(mvfilter(s="Text"))`, "true"},
		{`isnull(mvfilter(missing="x"))`, "true"},
		{`mvcount('o.list{}')=4`, "true"}, // in the reading where null is a text
		{`isnull(mvcount(missing))`, "true"},
		{`mvindex('o.list{}', -2)="3"`, "true"},
		{`isnull(mvindex('o.list{}', 9))`, "true"},
		{`tonumber(n)>=12`, "true"},
		{`isnull(tonumber(s))`, "true"},
		{`tonumber("0x1f")=31`, ""},
		{`n>5`, ""}, // a text with a number
		{`json_extract(_raw, "o.k")="v"`, "true"},
		{`json_extract(_raw, "b")="true"`, ""}, // a boolean
		{`lower(tostring(json_extract(_raw, "b")))="true"`, "true"},
		{`lower(json_extract(_raw, "b"))="true"`, ""},
		{`json_extract(_raw, "n")=12`, "true"},
		{`json_extract(_raw, "a{2}.k")="3"`, "true"},
		{`isnull(json_extract(_raw, "a{7}.k"))`, "true"},
		{`isnull(json_extract(_raw, "none"))`, "true"},
		{`isnull(json_extract("no json", "a"))`, "true"},
		{`json_extract("\"a\\\"b\"")="a\"b"`, "true"},
		{`isnull(json_extract("null"))`, "true"},
		{`mvcount(json_array_to_mv("[1,2]", true()))=2`, "true"},
		{`mvindex(json_array_to_mv(j, true()), 0)="\"p\""`, "true"},
		{`isnull(json_array_to_mv("{}", true()))`, "true"},
		{`isnull(json_array_to_mv("[1,2]]", true()))`, "true"},
		{`isnull(json_array_to_mv("[]", true()))`, "true"},
		{`json_array_to_mv(json_array("a\"b"), true())="\"a\\\"b\""`, "true"},
		{`json_valid("[1]")`, "true"},
		{`json_valid("[1")`, "false"},
		{`mvcount(spath(_raw, "a{}.m{}.v"))=3`, "true"},
		{`mvcount(spath(_raw, "a{}"))=3`, "true"},
		{`spath(_raw, "a{0}.k")="1"`, "true"},
		{`spath(_raw, "o")="{\"k\":\"v\",\"list\":[\"x\",\"Y\",3,null]}"`, "true"},
		{`cidrmatch("10.0.0.0/8", "10.1.1.1")`, "true"},
		{`cidrmatch("2001:db8::/32", "10.1.1.1")`, "false"},
		{`if(cidrmatch("10.0.0.0/8", "word"), 1, 0)=0`, "true"},
		{`substr("abcdef", 2, 3)="bcd"`, "true"},
		{`substr("abc", 3)="c"`, "true"},
		{`substr("abc", 9)=""`, "true"},
		{`len("äb")=2`, "true"},
		{`strftime(strptime("2027-01-03", "%Y-%m-%d"), "%V")="53"`, "true"},
		{`isnull(strptime("soon", "%Y-%m-%d"))`, "true"},
		{`"a"."b"="ab"`, "true"},
		{`isnull("a".missing)`, "true"},
		{`len("abc")-len("a")+1=3`, "true"},
		{`nullif("null", "null")="x"`, ""},
		{`coalesce(nullif("a", "null"), "x")="a"`, "true"},
		{`nofunction(s)="x"`, ""},
		{`lower(s, s)="x"`, ""},
	} {
		got, err := plainly.Run("index=* | where "+test.x, []map[string]any{event(t, sample)}, nil)
		is := fmt.Sprint(len(got) == 1)
		if err != nil {
			is = ""
		}
		if is != test.want {
			t.Errorf("%s: %q, want %q (%v)", test.x, is, test.want, err)
		}
	}
}

func TestPipeline(t *testing.T) {
	events := []map[string]any{event(t, sample), event(t, `{"a":[]}`), event(t, `{"a":[{"k":"3","m":[{"v":"a"}]}]}`)}
	for _, test := range []struct {
		spl  string
		want []int
	}{
		{`index=* | spath path=a{} output=x | mvexpand x | where json_extract(x, "k")="3" OR json_extract(x, "k")!="3" | table x`, nil}, // null
		{`index=* | spath path=a{}.k output=x | mvexpand x | where coalesce(x, "")="3"`, []int{0, 2}},
		{`index=* | spath path=a{} output=x | mvexpand x | where isnotnull(x)`, []int{0, 0, 0, 2}},
		{`index=* | streamstats count AS no | spath path=a{} output=x | mvexpand x | where isnotnull(x) | dedup no`, []int{0, 2}},
		{`index=* | spath path=a{}.m{}.v output=x | eval x=coalesce(x, "-") | streamstats count AS no | mvexpand x | eval hit=if(x="a", 1, 0) | eventstats max(hit) AS hit BY no | dedup no | where hit=0`, []int{1}},
		{`index=* | eval y=lower(s), y=y."!" | where coalesce(y, "")="text!"`, []int{0}},
		{`index=* | rename s AS t | where isnotnull(t) AND isnull(s)`, []int{0}},
		{`index=* | dedup s`, []int{0}},
	} {
		for _, r := range Readings() {
			got, err := r.Run(test.spl, events, nil)
			if test.want == nil {
				if err == nil {
					t.Errorf("%s: no error", test.spl)
				}
				continue
			}
			if err != nil || !slices.Equal(got, test.want) {
				t.Errorf("%+v %s: got %v %v, want %v", r, test.spl, got, err, test.want)
			}
		}
	}
}

// TestReadings: each switch makes a difference, or it would prove nothing.
func TestReadings(t *testing.T) {
	events := []map[string]any{event(t, `{"a":null}`)}
	for _, test := range []struct {
		spl string
		set func(*Reading)
	}{
		{`a="null"`, func(r *Reading) { r.NullText = true }},
		{`index=* | mvexpand b`, func(r *Reading) { r.ExpandDrops = true }},
	} {
		var on Reading
		test.set(&on)
		with, _ := on.Run(test.spl, events, nil)
		without, _ := Reading{}.Run(test.spl, events, nil)
		if len(with) == len(without) {
			t.Errorf("%s: %d in both", test.spl, len(with))
		}
	}
}

func TestMistakes(t *testing.T) {
	for _, spl := range []string{
		``, `|`, `a`, `a=`, `word other`, `a="x`, `(a="x"`, `a="x")`, `NOT`, `a IN (`, "`none`", `| where 1=1`, `a="x" | search b="y"`, `a="x" | stats count`,
		`a="x" | where`, `a="x" | where (1=1`, `a="x" | where lower(`, `a="x" | where 'a`, `a="x" | eval b=isnull(a)`, `a="x" | eval b`, `a="x" | spath path=a`,
		`a="x" | table a.b`, `a="x" | eventstats BY n`, `a="x" | where NOT lower(a)="x"`, `a="x" | rename a`,
	} {
		if got, err := plainly.Run(spl, []map[string]any{{"a": "x"}}, nil); err == nil {
			t.Errorf("%s: no error but %v", spl, got)
		}
	}
}

func FuzzRun(f *testing.F) {
	for _, s := range []string{`a="x" b OR c`, `index=* | where match(a, "x") AND NOT (a="b")`, `a IN ("x",) | eval b=1-2 | table b`, "`m` | spath path=a{} output=b | mvexpand b | dedup b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, spl string) {
		_, _ = plainly.Run(spl, []map[string]any{{"a": "x", "b": []any{"y", nil}}}, map[string]string{"m": "index=*"})
	})
}
