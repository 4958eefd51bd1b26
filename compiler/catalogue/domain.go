package catalogue

import (
	"slices"
	"strings"
	"sync"
)

// Domain is what a field of a log can hold.
type Domain struct {
	Kind   Kind
	Values []string
	Closed bool // the owner says that there are no others

	plain func() map[string]string // the values by their text without what is easily overlooked
}

// Kind says what the values of a [Domain] are.
type Kind int

const (
	Activity       Kind = iota // of the Entra audit log
	Category                   // of these activities
	Service                    // that logs them
	ResultCode                 // of a sign-in
	RiskEvent                  // of Entra ID Protection
	Operation                  // of the Azure activity log
	VaultOperation             // of Key Vault
	Enumerated                 // a column with a list
)

// Of returns the values of a field by its table and canonical name, or nil when nothing is known of them.
func Of(table, field string) *Domain { return domains()[table][field] }

// In returns the fields of a table whose values are known, by their canonical names.
func In(table string) map[string]*Domain { return domains()[table] }

var signIns = []string{"SigninLogs", "AADNonInteractiveUserSignInLogs", "AADServicePrincipalSignInLogs", "AADManagedIdentitySignInLogs"}

var domains = sync.OnceValue(func() map[string]map[string]*Domain {
	out := map[string]map[string]*Domain{}
	add := func(d *Domain, field string, tables ...string) {
		d.plain = sync.OnceValue(func() map[string]string {
			out := make(map[string]string, len(d.Values))
			for _, v := range d.Values {
				out[plain(v)] = v
			}
			return out
		})
		for _, t := range tables {
			if out[t] == nil {
				out[t] = map[string]*Domain{}
			}
			out[t][field] = d
		}
	}
	activities := &Domain{Kind: Activity, Values: lines("audit-activities")}
	add(activities, "OperationName", "AuditLogs")
	add(activities, "ActivityDisplayName", "AuditLogs")
	add(&Domain{Kind: Category, Values: lines("audit-categories")}, "Category", "AuditLogs")
	add(&Domain{Kind: Service, Values: lines("audit-services")}, "LoggedByService", "AuditLogs")
	add(&Domain{Kind: ResultCode, Values: firstWords(lines("result-codes"))}, "ResultType", signIns...)
	risks := &Domain{Kind: RiskEvent, Values: lines("risk-event-types")}
	add(risks, "RiskEventType", "AADUserRiskEvents")
	add(risks, "RiskEventTypes_V2", signIns...)
	operations := &Domain{Kind: Operation, Values: lines("azure-operations")}
	add(operations, "OperationNameValue", "AzureActivity")
	add(operations, "Properties_d.message", "AzureActivity") // which repeats the operation
	vault := &Domain{Kind: VaultOperation, Values: lines("key-vault-operations")}
	add(vault, "OperationName", "AZKVAuditLogs", "AzureDiagnostics")
	for _, line := range lines("enums") {
		cells := strings.Split(line, "|")
		column, open := strings.CutSuffix(cells[1], "...")
		add(&Domain{Kind: Enumerated, Values: cells[2:], Closed: !open}, column, strings.Split(cells[0], ",")...)
	}
	return out
})

func firstWords(lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i], _, _ = strings.Cut(line, " ")
	}
	return out
}

// Knows reports whether the value is one of the domain in any case of its letters.
func (d *Domain) Knows(value string) bool {
	return slices.ContainsFunc(d.Values, func(v string) bool { return len(v) == len(value) && strings.EqualFold(v, value) })
}

// Like returns the value that differs from a text in case, blanks, dashes or a last dot alone; "" when there is none.
func (d *Domain) Like(text string) string { return d.plain()[plain(text)] }

var dashes = strings.NewReplacer("–", "-", "—", "-", " ", "", "_", "")

func plain(s string) string { return strings.ToLower(strings.TrimRight(dashes.Replace(s), ".")) }

// ResultName returns what Microsoft calls an error code of sign-ins; "" when that is not known.
func ResultName(code string) string { return results()[code] }

var results = sync.OnceValue(func() map[string]string { return table("result-codes") })

// App returns the name of an application of Microsoft by its id in lower case. Some have none.
func App(id string) (name string, ok bool) {
	name, ok = apps()[id]
	return name, ok
}

// Apps returns the ids of all applications of Microsoft, in order.
func Apps() []string { return appIDs() }

var (
	apps   = sync.OnceValue(func() map[string]string { return table("first-party-apps") })
	appIDs = sync.OnceValue(func() []string { return firstWords(lines("first-party-apps")) })
)

// table reads lines of a key and the text after it.
func table(name string) map[string]string {
	rows := lines(name)
	out := make(map[string]string, len(rows))
	for _, line := range rows {
		key, text, _ := strings.Cut(line, " ")
		out[key] = text
	}
	return out
}
