package ir

import (
	"strconv"
	"strings"
)

// Number is a decimal number in the text that [Canon] gives.
type Number string

// Float returns the value of the number.
func (n Number) Float() float64 {
	f, _ := strconv.ParseFloat(string(n), 64)
	return f
}

// Int returns the value of the number and whether it is a whole one.
func (n Number) Int() (int64, bool) {
	i, err := strconv.ParseInt(string(n), 10, 64)
	return i, err == nil
}

// maxDigits is far more than any number in an event has.
const maxDigits = 400

// Canon returns the shortest decimal text of a number, without an exponent: 4625 for 4625.0 and for 4.625e3. It works
// on the digits, so that none is lost. Any other text, and a number of more than 400 digits, is returned as it is.
func Canon(number string) string {
	d, ok := parseDecimal(number)
	if !ok {
		return number
	}
	digits := strings.TrimLeft(d.digits, "0")
	point := d.exponent + len(digits) // where it stands in digits
	digits = strings.TrimRight(digits, "0")
	switch {
	case digits == "":
		return "0"
	case point > maxDigits, len(digits)-point > maxDigits:
		return number
	case point <= 0:
		digits = "0." + strings.Repeat("0", -point) + digits
	case point >= len(digits):
		digits += strings.Repeat("0", point-len(digits))
	default:
		digits = digits[:point] + "." + digits[point:]
	}
	return d.sign + digits
}

// IsNumber reports whether a text is a decimal number, with or without an exponent.
func IsNumber(s string) bool {
	_, ok := parseDecimal(s)
	return ok
}

// decimal is a number: its sign, its digits without the point, and the power of ten to multiply these with.
type decimal struct {
	sign, digits string
	exponent     int
}

func parseDecimal(s string) (d decimal, ok bool) {
	switch {
	case strings.HasPrefix(s, "-"):
		d.sign, s = "-", s[1:]
	case strings.HasPrefix(s, "+"):
		s = s[1:]
	}
	mantissa := s
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		mantissa = s[:i]
		e, err := strconv.Atoi(s[i+1:])
		if err != nil {
			return d, false
		}
		d.exponent = min(max(e, -maxExponent), maxExponent)
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	d.digits = whole + fraction
	d.exponent -= len(fraction)
	return d, d.digits != "" && strings.Trim(d.digits, "0123456789") == ""
}

// maxExponent keeps sums of exponents and lengths from running over.
const maxExponent = 1 << 30
