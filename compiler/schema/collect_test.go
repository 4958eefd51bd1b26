package schema

import (
	"strings"
	"testing"
)

// Whoever is to collect a log is told how, and where that is said.
func TestCollections(t *testing.T) {
	for _, l := range Logs() {
		c := l.Collection
		if l.Nowhere != "" { // who has it knows how
			continue
		}
		if c == nil {
			t.Errorf("%s: nothing says how it is collected", l.Name)
			continue
		}
		if c.Setting == "" || c.Category == "" || len(c.See) == 0 {
			t.Errorf("%s: %+v", l.Name, *c)
		}
		for _, address := range c.See {
			if !strings.HasPrefix(address, "https://") || strings.Contains(address, "microsoft.com/en-us/") {
				t.Errorf("%s: %s", l.Name, address)
			}
		}
		// Sign-ins, risks and requests take a licence, changes any edition, and everything else is not of Entra ID.
		if entra := strings.HasSuffix(c.Setting, "Microsoft Entra ID"); entra != (c.Licence != "") {
			t.Errorf("%s: licence %q", l.Name, c.Licence)
		}
	}
	for _, l := range Together() {
		if l.Collection != nil {
			t.Errorf("%s is collected as its parts", l.Name)
		}
	}
}

func TestCollectionOf(t *testing.T) {
	tests := []struct{ log, category, connector, licence string }{
		{"AuditLogs", "AuditLogs", "Microsoft Entra ID", "Any edition"},
		{"SigninLogs", "SignInLogs", "Microsoft Entra ID", "P1 or P2"},
		{"AADNonInteractiveUserSignInLogs", "NonInteractiveUserSignInLogs", "Microsoft Entra ID", "P1 or P2"},
		{"AADUserRiskEvents", "UserRiskEvents", "Microsoft Entra ID", "P2;"},
		{"MicrosoftGraphActivityLogs", "MicrosoftGraphActivityLogs", "", "P1 or P2"},
		{"AzureActivity", "Administrative", "Azure Activity", ""},
		{"AZKVAuditLogs", "AuditEvent", "", ""},
		{"AzureDiagnostics", "AuditEvent", "Azure Key Vault", ""},
		{"WindowsSecurity", "Security", "", ""},
	}
	for _, tt := range tests {
		c := ByName(tt.log).Collection
		if c.Category != tt.category || c.Connector != tt.connector || !strings.Contains(c.Licence, tt.licence) || tt.licence == "" && c.Licence != "" {
			t.Errorf("%s: %+v", tt.log, *c)
		}
	}
}
