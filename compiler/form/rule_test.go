package form

import (
	"net/netip"
	"testing"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/source"
)

func field(name string) *ir.Field { return ir.NewField(name, source.Span{}) }

func like(name, value string) *ir.Like {
	return &ir.Like{Field: field(name), Pattern: ir.Text(value)}
}

func TestCanonical(t *testing.T) {
	log := schema.ByName("AuditLogs")
	at := &ir.Field{Name: "properties.targetResources[0].displayName", Segments: []ir.Segment{
		{Name: "properties.targetResources", Indexed: true}, {Name: "displayName"}}}
	tests := []struct{ in, want ir.Expr }{
		{like("operationName", "x"), like("OperationName", "x")},
		{like("OperationName", "x"), like("OperationName", "x")},
		{like("properties.initiatedBy.user.id", "x"), like("InitiatedBy.user.id", "x")},
		{like("commandline", "x"), like("commandline", "x")},
		{&ir.And{X: []ir.Expr{&ir.Or{X: []ir.Expr{&ir.Not{X: like("category", "x")}}}}},
			&ir.And{X: []ir.Expr{&ir.Or{X: []ir.Expr{&ir.Not{X: like("Category", "x")}}}}}},
		{&ir.Compare{Field: field("durationMs"), Op: ir.Gt}, &ir.Compare{Field: field("DurationMs"), Op: ir.Gt}},
		{&ir.Regex{Field: field("result"), Pattern: "x", RE: ir.MustRE2("x")}, &ir.Regex{Field: field("Result"), Pattern: "x"}},
		{&ir.CIDR{Field: field("initiatedBy.user.ipAddress"), Prefix: netip.MustParsePrefix("203.0.113.0/24")},
			&ir.CIDR{Field: field("InitiatedBy.user.ipAddress"), Prefix: netip.MustParsePrefix("203.0.113.0/24")}},
		{&ir.SameAs{Field: field("operationName"), Other: field("activityDisplayName")}, &ir.SameAs{Field: field("OperationName"), Other: field("ActivityDisplayName")}},
		{&ir.Exists{Field: field("resultReason")}, &ir.Exists{Field: field("ResultReason")}},
		{&ir.Null{Field: field("resultReason")}, &ir.Null{Field: field("ResultReason")}},
		{&ir.Keyword{Pattern: ir.Text("x")}, &ir.Keyword{Pattern: ir.Text("x")}},
		{&ir.Const{Value: true}, &ir.Const{Value: true}},
		// Names inside the block are those of the member, even where a column has the same.
		{&ir.Each{Field: field("targetResources"), Body: &ir.And{X: []ir.Expr{like("id", "x"), like("operationName", "y"), like(".", "z")}}},
			&ir.Each{Field: field("TargetResources"), Body: &ir.And{X: []ir.Expr{like("id", "x"), like("operationName", "y"), like(".", "z")}}}},
		{&ir.Exists{Field: at}, &ir.Exists{Field: &ir.Field{Name: "TargetResources[0].displayName", Segments: []ir.Segment{
			{Name: "TargetResources", Indexed: true}, {Name: "displayName"}}}}},
	}
	for _, tt := range tests {
		before := ir.String(tt.in)
		in := &ir.Rule{Meta: &ir.Meta{Title: source.Text{Value: "t"}}, Conditions: []ir.Expr{tt.in}, Fields: []*ir.Field{field("operationName"), field("x")}}
		out := Canonical(in, log)
		if got, want := ir.String(out.Conditions[0]), ir.String(tt.want); got != want {
			t.Errorf("%s:\n got %s\nwant %s", before, got, want)
		}
		if ir.String(in.Conditions[0]) != before || in.Fields[0].Name != "operationName" {
			t.Errorf("%s: the rule was changed", before)
		}
		if out.Title != in.Title || out.Fields[0].Name != "OperationName" || out.Fields[1].Name != "x" {
			t.Errorf("%s: header is %v, fields are %v", before, out.Title, out.Fields)
		}
	}
	if at.Segments[0].Name != "properties.targetResources" {
		t.Error("the field was changed")
	}
}

// One rule, in the spelling of each form, gives one answer on every form of the event.
func TestOneAnswer(t *testing.T) {
	events := map[string]string{"record": auditRecord, "object": auditGraph, "export": auditExport, "Splunk": auditSplunk}
	grant := func(array, properties string) ir.Expr {
		return &ir.Each{Field: field(array), Body: &ir.And{X: []ir.Expr{
			like("type", "User"),
			&ir.Each{Field: field(properties), Body: &ir.And{X: []ir.Expr{like("displayName", "Role.DisplayName"), like("newValue", `"Global Administrator"`)}}},
		}}}
	}
	tests := []struct {
		name string
		expr ir.Expr
		want bool
	}{
		{"column", like("OperationName", "add member to role"), true},
		{"record", like("properties.initiatedBy.user.userPrincipalName", "bob@contoso.example"), true},
		{"object", like("initiatedBy.user.userPrincipalName", "bob@contoso.example"), true},
		{"category is the activity's", like("category", "RoleManagement"), true},
		{"category is not the record's", like("category", "AuditLogs"), false},
		{"blocks", grant("TargetResources", "modifiedProperties"), true},
		{"blocks in the record's spelling", grant("properties.targetResources", "modifiedProperties"), true},
		{"empty is null or empty", &ir.Or{X: []ir.Expr{&ir.Null{Field: field("resultReason")}, like("resultReason", "")}}, true},
		{"other actor", like("initiatedBy.user.userPrincipalName", "alice@contoso.example"), false},
	}
	for _, tt := range tests {
		for form, text := range events {
			t.Run(tt.name+" on "+form, func(t *testing.T) {
				e, err := Read(Auto, object(t, text))
				if err != nil {
					t.Fatal(err)
				}
				r := Canonical(&ir.Rule{Conditions: []ir.Expr{tt.expr}}, e.Log)
				if got := ir.Eval(r.Expr(), e.Fields); got != tt.want {
					t.Errorf("%s is %v on %v", ir.String(r.Expr()), got, e.Fields)
				}
			})
		}
	}
}
