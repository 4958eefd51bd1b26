package catalogue_test

import (
	"slices"
	"testing"

	"github.com/sigc-rules/sigc/compiler/catalogue"
)

func TestDomains(t *testing.T) {
	for _, tt := range []struct {
		table, field, value string
		known               bool
	}{
		{"AuditLogs", "OperationName", "Add user", true},
		{"AuditLogs", "OperationName", "add USER", true},
		{"AuditLogs", "OperationName", "Add user.", false}, // the unified audit log writes it so
		{"AuditLogs", "OperationName", "Update application – Certificates and secrets management ", true},
		{"AuditLogs", "OperationName", "Update application – Certificates and secrets management", false},
		{"SigninLogs", "ResultType", "50126", true},
		{"SigninLogs", "ResultType", "50127", true},
		{"SigninLogs", "ResultType", "5012", false},
		{"SigninLogs", "ConditionalAccessStatus", "notApplied", true},
		{"AADManagedIdentitySignInLogs", "ConditionalAccessStatus", "denied", false},
		{"AADUserRiskEvents", "RiskEventType", "unlikelyTravel", true},
		{"AzureActivity", "OperationNameValue", "Microsoft.Authorization/roleAssignments/write", true},
		{"AZKVAuditLogs", "OperationName", "SecretGet", true},
	} {
		d := catalogue.Of(tt.table, tt.field)
		if d == nil {
			t.Errorf("nothing is known of %s.%s", tt.table, tt.field)
			continue
		}
		if got := d.Knows(tt.value); got != tt.known {
			t.Errorf("%s.%s knows %q: %v", tt.table, tt.field, tt.value, got)
		}
	}
	if catalogue.Of("AuditLogs", "CorrelationId") != nil {
		t.Error("a correlation id can be anything")
	}
	if got := catalogue.ResultName("50126"); got != "InvalidUserNameOrPassword" {
		t.Errorf("50126 is %q", got)
	}
	if name, ok := catalogue.App("04b07795-8ddb-461a-bbee-02f9e1bf7b46"); !ok || name != "Microsoft Azure CLI" {
		t.Errorf("the CLI is %q", name)
	}
}

func TestFormer(t *testing.T) {
	if catalogue.FormerTactics()["defense-evasion"] != "18.1" || catalogue.FormerTactics()["stealth"] != "" {
		t.Errorf("former tactics: %v", catalogue.FormerTactics())
	}
	if old, _ := catalogue.FindFormer("T1562.001"); old.RevokedBy != "T1685" || old.Deprecated {
		t.Errorf("T1562.001 is %+v", old)
	}
	if _, ok := catalogue.FindFormer("T1098.003"); ok {
		t.Error("T1098.003 is in use")
	}
}

func TestWindows(t *testing.T) {
	c := catalogue.WindowsCategories()["process_creation"]
	if !slices.Equal(c.Sysmon, []string{"1"}) || !slices.Equal(c.Other, []string{"4688"}) || !slices.Contains(c.Fields, "CommandLine") {
		t.Errorf("process_creation is %+v", c)
	}
	if !slices.Contains(catalogue.WindowsServices(), "sysmon") || !slices.Contains(catalogue.WindowsCommon(), "EventID") {
		t.Error("a service or a common field is missing")
	}
}
