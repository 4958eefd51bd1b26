package app

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"path"
	"slices"
	"time"
)

// stamp is the time of everything in an archive: a fixed one, as the same app has the same bytes on every build.
var stamp = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// Archive packs files as Splunk installs them: a tar archive in gzip, whose one folder is the app (D: dev guide). Files are
// of mode 0644 and folders of 0755, which AppInspect wants (C: check_for_bin_files, and the checks of permissions).
type Archive struct {
	out bytes.Buffer
	zip *gzip.Writer
	tar *tar.Writer
}

// NewArchive begins an archive with the folders of the paths that will be added.
func NewArchive(paths []string) (*Archive, error) {
	a := &Archive{}
	// Its header tells neither a name nor a time. Better compression would take most of the time of a build, for a tenth of
	// a megabyte in a thousand rules.
	zip, err := gzip.NewWriterLevel(&a.out, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	a.zip, a.tar = zip, tar.NewWriter(zip)
	for _, dir := range folders(paths) {
		h := &tar.Header{Typeflag: tar.TypeDir, Name: dir + "/", Mode: 0o755, ModTime: stamp, Format: tar.FormatUSTAR}
		if err := a.tar.WriteHeader(h); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// Add adds a file.
func (a *Archive) Add(f File) error {
	h := &tar.Header{
		Typeflag: tar.TypeReg, Name: f.Path, Size: int64(len(f.Data)), Mode: 0o644, ModTime: stamp, Format: tar.FormatUSTAR,
	}
	if err := a.tar.WriteHeader(h); err != nil {
		return err
	}
	_, err := a.tar.Write(f.Data)
	return err
}

// Close ends the archive and returns it.
func (a *Archive) Close() ([]byte, error) {
	if err := a.tar.Close(); err != nil {
		return nil, err
	}
	if err := a.zip.Close(); err != nil {
		return nil, err
	}
	return a.out.Bytes(), nil
}

// folders returns the folders that files are in, each behind the one it is in.
func folders(paths []string) []string {
	var out []string
	for _, p := range paths {
		for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
			out = append(out, dir)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
