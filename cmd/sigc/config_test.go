package main

import (
	"fmt"
	"strings"
	"testing"
)

// A chain of configurations that each extend the next one twice is refused before it is read a million times; a base
// that several share is none.
func TestExtends(t *testing.T) {
	for _, tt := range []struct {
		files int
		want  string
	}{
		{6, ""},
		{24, "more than 1000 configurations would be read to build upon: a file that several others extend is read for each of them"},
	} {
		read := 0
		r := &configReader{read: func(name string) ([]byte, error) {
			read++
			var n int
			if _, err := fmt.Sscanf(name, "%d.yml", &n); err != nil {
				return nil, err
			}
			if n == tt.files {
				return []byte("lists: {admins: [alice]}\n"), nil
			}
			return fmt.Appendf(nil, "extends: [%d.yml, %d.yml]\n", n+1, n+1), nil
		}}
		c, err := r.file("0.yml")
		if err != nil {
			t.Fatal(err)
		}
		if read > maxExtends+1 {
			t.Errorf("%d files: %d are read", tt.files, read)
		}
		var said []string
		for _, d := range r.diags.From(0) {
			said = append(said, d.Message)
		}
		if got := strings.Join(said, "\n"); got != tt.want || c.lists["admins"] == nil {
			t.Errorf("%d files: said %q, want %q; lists %v", tt.files, got, tt.want, c.lists)
		}
	}
}
