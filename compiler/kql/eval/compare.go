package eval

import (
	"cmp"
	"fmt"
	"math"
	"math/big"
	"strings"
	"time"
)

func numeric(x value) bool {
	return x.typ == "int" || x.typ == "long" || x.typ == "real" || x.typ == "decimal"
}

func textual(x value) bool { return x.typ == "string" || x.typ == "guid" }

// order compares two values that are not null; ok is false when the types cannot be compared.
func order(x, y value) (n int, ok bool) {
	switch a := x.v.(type) {
	case string:
		if b, ok := y.v.(string); ok {
			return strings.Compare(a, b), true
		}
	case int64:
		switch b := y.v.(type) {
		case *big.Rat:
			return toDecimal(x).v.(*big.Rat).Cmp(b), true
		case int64:
			return cmp.Compare(a, b), true
		case float64:
			return cmp.Compare(float64(a), b), true
		}
	case float64:
		switch b := y.v.(type) {
		case int64:
			return cmp.Compare(a, float64(b)), true
		case float64:
			return cmp.Compare(a, b), true
		}
	case *big.Rat:
		if b, ok := toDecimal(y).v.(*big.Rat); ok && y.typ != "real" {
			return a.Cmp(b), true
		}
	case bool:
		if b, ok := y.v.(bool); ok {
			return cmp.Compare(bit(a), bit(b)), true
		}
	case time.Time:
		if b, ok := y.v.(time.Time); ok {
			return a.Compare(b), true
		}
	case time.Duration:
		if b, ok := y.v.(time.Duration); ok {
			return cmp.Compare(a, b), true
		}
	}
	return 0, false
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// clash reports types that no comparison of Kusto's takes together. A dynamic value may hold anything.
func clash(x, y value) error {
	if x.typ == "dynamic" || y.typ == "dynamic" || x.typ == y.typ || numeric(x) && numeric(y) || textual(x) && textual(y) {
		return nil
	}
	return fmt.Errorf("a %s cannot be compared with a %s", x.typ, y.typ)
}

// equal: docs: scalar-data-types/null-values. Of two nulls it is null, of one it is false.
func equal(x, y value) (value, error) {
	if err := clash(x, y); err != nil {
		return value{}, err
	}
	if x.null() && y.null() {
		return null("bool"), nil
	}
	if x.null() || y.null() {
		return boolean(false), nil
	}
	n, ok := order(x.plain(), y.plain())
	if isNaN(x) || isNaN(y) {
		ok = false
	}
	return boolean(ok && n == 0), nil
}

func isNaN(x value) bool {
	f, ok := x.v.(float64)
	return ok && math.IsNaN(f)
}

// less is the four relations. With a null they are null, and where drops the row (docs: scalar-data-types/null-values).
func less(op string, x, y value) (value, error) {
	if err := clash(x, y); err != nil {
		return value{}, err
	}
	if textual(x) || textual(y) {
		// Microsoft's analyser refuses < between a text and a number (KS106) but orders texts.
		if x.typ != "dynamic" && y.typ != "dynamic" && !(textual(x) && textual(y)) {
			return value{}, fmt.Errorf("a %s has no order with a %s", x.typ, y.typ)
		}
	}
	if x.null() || y.null() {
		return null("bool"), nil
	}
	n, ok := order(x.plain(), y.plain())
	if !ok {
		return null("bool"), nil
	}
	if isNaN(x) || isNaN(y) {
		return boolean(false), nil
	}
	switch op {
	case "<":
		return boolean(n < 0), nil
	case "<=":
		return boolean(n <= 0), nil
	case ">":
		return boolean(n > 0), nil
	default:
		return boolean(n >= 0), nil
	}
}

// arithmetic: docs: numerical-operators, datetime-timespan-arithmetic. With a null the result is null.
func arithmetic(op string, x, y value) (value, error) {
	x, y = x.plain(), y.plain()
	if x.typ == "dynamic" || y.typ == "dynamic" {
		if x.null() || y.null() {
			return null("dynamic"), nil
		}
		return value{}, fmt.Errorf("%q does not take an array or a property bag", op)
	}
	switch {
	case numeric(x) && numeric(y) && (x.typ == "decimal" || y.typ == "decimal"):
		return arithmeticDecimals(op, x, y)
	case numeric(x) && numeric(y):
		return arithmeticNumbers(op, x, y), nil
	case x.typ == "datetime" || x.typ == "timespan" || y.typ == "timespan" || y.typ == "datetime":
		return arithmeticTimes(op, x, y)
	}
	return value{}, fmt.Errorf("%q does not take a %s and a %s", op, x.typ, y.typ)
}

func arithmeticNumbers(op string, x, y value) value {
	typ := "long"
	if x.typ == "real" || y.typ == "real" {
		typ = "real"
	}
	if x.null() || y.null() {
		return null(typ)
	}
	if typ == "real" {
		a, b := toReal(x).v.(float64), toReal(y).v.(float64)
		switch op {
		case "+":
			return number(a + b)
		case "-":
			return number(a - b)
		case "*":
			return number(a * b)
		case "/":
			return number(a / b)
		default:
			return number(math.Mod(a, b))
		}
	}
	a, b := x.v.(int64), y.v.(int64)
	switch {
	case op == "+":
		return long(a + b)
	case op == "-":
		return long(a - b)
	case op == "*":
		return long(a * b)
	case b == 0:
		return null("long")
	case op == "/":
		return long(a / b)
	default:
		// The remainder is never negative (docs: numerical-operators).
		r := a % b
		if r < 0 {
			r += max(b, -b)
		}
		return long(r)
	}
}

func arithmeticTimes(op string, x, y value) (value, error) {
	typ := map[string]string{
		"datetime-datetime": "timespan", "datetime-timespan": "datetime", "datetime+timespan": "datetime", "timespan+datetime": "datetime",
		"timespan+timespan": "timespan", "timespan-timespan": "timespan", "timespan/timespan": "real", "timespan%timespan": "timespan",
	}[x.typ+op+y.typ]
	scaled := x.typ == "timespan" && numeric(y) && (op == "*" || op == "/") || numeric(x) && y.typ == "timespan" && op == "*"
	if scaled {
		typ = "timespan"
	}
	if typ == "" {
		return value{}, fmt.Errorf("%q does not take a %s and a %s", op, x.typ, y.typ)
	}
	if x.null() || y.null() {
		return null(typ), nil
	}
	if scaled {
		return scale(op, x, y), nil
	}
	switch a := x.v.(type) {
	case time.Time:
		if b, ok := y.v.(time.Time); ok {
			return span(a.Sub(b)), nil
		}
		if op == "-" {
			return moment(a.Add(-y.v.(time.Duration))), nil
		}
		return moment(a.Add(y.v.(time.Duration))), nil
	case time.Duration:
		if b, ok := y.v.(time.Time); ok {
			return moment(b.Add(a)), nil
		}
		b := y.v.(time.Duration)
		switch {
		case op == "+":
			return span(a + b), nil
		case op == "-":
			return span(a - b), nil
		case op == "/":
			return number(float64(a) / float64(b)), nil
		case b == 0:
			return null(typ), nil
		default:
			return span(a % b), nil
		}
	}
	return null(typ), nil
}

func scale(op string, x, y value) value {
	if numeric(x) {
		x, y = y, x
	}
	d, f := float64(x.v.(time.Duration)), toReal(y).v.(float64)
	if op == "/" {
		f = 1 / f
	}
	if r := d * f; math.Abs(r) < math.MaxInt64 {
		return span(time.Duration(r))
	}
	return null("timespan")
}
