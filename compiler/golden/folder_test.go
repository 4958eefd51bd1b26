package golden

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWriteFolder(t *testing.T) {
	dir := t.TempDir()
	for _, files := range []map[string][]byte{
		{"a.txt": []byte("a"), "b/c.txt": []byte("c")},
		{"a.txt": []byte("changed"), "b/d/e.txt": []byte("e")}, // c is dead
	} {
		old, err := readFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := writeFolder(dir, old, files); err != nil {
			t.Fatal(err)
		}
		got, err := readFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(files, got); diff != "" {
			t.Error(diff)
		}
	}
	if got, err := readFolder(dir + "/none"); err != nil || len(got) != 0 {
		t.Errorf("%v, %v", got, err)
	}
}
