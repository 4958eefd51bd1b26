package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
)

// readFiles reads files on all processors: for many small ones that is most of the time before the first of them can be
// looked at. Of several that cannot be read, the error is about the first.
func readFiles(names []string) ([][]byte, error) {
	texts, errs := make([][]byte, len(names)), make([]error, len(names))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(len(names), runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			var r fileReader
			for i := next.Add(1) - 1; i < int64(len(names)); i = next.Add(1) - 1 {
				texts[i], errs[i] = r.read(names[i])
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return texts, nil
}

// fileReader reads one file after the other into its buffer, and copies what it has read: it asks no file for its size, and
// a text takes no more memory than it needs.
type fileReader struct{ buffer []byte }

func (r *fileReader) read(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	for n := 0; ; {
		if n == len(r.buffer) {
			r.buffer = append(r.buffer, make([]byte, max(len(r.buffer), 16<<10))...)
		}
		more, err := f.Read(r.buffer[n:])
		switch n += more; {
		case errors.Is(err, io.EOF):
			return bytes.Clone(r.buffer[:n:n]), nil
		case err != nil:
			return nil, err
		}
	}
}
