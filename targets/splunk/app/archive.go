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
func Archive(files []File) ([]byte, error) {
	var out bytes.Buffer
	// Its header tells neither a name nor a time. Better compression would take most of the time of a build, for a tenth of
	// a megabyte in a thousand rules.
	z, err := gzip.NewWriterLevel(&out, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	t := tar.NewWriter(z)
	for _, dir := range folders(files) {
		h := &tar.Header{Typeflag: tar.TypeDir, Name: dir + "/", Mode: 0o755, ModTime: stamp, Format: tar.FormatUSTAR}
		if err := t.WriteHeader(h); err != nil {
			return nil, err
		}
	}
	for _, f := range files {
		h := &tar.Header{
			Typeflag: tar.TypeReg, Name: f.Path, Size: int64(len(f.Data)), Mode: 0o644, ModTime: stamp, Format: tar.FormatUSTAR,
		}
		if err := t.WriteHeader(h); err != nil {
			return nil, err
		}
		if _, err := t.Write(f.Data); err != nil {
			return nil, err
		}
	}
	if err := t.Close(); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// folders returns the folders that files are in, each behind the one it is in.
func folders(files []File) []string {
	var out []string
	for _, f := range files {
		for dir := path.Dir(f.Path); dir != "."; dir = path.Dir(dir) {
			out = append(out, dir)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
