package ir

import (
	"encoding/json"
	"io"
	"strconv"
	"strings"
)

// Event is a record of a log in the canonical fields of its log source. Values are those that package json decodes,
// with numbers as json.Number or float64, and [NoText].
type Event map[string]any

// NoText is the value of a text column that is empty because the platform cannot tell an empty text from none, as Log
// Analytics cannot. It satisfies both [Null] and a comparison with the empty text, and does not exist.
type NoText struct{}

// text returns the text that tests see of a value, and false for values that have none: null, objects, arrays.
func text(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case bool:
		return strconv.FormatBool(v), true
	case json.Number:
		return Canon(v.String()), true
	case float64:
		return Canon(strconv.FormatFloat(v, 'g', -1, 64)), true
	case int:
		return strconv.Itoa(v), true
	case int64:
		return strconv.FormatInt(v, 10), true
	case NoText:
		return "", true
	default:
		return "", false
	}
}

// isNull reports whether a value counts as no value.
func isNull(v any) bool {
	switch v.(type) {
	case nil, NoText:
		return true
	}
	return false
}

// decoded returns the value that a text holds as JSON, or the text itself when it is none. Objects and arrays below it
// keep the digits of their numbers.
func decoded(s string) any {
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return s
	}
	if _, err := d.Token(); err != io.EOF {
		return s
	}
	return v
}
