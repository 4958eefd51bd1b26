package report

import (
	"encoding/xml"
	"fmt"
	"io"

	"github.com/sigc-rules/sigc/compiler/diag"
)

// The elements of a report of Checkstyle, as Jenkins and others read it.
type (
	checkstyle struct {
		XMLName xml.Name         `xml:"checkstyle"`
		Version string           `xml:"version,attr"`
		Files   []checkstyleFile `xml:"file"`
	}
	checkstyleFile struct {
		Name   string            `xml:"name,attr"`
		Errors []checkstyleError `xml:"error"`
	}
	checkstyleError struct {
		Line     int    `xml:"line,attr"`
		Column   int    `xml:"column,attr,omitempty"`
		Severity string `xml:"severity,attr"`
		Message  string `xml:"message,attr"`
		Source   string `xml:"source,attr"`
	}
)

// Checkstyle writes the XML of Checkstyle.
func Checkstyle(w io.Writer, diags []diag.Diagnostic) error {
	out := checkstyle{Version: "8.0"}
	severity := map[diag.Severity]string{diag.Error: "error", diag.Warning: "warning", diag.Note: "info"}
	for _, f := range byFile(diags) {
		file := checkstyleFile{Name: visible(f.name)}
		for _, d := range f.diags {
			at := regionOf(d.Span)
			file.Errors = append(file.Errors, checkstyleError{at.line, at.column, severity[d.Severity], visible(whole(d)), visible("sigc." + d.ID)})
		}
		out.Files = append(out.Files, file)
	}
	return writeXML(w, out)
}

// The elements of a report of JUnit (the schema of Jenkins' xUnit plugin, junit-10.xsd).
type (
	junitSuites struct {
		XMLName  xml.Name   `xml:"testsuites"`
		Name     string     `xml:"name,attr"`
		Tests    int        `xml:"tests,attr"`
		Failures int        `xml:"failures,attr"`
		Suite    junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name      string        `xml:"name,attr"`
		ClassName string        `xml:"classname,attr"`
		Failure   *junitFailure `xml:"failure,omitempty"`
		Out       string        `xml:"system-out,omitempty"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",chardata"`
	}
)

// JUnit writes every diagnostic as a test: errors and warnings are failures, notes are tests that passed with something to
// say. Without any, one test passes.
func JUnit(w io.Writer, diags []diag.Diagnostic) error {
	suite := junitSuite{Name: "sigc lint"}
	for _, d := range diags {
		at := regionOf(d.Span)
		c := junitCase{Name: visible(fmt.Sprintf("%s:%d:%d %s", pathOf(d.Span), at.line, at.column, d.ID)), ClassName: visible(pathOf(d.Span))}
		if d.Severity == diag.Note {
			c.Out = visible(whole(d))
		} else {
			suite.Failures++
			c.Failure = &junitFailure{Message: visible(d.Message), Type: d.Severity.String(), Text: visible(whole(d))}
		}
		suite.Cases = append(suite.Cases, c)
	}
	if len(diags) == 0 {
		suite.Cases = []junitCase{{Name: "no findings", ClassName: "sigc"}}
	}
	suite.Tests = len(suite.Cases)
	return writeXML(w, junitSuites{Name: "sigc", Tests: suite.Tests, Failures: suite.Failures, Suite: suite})
}

// whole is the message with the advice behind it.
func whole(d diag.Diagnostic) string {
	if a := advice(d); a != "" {
		return d.Message + " (" + a + ")"
	}
	return d.Message
}

func writeXML(w io.Writer, v any) error {
	out, err := xml.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, out)
	return err
}

type fileDiags struct {
	name  string
	diags []diag.Diagnostic
}

// byFile puts diagnostics that follow each other in one file together.
func byFile(diags []diag.Diagnostic) []fileDiags {
	var out []fileDiags
	index := map[string]int{}
	for _, d := range diags {
		name := pathOf(d.Span)
		i, known := index[name]
		if !known {
			i = len(out)
			index[name] = i
			out = append(out, fileDiags{name: name})
		}
		out[i].diags = append(out[i].diags, d)
	}
	return out
}
