package check

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// ignoreChecks are reported by [Suppress].
var ignoreChecks = []Check{{
	ID: badIgnore, Severity: diag.Warning,
	Doc: Doc{
		Summary: "a comment that is to hide a finding cannot be understood",
		Why:     "It hides nothing. The form is: # sigc:ignore area/name -- reason, and perhaps until=2026-12-31 before the reason.",
		Bad:     "level: high # sigc:ignore -- we know\n",
		Good:    "level: high\n",
	},
}, {
	ID: ignoreWithoutReason, Severity: diag.Warning,
	Doc: Doc{
		Summary: "a comment hides a finding and does not say why",
		Why:     "In a year nobody will know whether the reason still holds. Until there is one, the finding is shown.",
		Bad:     "title: user added # sigc:ignore style/title-case\n",
		Good:    "title: user added # sigc:ignore style/title-case -- the name of the playbook\n",
	},
}, {
	ID: unknownIgnore, Severity: diag.Warning,
	Doc: Doc{
		Summary: "a comment hides findings of an id that does not exist",
		Why:     "It hides nothing; the id is misspelt.",
		Bad:     "title: User Added # sigc:ignore style/titel-case -- the name of the playbook\n",
		Good:    "title: user added # sigc:ignore style/title-case -- the name of the playbook\n",
	},
}, {
	ID: expiredIgnore, Severity: diag.Warning,
	Doc: Doc{
		Summary: "the date until which a finding was to be hidden has passed",
		Why:     "Someone promised to look at it again by then. The finding is shown.",
		Bad:     "title: user added # sigc:ignore style/title-case until=2020-01-31 -- until the playbook is renamed\n",
		Good:    "title: user added # sigc:ignore style/title-case until=2999-01-31 -- until the playbook is renamed\n",
	},
}, {
	ID: unusedIgnore, Severity: diag.Warning,
	Doc: Doc{
		Summary: "a comment, or a path in sigc.yml, hides a finding that is not there",
		Why:     "What it was for is mended. Left in place, it hides the next mistake of the kind.",
		Bad:     "title: User Added # sigc:ignore style/title-case -- the name of the playbook\n",
		Good:    "title: user added # sigc:ignore style/title-case -- the name of the playbook\n",
	},
}}

const (
	badIgnore           = "lint/bad-ignore"
	ignoreWithoutReason = "lint/ignore-without-reason"
	unknownIgnore       = "lint/unknown-ignore"
	expiredIgnore       = "lint/expired-ignore"
	unusedIgnore        = "lint/unused-ignore"
)

// Known is what the suppressions of a file can speak of.
type Known struct {
	IDs func() []string // all there are; nil when that is not to be looked at
	// Elsewhere reports whether an id is found by something else than lint, such as a target: no comment about it is unused.
	Elsewhere func(id string) bool
	Today     string // year-month-day, "" when it is not to be known
}

// ignore is a comment that hides findings.
type ignore struct {
	ids  []string
	at   []source.Span // of the ids
	used []bool
	line int // whose findings it hides; 0 for the whole file
}

// Suppress returns the findings of a file without those that comments in it hide, and with what is wrong with these
// comments. Findings in other files stay.
func Suppress(f *source.File, found []diag.Diagnostic, known Known) []diag.Diagnostic {
	if !marked(f.Text) {
		return found
	}
	var diags diag.List
	r := &ignoreReader{file: f, known: known, diags: &diags}
	ignores := r.read()
	out := make([]diag.Diagnostic, 0, len(found))
	for _, d := range found {
		if d.Span.File != f || !hidden(ignores, d) {
			out = append(out, d)
		}
	}
	for _, g := range ignores {
		for i, used := range g.used {
			if !used && (known.Elsewhere == nil || !known.Elsewhere(g.ids[i])) {
				diags.Warnf(unusedIgnore, g.at[i], "nothing of the id %q is found here", g.ids[i])
			}
		}
	}
	return append(out, diags.From(0)...)
}

// Hide returns the findings of a file without the warnings and notes that comments in it hide. It is for those who show
// findings on the way to something else: what is wrong with the comments is the business of [Suppress], and an error
// that keeps a rule from being compiled is never hidden.
func Hide(f *source.File, found []diag.Diagnostic, today string) []diag.Diagnostic {
	if !marked(f.Text) {
		return found
	}
	ignores := (&ignoreReader{file: f, known: Known{Today: today}, diags: &diag.List{}}).read()
	out := make([]diag.Diagnostic, 0, len(found))
	for _, d := range found {
		if d.Span.File != f || d.Severity == diag.Error || !hidden(ignores, d) {
			out = append(out, d)
		}
	}
	return out
}

// hidden reports whether one of the comments hides a finding, and notes that it was needed.
func hidden(ignores []*ignore, d diag.Diagnostic) bool {
	line, _ := d.Span.File.Position(d.Span.Start())
	out := false
	for _, g := range ignores {
		if g.line != 0 && g.line != line {
			continue
		}
		for i, id := range g.ids {
			if Fits(id, d.ID) {
				g.used[i], out = true, true
			}
		}
	}
	return out
}

// Fits reports whether an id is the given one, or of the family that "area/*" names.
func Fits(pattern, id string) bool {
	if area, ok := strings.CutSuffix(pattern, "/*"); ok {
		return strings.HasPrefix(id, area+"/")
	}
	return pattern == id
}

const mark = "sigc:ignore"

// marked reports whether the mark stands behind a "#", of which most files have few.
func marked(text []byte) bool {
	for {
		i := bytes.IndexByte(text, '#')
		if i < 0 {
			return false
		}
		text = text[i+1:]
		if bytes.HasPrefix(bytes.TrimLeft(text, " \t\f\r\n"), []byte(mark)) {
			return true
		}
	}
}

// comment is a comment in a file of YAML, from its "#" on.
type comment struct {
	text       string
	start      int // offset of the "#"
	line       int
	alone, top bool // nothing stands before it on its line; no key stands before it in the file
}

// form is what follows "# sigc:ignore".
var form = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^#\s*sigc:ignore(-file)?(?:\s+(.*))?$`) })

// wordOf is an id or a date in it.
var wordOf = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^\s,]+`) })

type ignoreReader struct {
	file  *source.File
	known Known
	diags *diag.List
}

func (r *ignoreReader) read() []*ignore {
	var out []*ignore
	for _, c := range comments(r.file) {
		m := form().FindStringSubmatchIndex(strings.TrimRight(c.text, " \t"))
		if m == nil {
			continue
		}
		body, offset := "", c.start
		if m[4] >= 0 {
			body, offset = c.text[m[4]:m[5]], c.start+m[4]
		}
		if g := r.ignore(c, m[2] >= 0, body, offset); g != nil {
			out = append(out, g)
		}
	}
	return out
}

func (r *ignoreReader) span(start, length int) source.Span {
	return r.file.Span(start, start+length)
}

// ignore reads one comment; nil when it hides nothing.
func (r *ignoreReader) ignore(c comment, whole bool, body string, offset int) *ignore {
	at := r.span(c.start, len(strings.TrimRight(c.text, " \t")))
	if whole && !c.top {
		r.diags.Warnf(badIgnore, at, "a comment for the whole file stands at its top")
		return nil
	}
	words, reason, _ := strings.Cut(body+" ", "-- ")
	g := &ignore{}
	until := ""
	for _, loc := range wordOf().FindAllStringIndex(words, -1) {
		word, place := words[loc[0]:loc[1]], r.span(offset+loc[0], loc[1]-loc[0])
		if date, ok := strings.CutPrefix(word, "until="); ok {
			if _, err := time.Parse(time.DateOnly, date); err != nil {
				r.diags.Warnf(badIgnore, place, "%q is not a date: write year-month-day, such as 2026-12-31", date)
				return nil
			}
			until = date
			continue
		}
		if !r.exists(word, place) {
			continue
		}
		g.ids, g.at, g.used = append(g.ids, word), append(g.at, place), append(g.used, false)
	}
	switch {
	case strings.TrimSpace(strings.ReplaceAll(words, "until="+until, "")) == "":
		r.diags.Warnf(badIgnore, at, "the comment names no id").Hint = "write # sigc:ignore area/name -- reason"
		return nil
	case strings.TrimSpace(reason) == "":
		r.diags.Warnf(ignoreWithoutReason, at, "the comment does not say why").Hint = "add -- and the reason"
		return nil
	case until != "" && r.known.Today != "" && r.known.Today > until:
		r.diags.Warnf(expiredIgnore, at, "what this hides was to be looked at again by %s", until)
		return nil
	}
	if !whole {
		g.line = c.line
		if c.alone {
			g.line = r.next(c.line)
		}
	}
	return g
}

// exists reports whether there is such an id, and warns of one that there is not.
func (r *ignoreReader) exists(id string, at source.Span) bool {
	if r.known.IDs == nil {
		return true
	}
	known := r.known.IDs()
	if slices.ContainsFunc(known, func(k string) bool { return Fits(id, k) }) {
		return true
	}
	d := r.diags.Warnf(unknownIgnore, at, "no finding has the id %q", id)
	if near := diag.Nearest(id, known); near != "" {
		d.Label = fmt.Sprintf("did you mean %q?", near)
	}
	return false
}

// next returns the first line after a comment that is neither empty nor a comment.
func (r *ignoreReader) next(line int) int {
	for n := line + 1; r.file.LineStart(n) < len(r.file.Text); n++ {
		if text := strings.TrimSpace(r.file.Line(n)); text != "" && text[0] != '#' {
			return n
		}
	}
	return line
}
