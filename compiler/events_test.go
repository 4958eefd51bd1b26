package compiler_test

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/sigc-rules/sigc/compiler"
)

// Files of events may be packed, and in the encodings in which Windows writes them.
func TestReadEventsFiles(t *testing.T) {
	const text = `{"a": "ü"}` + "\n" + `{"a": "b"}`
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	wide := func(low, high int) []byte {
		out := []byte{0, 0}
		out[low], out[high] = 0xff, 0xfe
		for _, u := range utf16.Encode([]rune(text)) {
			unit := []byte{0, 0}
			unit[low], unit[high] = byte(u), byte(u>>8)
			out = append(out, unit...)
		}
		return out
	}
	for name, file := range map[string][]byte{
		"gzip": packed.Bytes(), "byte order mark": []byte("\ufeff" + text), "UTF-16": wide(0, 1), "UTF-16, big end first": wide(1, 0),
	} {
		events, err := compiler.ReadEvents(file, "auto")
		if err != nil || len(events) != 2 {
			t.Errorf("%s: %d events, error %v", name, len(events), err)
		}
	}
	for want, file := range map[string]string{
		"evtx_dump": "ElfFile\x00\x00", "unpack": "\x1f\x8bnothing", "unexpected EOF": "{", "no JSON object": "[1]",
	} {
		if _, err := compiler.ReadEvents([]byte(file), "auto"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %s", file, err, want)
		}
	}
}
