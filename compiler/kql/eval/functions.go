package eval

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/sigc-rules/sigc/compiler/kql"
)

// function is a scalar function. Most is -1 where there is no upper limit of arguments.
type function struct {
	least, most int
	call        func(r *run, args []value) (value, error)
}

// call runs a function: an aggregate inside of summarize, a window function, or a scalar one.
func (r *run) call(c *kql.Call, s *scope) (value, error) {
	if len(c.Named) > 0 {
		return value{}, fmt.Errorf("%s: arguments with a name are not known", c.Func)
	}
	if f := aggregateOf(c.Func); f != nil && s.group != nil {
		v, err := f(r, c, s)
		return v, within(c.Func, err)
	}
	if c.Func == "ingestion_time" && len(c.Args) == 0 {
		return ingestionTime(s)
	}
	if f := windowOf(c.Func); f != nil {
		v, err := f(r, c, s)
		return v, within(c.Func, err)
	}
	if c.Func == "toscalar" && len(c.Args) == 1 {
		v, err := r.toScalar(c.Args[0], s)
		return v, within(c.Func, err)
	}
	f, ok := functions[c.Func]
	if !ok {
		return value{}, fmt.Errorf("function %q is not known here", c.Func)
	}
	if len(c.Args) < f.least || f.most >= 0 && len(c.Args) > f.most {
		return value{}, fmt.Errorf("%s: %d arguments", c.Func, len(c.Args))
	}
	args := make([]value, len(c.Args))
	for i, a := range c.Args {
		v, err := r.eval(a, s)
		if err != nil {
			return value{}, err
		}
		args[i] = v
	}
	v, err := f.call(r, args)
	return v, within(c.Func, err)
}

func within(name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", name, err)
}

// toScalar: docs: toscalar-function. The first value of the first row, null without rows.
func (r *run) toScalar(x kql.Expr, s *scope) (value, error) {
	t, ok, err := r.rowsOf(x)
	switch {
	case err != nil:
		return value{}, err
	case !ok:
		return r.eval(x, s)
	case len(t.cols) == 0:
		return value{}, errors.New("the query has no column")
	case len(t.rows) == 0:
		return null(t.cols[0].Type), nil
	}
	return t.rows[0][0], nil
}

// functions holds the scalar functions. Each is the page <name>-function of the docs.
var functions = map[string]function{
	"isempty":    {1, 1, func(_ *run, a []value) (value, error) { return boolean(empty(a[0])), nil }},
	"isnotempty": {1, 1, func(_ *run, a []value) (value, error) { return boolean(!empty(a[0])), nil }},
	// A string is never null, so isnull of one is false (docs: isnull-function).
	"isnull":    {1, 1, func(_ *run, a []value) (value, error) { return boolean(a[0].null()), nil }},
	"isnotnull": {1, 1, func(_ *run, a []value) (value, error) { return boolean(!a[0].null()), nil }},

	"tostring":   conversion("string"),
	"toint":      conversion("int"),
	"tolong":     conversion("long"),
	"todouble":   conversion("real"),
	"toreal":     conversion("real"),
	"todecimal":  conversion("decimal"),
	"tobool":     conversion("bool"),
	"toboolean":  conversion("bool"),
	"todatetime": conversion("datetime"),
	"totimespan": conversion("timespan"),
	"toguid":     conversion("guid"),

	"tolower":  onText(strings.ToLower),
	"toupper":  onText(strings.ToUpper),
	"strlen":   {1, 1, strlen},
	"strcat":   {1, 64, strcat},
	"split":    {2, 3, split},
	"indexof":  {2, 3, indexOf},
	"trim":     {2, 2, trim(true, true)},
	"trim_end": {2, 2, trim(false, true)},

	"substring":              {2, 3, substring},
	"trim_start":             {2, 2, trim(true, false)},
	"replace_string":         {3, 3, replaceString},
	"regex_quote":            {1, 1, regexQuote},
	"strcat_array":           {2, 2, strcatArray},
	"extract":                {3, 3, extract},
	"replace_regex":          {3, 3, replaceRegex},
	"tohex":                  {1, 2, toHex},
	"url_decode":             {1, 1, urlDecode},
	"base64_decode_tostring": {1, 1, base64Decode},

	"coalesce": {2, 64, coalesce},
	"iff":      {3, 3, iff},
	"iif":      {3, 3, iff},
	"case":     {3, -1, caseOf},

	"min_of":  {2, -1, extremeOf(-1)},
	"max_of":  {2, -1, extremeOf(1)},
	"ceiling": {1, 1, ceiling},

	"array_sort_asc":  {1, 2, arraySortAsc},
	"array_length":    {1, 1, arrayLength},
	"array_slice":     {3, 3, arraySlice},
	"array_index_of":  {2, 2, arrayIndexOf},
	"pack_array":      {0, -1, packArray},
	"range":           {2, 3, rangeOf},
	"bag_pack":        {2, -1, bagPack},
	"pack":            {2, -1, bagPack},
	"bag_has_key":     {2, 2, bagHasKey},
	"bag_keys":        {1, 1, bagKeys},
	"set_has_element": {2, 2, setHasElement},
	"parse_json":      {1, 1, parseJSON},
	"todynamic":       {1, 1, parseJSON},
	"gettype":         {1, 1, getType},

	"ipv4_is_in_range":     {2, 2, ipInRange(false)},
	"ipv6_is_in_range":     {2, 2, ipInRange(true)},
	"ipv4_is_in_any_range": {2, -1, ipInAnyRange(false)},
	"ipv6_is_in_any_range": {2, -1, ipInAnyRange(true)},

	"now":                   {0, 1, now},
	"ago":                   {1, 1, ago},
	"bin":                   {2, 2, func(_ *run, a []value) (value, error) { return bin(a[0].plain(), a[1].plain()) }},
	"datetime_utc_to_local": {2, 2, utcToLocal},
	"datetime_part":         {2, 2, datetimePartOf},
	"week_of_year":          part("week_of_year"),
	"hourofday":             part("hour"),
	"dayofmonth":            part("day"),
	"dayofyear":             part("dayofyear"),
	"monthofyear":           part("month"),
	"getmonth":              part("month"),
	"getyear":               part("year"),
	"dayofweek":             {1, 1, dayOfWeek},
}

// empty: docs: isempty-function. The empty text and every null.
func empty(v value) bool { return v.null() || v.v == "" }

// conversion makes a to... function. Null stays null, and as a string it is "" (docs: tostring-function).
func conversion(typ string) function {
	return function{1, 1, func(_ *run, a []value) (value, error) { return convert(a[0], typ), nil }}
}

func whole(v value) (int, error) {
	n, ok := v.plain().v.(int64)
	if !ok || n > 1<<31 || n < -(1<<31) {
		return 0, errors.New("a whole number is expected")
	}
	return int(n), nil
}

// coalesce gives the first value that is not null and, of texts, not empty.
func coalesce(_ *run, a []value) (value, error) {
	for _, v := range a {
		if !v.null() && v.v != "" {
			return v, nil
		}
	}
	return null(a[0].typ), nil
}

// iff takes the second branch when the condition is false or null.
func iff(_ *run, a []value) (value, error) {
	if _, err := truth(a[0]); err != nil {
		return value{}, err
	}
	if a[0].v == true {
		return as(a[1], a[1], a[2]), nil
	}
	return as(a[2], a[1], a[2]), nil
}

// as gives a branch the type of the whole: numbers take the widest, else that of the first branch counts.
func as(v value, branches ...value) value {
	typ := branches[0].typ
	for _, b := range branches[1:] {
		switch {
		case typ == "int" && numeric(b), typ == "long" && (b.typ == "real" || b.typ == "decimal"):
			typ = b.typ
		}
	}
	if typ == v.typ || typ != "dynamic" && !numeric(v) && v.typ != "dynamic" {
		return v
	}
	return convert(v, typ)
}

func caseOf(_ *run, a []value) (value, error) {
	if len(a)%2 == 0 {
		return value{}, errors.New("the value for all other cases is missing")
	}
	var branches []value
	for i := 1; i < len(a); i += 2 {
		branches = append(branches, a[i])
	}
	branches = append(branches, a[len(a)-1])
	for i := 0; i+1 < len(a); i += 2 {
		if _, err := truth(a[i]); err != nil {
			return value{}, err
		}
	}
	for i := 0; i+1 < len(a); i += 2 {
		if a[i].v == true {
			return as(a[i+1], branches...), nil
		}
	}
	return as(a[len(a)-1], branches...), nil
}

// parseJSON makes a dynamic of a text; what is no JSON stays a text.
func parseJSON(_ *run, a []value) (value, error) {
	s, ok := a[0].v.(string)
	if !ok || a[0].typ == "dynamic" {
		return value{}, fmt.Errorf("a %s is no text", a[0].typ)
	}
	if s == "" {
		return null("dynamic"), nil
	}
	dec := json.NewDecoder(strings.NewReader(s))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil || dec.More() {
		return dynamic(s), nil
	}
	n, err := normal(v)
	if err != nil {
		// A number beyond every type.
		return dynamic(s), nil
	}
	return dynamic(n), nil
}
