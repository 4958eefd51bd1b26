package main

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/report"
)

func (g *global) writeResults(env *Env, results []compiler.CaseResult, format string) error {
	switch format {
	case "json":
		return writeResultLines(env, results)
	case "junit":
		return writeJUnit(env, results)
	}
	return g.writeResultTable(env, results)
}

// testResult is a line of the JSON form, which is a contract.
type testResult struct {
	Rule    string `json:"rule"`
	Case    string `json:"case"`
	OK      bool   `json:"ok"`
	Want    bool   `json:"want"`
	Got     bool   `json:"got"`
	Form    string `json:"form,omitempty"`
	Target  string `json:"target,omitempty"`
	Fired   *int   `json:"fired,omitempty"` // of a correlation
	Skipped string `json:"skipped,omitempty"`
	Error   string `json:"error,omitempty"`
}

func writeResultLines(env *Env, results []compiler.CaseResult) error {
	out := json.NewEncoder(env.Stdout)
	out.SetEscapeHTML(false)
	for _, r := range results {
		line := testResult{
			Rule: r.Rule.Key(), Case: r.Case, OK: r.OK(), Want: r.Want, Got: r.Got,
			Form: r.Form, Target: r.Target, Skipped: r.Skipped,
		}
		if r.Fired >= 0 {
			line.Fired = &r.Fired
		}
		if r.Err != nil {
			line.Error = r.Err.Error()
		}
		if err := out.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

// judgeOf names who gave an answer.
func judgeOf(r compiler.CaseResult) string {
	switch {
	case r.Target != "":
		return r.Target
	case r.Form == "loganalytics":
		return "row"
	default:
		return "meaning"
	}
}

// writeResultTable writes what failed, how many cases every judge of a rule agrees with, and how many cases all of them
// do.
func (g *global) writeResultTable(env *Env, results []compiler.CaseResult) error {
	writeFailures(env, results)
	if len(results) > 0 {
		heading, rows := resultTable(results)
		if err := report.Table(env.Stdout, heading, rows, g.text(env, env.Stdout)); err != nil {
			return err
		}
	}
	type key struct {
		rule *compiler.Rule
		name string
	}
	all, failed := map[key]bool{}, map[key]bool{}
	for _, r := range results {
		k := key{r.Rule, r.Case}
		if r.Skipped != "" && judgeOf(r) == "meaning" { // not even its meaning was asked
			fmt.Fprintf(env.Stdout, "SKIP %s: %s: %s\n", label(r.Rule), r.Case, r.Skipped)
			continue
		}
		all[k] = true
		if !r.OK() {
			failed[k] = true
		}
	}
	_, err := fmt.Fprintf(env.Stdout, "%d passed, %d failed\n", len(all)-len(failed), len(failed))
	return err
}

// writeFailures writes a line for every case that fails; judges that are wrong in the same way share it.
func writeFailures(env *Env, results []compiler.CaseResult) {
	type failure struct{ rule, name, wrong string }
	var order []failure
	judges := map[failure][]string{}
	for _, r := range results {
		if r.OK() {
			continue
		}
		f := failure{label(r.Rule), r.Case, r.Wrong()}
		if judges[f] == nil {
			order = append(order, f)
		}
		judges[f] = append(judges[f], judgeOf(r))
	}
	for _, f := range order {
		fmt.Fprintf(env.Stdout, "FAIL %s: %s (%s): %s\n", f.rule, f.name, strings.Join(judges[f], ", "), f.wrong)
	}
}

// resultTable has a row for every rule and a column for every judge: how many cases it agrees with, of those that it
// could be asked about.
func resultTable(results []compiler.CaseResult) (heading []string, rows [][]string) {
	type cell struct {
		rule  *compiler.Rule
		judge string
	}
	judges := []string{"meaning", "row"}
	var rules []*compiler.Rule
	asked, right := map[cell]int{}, map[cell]int{}
	for _, r := range results {
		judge := judgeOf(r)
		if !slices.Contains(judges, judge) {
			judges = append(judges, judge)
		}
		if !slices.Contains(rules, r.Rule) {
			rules = append(rules, r.Rule)
		}
		if r.Skipped != "" {
			continue
		}
		asked[cell{r.Rule, judge}]++
		if r.OK() {
			right[cell{r.Rule, judge}]++
		}
	}
	for _, rule := range rules {
		var row []string
		for _, judge := range judges {
			text := "-"
			if n := asked[cell{rule, judge}]; n > 0 {
				text = fmt.Sprintf("%d/%d", right[cell{rule, judge}], n)
			}
			row = append(row, text)
		}
		rows = append(rows, append(row, label(rule)))
	}
	for _, judge := range judges {
		heading = append(heading, strings.ToUpper(judge))
	}
	return append(heading, "RULE"), rows
}

type junitSuite struct {
	XMLName  xml.Name    `xml:"testsuite"`
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Failure *junitMessage `xml:"failure,omitempty"`
	Skipped *junitMessage `xml:"skipped,omitempty"`
}

type junitMessage struct {
	Message string `xml:"message,attr"`
}

func writeJUnit(env *Env, results []compiler.CaseResult) error {
	suite := junitSuite{Name: "sigc", Tests: len(results)}
	for _, r := range results {
		c := junitCase{Class: label(r.Rule), Name: r.Case + " (" + judgeOf(r) + ")"}
		switch {
		case r.Skipped != "":
			suite.Skipped++
			c.Skipped = &junitMessage{r.Skipped}
		case !r.OK():
			suite.Failures++
			c.Failure = &junitMessage{r.Wrong()}
		}
		suite.Cases = append(suite.Cases, c)
	}
	if _, err := fmt.Fprint(env.Stdout, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(env.Stdout)
	e.Indent("", "  ")
	if err := e.Encode(suite); err != nil {
		return err
	}
	_, err := fmt.Fprintln(env.Stdout)
	return err
}
