package apptest

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// Entry is a file or a folder of an archive.
type Entry struct {
	tar.Header
	Data []byte
}

// Package is an app as it comes out of its archive.
type Package struct {
	Archive string // its name
	Entries []Entry
	ID      string            // the folder of the app
	Files   map[string][]byte // by their paths in it
	Confs   map[string][]Stanza
	bad     []error // of what could not be read
}

// Open reads an archive. The error says that it is none.
func Open(name string, archive []byte) (*Package, error) {
	z, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return nil, err
	}
	p := &Package{Archive: name, Files: map[string][]byte{}, Confs: map[string][]Stanza{}}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		p.Entries = append(p.Entries, Entry{*h, data})
		top, rest, _ := strings.Cut(strings.Trim(h.Name, "/"), "/")
		if p.ID == "" {
			p.ID = top
		}
		if h.Typeflag == tar.TypeReg && top == p.ID {
			p.Files[rest] = data
		}
	}
	if z.ModTime.Unix() > 0 || z.Name != "" || z.Comment != "" {
		return nil, fmt.Errorf("the header of the archive tells its time or name")
	}
	for name, data := range p.Files {
		if ext := path.Ext(name); ext == ".conf" || ext == ".meta" {
			stanzas, err := ReadConf(data)
			if err != nil {
				p.bad = append(p.bad, fmt.Errorf("%s: %w", name, err))
			}
			p.Confs[name] = stanzas
		}
	}
	return p, nil
}

// conf returns the value of a setting.
func (p *Package) conf(file, stanza, key string) (string, bool) {
	for _, s := range p.Confs[file] {
		if s.Name == stanza {
			v, ok := s.Of[key]
			return v, ok
		}
	}
	return "", false
}

// in returns the paths of the files in a folder, in their order.
func (p *Package) in(folder string) []string {
	var out []string
	for name := range p.Files {
		if strings.HasPrefix(name, folder) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
