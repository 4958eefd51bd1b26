package form

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"regexp"
	"unicode/utf16"
)

// maxUnpacked bounds what a packed file may hold.
const maxUnpacked = 1 << 30

// counted are the lines that tools that read EVTX files put before each event.
var counted = regexp.MustCompile(`(?m)^Record [0-9]+\s*$`)

// Text returns the text of a file of events: unpacked if it is packed with gzip, in UTF-8, and without what tools write
// between events. isXML says that it is XML and not JSON.
func Text(file []byte) (text []byte, isXML bool, err error) {
	switch {
	case bytes.HasPrefix(file, []byte{0x1f, 0x8b}):
		r, err := gzip.NewReader(bytes.NewReader(file))
		if err != nil {
			return nil, false, fmt.Errorf("unpack: %w", err)
		}
		if file, err = io.ReadAll(io.LimitReader(r, maxUnpacked+1)); err != nil {
			return nil, false, fmt.Errorf("unpack: %w", err)
		}
		if len(file) > maxUnpacked {
			return nil, false, fmt.Errorf("unpacked it has more than %d bytes", maxUnpacked)
		}
	case bytes.HasPrefix(file, []byte("ElfFile\x00")):
		return nil, false, errors.New("a binary event log (EVTX) is not read: write it as JSON, as with \"evtx_dump -o jsonl\", or as XML")
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
	return file, bytes.HasPrefix(bytes.TrimSpace(file), []byte("<")), nil
}

// fromUTF16 reads text in UTF-16, as Windows writes files; high and low are the places of the bytes of a unit.
func fromUTF16(file []byte, high, low int) []byte {
	units := make([]uint16, 0, len(file)/2)
	for i := 0; i+1 < len(file); i += 2 {
		units = append(units, uint16(file[i+high])<<8|uint16(file[i+low]))
	}
	return []byte(string(utf16.Decode(units)))
}
