package sigma

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"
)

// value reads one scalar of a detection.
func (d *document) value(n *yaml.Node) Value {
	v := Value{Text: n.Value, Quoted: n.Style&^(yaml.TaggedStyle|yaml.FlowStyle) != 0}
	v.At = d.scalarSpan(n)
	v.Kind = classify(n)
	if n.Style&yaml.TaggedStyle == 0 && !v.Quoted {
		d.checkPlain(n, v)
	}
	if v.Kind == Float && isSpecial(n.Value) {
		d.diags.Errorf("value/float-special", v.At, "%q is not a number that an event can hold", n.Value).
			Hint = "put it in quotes if the text is meant"
	}
	return v
}

var (
	decimal = lazy(`^([-+]?)([0-9]*)\.?([0-9]*)$`)

	// What YAML 1.1, and with it pySigma, takes for a number of base 60.
	oldBase60 = lazy(`^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$`)
)

// lazy is a regular expression that is compiled when it is asked for: few runs ask for all of them.
func lazy(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

// unsigned returns a number without its sign.
func unsigned(text string) string {
	if text != "" && (text[0] == '-' || text[0] == '+') {
		return text[1:]
	}
	return text
}

// isDigits reports whether a text is a number without a point.
func isDigits(text string) bool {
	text = unsigned(text)
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// isSpecial reports whether YAML takes a text for an infinite number or for none.
func isSpecial(text string) bool {
	switch unsigned(text) {
	case ".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN":
		return true
	}
	return false
}

// classify decides the type of a scalar from how it was written (spec section 1.6). The decoded Go value is of no use: it
// loses digits, and turns 00000429 into a number and dates into instants.
func classify(n *yaml.Node) Kind {
	switch n.ShortTag() {
	case "!!null":
		return Null
	case "!!bool":
		return Bool
	case "!!int", "!!float":
		kind, _ := parseNumber(n.Value)
		return kind
	}
	return String
}

// maxDigits is far more than any number in an event has. A tag can force longer texts to be numbers.
const maxDigits = 400

// parseNumber returns the kind and canonical text of a number; a text that only looks like one is a string.
func parseNumber(text string) (Kind, string) {
	const safe = 18 // digits are a number of 64 bits, as nearly all are
	if text != "" && len(text) <= safe && text[0] != '0' && strings.Trim(text, "0123456789") == "" {
		return Int, text
	}
	if isSpecial(text) {
		return Float, strings.ToLower(text)
	}
	plain := strings.ReplaceAll(text, "_", "")
	if len(plain) > maxDigits {
		return String, text
	}
	if i, ok := new(big.Int).SetString(plain, 0); ok {
		return Int, i.String()
	}
	if isDigits(plain) {
		return String, text // a leading zero, but no octal number: 00000429
	}
	if m := decimal().FindStringSubmatch(plain); m != nil && m[2]+m[3] != "" {
		return Float, decimalText(m[1], m[2], m[3])
	}
	f, err := strconv.ParseFloat(plain, 64)
	if err != nil {
		return String, text
	}
	return Float, strconv.FormatFloat(f, 'f', -1, 64)
}

// decimalText writes a decimal number without needless zeros, digit by digit, so that none is lost.
func decimalText(sign, whole, fraction string) string {
	whole, fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	if whole == "" {
		whole = "0"
	}
	if whole == "0" && fraction == "" || sign != "-" {
		sign = ""
	}
	if fraction != "" {
		fraction = "." + fraction
	}
	return sign + whole + fraction
}

// checkPlain warns of a plain scalar that other readers of YAML take for something else.
func (d *document) checkPlain(n *yaml.Node, v Value) {
	const id = "yaml/implicit-type"
	switch n.Value {
	case "yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF":
		d.diags.Warnf(id, v.At, "%q is read as text here, but as a boolean by other tools", n.Value).Hint = "put it in quotes"
		return
	}
	if n.Value == "" || !strings.ContainsRune("+-0123456789", rune(n.Value[0])) {
		return // spares the searches below for nearly all values
	}
	quote := "put it in quotes if the text is meant"
	switch {
	case strings.Contains(n.Value, ":") && oldBase60().MatchString(n.Value):
		d.diags.Warnf(id, v.At, "%q is read as text here, but as a number of base 60 by other tools", n.Value).Hint = "put it in quotes"
	case n.ShortTag() == "!!timestamp":
		d.diags.Warnf(id, v.At, "%q is read as text here, but as a date by other tools", n.Value).Hint = "put it in quotes"
	case v.Kind == String && isDigits(strings.ReplaceAll(n.Value, "_", "")):
		d.diags.Warnf(id, v.At, "%q is read as text here, but as a number by other tools", n.Value).Hint = "put it in quotes"
	case v.Kind == Int && unusual(n.Value):
		d.diags.Warnf(id, v.At, "%q is read as the number %s", n.Value, v.Canon()).Hint = quote
	}
}

// unusual reports whether an integer is written in a way that its author may not have meant as a number.
func unusual(text string) bool {
	text = strings.TrimLeft(text, "+-")
	return strings.Contains(text, "_") || len(text) > 1 && text[0] == '0'
}
