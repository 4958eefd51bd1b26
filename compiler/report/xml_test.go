package report_test

import (
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// element is what an element of a form may hold: attributes with the pattern of their values, those that it must have, and
// elements inside of it, in this order where sequence says so.
type element struct {
	attributes map[string]string
	required   []string
	children   []string
	sequence   bool
	text       bool
}

const number, any = `\d+`, `(?s).+`

// The grammars of the two forms of XML. That of JUnit is what the schema of the plugin xUnit of Jenkins, junit-10.xsd, says
// of the elements that we write; that of Checkstyle, which has no schema, what its XMLLogger writes.
var grammars = map[string]map[string]element{
	"junit": {
		"":           {children: []string{"testsuites"}},
		"testsuites": {attributes: map[string]string{"name": any, "tests": number, "failures": number, "errors": number, "time": `[\d.]+`, "disabled": number}, children: []string{"testsuite"}},
		"testsuite": {
			attributes: map[string]string{"name": any, "tests": number, "failures": number, "errors": number, "skipped": number, "time": `[\d.]+`, "timestamp": any, "hostname": any, "id": any, "package": any},
			required:   []string{"name"}, children: []string{"properties", "testcase", "system-out", "system-err"}, sequence: true,
		},
		"testcase": {
			attributes: map[string]string{"name": any, "classname": any, "time": `[\d.]+`, "assertions": number, "status": any},
			required:   []string{"name"}, children: []string{"skipped", "error", "failure", "system-out", "system-err"}, sequence: true,
		},
		"failure":    {attributes: map[string]string{"type": any, "message": any}, text: true},
		"system-out": {text: true},
	},
	"checkstyle": {
		"":           {children: []string{"checkstyle"}},
		"checkstyle": {attributes: map[string]string{"version": any}, required: []string{"version"}, children: []string{"file"}},
		"file":       {attributes: map[string]string{"name": any}, required: []string{"name"}, children: []string{"error", "exception"}},
		"error": {
			attributes: map[string]string{"line": number, "column": number, "severity": "ignore|info|warning|error", "message": any, "source": any},
			required:   []string{"line", "severity", "message", "source"},
		},
	},
}

func TestXML(t *testing.T) {
	for form, grammar := range grammars {
		for name, text := range outputs(t, form) {
			if err := conforms(string(text), grammar); err != nil {
				t.Errorf("%s: %s: %v", form, name, err)
			}
		}
	}
	for _, broken := range []struct{ form, text string }{
		{"junit", `<testsuites><testsuite tests="1"></testsuite></testsuites>`},
		{"junit", `<testsuites><testsuite name="x"><testcase name="y"><system-out>a</system-out><failure/></testcase></testsuite></testsuites>`},
		{"junit", `<testsuite name="x"/>`},
		{"checkstyle", `<checkstyle version="8.0"><file name="a"><error line="1" severity="note" message="x" source="y"/></file></checkstyle>`},
		{"checkstyle", `<checkstyle version="8.0"><file name="a">text</file></checkstyle>`},
	} {
		if conforms(broken.text, grammars[broken.form]) == nil {
			t.Errorf("accepted: %s", broken.text)
		}
	}
}

// conforms reports the first place at which a document is not as a grammar says.
func conforms(text string, grammar map[string]element) error {
	type open struct {
		name  string
		child int // the place of the last child among those that there may be
	}
	path := []open{{}}
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		token, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		at := &path[len(path)-1]
		in := grammar[at.name]
		switch token := token.(type) {
		case xml.StartElement:
			name := token.Name.Local
			i := slices.Index(in.children, name)
			if i < 0 || in.sequence && i < at.child {
				return fmt.Errorf("%q cannot stand here in %q", name, at.name)
			}
			at.child = i
			is := grammar[name]
			found := map[string]bool{}
			for _, a := range token.Attr {
				pattern, known := is.attributes[a.Name.Local]
				if !known || !regexp.MustCompile("^(?:"+pattern+")$").MatchString(a.Value) {
					return fmt.Errorf("%q cannot have %s=%q", name, a.Name.Local, a.Value)
				}
				found[a.Name.Local] = true
			}
			for _, r := range is.required {
				if !found[r] {
					return fmt.Errorf("%q has no %q", name, r)
				}
			}
			path = append(path, open{name: name})
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			if !in.text && strings.TrimSpace(string(token)) != "" {
				return fmt.Errorf("text in %q: %q", at.name, token)
			}
		}
	}
}
