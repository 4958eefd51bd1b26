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
	if got, err := jsontext.Encode("after"); err != nil || string(got) != "\"after\"\n" {
		t.Errorf("after a value that is none: %s, %v", got, err)
	}
}

// TestTexts: what is in a text is not taken for the end of it, or for a bracket.
func TestTexts(t *testing.T) {
	for _, s := range []string{"", `"`, `\`, `\\`, `\"`, `"\`, `\\"`, `a"b\"c\`, "{", `[,]:"{}`, "\x00\u2028", `C:\`} {
		v := map[string]any{s: []any{s, map[string]any{s: s}, []string{}}}
		got, err := jsontext.Encode(v)
		if diff := cmp.Diff(peer(t, v, ""), string(got)); diff != "" || err != nil {
			t.Errorf("%q: %v\n%s", s, err, diff)
		}
	}
}

// TestList: an array that is written value by value is the one that is written as a whole.
func TestList(t *testing.T) {
	for _, values := range [][]any{{}, {1}, {value, "b", []any{value}}} {
		list := jsontext.NewList([]byte("{\n  \"list\": "), "  ")
		for i, v := range values {
			if i%2 == 0 {
				if err := list.Add(v); err != nil {
					t.Fatal(err)
				}
				continue
			}
			data, err := jsontext.Nested(v, "    ")
			if err != nil {
				t.Fatal(err)
			}
			list.AddNested(data)
		}
		got := list.End()
		pieces := jsontext.NewList([]byte("{\n  \"list\": "), "  ")
		var all []byte
		for _, v := range values {
			all = append(all, pieces.Take()...)
			if err := pieces.Add(v); err != nil {
				t.Fatal(err)
			}
		}
		if all = append(all, pieces.End()...); string(all) != string(got) {
			t.Errorf("in pieces: %s", all)
		}
		if diff := cmp.Diff(peer(t, map[string]any{"list": values}, ""), string(append(got, "\n}\n"...))); diff != "" {
			t.Error(diff)
		}
	}
}
