package sigma

import (
	"reflect"

	"github.com/sigc-rules/sigc/compiler/diag"

	"gopkg.in/yaml.v3"
)

// syntaxError reports an error of the YAML package, whose decoder read the text from base to limit.
func (s *stream) syntaxError(dec *yaml.Decoder, err error, base, limit int, diags *diag.List) {
	at := s.problemOffset(dec, base)
	parser := parserOf(dec)
	context := text(parser, "context") // such as "while scanning a quoted scalar"
	begin := s.markOffset(field(parser, "context_mark"), base)
	if context != "" && at >= limit {
		// What is not closed is missed only at the end, where there is nothing to see.
		at, context = begin, ""
	}
	problem := errorPrefix().ReplaceAllString(err.Error(), "")
	found := diags.Errorf("yaml/syntax", restOfLine(s.file, at), "invalid YAML: %s", problem)
	found.Hint = syntaxHints[problem]
	if context != "" {
		found.Related = []diag.Related{{Message: context + " that begins here", Span: s.file.Span(begin, min(begin+1, len(s.file.Text)))}}
	}
}

var errorPrefix = lazy(`^yaml: (line \d+: )?`)

// syntaxHints says in the words of a rule author what some messages of the YAML package mean.
var syntaxHints = map[string]string{
	"found a tab character that violates indentation":       "indent with blanks, not tabs",
	"found character that cannot start any token":           "indent with blanks, not tabs, and quote a value that begins with one of @ ` % & * !",
	"mapping values are not allowed in this context":        `quote a value that holds ": ", and check the indentation`,
	"did not find expected key":                             "check the indentation and the quotes of this line and of the lines before it",
	"did not find expected '-' indicator":                   "check the indentation of the list",
	"could not find expected ':'":                           `write "key: value", and check the quotes of the lines before`,
	"found unexpected end of stream":                        "a quote or bracket is not closed",
	"found unexpected document indicator":                   "a quote is not closed",
	"did not find expected ',' or ']'":                      "a bracket is not closed",
	"did not find expected ',' or '}'":                      "a brace is not closed",
	"found unknown escape character":                        `in double quotes "\" begins an escape: use single quotes`,
	"did not find expected alphabetic or numeric character": `quote a value that begins with "*" or "&"`,
}

// problemOffset finds where an error of the decoder is. The package's errors tell a line at most, and sometimes the
// wrong one, so the marks that its parser keeps are read. Should a later version rename them, the place is that of
// the document.
func (s *stream) problemOffset(dec *yaml.Decoder, base int) int {
	parser := parserOf(dec)
	if p := number(parser, "problem_offset"); p > 0 {
		return min(base+p, len(s.file.Text)) // the reader's errors know the byte
	}
	mark := field(parser, "problem_mark")
	if number(parser, "error") == 0 {
		// Not an error of the grammar but an unknown anchor, found when its alias was read.
		mark = field(field(field(reflect.ValueOf(dec), "parser"), "event"), "start_mark")
	}
	return s.markOffset(mark, base)
}

func parserOf(dec *yaml.Decoder) reflect.Value {
	return field(field(reflect.ValueOf(dec), "parser"), "parser")
}

// markOffset returns the offset of a mark of the parser, which counts lines from base.
func (s *stream) markOffset(mark reflect.Value, base int) int {
	return s.places.offset(s.places.line(base)+number(mark, "line")+1, number(mark, "column")+1)
}

// field returns a field of a struct or of what a pointer leads to, or the zero Value.
func field(v reflect.Value, name string) reflect.Value {
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return reflect.Value{}
	}
	return v.FieldByName(name)
}

func number(v reflect.Value, name string) int {
	if f := field(v, name); f.CanInt() {
		return int(f.Int())
	}
	return 0
}

func text(v reflect.Value, name string) string {
	if f := field(v, name); f.Kind() == reflect.String {
		return f.String()
	}
	return ""
}
