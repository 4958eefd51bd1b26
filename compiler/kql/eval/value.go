package eval

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// value is a scalar with its type, one of Kusto's names. v is nil for null, and otherwise
//
//	bool            bool
//	int, long       int64
//	real            float64
//	decimal         *big.Rat
//	string, guid    string
//	datetime        time.Time
//	timespan        time.Duration
//	dynamic         bool, int64, float64, string, []any or map[string]any
type value struct {
	typ string
	v   any
}

func (x value) null() bool { return x.v == nil }

// null is the null of a type. Strings have none (docs: scalar-data-types/null-values): theirs is "".
func null(typ string) value {
	if typ == "string" {
		return text("")
	}
	return value{typ, nil}
}

func text(s string) value        { return value{"string", s} }
func boolean(b bool) value       { return value{"bool", b} }
func long(n int64) value         { return value{"long", n} }
func integer(n int64) value      { return value{"int", n} }
func number(f float64) value     { return value{"real", f} }
func moment(t time.Time) value   { return value{"datetime", t.UTC()} }
func span(d time.Duration) value { return value{"timespan", d} }
func dynamic(v any) value        { return value{"dynamic", v} }

// canonical gives the one name of a type that has several: docs: scalar-data-types.
func canonical(typ string) (string, error) {
	switch typ {
	case "bool", "boolean":
		return "bool", nil
	case "int", "int32":
		return "int", nil
	case "long", "int64":
		return "long", nil
	case "real", "double":
		return "real", nil
	case "string", "guid", "dynamic", "datetime", "timespan", "decimal":
		return typ, nil
	case "date":
		return "datetime", nil
	case "time":
		return "timespan", nil
	case "uniqueid":
		return "guid", nil
	}
	return "", fmt.Errorf("type %q is not known", typ)
}

// plain gives a dynamic primitive its own type; other values stay as they are.
func (x value) plain() value {
	if x.typ != "dynamic" {
		return x
	}
	switch v := x.v.(type) {
	case bool:
		return boolean(v)
	case int64:
		return long(v)
	case float64:
		return number(v)
	case string:
		return text(v)
	case time.Time:
		return moment(v)
	case time.Duration:
		return span(v)
	}
	return x
}

// normal gives the form that dynamic values have here to what encoding/json or a test wrote.
func normal(v any) (any, error) {
	switch v := v.(type) {
	case nil, bool, int64, string, time.Time, time.Duration:
		return v, nil
	case float64:
		// encoding/json decodes every number to one of these.
		if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
			return int64(v), nil
		}
		return v, nil
	case int:
		return int64(v), nil
	case int32:
		return int64(v), nil
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n, nil
		}
		return v.Float64()
	case []string:
		out := make([]any, len(v))
		for i, s := range v {
			out[i] = s
		}
		return out, nil
	case []any:
		out := make([]any, len(v))
		for i, m := range v {
			n, err := normal(m)
			if err != nil {
				return nil, err
			}
			out[i] = n
		}
		return out, nil
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, m := range v {
			n, err := normal(m)
			if err != nil {
				return nil, err
			}
			out[k] = n
		}
		return out, nil
	}
	return nil, fmt.Errorf("a %T is no dynamic value", v)
}

// load makes a value of a column from what a test or a decoder wrote. Numbers of JSON come as float64.
func load(v any, typ string) (value, error) {
	if v == nil {
		return null(typ), nil
	}
	n, err := normal(v)
	if err != nil {
		return value{}, err
	}
	if typ == "dynamic" {
		return dynamic(n), nil
	}
	x := convert(dynamic(n), typ)
	if x.null() {
		return value{}, fmt.Errorf("%v is no %s", v, typ)
	}
	return x, nil
}

// convert gives a value another type; what cannot be converted becomes null (docs: tolong-function and its like).
func convert(x value, typ string) value {
	if typ == "dynamic" {
		return dynamic(x.v)
	}
	x = x.plain()
	if x.typ == typ {
		return x
	}
	if x.null() {
		return null(typ)
	}
	switch typ {
	case "string", "guid":
		return value{typ, toString(x)}
	case "bool":
		return toBool(x)
	case "int", "long":
		n := toLong(x)
		// An int has 32 bits (docs: scalar-data-types/int).
		if i, ok := n.v.(int64); ok && typ == "int" && (i > math.MaxInt32 || i < math.MinInt32) {
			return null("int")
		}
		return value{typ, n.v}
	case "real":
		return toReal(x)
	case "decimal":
		return toDecimal(x)
	case "datetime":
		return toDatetime(x)
	case "timespan":
		return toTimespan(x)
	}
	return null(typ)
}

// toBool: docs: tobool-function.
func toBool(x value) value {
	switch v := x.v.(type) {
	case int64:
		return boolean(v != 0)
	case float64:
		return boolean(v != 0)
	case string:
		switch strings.ToLower(v) {
		case "true":
			return boolean(true)
		case "false":
			return boolean(false)
		}
		if n, err := strconv.ParseInt(v, 10, 64); err == nil {
			return boolean(n != 0)
		}
	}
	return null("bool")
}

// toLong: docs: tolong-function. A fraction is cut off.
func toLong(x value) value {
	switch v := x.v.(type) {
	case int64:
		return long(v)
	case bool:
		if v {
			return long(1)
		}
		return long(0)
	case float64:
		if math.Abs(v) < 1<<63 {
			return long(int64(v))
		}
	case time.Duration:
		return long(int64(v) / 100)
	case string:
		s := strings.TrimSpace(v)
		base := 10
		if h, ok := strings.CutPrefix(strings.ToLower(s), "0x"); ok {
			s, base = h, 16
		}
		if n, err := strconv.ParseInt(s, base, 64); err == nil {
			return long(n)
		}
	}
	return null("long")
}

// toReal: docs: toreal-function.
func toReal(x value) value {
	switch v := x.v.(type) {
	case int64:
		return number(float64(v))
	case float64:
		return number(v)
	case *big.Rat:
		f, _ := v.Float64()
		return number(f)
	case bool:
		if v {
			return number(1)
		}
		return number(0)
	case string:
		if f, err := strconv.ParseFloat(strings.TrimSpace(v), 64); err == nil {
			return number(f)
		}
	}
	return null("real")
}

// toString: docs: tostring-function. Null is "", a datetime has seven digits of fraction (measured).
func toString(x value) string {
	switch v := x.v.(type) {
	case nil:
		return ""
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		switch {
		case math.IsNaN(v):
			return "NaN"
		case math.IsInf(v, 1):
			return "Infinity"
		case math.IsInf(v, -1):
			return "-Infinity"
		}
		if a := math.Abs(v); a >= 1e15 || a < 1e-5 && a > 0 {
			return strconv.FormatFloat(v, 'e', -1, 64)
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	case *big.Rat:
		return decimalText(v)
	case time.Time:
		return v.Format("2006-01-02T15:04:05.0000000Z")
	case time.Duration:
		return formatTimespan(v)
	}
	b, err := json.Marshal(exported(x.v))
	if err != nil {
		return ""
	}
	return string(b)
}

// exported makes what encoding/json can write of a dynamic value: times are written as Kusto prints them.
func exported(v any) any {
	switch v := v.(type) {
	case time.Time, time.Duration:
		return toString(value{"", v})
	case []any:
		out := make([]any, len(v))
		for i, m := range v {
			out[i] = exported(m)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, m := range v {
			out[k] = exported(m)
		}
		return out
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return toString(number(v))
		}
	}
	return v
}
