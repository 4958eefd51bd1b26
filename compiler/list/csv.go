package list

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Value is a value and where it stands in its file, counted from 1.
type Value struct {
	Text         string
	Line, Column int
}

// Fault is what is wrong with a file of values, and where.
type Fault struct {
	Line, Column int
	Message      string
	Columns      []string // that the file has, when it lacks the one that was asked for
}

func (f *Fault) Error() string { return fmt.Sprintf("%d:%d: %s", f.Line, f.Column, f.Message) }

// ReadCSV reads the values of a column, that of the first name in the header if column is "". Lines that begin with #
// and empty ones do not count, nor do blanks around a value. The error is a [*Fault].
func ReadCSV(text []byte, column string) ([]Value, error) {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")) // as spreadsheets write it
	if i := invalid(text); i >= 0 {
		return nil, &Fault{Line: 1 + bytes.Count(text[:i], []byte("\n")), Column: 1, Message: "the file is not UTF-8"}
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comment = '#'
	header, err := r.Read()
	switch {
	case err == io.EOF:
		return nil, &Fault{Line: 1, Column: 1, Message: "the file needs a header with the names of its columns"}
	case err != nil:
		return nil, fault(err)
	}
	at := 0
	if column != "" {
		if at = index(header, column); at < 0 {
			line, _ := r.FieldPos(0)
			return nil, &Fault{Line: line, Column: 1, Message: fmt.Sprintf("there is no column %q", column), Columns: header}
		}
	}
	var out []Value
	for {
		row, err := r.Read()
		if err == io.EOF {
			return out, nil
		} else if err != nil {
			return nil, fault(err)
		}
		line, start := r.FieldPos(at)
		v := Value{Text: strings.TrimSpace(row[at]), Line: line, Column: start}
		if v.Text == "" {
			return nil, &Fault{Line: v.Line, Column: v.Column, Message: fmt.Sprintf("the row has no value in the column %q", strings.TrimSpace(header[at]))}
		}
		out = append(out, v)
	}
}

func invalid(text []byte) int {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

func index(header []string, column string) int {
	for i, name := range header {
		if strings.TrimSpace(name) == column {
			return i
		}
	}
	return -1
}

func fault(err error) error {
	if p := (*csv.ParseError)(nil); errors.As(err, &p) {
		return &Fault{Line: p.Line, Column: max(p.Column, 1), Message: p.Err.Error()}
	}
	return &Fault{Line: 1, Column: 1, Message: err.Error()}
}

// WriteCSV writes a file of one column.
func WriteCSV(column string, values []string) []byte {
	var b bytes.Buffer
	for _, v := range append([]string{column}, values...) {
		if strings.ContainsAny(v, "\",\r\n") || strings.HasPrefix(v, "#") { // which some readers take for a comment, like ours
			v = `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
		}
		b.WriteString(v + "\n")
	}
	return b.Bytes()
}
