package form

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxUnpacked bounds what a packed file may hold.
const maxUnpacked = 1 << 30

// Kind says in what a text of events is written.
type Kind int

const (
	JSON Kind = iota
	XML
	CSV
)

// counted are the lines that tools that read EVTX files put before each event.
var counted = regexp.MustCompile(`(?m)^Record [0-9]+\s*$`)

// binaries are files of events that are no text, by their first bytes, and what to do about it.
var binaries = []struct{ begins, why string }{
	{"ElfFile\x00", "a binary event log (EVTX) is not read: write it as JSON, as with \"evtx_dump -o jsonl\", or as XML"},
	{"Obj\x01", "a capture in Avro is not read: write its bodies as JSON"},
	{"PK\x03\x04", "an archive (ZIP) is not read: unpack it"},
	{"PAR1", "a file in Parquet is not read: write it as JSON"},
}

// Text returns the text of a file of events: unpacked if it is packed with gzip, in UTF-8, and without what tools write
// between events.
func Text(file []byte) (text []byte, kind Kind, err error) {
	if bytes.HasPrefix(file, []byte{0x1f, 0x8b}) {
		if file, err = unpacked(file); err != nil {
			return nil, JSON, fmt.Errorf("unpack: %w", err)
		}
	}
	for _, b := range binaries {
		if bytes.HasPrefix(file, []byte(b.begins)) {
			return nil, JSON, errors.New(b.why)
		}
	}
	switch {
	case bytes.HasPrefix(file, []byte{0xef, 0xbb, 0xbf}):
		file = file[3:]
	case bytes.HasPrefix(file, []byte{0xff, 0xfe}):
		file = fromUTF16(file[2:], 1, 0)
	case bytes.HasPrefix(file, []byte{0xfe, 0xff}):
		file = fromUTF16(file[2:], 0, 1)
	}
	if bytes.HasPrefix(file, []byte("Record ")) {
		file = counted.ReplaceAll(file, nil)
	}
	begins := bytes.TrimSpace(file)
	switch {
	case bytes.HasPrefix(begins, []byte("<")):
		file, err = undeclared(file)
		return file, XML, err
	case len(begins) == 0, bytes.ContainsRune([]byte("{["), rune(begins[0])):
		return file, JSON, nil
	}
	if events := logged.FindAll(file, -1); events != nil {
		return bytes.Join(events, []byte("\n")), XML, nil
	}
	if isCSV(file) {
		return file, CSV, nil
	}
	return file, JSON, nil
}

// logged are events of Sysmon for Linux as syslog has them, behind the time, the host and the program.
var logged = regexp.MustCompile(`<Event(?: [^>]*)?><System>.*</Event>`)

func unpacked(file []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	if file, err = io.ReadAll(io.LimitReader(r, maxUnpacked+1)); err != nil {
		return nil, err
	}
	if len(file) > maxUnpacked {
		return nil, fmt.Errorf("it has more than %d bytes", maxUnpacked)
	}
	return file, nil
}

// declaration is that of XML, with its encoding.
var declaration = regexp.MustCompile(`<\?xml[^>]*?(?:encoding=["']([^"']*)["'][^>]*)?\?>`)

// undeclared leaves out the declarations of XML: the text is UTF-8 by now, or is refused, and events are the same in 1.0
// and 1.1.
func undeclared(text []byte) ([]byte, error) {
	if !utf8.Valid(text) {
		encoding := "UTF-8"
		if m := declaration.FindSubmatch(text); m != nil && len(m[1]) > 0 {
			encoding = strings.ToUpper(string(m[1]))
		}
		if encoding == "UTF-8" {
			return nil, errors.New("the XML is not UTF-8")
		}
		return nil, fmt.Errorf("XML in %s is not read: write it as UTF-8", encoding)
	}
	return declaration.ReplaceAll(text, nil), nil
}

// fromUTF16 reads text in UTF-16, as Windows writes files; high and low are the places of the bytes of a unit.
func fromUTF16(file []byte, high, low int) []byte {
	units := make([]uint16, 0, len(file)/2)
	for i := 0; i+1 < len(file); i += 2 {
		units = append(units, uint16(file[i+high])<<8|uint16(file[i+low]))
	}
	return []byte(string(utf16.Decode(units)))
}
