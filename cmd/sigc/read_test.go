package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadFiles(t *testing.T) {
	dir := t.TempDir()
	want := [][]byte{{}, []byte("a"), bytes.Repeat([]byte("b"), 16<<10), bytes.Repeat([]byte("cd"), 50_000), []byte("e")}
	var names []string
	for i, text := range want {
		names = append(names, filepath.Join(dir, string(rune('a'+i))))
		if err := os.WriteFile(names[i], text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := readFiles(names)
	if err != nil {
		t.Fatal(err)
	}
	for i := range want {
		if !bytes.Equal(got[i], want[i]) {
			t.Errorf("%s: %d bytes, want %d", names[i], len(got[i]), len(want[i]))
		}
	}
	missing := append(names, filepath.Join(dir, "first"), filepath.Join(dir, "second"))
	if _, err := readFiles(missing); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "first") {
		t.Errorf("the error is %v", err)
	}
	if got, err := readFiles(nil); len(got) != 0 || err != nil {
		t.Error(got, err)
	}
}
