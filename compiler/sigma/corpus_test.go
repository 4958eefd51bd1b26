package sigma_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const corpus = "../../../shared/corpus"

type corpusFile struct {
	name string
	text []byte
}

// readCorpus returns the rules of SigmaHQ, which are not part of this repository. Without them the test is skipped.
func readCorpus(t testing.TB) []corpusFile {
	t.Helper()
	var files []corpusFile
	err := filepath.WalkDir(filepath.Join(corpus, "sigmahq"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".yml") {
			return err
		}
		text, err := os.ReadFile(path)
		files = append(files, corpusFile{path, text})
		return err
	})
	if os.IsNotExist(err) {
		t.Skip("the corpus is not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("the corpus is empty")
	}
	return files
}
