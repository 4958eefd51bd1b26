package main

import (
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/report"
)

// review writes fixes as suggestions about the lines that have changed since a revision.
func (env *Env) review(diags []diag.Diagnostic, since string) error {
	commit, err := env.commit(since)
	if err != nil {
		return err
	}
	prefix, err := env.git(nil, "rev-parse", "--show-prefix")
	if err != nil {
		return err
	}
	difference, err := env.git(nil, "-c", "core.quotepath=off", "diff", "--relative", "--unified=0", "--no-color", "--no-ext-diff",
		"--no-renames", "--src-prefix=a/", "--dst-prefix=b/", commit)
	if err != nil {
		return err
	}
	lines := changedLines(string(difference))
	err = report.GitHubReview(env.Stdout, diags, func(file string, line int) (string, bool) {
		name := env.from("", file)
		return path.Join(strings.TrimSuffix(string(prefix), "\n"), name), lines[name][line]
	})
	if err != nil {
		return failure("write", err)
	}
	return nil
}

var hunk = regexp.MustCompile(`^@@ -\S+ \+(\d+)(?:,(\d+))? @@`)

// changedLines returns the lines of the new side of a difference without context, by file.
func changedLines(difference string) map[string]map[int]bool {
	out := map[string]map[int]bool{}
	file := ""
	header := true // until the first hunk of a file: a line that was added can look like the name of one
	for _, line := range strings.Split(difference, "\n") {
		if strings.HasPrefix(line, "diff --git ") {
			file, header = "", true
			continue
		}
		if name, ok := strings.CutPrefix(line, "+++ b/"); ok && header {
			file = strings.TrimSuffix(name, "\t") // which git puts behind a name with blanks
			out[file] = map[int]bool{}
			continue
		}
		m := hunk.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		header = false
		first, _ := strconv.Atoi(m[1])
		count := 1
		if m[2] != "" {
			count, _ = strconv.Atoi(m[2])
		}
		for n := first; n < first+count && file != ""; n++ {
			out[file][n] = true
		}
	}
	return out
}
