package ir

import (
	"encoding/json"
	"net/netip"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/source"
)

var nowhere source.Span

func field(name string) *Field { return NewField(name, nowhere) }

// indexed is a field with positions in arrays.
func indexed(name string, segments ...Segment) *Field { return &Field{Name: name, Segments: segments} }

func is(name, p string) Expr { return &Like{Field: field(name), Pattern: pattern(p)} }

func re(name, expr string) Expr {
	return &Regex{Field: field(name), Pattern: expr, RE: MustRE2(expr)}
}

func network(name, prefix string) Expr {
	return &CIDR{Field: field(name), Prefix: netip.MustParsePrefix(prefix)}
}

func number(name string, op CompareOp, n Number) Expr {
	return &Compare{Field: field(name), Op: op, Number: n}
}

func part(name string, p TimePart, n Number) Expr {
	return &Compare{Field: field(name), Part: p, Op: Eq, Number: n}
}

func same(a string, shape Shape, b string) Expr {
	return &SameAs{Field: field(a), Other: field(b), Shape: shape}
}

func null(name string) Expr   { return &Null{Field: field(name)} }
func exists(name string) Expr { return &Exists{Field: field(name)} }
func not(x Expr) Expr         { return &Not{X: x} }
func and(x ...Expr) Expr      { return &And{X: x} }
func or(x ...Expr) Expr       { return &Or{X: x} }

func keywordFor(p string) Expr { return &Keyword{Pattern: pattern(p)} }

func eachOf(name string, q Quantifier, body Expr) Expr {
	return &Each{Field: field(name), Quant: q, Body: body}
}

// event decodes JSON as the compiler does: the digits of numbers are kept.
func event(t testing.TB, text string) (e Event) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&e); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return e
}

func TestEval(t *testing.T) {
	tests := []struct {
		name  string
		x     Expr
		event string
		want  bool
	}{
		{"and of nothing", and(), `{}`, true},
		{"or of nothing", or(), `{}`, false},
		{"and", and(is("a", "x"), is("b", "y")), `{"a":"x","b":"y"}`, true},
		{"and, one fails", and(is("a", "x"), is("b", "y")), `{"a":"x","b":"z"}`, false},
		{"or", or(is("a", "x"), is("b", "y")), `{"b":"y"}`, true},
		{"or, none", or(is("a", "x"), is("b", "y")), `{"a":"y"}`, false},
		{"not", not(is("a", "x")), `{"a":"y"}`, true},
		{"const", &Const{Value: true}, `{}`, true},
		{"const false", &Const{}, `{}`, false},

		// absent and null fields fail every positive test, and its negation holds
		{"absent", is("a", "*"), `{}`, false},
		{"absent, empty pattern", is("a", ""), `{}`, false},
		{"null", is("a", "*"), `{"a":null}`, false},
		{"absent under not", not(is("a", "x")), `{}`, true},
		{"absent regex", re("a", ".*"), `{}`, false},
		{"absent network", network("a", "0.0.0.0/0"), `{}`, false},
		{"absent number", number("a", Lt, "5"), `{}`, false},
		{"absent reference", same("a", Exact, "b"), `{}`, false},
		{"absent on one side", same("a", Contains, "b"), `{"a":"x"}`, false},
		{"null on both sides", same("a", Exact, "b"), `{"a":null,"b":null}`, false},
		{"names have case", is("a", "x"), `{"A":"x"}`, false},

		// text of other types
		{"number as text", is("a", "4625"), `{"a":4625}`, true},
		{"number with a point", is("a", "4625"), `{"a":4625.0}`, true},
		{"number with an exponent", is("a", "1000000"), `{"a":1e6}`, true},
		{"large number", is("a", "1000000"), `{"a":1000000}`, true},
		{"digits are kept", is("a", "9007199254740993"), `{"a":9007199254740993}`, true},
		{"digits are kept, near miss", is("a", "9007199254740992"), `{"a":9007199254740993}`, false},
		{"text of digits is text", is("a", "429"), `{"a":"00000429"}`, false},
		{"part of a number", is("a", "46*"), `{"a":4625}`, true},
		{"boolean", is("a", "TRUE"), `{"a":true}`, true},
		{"boolean, near miss", is("a", "1"), `{"a":true}`, false},
		{"object has no text", is("a", "x*"), `{"a":{"x":"x"}}`, false},
		{"object is any value", is("a", "*"), `{"a":{"x":"x"}}`, true},
		{"empty text", is("a", ""), `{"a":""}`, true},
		{"empty text is a value", is("a", "*"), `{"a":""}`, true},
		{"JSON text is its own text", is("a", `["x"]`), `{"a":"[\"x\"]"}`, true},
		{"JSON text is no array to a test", is("a", "x"), `{"a":"[\"x\"]"}`, false},

		// arrays: some member
		{"member", is("a", "y"), `{"a":["x","y"]}`, true},
		{"no member", is("a", "z"), `{"a":["x","y"]}`, false},
		{"members are not joined", is("a", "x y"), `{"a":["x","y"]}`, false},
		{"nested member", is("a", "z"), `{"a":["x",["y",["z"]]]}`, true},
		{"empty array", is("a", "*"), `{"a":[]}`, false},
		{"empty array is null", null("a"), `{"a":[]}`, true},
		{"each value by another member", and(is("a", "x"), is("a", "y")), `{"a":["x","y"]}`, true},
		{"not looks at all members", not(is("a", "x")), `{"a":["x","y"]}`, false},
		{"number in an array", number("a", Gt, "5"), `{"a":[1,9]}`, true},
		{"network in an array", network("a", "10.0.0.0/8"), `{"a":["::1","10.1.2.3"]}`, true},
		{"reference among members", same("a", Exact, "b"), `{"a":["x","y"],"b":["z","Y"]}`, true},

		// dotted names
		{"path", is("a.b", "x"), `{"a":{"b":"x"}}`, true},
		{"exact key", is("a.b", "x"), `{"a.b":"x"}`, true},
		{"exact key first", is("a.b", "y"), `{"a.b":"x","a":{"b":"y"}}`, false},
		{"exact key first, though null", is("a.b", "y"), `{"a.b":null,"a":{"b":"y"}}`, false},
		{"longer key first", is("a.b.c", "x"), `{"a.b":{"c":"x"},"a":{"b":{"c":"y"}}}`, true},
		{"key with a dot below", is("a.b.c", "x"), `{"a":{"b.c":"x"}}`, true},
		{"through an array", is("a.b", "y"), `{"a":[{"b":"x"},{"b":"y"}]}`, true},
		{"through two arrays", is("a.b.c", "z"), `{"a":[{"b":[{"c":"x"}]},{"b":[{"c":"y"},{"c":"z"}]}]}`, true},
		{"through an array of scalars", is("a.b", "x"), `{"a":["b","x"]}`, false},
		{"below a scalar", is("a.b", "x"), `{"a":"x"}`, false},
		{"below null", is("a.b", "*"), `{"a":null}`, false},
		{"dots at the ends", is(".a.", "x"), `{".a.":"x"}`, true},
		{"only a part of a key", is("a.b", "x"), `{"a":{"bc":"x"},"ab":"x"}`, false},

		// JSON in a text
		{"into a text", is("a.b", "x"), `{"a":"{\"b\":\"x\"}"}`, true},
		{"into an array in a text", is("a.b", "x"), `{"a":"[{\"b\":\"x\"}]"}`, true},
		{"into a text in a text", is("a.b.c", "x"), `{"a":"{\"b\":\"{\\\"c\\\":\\\"x\\\"}\"}"}`, true},
		{"digits in a text are kept", is("a.b", "9007199254740993"), `{"a":"{\"b\":9007199254740993}"}`, true},
		{"no JSON", is("a.b", "*"), `{"a":"{\"b\":"}`, false},
		{"something after the JSON", is("a.b", "x"), `{"a":"{\"b\":\"x\"}}"}`, false},
		{"a second JSON value", is("a.b", "x"), `{"a":"{\"b\":\"x\"}{}"}`, false},
		{"blanks around the JSON", is("a.b", "x"), `{"a":" {\"b\":\"x\"}\n"}`, true},

		// positions
		{"position", &Like{indexed("a[0]", Segment{"a", true, 0}), pattern("x"), nowhere}, `{"a":["x","y"]}`, true},
		{"another position", &Like{indexed("a[1]", Segment{"a", true, 1}), pattern("x"), nowhere}, `{"a":["x","y"]}`, false},
		{"from the end", &Like{indexed("a[-1]", Segment{"a", true, -1}), pattern("y"), nowhere}, `{"a":["x","y"]}`, true},
		{"from the end, first", &Like{indexed("a[-2]", Segment{"a", true, -2}), pattern("x"), nowhere}, `{"a":["x","y"]}`, true},
		{"before the first", &Like{indexed("a[-3]", Segment{"a", true, -3}), pattern("*"), nowhere}, `{"a":["x","y"]}`, false},
		{"behind the last", &Like{indexed("a[2]", Segment{"a", true, 2}), pattern("*"), nowhere}, `{"a":["x","y"]}`, false},
		{"position in a scalar", &Like{indexed("a[0]", Segment{"a", true, 0}), pattern("*"), nowhere}, `{"a":"x"}`, false},
		{"position in nothing", &Like{indexed("a[0]", Segment{"a", true, 0}), pattern("*"), nowhere}, `{}`, false},
		{"position in a text", &Like{indexed("a[1]", Segment{"a", true, 1}), pattern("y"), nowhere}, `{"a":"[\"x\",\"y\"]"}`, true},
		{"position on a path", &Like{indexed("a.b[1].c", Segment{"a.b", true, 1}, Segment{Name: "c"}), pattern("x"), nowhere},
			`{"a":{"b":[{"c":"y"},{"c":"x"}]}}`, true},
		{"position in a position", &Like{indexed("a[1][0]", Segment{"a", true, 1}, Segment{"", true, 0}), pattern("y"), nowhere},
			`{"a":["x",["y","z"]]}`, true},
		{"position that does not exist", &Exists{indexed("a[2]", Segment{"a", true, 2}), nowhere}, `{"a":["x"]}`, false},

		// exists and null
		{"exists", exists("a"), `{"a":"x"}`, true},
		{"exists, null", exists("a"), `{"a":null}`, true},
		{"exists, empty", exists("a"), `{"a":""}`, true},
		{"exists, empty array", exists("a"), `{"a":[]}`, true},
		{"exists, absent", exists("a"), `{"b":"x"}`, false},
		{"exists on a path", exists("a.b"), `{"a":{"b":null}}`, true},
		{"exists on a path, absent", exists("a.b"), `{"a":{}}`, false},
		{"null, null", null("a"), `{"a":null}`, true},
		{"null, absent", null("a"), `{}`, true},
		{"null, empty text", null("a"), `{"a":""}`, false},
		{"null, false", null("a"), `{"a":false}`, false},
		{"null, an array of nulls", null("a"), `{"a":[null]}`, true},
		{"null, an array with a value", null("a"), `{"a":[null,"x"]}`, false},

		// regular expressions
		{"regex", re("a", "b+"), `{"a":"abbc"}`, true},
		{"regex minds case", re("a", "B"), `{"a":"b"}`, false},
		{"regex, anchored", re("a", "^b$"), `{"a":"ab"}`, false},
		{"regex on a number", re("a", "^46"), `{"a":4625}`, true},
		{"regex on a boolean", re("a", "^t"), `{"a":true}`, true},
		{"regex that cannot be judged", &Regex{Field: field("a"), Pattern: "(?=x)"}, `{"a":"x"}`, false},

		// networks
		{"network", network("a", "10.0.0.0/8"), `{"a":"10.255.0.1"}`, true},
		{"network, outside", network("a", "10.0.0.0/8"), `{"a":"11.0.0.1"}`, false},
		{"network, no address", network("a", "10.0.0.0/8"), `{"a":"10.0.0"}`, false},
		{"network, with a port", network("a", "10.0.0.0/8"), `{"a":"10.0.0.1:80"}`, false},
		{"network of all, and the other family", network("a", "0.0.0.0/0"), `{"a":"::1"}`, false},
		{"IPv6", network("a", "2001:db8::/32"), `{"a":"2001:DB8:0:1::"}`, true},
		{"IPv6 with a zone", network("a", "fe80::/10"), `{"a":"fe80::1%eth0"}`, true},
		{"IPv4 inside IPv6", network("a", "10.0.0.0/8"), `{"a":"::ffff:10.0.0.1"}`, false},

		// numbers
		{"less", number("a", Lt, "5"), `{"a":4}`, true},
		{"less, equal", number("a", Lt, "5"), `{"a":5}`, false},
		{"at most", number("a", Lte, "5"), `{"a":5}`, true},
		{"greater", number("a", Gt, "5"), `{"a":5.5}`, true},
		{"greater, equal", number("a", Gt, "5"), `{"a":5}`, false},
		{"at least", number("a", Gte, "5"), `{"a":5}`, true},
		{"negative", number("a", Lt, "-5"), `{"a":-6}`, true},
		{"not by the text", number("a", Gt, "9"), `{"a":10}`, true},
		{"text that is a number", number("a", Gt, "5"), `{"a":"6"}`, true},
		{"text that is none", number("a", Gt, "5"), `{"a":"six"}`, false},
		{"empty text", number("a", Lt, "5"), `{"a":""}`, false},
		{"infinity is no number", number("a", Gt, "5"), `{"a":"inf"}`, false},
		{"a date is no number", number("a", Gt, "5"), `{"a":"2024-01-02"}`, false},
		{"exact beyond 53 bits", number("a", Gt, "9007199254740992"), `{"a":9007199254740993}`, true},
		{"beyond 64 bits", number("a", Gt, "18446744073709551615"), `{"a":99999999999999999999}`, true},
		{"beyond any", number("a", Gt, "5"), `{"a":1e999}`, true},

		// parts of a time
		{"minute", part("a", Minute, "4"), `{"a":"2024-02-03T14:04:05Z"}`, true},
		{"hour", part("a", Hour, "14"), `{"a":"2024-02-03T14:04:05.1234567Z"}`, true},
		{"hour as it is written", part("a", Hour, "14"), `{"a":"2024-02-03T14:04:05+09:00"}`, true},
		{"hour without a zone", part("a", Hour, "14"), `{"a":"2024-02-03 14:04:05"}`, true},
		{"hour of a day", part("a", Hour, "0"), `{"a":"2024-02-03"}`, true},
		{"day", part("a", Day, "3"), `{"a":"2024-02-03T14:04:05Z"}`, true},
		{"week", part("a", Week, "53"), `{"a":"2021-01-01T00:00:00Z"}`, true}, // of 2020
		{"month", part("a", Month, "2"), `{"a":"2024-02-03T14:04:05Z"}`, true},
		{"month, near miss", part("a", Month, "3"), `{"a":"2024-02-03T14:04:05Z"}`, false},
		{"year", part("a", Year, "2024"), `{"a":"2024-02-03T14:04:05Z"}`, true},
		{"no time", part("a", Year, "2024"), `{"a":"2024"}`, false},
		{"no such day", part("a", Day, "30"), `{"a":"2024-02-30"}`, false},

		// two fields
		{"same", same("a", Exact, "b"), `{"a":"x","b":"X"}`, true},
		{"same number", same("a", Exact, "b"), `{"a":"5","b":5.0}`, true},
		{"not the same", same("a", Exact, "b"), `{"a":"x","b":"xy"}`, false},
		{"begins with", same("a", Prefix, "b"), `{"a":"xy","b":"X"}`, true},
		{"ends with", same("a", Suffix, "b"), `{"a":"xy","b":"Y"}`, true},
		{"ends with, near miss", same("a", Suffix, "b"), `{"a":"xy","b":"x"}`, false},
		{"contains", same("a", Contains, "b"), `{"a":"xyz","b":"y"}`, true},
		{"no wildcards", same("a", Exact, "b"), `{"a":"xyz","b":"*"}`, false},
		{"same, minding case", &SameAs{field("a"), field("b"), Exact, true, nowhere}, `{"a":"x","b":"X"}`, false},

		// keywords
		{"keyword", keywordFor("*x*"), `{"a":"axb"}`, true},
		{"keyword, deep", keywordFor("*x*"), `{"a":{"b":[{"c":["x"]}]}}`, true},
		{"keyword is no name", keywordFor("*a*"), `{"a":"x"}`, false},
		{"keyword, number", keywordFor("*46*"), `{"a":{"b":4625}}`, true},
		{"keyword, null", keywordFor("*"), `{"a":null}`, false},
		{"keyword over two values", keywordFor("*x*y*"), `{"a":"x","b":"y"}`, false},
		{"keyword as a regex", &Keyword{Regex: &Regex{Pattern: "^x", RE: MustRE2("^x")}}, `{"a":["ax","xa"]}`, true},
		{"keyword as a regex, near miss", &Keyword{Regex: &Regex{Pattern: "^x", RE: MustRE2("^x")}}, `{"a":"ax"}`, false},

		// the same member
		{"same member", eachOf("a", Any, and(is("x", "1"), is("y", "2"))), `{"a":[{"x":1,"y":2}]}`, true},
		{"two members", eachOf("a", Any, and(is("x", "1"), is("y", "2"))), `{"a":[{"x":1,"y":3},{"x":3,"y":2}]}`, false},
		{"two members without a block", and(is("a.x", "1"), is("a.y", "2")), `{"a":[{"x":1,"y":3},{"x":3,"y":2}]}`, true},
		{"the member itself", eachOf("a", All, number(".", Gt, "1")), `{"a":[2,3]}`, true},
		{"the member itself, one fails", eachOf("a", All, number(".", Gt, "1")), `{"a":[2,1]}`, false},
		{"block in a block", eachOf("a", Any, eachOf("b", Any, and(is("x", "1"), is("y", "2")))),
			`{"a":[{"b":[{"x":1},{"y":2}]},{"b":[{"x":1,"y":2}]}]}`, true},
		{"block in a block, near miss", eachOf("a", Any, eachOf("b", Any, and(is("x", "1"), is("y", "2")))),
			`{"a":[{"b":[{"x":1}]},{"b":[{"y":2}]}]}`, false},
		{"block over members of members", eachOf("a.b", Any, is(".", "x")), `{"a":[{"b":["y"]},{"b":["x"]}]}`, true},
		{"array of arrays", eachOf("a", Any, eachOf(".", All, is(".", "x"))), `{"a":[["x","y"],["x","x"]]}`, true},
		{"block over a text", eachOf("a", Any, is("b", "x")), `{"a":"[{\"b\":\"x\"}]"}`, true},
		{"member that is a text", eachOf("a", Any, is("b", "x")), `{"a":["{\"b\":\"x\"}"]}`, true},
		{"keyword inside a block", eachOf("a", Any, keywordFor("*x*")), `{"a":[{"b":"x"}]}`, true},
		{"keyword outside of the member", eachOf("a", Any, keywordFor("*x*")), `{"a":[{"b":"y"}],"c":"x"}`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Eval(tt.x, event(t, tt.event)); got != tt.want {
				t.Errorf("%s on %s: %v, want %v", String(tt.x), tt.event, got, tt.want)
			}
		})
	}
}

// TestQuantifiers is the table of spec 17.3, with what counts as an empty array and what as an array of one.
func TestQuantifiers(t *testing.T) {
	type row struct {
		event                      string
		any, all, allOrEmpty, none bool
	}
	rows := []row{
		{`{"a":["x","x"]}`, true, true, true, false},
		{`{"a":["x","y"]}`, true, false, false, false},
		{`{"a":["y","y"]}`, false, false, false, true},
		{`{"a":[]}`, false, false, true, true},
		{`{"a":null}`, false, false, true, true},
		{`{}`, false, false, true, true},
		{`{"a":"x"}`, true, true, true, false},
		{`{"a":"y"}`, false, false, false, true},
		{`{"a":""}`, false, false, false, true},    // an empty text is a value
		{`{"a":[null]}`, false, false, true, true}, // a null is no member
		{`{"a":["x",null]}`, true, true, true, false},
		{`{"a":"[\"x\",\"y\"]"}`, true, false, false, false}, // an array in a text
		{`{"a":"[]"}`, false, false, true, true},
		{`{"a":"null"}`, false, false, true, true},
	}
	for _, r := range rows {
		for q, want := range map[Quantifier]bool{Any: r.any, All: r.all, AllOrEmpty: r.allOrEmpty, None: r.none} {
			if got := Eval(eachOf("a", q, is(".", "x")), event(t, r.event)); got != want {
				t.Errorf("%s of %s: %v, want %v", q, r.event, got, want)
			}
		}
	}
	noText := Event{"a": NoText{}}
	for q, want := range map[Quantifier]bool{Any: false, All: false, AllOrEmpty: true, None: true} {
		if got := Eval(eachOf("a", q, is(".", "")), noText); got != want {
			t.Errorf("%s of an empty column: %v, want %v", q, got, want)
		}
	}
}

// TestNoText is about columns that cannot tell an empty text from none.
func TestNoText(t *testing.T) {
	e := Event{"a": NoText{}, "list": []any{NoText{}, "x"}}
	tests := []struct {
		x    Expr
		want bool
	}{
		{is("a", ""), true},
		{null("a"), true},
		{exists("a"), false},
		{is("a", "*"), false},
		{is("a", "**"), false},
		{is("a", "?"), false},
		{not(is("a", "x")), true},
		{re("a", ".*"), false},
		{same("a", Exact, "a"), false},
		{same("list", Contains, "a"), false},
		{number("a", Lt, "5"), false},
		{is("list", "x"), true},
		{null("list"), false},
		{exists("list"), true},
	}
	for _, tt := range tests {
		if got := Eval(tt.x, e); got != tt.want {
			t.Errorf("%s: %v, want %v", String(tt.x), got, tt.want)
		}
	}
}

// TestEventValues takes values as Go programs make them, beside those of package json.
func TestEventValues(t *testing.T) {
	tests := []struct {
		value any
		text  string
	}{
		{4625, "4625"},
		{int64(-1), "-1"},
		{1e6, "1000000"},
		{1.5, "1.5"},
		{1e-7, "0.0000001"},
		{json.Number("1.50"), "1.5"},
		{true, "true"},
		{"x", "x"},
	}
	for _, tt := range tests {
		if got := Eval(&Like{Field: field("a"), Pattern: Text(tt.text)}, Event{"a": tt.value}); !got {
			t.Errorf("%v (%T) is not %q", tt.value, tt.value, tt.text)
		}
	}
}

// TestRuleMatch holds when one of the conditions does.
func TestRuleMatch(t *testing.T) {
	r := &Rule{Meta: &Meta{}, Conditions: []Expr{is("a", "x"), is("b", "y")}}
	for text, want := range map[string]bool{`{"a":"x"}`: true, `{"b":"y"}`: true, `{"a":"y","b":"x"}`: false, `{}`: false} {
		if got := r.Match(event(t, text)); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
		if got := Eval(r.Expr(), event(t, text)); got != want {
			t.Errorf("the one condition on %s: %v, want %v", text, got, want)
		}
	}
	if (&Rule{Meta: &Meta{}}).Match(Event{}) {
		t.Error("a rule without conditions matches")
	}
}

// TestDeepEvent has an event that a recursion per level must bear.
func TestDeepEvent(t *testing.T) {
	const n = 9000 // package json refuses more than 10,000
	deep := event(t, `{"a":`+strings.Repeat("[", n)+`"x"`+strings.Repeat("]", n)+`}`)
	if !Eval(is("a", "x"), deep) || !Eval(keywordFor("x"), deep) {
		t.Error("the member was not found")
	}
}
