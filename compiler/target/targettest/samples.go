package targettest

import (
	"net/netip"
	"regexp"
	"strings"
	"time"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/source"
)

func field(name string) *ir.Field { return ir.NewField(name, source.Span{}) }

func like(name string, cased bool, parts ...ir.Part) *ir.Like {
	return &ir.Like{Field: field(name), Pattern: ir.Pattern{Cased: cased}.Append(parts...)}
}

func text(s string) ir.Part { return ir.Part{Text: s} }

var (
	many = ir.Part{Wild: ir.Many}
	one  = ir.Part{Wild: ir.One}
)

// samples needs each feature, and as little else as can be.
var samples = map[ir.Feature]ir.Expr{
	ir.FeatureWildcard:   like("OperationName", false, text("a"), many, text("b"), one),
	ir.FeatureCased:      like("OperationName", true, text("A"), many),
	ir.FeatureRegex:      regex("OperationName", "^a+"),
	ir.FeatureLookaround: &ir.Regex{Field: field("OperationName"), Pattern: "a(?!b)"},
	ir.FeatureCIDR4:      &ir.CIDR{Field: field("InitiatedBy.user.ipAddress"), Prefix: netip.MustParsePrefix("10.0.0.0/8")},
	ir.FeatureCIDR6:      &ir.CIDR{Field: field("InitiatedBy.user.ipAddress"), Prefix: netip.MustParsePrefix("2001:db8::/32")},
	ir.FeatureCompare:    &ir.Compare{Field: field("DurationMs"), Op: ir.Gt, Number: "5"},
	ir.FeatureTimePart:   &ir.Compare{Field: field("ActivityDateTime"), Part: ir.Hour, Op: ir.Eq, Number: "5"},
	ir.FeatureSchedule: &ir.Within{Field: field("ActivityDateTime"), Schedule: ir.Schedule{
		Name: "hours", Zone: time.UTC, Days: []time.Weekday{time.Monday}, From: 8*60 + 30, To: 18 * 60,
	}},
	ir.FeatureFieldRef: &ir.SameAs{Field: field("InitiatedBy.user.id"), Other: field("InitiatedBy.app.appId")},
	ir.FeatureExists:   &ir.Exists{Field: field("InitiatedBy.user.id")},
	ir.FeatureNull:     &ir.Null{Field: field("InitiatedBy.user.id")},
	ir.FeatureKeyword:  &ir.Keyword{Pattern: ir.Pattern{}.Append(many, text("a"), many)},
	ir.FeatureEach: &ir.Each{Field: field("TargetResources"), Quant: ir.All, Body: &ir.And{X: []ir.Expr{
		like("type", false, text("User")), like("displayName", false, text("a"), many),
	}}},
	ir.FeatureIndex: &ir.Like{
		Field: &ir.Field{Name: "TargetResources[0].type", Segments: []ir.Segment{
			{Name: "TargetResources", Indexed: true}, {Name: "type"},
		}},
		Pattern: ir.Text("User"),
	},
}

func regex(name, pattern string) *ir.Regex {
	return &ir.Regex{Field: field(name), Pattern: pattern, RE: ir.MustRE2(pattern)}
}

// hostile are texts that break out of a literal where one is written carelessly.
var hostile = []struct{ name, text string }{
	{"double quote", `a"b`},
	{"single quote", `a'b`},
	{"both quotes at the end", `a'"`},
	{"backslash", `a\b`},
	{"backslash at the end", `a\`},
	{"backslashes and a quote", `\\"\"`},
	{"verbatim literal", `@"a""b"`},
	{"line break", "a\nb"},
	{"carriage return", "a\r\nb"},
	{"tab", "a\tb"},
	{"NUL", "a\x00b"},
	{"end of a comment", "a */ b /* c"},
	{"line comment", "a // b"},
	{"pipe", `a | where true or "" == "`},
	{"brackets", `['a'] [b] ]`},
	{"subsearch", `[search index=* | head 1]`},
	{"token", "$x$ $result.a$ $$"},
	{"backtick", "`a` b"},
	{"triple backtick", "```a```"},
	{"percent and underscore", `100%_a`},
	{"wildcards", `a*b?c`},
	{"expression of a template", `[concat('a')]`},
	{"line separator", "a\u2028b\u2029c"},
	{"right-to-left mark", "a\u202eb\u200fc"},
	{"byte order mark", "\ufeffa"},
	{"beyond the basic plane", "a\U0001F600b"},
	{"combining", "e\u0301"},
	{"parentheses", `) or (1 == 1`},
	{"semicolon", `a"; drop table b; --`},
	{"blanks", "  a  "},
	{"long", strings.Repeat(`long "text" `, 1000)},
}

// place is a rule that has a text somewhere, and how to know it in the literals of a query.
type place struct {
	name string
	rule *ir.Rule
	find func(literal string) bool
}

func places(s string) []place {
	is := func(literal string) bool { return literal == s }
	quoted := func(literal string) bool { return strings.Contains(literal, regexp.QuoteMeta(s)) }
	some := func(body ir.Expr) ir.Expr {
		return &ir.Each{Field: field("TargetResources"), Quant: ir.Any, Body: body}
	}
	out := []place{
		{"equals", rule(like("OperationName", false, text(s)), "x"), is},
		{"equals with case", rule(like("OperationName", true, text(s)), "x"), is},
		{"startswith", rule(like("OperationName", false, text(s), many), "x"), is},
		{"endswith", rule(like("OperationName", false, many, text(s)), "x"), is},
		{"contains", rule(like("OperationName", false, many, text(s), many), "x"), is},
		{"contains with case", rule(like("OperationName", true, many, text(s), many), "x"), is},
		{"not", rule(&ir.Not{X: like("OperationName", false, text(s))}, "x"), is},
		{"list", rule(&ir.Or{X: []ir.Expr{like("OperationName", false, text("a")), like("OperationName", false, text(s))}}, "x"), is},
		{"wildcards", rule(like("OperationName", false, text(s), one, text(s)), "x"), quoted},
		{"regular expression", rule(regex("OperationName", regexp.QuoteMeta(s)), "x"), quoted},
		{"dynamic column", rule(like("InitiatedBy.user.id", false, text(s)), "x"), is},
		{"array", rule(like("TargetResources.displayName", false, text(s)), "x"), is},
		{"block", rule(some(like("displayName", false, text(s))), "x"), is},
		{"keyword", rule(&ir.Keyword{Pattern: ir.Pattern{}.Append(many, text(s), many)}, "x"), nil},
		{"title", rule(like("OperationName", false, text("a")), s), nil},
	}
	if !strings.Contains(s, ".") { // which would part the name
		name := "TargetResources.modifiedProperties.newValue." + s
		out = append(out, place{"name of a member", rule(like(name, false, text("a")), "x"), is})
	}
	return out
}
