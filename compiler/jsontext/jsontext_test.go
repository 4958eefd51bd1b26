package jsontext_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sigc-rules/sigc/compiler/jsontext"
)

var value = map[string]any{
	"text": "a \"b\" <c> & \\ \n é", "none": nil, "number": 1.5, "list": []any{1, "two", []any{}, map[string]any{}}, "map": map[string]any{"a": []any{true}},
}

// peer is what the standard library writes.
func peer(t *testing.T, v any, prefix string) string {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent(prefix, "  ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEncode(t *testing.T) {
	got, err := jsontext.Encode(value)
	if diff := cmp.Diff(peer(t, value, ""), string(got)); diff != "" || err != nil {
		t.Error(err, diff)
	}
	if _, err := jsontext.Encode(func() {}); err == nil {
		t.Error("a function is JSON")
	}
}

// TestList: an array that is written value by value is the one that is written as a whole.
func TestList(t *testing.T) {
	for _, values := range [][]any{{}, {1}, {value, "b", []any{value}}} {
		got := jsontext.List([]byte("{\n  \"list\": "), "  ", func(add func([]byte)) {
			for _, v := range values {
				data, err := jsontext.Nested(v, "    ")
				if err != nil {
					t.Fatal(err)
				}
				add(data)
			}
		})
		if diff := cmp.Diff(peer(t, map[string]any{"list": values}, ""), string(append(got, "\n}\n"...))); diff != "" {
			t.Error(diff)
		}
	}
}
