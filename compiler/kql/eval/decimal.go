package eval

import (
	"fmt"
	"math/big"
	"regexp"
	"strings"
)

// decimalDigits is what a decimal of 128 bits holds (docs: scalar-data-types/decimal). Only quotients need more.
const decimalDigits = 34

func decimal(r *big.Rat) value { return value{"decimal", r} }

// decimalForm is what is read as a decimal; the literals decimal(1.5) and decimal(1e5) are documented.
var decimalForm = regexp.MustCompile(`^[+-]?([0-9]{1,60}(\.[0-9]{0,60})?|\.[0-9]{1,60})([eE][+-]?[0-9]{1,2})?$`)

// toDecimal: docs: todecimal-function. What is no number becomes null.
func toDecimal(x value) value {
	switch v := x.v.(type) {
	case *big.Rat:
		return decimal(v)
	case int64:
		return decimal(new(big.Rat).SetInt64(v))
	case float64, string:
		text := strings.TrimSpace(toString(x))
		if !decimalForm.MatchString(text) {
			break
		}
		if r, ok := new(big.Rat).SetString(text); ok {
			return decimal(r)
		}
	}
	return null("decimal")
}

// decimalText writes a decimal without an exponent.
func decimalText(r *big.Rat) string {
	text := r.FloatString(decimalDigits)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// arithmeticDecimals: docs: numerical-operators. What becomes of a decimal and a real is not documented.
func arithmeticDecimals(op string, x, y value) (value, error) {
	if x.typ == "real" || y.typ == "real" {
		return value{}, fmt.Errorf("%q of a decimal and a real is not known", op)
	}
	if x.null() || y.null() {
		return null("decimal"), nil
	}
	a, b := toDecimal(x).v.(*big.Rat), toDecimal(y).v.(*big.Rat)
	out := new(big.Rat)
	switch op {
	case "+":
		return decimal(out.Add(a, b)), nil
	case "-":
		return decimal(out.Sub(a, b)), nil
	case "*":
		return decimal(out.Mul(a, b)), nil
	case "/":
		if b.Sign() == 0 {
			return null("decimal"), nil
		}
		return decimal(out.Quo(a, b)), nil
	}
	return value{}, fmt.Errorf("%q of decimals is not known", op)
}
