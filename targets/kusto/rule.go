package kusto

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto/homes"
)

// Supports are the features of Sigma that KQL has. Keywords are missing: neither analytics rules nor log alerts may
// search all columns, and no column holds the whole event.
const Supports = ir.AllFeatures &^ (ir.FeatureLookaround | ir.FeatureKeyword)

// Lacks says why the others are missing.
var Lacks = map[ir.Feature]string{
	ir.FeatureKeyword:    "no column of the table holds the whole event, and neither analytics rules nor log alerts may search all columns: ask for the field that has the text",
	ir.FeatureLookaround: "regular expressions of KQL are those of RE2, which knows neither",
}

// Approximates says what a table cannot tell.
var Approximates = map[ir.Feature]string{
	ir.FeatureExists: "a table does not tell an absent field from one that is null, nor a text column an empty text; all count as absent",
}

// Loses says what a column of text cannot tell: it is empty where the record had null, an empty text or nothing.
func Loses(l *target.Located, e ir.Expr) string {
	var f *ir.Field
	switch e := e.(type) {
	case *ir.Null:
		f = e.Field
	case *ir.Like:
		if shape, text := e.Pattern.Shape(); shape == ir.Anything || shape == ir.Exact && text == "" {
			f = e.Field
		}
	case *ir.Regex:
		if e.RE != nil && e.RE.MatchString("") {
			f = e.Field
		}
	}
	if f == nil {
		return ""
	}
	if ref := l.Ref(f); ref.Column == nil || len(ref.Steps) > 0 || ref.Column.Type != schema.String {
		return ""
	}
	return "a column of text does not tell null and an empty text from no value; all three count as none"
}

// Keeps reports whether the log is described as a Log Analytics table, or is known to live in one.
func Keeps(log *schema.Log) bool { return log.Tabled() || len(homes.Of(log)) > 0 }

// NotKept says why a log is not kept, and how to say where it is.
func NotKept(log *schema.Log) string {
	return target.Unplaced(log, "no table that keeps these events is described", "{loganalytics: {table: TABLE}}")
}

// namespace is for the ids of rules that have none: they follow from the title, wherever the rule stands.
var namespace = uuid.MustParse("b1b5d1f4-4b0f-5c52-9d3c-0f6e3a5f2c11")

// ID returns the id under which a platform knows the rule: its own, or one made of its title. Of several for a rule, the
// first has it.
func ID(c *target.Compiled) string {
	id := RuleID(c)
	if c.Nth > 0 {
		return uuid.NewSHA1(namespace, []byte(id+"\n"+c.Table)).String()
	}
	return id
}

// Title is what a platform calls the rule: one of several for a rule also says what it searches.
func Title(c *target.Compiled) string {
	if c.Table != "" {
		return fmt.Sprintf("%s (%s)", c.Title.Value, c.Table)
	}
	return c.Title.Value
}

// RuleID returns the id of the Sigma rule, or one made of its title.
func RuleID(c *target.Compiled) string {
	if id, err := uuid.Parse(c.ID.Value); err == nil {
		return id.String()
	}
	called := c.Title.Value
	if c.Namesake > 0 {
		called = fmt.Sprintf("%s\n%d", called, c.Namesake+1)
	}
	return NamedID(called)
}

// NamedID returns an id that follows from a name.
func NamedID(name string) string { return uuid.NewSHA1(namespace, []byte(name)).String() }

// Description returns the description of the rule for a platform that keeps the given number of characters.
func Description(c *target.Compiled, limit int) string {
	d := strings.TrimSpace(c.Description.Value)
	if d == "" {
		d = c.Title.Value
	}
	if utf8.RuneCountInString(d) <= limit {
		return d
	}
	return string([]rune(d)[:limit-1]) + "…"
}

// CheckText notes what the platform cuts off. A title is never too long: Sigma allows no more than the platforms do.
func CheckText(c *target.Compiled, descriptionLimit int, diags *diag.List) {
	platform := c.Target.Name
	if n := utf8.RuneCountInString(c.Description.Value); n > descriptionLimit {
		d := diags.Notef(platform+"/description-cut", c.Description.At, "the description has %d characters; %s keeps %d", n, platform, descriptionLimit)
		d.Target = platform
	}
}

// Levels maps Sigma's levels to the severities of both platforms.
var Levels = map[string]struct {
	Sentinel string
	Monitor  int
}{
	"critical": {"High", 0}, "high": {"High", 1}, "medium": {"Medium", 2}, "low": {"Low", 3}, "informational": {"Informational", 4},
}

// Level returns the level of the rule. A rule without one is of medium level.
func Level(c *target.Compiled) string {
	if _, ok := Levels[c.Level.Value]; ok {
		return c.Level.Value
	}
	return "medium"
}
