package eval

import (
	"fmt"
	"math"
	"strings"
)

// truth evaluates a condition, which must be true or false.
func (r Reading) truth(x expr, row row) (bool, error) {
	v, err := r.eval(x, row)
	if err != nil {
		return false, err
	}
	if v.kind != boolean {
		return false, fmt.Errorf("a condition is %s where it must be true or false", v.kind)
	}
	return v.bool, nil
}

func (k kind) String() string {
	return [...]string{"null", "a text", "a number", "a boolean", "several values"}[k]
}

func (r Reading) eval(x expr, row row) (value, error) {
	switch x := x.(type) {
	case *literal:
		return x.v, nil
	case *fieldRef:
		return row.fields[x.name], nil
	case *negation:
		b, err := r.truth(x.x, row)
		return truth(!b), err
	case *logic: // both sides, so that a null hides nowhere
		l, err := r.truth(x.l, row)
		if err != nil {
			return value{}, err
		}
		right, err := r.truth(x.r, row)
		if x.and {
			return truth(l && right), err
		}
		return truth(l || right), err
	case *binary:
		return r.binary(x, row)
	case *call:
		return r.call(x, row)
	default:
		panic(fmt.Sprintf("eval: no case for %T", x))
	}
}

func (r Reading) binary(x *binary, row row) (value, error) {
	a, err := r.eval(x.l, row)
	if err != nil {
		return value{}, err
	}
	b, err := r.eval(x.r, row)
	if err != nil || a.isNull() || b.isNull() { // a comparison with null is null (SR where)
		return value{}, err
	}
	if a.kind == multi || b.kind == multi || a.kind == boolean || b.kind == boolean {
		return value{}, fmt.Errorf("%q between %s and %s", x.op, a.kind, b.kind)
	}
	switch x.op {
	case ".":
		return str(a.text + b.text), nil
	case "+", "-", "*", "/", "%":
		if a.kind != num || b.kind != num {
			return value{}, fmt.Errorf("%q between %s and %s", x.op, a.kind, b.kind)
		}
		return arithmetic(x.op, a.num, b.num)
	}
	c, err := compare(a, b)
	if err != nil {
		return value{}, err
	}
	switch x.op {
	case "=":
		return truth(c == 0), nil
	case "!=":
		return truth(c != 0), nil
	case "<":
		return truth(c < 0), nil
	case "<=":
		return truth(c <= 0), nil
	case ">":
		return truth(c > 0), nil
	case ">=":
		return truth(c >= 0), nil
	default:
		return value{}, fmt.Errorf("no operator %q", x.op)
	}
}

func arithmetic(op string, a, b float64) (value, error) {
	switch op {
	case "+":
		return number(a + b), nil
	case "-":
		return number(a - b), nil
	case "*":
		return number(a * b), nil
	}
	if b == 0 {
		return value{}, fmt.Errorf("a division by zero")
	}
	if op == "%" {
		return number(math.Mod(a, b)), nil
	}
	return number(a / b), nil
}

// compare compares numbers as numbers and texts as texts, with regard to case (SR where).
func compare(a, b value) (int, error) {
	switch {
	case a.kind == num && b.kind == num:
		if sameNumber(a.text, b.text) {
			return 0, nil
		}
		if a.num < b.num {
			return -1, nil
		}
		return 1, nil
	case a.kind == text && b.kind == text:
		return strings.Compare(a.text, b.text), nil
	default:
		return 0, fmt.Errorf("%s compared with %s", a.kind, b.kind)
	}
}
