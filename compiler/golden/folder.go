package golden

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Folder compares files, by their slash-separated paths, with those below a folder: for outputs that are read as the
// files they are. With -update the folder is made to hold just these.
func Folder(t *testing.T, dir string, files map[string][]byte) {
	t.Helper()
	if len(files) == 0 {
		t.Fatalf("nothing to compare with %s", dir)
	}
	old, err := readFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := writeFolder(dir, old, files); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, path := range sortedKeys(files) {
		if diff := cmp.Diff(lines(string(old[path])), lines(string(files[path]))); diff != "" {
			t.Errorf("%s/%s differs (-want +got); if the change is meant, run with -update:\n%s", dir, path, diff)
		}
	}
	for _, path := range sortedKeys(old) {
		if _, ok := files[path]; !ok {
			t.Errorf("dead file %s/%s: the test did not produce it", dir, path)
		}
	}
}

// readFolder reads all files below a folder, which need not exist.
func readFolder(dir string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if os.IsNotExist(err) {
			return nil
		}
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		files[filepath.ToSlash(rel)], err = os.ReadFile(path)
		return err
	})
	return files, err
}

func writeFolder(dir string, old, files map[string][]byte) error {
	for path := range old {
		if _, ok := files[path]; !ok {
			if err := os.Remove(filepath.Join(dir, filepath.FromSlash(path))); err != nil {
				return err
			}
		}
	}
	for path, data := range files {
		if bytes.Equal(data, old[path]) {
			continue
		}
		full := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(full, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func sortedKeys(files map[string][]byte) []string {
	keys := make([]string, 0, len(files))
	for k := range files {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
