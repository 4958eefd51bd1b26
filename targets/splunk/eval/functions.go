package eval

import (
	"encoding/json"
	"fmt"
	"math"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// call evaluates a function. Those that do not evaluate all their arguments, or not as values, come first.
func (r Reading) call(c *call, row row) (value, error) {
	switch c.name {
	case "mvfilter":
		return r.mvfilter(c, row)
	case "if":
		if len(c.args) != 3 {
			return value{}, fmt.Errorf("if wants three arguments")
		}
		v, err := r.eval(c.args[0], row)
		if err != nil {
			return value{}, err
		}
		if v.kind == boolean && v.bool { // all but true is false (SR if)
			return r.eval(c.args[1], row)
		}
		return r.eval(c.args[2], row)
	case "case":
		for i := 0; i+1 < len(c.args); i += 2 { // the value of the first condition that is true (SR case)
			v, err := r.eval(c.args[i], row)
			if err != nil {
				return value{}, err
			}
			if v.kind == boolean && v.bool {
				return r.eval(c.args[i+1], row)
			}
		}
		return value{}, nil
	}
	args := make([]value, len(c.args))
	for i, a := range c.args {
		v, err := r.eval(a, row)
		if err != nil {
			return value{}, err
		}
		args[i] = v
	}
	f, ok := functions[c.name]
	if !ok {
		return value{}, fmt.Errorf("no function %q", c.name)
	}
	if len(args) < f.least || f.most >= 0 && len(args) > f.most {
		return value{}, fmt.Errorf("%s with %d arguments", c.name, len(args))
	}
	v, err := f.run(r, args)
	if err != nil {
		return value{}, fmt.Errorf("%s: %w", c.name, err)
	}
	return v, nil
}

// mvfilter keeps the values for which the predicate is true; it may name one field only (MV).
func (r Reading) mvfilter(c *call, row row) (value, error) {
	names := map[string]bool{}
	var name string
	var walk func(expr)
	walk = func(x expr) {
		switch x := x.(type) {
		case *fieldRef:
			names[x.name], name = true, x.name
		case *logic:
			walk(x.l)
			walk(x.r)
		case *binary:
			walk(x.l)
			walk(x.r)
		case *negation:
			walk(x.x)
		case *call:
			for _, a := range x.args {
				walk(a)
			}
		}
	}
	if len(c.args) != 1 {
		return value{}, fmt.Errorf("mvfilter wants one argument")
	}
	walk(c.args[0])
	if len(names) != 1 {
		return value{}, fmt.Errorf("mvfilter over %d fields", len(names))
	}
	var kept []string
	for _, s := range row.fields[name].values() {
		ok, err := r.truth(c.args[0], row.with(name, str(s)))
		if err != nil {
			return value{}, err
		}
		if ok {
			kept = append(kept, s)
		}
	}
	return several(kept), nil
}

type function struct {
	least, most int
	run         func(Reading, []value) (value, error)
}

// textual wraps a function of texts: null in, null out, and anything that is no single text is an error.
func textual(n int, f func(r Reading, args []string) (value, error)) function {
	return function{n, n, func(r Reading, args []value) (value, error) {
		texts := make([]string, len(args))
		for i, a := range args {
			switch a.kind {
			case null:
				return value{}, nil
			case text:
				texts[i] = a.text
			default:
				return value{}, fmt.Errorf("argument %d is %s", i+1, a.kind)
			}
		}
		return f(r, texts)
	}}
}

func plain(f func(args []string) value) func(Reading, []string) (value, error) {
	return func(_ Reading, args []string) (value, error) { return f(args), nil }
}

var functions = map[string]function{
	"true":      {0, 0, func(Reading, []value) (value, error) { return truth(true), nil }},
	"null":      {0, 0, func(Reading, []value) (value, error) { return value{}, nil }},
	"isnull":    {1, 1, func(_ Reading, a []value) (value, error) { return truth(a[0].isNull()), nil }},
	"isnotnull": {1, 1, func(_ Reading, a []value) (value, error) { return truth(!a[0].isNull()), nil }},
	"coalesce": {1, -1, func(_ Reading, a []value) (value, error) {
		for _, v := range a {
			if !v.isNull() {
				return v, nil
			}
		}
		return value{}, nil
	}},
	"nullif": {2, 2, func(_ Reading, a []value) (value, error) {
		if a[0].kind == text && a[1].kind == text && a[0].text == a[1].text {
			return value{}, nil
		}
		return a[0], nil
	}},
	"in":       {2, -1, in},
	"tostring": {1, 1, toString},
	"tonumber": textual(1, plain(func(a []string) value { // null for what is no number (SR tonumber)
		f, ok := numeral(a[0])
		if !ok {
			return value{}
		}
		return value{kind: num, num: f, text: a[0]}
	})),
	"lower": textual(1, plain(func(a []string) value { return str(strings.ToLower(a[0])) })),
	"len":   textual(1, plain(func(a []string) value { return number(float64(len([]rune(a[0])))) })),
	"match": textual(2, func(_ Reading, a []string) (value, error) { // anywhere in the text (SR match)
		re, err := regexp.Compile(a[1])
		if err != nil {
			return value{}, err
		}
		return truth(re.MatchString(a[0])), nil
	}),
	"cidrmatch": textual(2, func(_ Reading, a []string) (value, error) {
		p, err := netip.ParsePrefix(a[0])
		if err != nil {
			return value{}, err
		}
		addr, err := netip.ParseAddr(a[1])
		if err != nil {
			return value{}, nil
		}
		return truth(p.Contains(addr.WithZone(""))), nil
	}),
	"substr":       {2, 3, substr},
	"mvcount":      {1, 1, mvcount},
	"mvindex":      {2, 2, mvindex},
	"json_valid":   textual(1, plain(func(a []string) value { return truth(json.Valid([]byte(a[0]))) })),
	"json_extract": {1, 2, extract},
	"json_array_to_mv": {2, 2, func(_ Reading, a []value) (value, error) {
		if a[1].kind != boolean || !a[1].bool {
			return value{}, fmt.Errorf("without quotes it is not known here")
		}
		if a[0].isNull() {
			return value{}, nil
		}
		return members(a[0].text), nil
	}},
	"json_array": textual(1, func(_ Reading, a []string) (value, error) {
		s, err := encode([]string{a[0]})
		return str(s), err
	}),
	"spath": textual(2, func(r Reading, a []string) (value, error) { return r.spath(a[0], a[1]), nil }),
	"strptime": textual(2, func(_ Reading, a []string) (value, error) {
		layout, ok := map[string]string{"%Y-%m-%d": "2006-01-02", "%Y-%m-%dT%H:%M:%S%z": "2006-01-02T15:04:05-0700"}[a[1]]
		if !ok {
			return value{}, fmt.Errorf("no format %q", a[1])
		}
		t, err := time.Parse(layout, a[0])
		if err != nil {
			return value{}, nil
		}
		return number(float64(t.Unix())), nil
	}),
	"strftime": {2, 2, strftime},
	// mvappend leaves out what is null; so it is used in the content that Splunk publishes.
	"mvappend": {1, -1, func(_ Reading, a []value) (value, error) {
		var list []string
		for _, v := range a {
			list = append(list, v.values()...)
		}
		return several(list), nil
	}},
	// mvdedup removes values that the field has already (MV).
	"mvdedup": {1, 1, func(_ Reading, a []value) (value, error) {
		var list []string
		for _, s := range a[0].values() {
			if !slices.Contains(list, s) {
				list = append(list, s)
			}
		}
		return several(list), nil
	}},
	// replace puts a text for every match of a regular expression, in which \1 is what the first group matched (SR replace).
	"replace": textual(3, func(_ Reading, a []string) (value, error) {
		re, err := regexp.Compile(a[1])
		if err != nil || strings.Contains(a[2], "$") {
			return value{}, fmt.Errorf("replace by %q: %v", a[2], err)
		}
		return str(re.ReplaceAllString(a[0], groupReference.ReplaceAllString(a[2], "$${$1}"))), nil
	}),
	"split": textual(2, plain(func(a []string) value { return several(strings.Split(a[0], a[1])) })),
	"floor": {1, 1, func(_ Reading, a []value) (value, error) {
		switch a[0].kind {
		case null:
			return value{}, nil
		case num:
			return number(math.Floor(a[0].num)), nil
		default:
			return value{}, fmt.Errorf("of %s", a[0].kind)
		}
	}},
	"round": {2, 2, func(_ Reading, a []value) (value, error) {
		if a[0].kind != num || a[1].kind != num {
			return value{}, fmt.Errorf("of %s", a[0].kind)
		}
		text := strconv.FormatFloat(a[0].num, 'f', int(a[1].num), 64)
		f, err := strconv.ParseFloat(text, 64)
		return number(f), err
	}},
	"min": {1, -1, func(_ Reading, a []value) (value, error) {
		least := a[0]
		for _, v := range a {
			if v.kind != num {
				return value{}, fmt.Errorf("of %s", v.kind)
			}
			if v.num < least.num {
				least = v
			}
		}
		return least, nil
	}},
}

func strftime(_ Reading, a []value) (value, error) {
	if a[0].isNull() {
		return value{}, nil
	}
	t := time.Unix(int64(a[0].num), 0).UTC()
	switch a[1].text {
	case "%V":
		_, week := t.ISOWeek()
		return str(fmt.Sprintf("%02d", week)), nil
	case "%Y-%m-%dT%H:%M:%S%z":
		return str(t.Format("2006-01-02T15:04:05-0700")), nil
	default:
		return value{}, fmt.Errorf("no format %q", a[1].text)
	}
}

func in(_ Reading, a []value) (value, error) {
	if a[0].isNull() {
		return value{}, nil
	}
	for _, v := range a {
		if v.kind != text {
			return value{}, fmt.Errorf("%s in a list", v.kind)
		}
	}
	for _, v := range a[1:] {
		if v.text == a[0].text {
			return truth(true), nil
		}
	}
	return truth(false), nil
}

// toString writes booleans as True and False (SR tostring).
func toString(_ Reading, a []value) (value, error) {
	switch v := a[0]; v.kind {
	case boolean:
		if v.bool {
			return str("True"), nil
		}
		return str("False"), nil
	case text, num:
		return str(v.text), nil
	default:
		return value{}, fmt.Errorf("of %s", v.kind)
	}
}

// substr counts from 1, or from the end (SR substr).
func substr(_ Reading, a []value) (value, error) {
	if a[0].kind != text || a[1].kind != num || len(a) == 3 && a[2].kind != num {
		return value{}, fmt.Errorf("of %s", a[0].kind)
	}
	s := []rune(a[0].text)
	from := min(int(a[1].num)-1, len(s))
	if a[1].num < 0 {
		from = max(len(s)+int(a[1].num), 0)
	}
	if from < 0 {
		return value{}, fmt.Errorf("from %v", a[1].num)
	}
	to := len(s)
	if len(a) == 3 {
		to = min(from+int(a[2].num), len(s))
	}
	return str(string(s[from:to])), nil
}

// mvcount is null for no value (MV).
func mvcount(_ Reading, a []value) (value, error) {
	if a[0].isNull() {
		return value{}, nil
	}
	return number(float64(len(a[0].values()))), nil
}

// mvindex counts from 0, or from the end, and is null outside (MV).
func mvindex(_ Reading, a []value) (value, error) {
	list, i := a[0].values(), int(a[1].num)
	if i < 0 {
		i += len(list)
	}
	if i < 0 || i >= len(list) {
		return value{}, nil
	}
	return str(list[i]), nil
}

func extract(_ Reading, a []value) (value, error) {
	switch a[0].kind {
	case null:
		return value{}, nil
	case multi:
		return value{}, fmt.Errorf("of several values")
	}
	if len(a) == 1 {
		v, ok := decode(a[0].text)
		if !ok { // what is no JSON has no type to convert it to; the searches give it JSON only
			return value{}, nil
		}
		return native(v), nil
	}
	return jsonExtract(a[0].text, a[1].text), nil
}

var groupReference = regexp.MustCompile(`\\([0-9])`)
