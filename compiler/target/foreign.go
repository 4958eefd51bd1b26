package target

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/source"
)

// sid is a regular expression for the security identifier of a user, and for the name that stands for that of the system in
// the registry. It is no more than one key: a star would go on into others.
const sid = `(?:S-1-[0-9-]+|\.DEFAULT)`

// classes is how programs ask for keys that the log calls otherwise, see the beginnings of the log. It is found in the names
// of keys that are being made alone.
const classes = `software\classes`

// foreign returns which of the beginnings a text has, and what follows it.
func foreign(known []schema.Foreign, text string) (schema.Foreign, string, bool) {
	for _, of := range known {
		if n := len(of.Begins); len(text) >= n && strings.EqualFold(text[:n], of.Begins) && (len(text) == n || text[n] == '\\') {
			return of, text[n:], true
		}
	}
	return schema.Foreign{}, "", false
}

// reread returns the comparison with a value as the log writes it. Behind a star the text may stand within a value as well.
func (l *locator) reread(e *ir.Like, known []schema.Foreign) ir.Expr {
	parts := slices.Collect(e.Pattern.Parts())
	at := 0
	if len(parts) > 1 && parts[0].Wild == ir.Many {
		at = 1
	}
	if at >= len(parts) {
		return e
	}
	of, rest, found := foreign(known, parts[at].Text)
	if !found {
		if at > 0 && strings.Contains(strings.ToLower(parts[at].Text), classes) {
			l.diags.Notef("value/registry-root", e.At, "few keys have \"%s\" in their names: those of classes begin with HKCR or HKU\\SID_Classes in the log", classes).Hint =
				`ask with "contains" for what follows`
		}
		return e
	}
	l.foreignValue(e, of)
	out := &ir.Or{At: e.At}
	if at > 0 {
		out.X = append(out.X, e)
	}
	behind := append([]ir.Part{{Text: rest}}, parts[at+1:]...)
	for _, is := range of.Is {
		out.X = append(out.X, beginning(e, is, behind))
	}
	if len(behind) > 1 && behind[1].Wild == ir.Many {
		for _, deeper := range known { // what the star stands for may begin with the rest of a longer one
			if text := parts[at].Text; len(deeper.Begins) > len(text) && strings.EqualFold(deeper.Begins[:len(text)], text) {
				out.X = append(out.X, beginning(e, deeper.Is[0], behind[1:]))
			}
		}
	}
	return out
}

// beginning compares with values that begin with a text, in which SID is a user's, and go on with the parts.
func beginning(e *ir.Like, begin string, parts []ir.Part) ir.Expr {
	before, after, anyone := strings.Cut(begin, "SID")
	if !anyone {
		return &ir.Like{Field: e.Field, Pattern: behind(before, parts, e.Pattern.Cased), At: e.At}
	}
	wide := behind(before, append([]ir.Part{{Wild: ir.Many}, {Text: after}}, parts...), e.Pattern.Cased)
	re := &ir.Regex{
		Field: e.Field, Wide: &wide, Pattern: behind(after, parts, e.Pattern.Cased).Behind(regexp.QuoteMeta(before) + sid),
		IgnoreCase: !e.Pattern.Cased, DotAll: true, At: e.At,
	}
	re.RE = ir.MustRE2(re.Source())
	return re
}

// behind is the pattern of a text that the parts follow.
func behind(text string, parts []ir.Part, cased bool) ir.Pattern {
	out := ir.Text(text).Append(parts...)
	out.Cased = cased
	return out
}

// neverBegins tells that a value begins as no event does.
func (l *locator) neverBegins(at source.Span, f *ir.Field, of schema.Foreign, so string) *diag.Diagnostic {
	return l.diags.Warnf("value/registry-root", at, "no %q begins with \"%s\" in the log: %s %s", f.Name, of.Begins, so, strings.Join(of.Is, " or "))
}

// foreignValue tells how a value is read. It can be written so, where that is one text.
func (l *locator) foreignValue(e *ir.Like, of schema.Foreign) {
	d := l.neverBegins(e.At, e.Field, of, "it is read as")
	i := strings.Index(strings.ToLower(e.At.Text()), strings.ToLower(of.Begins))
	if i < 0 {
		return
	}
	d.Span = e.At.Part(i, i+len(of.Begins))
	if len(of.Is) == 1 && !strings.Contains(of.Is[0], "SID") {
		d.Label, d.Fixes = fmt.Sprintf("did you mean \"%s\"?", of.Is[0]), diag.Replace(d.Span, of.Is[0])
	}
}
