package form

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/sigc-rules/sigc/compiler/schema"
)

// canonical converts a value of an Event Hub record to the type of its column, and leaves it alone where it does not fit.
// JSON text columns keep the array or object; the text of an array becomes the array, whose members are the values.
func canonical(c *schema.Column, v any) any {
	switch v := v.(type) {
	case nil:
		return nil
	case json.Number:
		if c.Type == schema.String {
			return v.String()
		}
	case float64:
		if c.Type == schema.String {
			return strconv.FormatFloat(v, 'f', -1, 64)
		}
	case bool:
		if c.Type == schema.String {
			return strconv.FormatBool(v)
		}
	case string:
		if list, ok := decode(v); ok && c.JSON && c.Array {
			return list
		}
		return typed(c.Type, v)
	}
	return v
}

// typed reads a text as the type of its column: numbers, booleans, JSON in dynamic columns, and times in the styles of
// risk events and of exports.
func typed(t schema.Type, s string) any {
	switch {
	case t == schema.Dynamic:
		if v, ok := decode(s); ok {
			return v
		}
	case t == schema.Bool:
		if b, err := strconv.ParseBool(strings.ToLower(s)); err == nil {
			return b
		}
	case t.Numeric():
		if _, err := strconv.ParseFloat(s, 64); err == nil && json.Valid([]byte(s)) {
			return json.Number(s)
		}
	case t == schema.Datetime:
		// Parse also takes hours of one digit, which are not RFC 3339.
		if _, err := time.Parse(time.RFC3339, s); err == nil && s[len("2006-01-02T1")] != ':' {
			return s
		}
		if at := parseTime(s); !at.IsZero() {
			return at.Format(time.RFC3339Nano)
		}
	}
	return s
}

// decode reads a text that holds one JSON object or array.
func decode(s string) (any, bool) {
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil || d.More() {
		return nil, false
	}
	switch v.(type) {
	case map[string]any, []any:
		return v, true
	}
	return nil, false
}

// cell converts a value of an Event Hub record to what a Log Analytics row has in the column (entra-dialects 5).
func cell(c *schema.Column, v any) any {
	v = canonical(c, v)
	switch c.Type {
	case schema.String:
		return text(c, v)
	case schema.Datetime:
		if at := timeOf(v); !at.IsZero() {
			return at.UTC().Format(time.RFC3339Nano)
		}
	}
	return v
}

// text is the content of a string column: JSON text for arrays and objects, "" for no value.
func text(c *schema.Column, v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case map[string]any, []any:
		return encode(v, c.Pretty)
	default:
		return fmt.Sprint(v)
	}
}

func encode(v any, pretty bool) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if pretty {
		e.SetIndent("", "  ")
	}
	if err := e.Encode(v); err != nil {
		return "" // only values that no JSON text decodes to
	}
	return strings.TrimSuffix(b.String(), "\n")
}
