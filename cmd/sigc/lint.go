package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/explain"
	"github.com/sigc-rules/sigc/compiler/report"
	"github.com/sigc-rules/sigc/compiler/target"
)

func newLintCmd(env *Env, g *global) *cobra.Command {
	var (
		in     reading
		base   string
		write  bool
		mend   bool
		method string
		since  string
		names  []string
	)
	format := choice{flag: "format", words: []string{"text", "json", "github", "sarif", "gitlab", "junit", "checkstyle", "rdjson", "markdown", "github-review"}}
	failOn := choice{flag: "fail-on", words: []string{"error", "warning", "never"}}
	cmd := &cobra.Command{
		Use:   "lint [PATH ...]",
		Short: "Check rules",
		Long: `Report everything that the compiler finds in rules.

PATH is a file of rules, a folder with .yml and .yaml files, or - for standard input. Without a PATH the current folder
is checked. The findings go to standard output. "sigc explain ID" says what a finding means.

-t compiles the rules as well, with the options and schedules of sigc.yml, and reports what a platform says: a query over its
limit, a correlation that reaches further back than its rule, a field that it does not keep.

--fix mends files in place, comments and layout untouched: slips of the pen, what Sigma 2 has renamed, things given twice.
Of what an error leaves without a meaning it mends what it can; of a rule that compiles, only what leaves its matches as
they are. Other suggestions are for the author. With - the mended text goes to standard output.

--since reads everything, but reports only files that differ from the revision, and those with rules whose correlations,
filters or lists do. It also finds what only history shows: a rule that matches something else and still has the date of
before, an id that was changed or taken from another rule.

A comment in the rule hides a finding on its line, or alone on a line on the next one, and must say why:

    # sigc:ignore ID -- reason
    # sigc:ignore ID until=2026-12-31 -- reason
    # sigc:ignore-file ID -- reason            (at the top, for the whole file)

ID can be a family such as style/*. In sigc.yml, below "lint", "severity" sets IDs to error, warning, note or off,
"ignores" lists IDs by path, and "tag-namespaces" names tags of your own. Commands that compile hide the same, but for errors.`,
		Example: `  sigc lint rules
  sigc lint rules --fail-on warning
  sigc lint rules --fix            # mend what can be mended
  sigc lint rules --since origin/main
  sigc lint rules --format github  # annotations on a pull request
  sigc lint rules --since origin/main --format github-review |
    gh api repos/OWNER/REPO/pulls/NUMBER/reviews --input -   # fixes as suggestions`,
		RunE: func(cmd *cobra.Command, paths []string) error {
			if err := format.check(); err != nil {
				return err
			}
			if err := failOn.check(); err != nil {
				return err
			}
			if err := checkMethod(&method); err != nil {
				return err
			}
			if format.value == "github-review" && since == "" {
				return usageError("--format github-review needs --since REV: a review is about the lines of a change")
			}
			if len(paths) == 0 {
				paths = []string{"."}
			}
			var ts []*target.Target
			if len(names) > 0 {
				var err error
				if ts, err = selectTargets(names); err != nil {
					return err
				}
			}
			p, err := in.rules(env, paths)
			if err != nil {
				return err
			}
			lint := func(program, before *compiler.Program) []diag.Diagnostic {
				return env.lint(p, program, before, ts, method)
			}
			if write && base == "" {
				return usageError("--write-baseline needs --baseline FILE, the file to write")
			}
			var before *compiler.Program
			if since != "" {
				if before, err = env.before(since, paths, &in); err != nil {
					return err
				}
			}
			out := env
			var diags []diag.Diagnostic
			if mend {
				stdin := ""
				if slices.Contains(paths, "-") {
					stdin = in.stdinName
					out = env.resultsAside() // standard output has the mended text
				}
				if diags, err = env.fix(g, p, stdin, func(program *compiler.Program) []diag.Diagnostic { return lint(program, before) }); err != nil {
					return err
				}
			} else {
				diags = lint(p.load(), before)
			}
			switch {
			case write:
				if err := env.writeBaseline(base, diags); err != nil {
					return err
				}
				_, err := fmt.Fprintf(env.Stderr, "%s written to %s\n", count(len(diags), "finding"), base)
				return err
			case base != "":
				if diags, err = env.withoutKnown(base, diags); err != nil {
					return err
				}
			}
			if format.value == "github-review" {
				err = out.review(g.shown(diags), since)
			} else if err = g.lintReport(out, format.value, diags); err != nil {
				err = failure("write", err)
			}
			if err != nil {
				return err
			}
			least := map[string]diag.Severity{"error": diag.Error, "warning": diag.Warning, "never": diag.Error + 1}
			if len(atLeast(diags, least[failOn.value])) > 0 {
				return findings
			}
			return nil
		},
	}
	format.register(cmd, "print the report as `FORMAT`")
	failOn.register(cmd, "end with exit code 1 from `SEVERITY` on")
	cmd.Flags().StringSliceVarP(&names, "target", "t", nil, "compile for `TARGET,...` as well, and report what these find")
	completeTargets(cmd)
	cmd.Flags().StringVar(&since, "since", "", "report only rules that the change since the revision `REV` of git concerns")
	cmd.Flags().BoolVar(&mend, "fix", false, "mend what can be mended without changing what a rule matches, and report the rest")
	cmd.Flags().StringVar(&base, "baseline", "", "hide the findings that `FILE` knows, also when their lines have moved")
	cmd.Flags().BoolVar(&write, "write-baseline", false, "write all findings to the file of --baseline instead of showing them")
	registerMethod(cmd, &method)
	in.register(cmd)
	return cmd
}

// lint returns what is found in the rules of a project, with the severities that its configuration gives, and what the
// targets find in them. method is how their correlations will be written.
func (env *Env) lint(p *project, program, before *compiler.Program, ts []*target.Target, method string) []diag.Diagnostic {
	p.lint.forget()
	elsewhere := ofTarget
	if len(ts) > 0 {
		to := writing{method: method}
		to.compile(p, program, ts, false)
		elsewhere = func(id string) bool { return ofTarget(id) && !ofTargets(id, ts) }
	}
	found := program.Lint(compiler.LintOptions{
		Bins:  method == "bins",
		Today: env.Now().Format(time.DateOnly), TagNamespaces: p.lint.tagNamespaces, IDs: checkIDs, Elsewhere: elsewhere,
		Before:   before,
		Severity: func(d diag.Diagnostic) (diag.Severity, bool) { return p.lint.of(env, d) },
	})
	if before != nil { // what hides the findings of other rules is needed still
		return found
	}
	for _, d := range p.lint.unused(env, p, func(id string) bool { return elsewhere(id) || compiler.OfHistory(id) }) {
		if s, shown := p.lint.of(env, d); shown {
			d.Severity = s
			found = append(found, d)
		}
	}
	return found
}

// ofTarget reports whether an id is found when rules are compiled or tried, and not by lint.
func ofTarget(id string) bool {
	area, _, _ := strings.Cut(id, "/")
	return slices.Contains([]string{"target", "eval", "list"}, area) || slices.Contains(targetNames(), area)
}

// ofTargets reports whether an id is one that only the targets themselves have.
func ofTargets(id string, ts []*target.Target) bool {
	area, _, _ := strings.Cut(id, "/")
	return slices.ContainsFunc(ts, func(t *target.Target) bool { return t.Name == area })
}

// lintReport writes the findings to standard output: they are the result of lint.
func (g *global) lintReport(env *Env, format string, diags []diag.Diagnostic) error {
	shown := g.shown(diags)
	switch format {
	case "json":
		return report.JSON(env.Stdout, shown)
	case "github":
		return report.GitHub(env.Stdout, shown)
	case "sarif":
		return report.SARIF(env.Stdout, shown, report.SARIFOptions{Version: version(), Summary: explain.Summary})
	case "gitlab":
		return report.GitLab(env.Stdout, shown)
	case "junit":
		return report.JUnit(env.Stdout, shown)
	case "checkstyle":
		return report.Checkstyle(env.Stdout, shown)
	case "rdjson":
		return report.RDJSON(env.Stdout, shown)
	case "markdown":
		return report.Markdown(env.Stdout, shown)
	}
	if err := report.Text(env.Stdout, shown, g.text(env, env.Stdout)); err != nil || g.quiet {
		return err
	}
	if len(shown) > 0 {
		fmt.Fprintln(env.Stderr)
	}
	_, err := fmt.Fprintln(env.Stderr, tally(diags))
	return err
}

func tally(diags []diag.Diagnostic) string {
	var n [diag.Error + 1]int
	for _, d := range diags {
		n[d.Severity]++
	}
	return fmt.Sprintf("%s, %s, %s", count(n[diag.Error], "error"), count(n[diag.Warning], "warning"), count(n[diag.Note], "note"))
}

func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
