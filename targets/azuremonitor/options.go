package azuremonitor

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// The limits of what can be set.
const (
	maxThreshold = 1<<31 - 1
	maxPeriods   = 6
	maxTags      = 50 // of a resource: azure-resource-manager/management/tag-resources, as are the next two
	maxTagName   = 512
	maxTagValue  = 256
)

var yesNo = []string{"true", "false"}

// options are what can be set for all rules, and mostly by a rule for itself.
var options = []target.Option{
	{Name: "scope", Doc: "resource id of the workspace to search, or of a resource group or subscription, where templates are not to ask for it", Check: optional(checkScope)},
	{Name: "location", Doc: "region of the alert rules; without it, that of their resource group", Check: optional(checkLocation)},
	{Name: "actionGroups", Doc: "resource ids of the action groups to call, apart by commas, where templates are not to ask for them", Check: optional(checkActionGroups)},
	{Name: "enabled", Doc: "whether rules run once they are deployed", Default: "true", Values: yesNo, PerRule: true},
	{
		Name: "severity", Doc: "severity of the alerts from 0, the worst, to 4: for all levels or by level", PerRule: true, Check: checkSeverity,
		Default: "critical=0,high=1,medium=2,low=3,informational=4",
	},
	{Name: "frequency", Doc: "time between two runs: " + inWords(frequencies), Default: "1h", PerRule: true, Check: oneOf(frequencies)},
	{
		Name: "period", PerRule: true, Check: optional(checkPeriod),
		Doc: "how far back a run looks, in a window that may be longer; without it, an hour more than it must, for records that come late",
	},
	{
		Name: "queryTimeRange", PerRule: true, Check: optional(oneOf(ranges)),
		Doc: "how far back the query reads, if that is further than the window: " + inWords(ranges),
	},
	{Name: "threshold", Doc: "how many results a run must exceed to alert", Default: "0", PerRule: true, Check: checkThreshold},
	{
		Name: "dimensions", Doc: "columns that split the results into alerts: those of the entities, none, or up to six, apart by commas",
		Default: "entities", PerRule: true, Check: checkDimensions,
	},
	{Name: "resourceIdColumn", Doc: "column with the id of the resource that an alert is to stand at; none without it", PerRule: true, Check: optional(checkColumn)},
	{
		Name: "targetResourceTypes", PerRule: true, Check: optional(checkResourceTypes),
		Doc: "types of resources that each alert for themselves, apart by commas, where the scope is a resource group or subscription",
	},
	{Name: "autoMitigate", Doc: "whether an alert is resolved once a run finds nothing", Default: "false", Values: yesNo, PerRule: true},
	{Name: "resolveAfter", Doc: "how long runs must find nothing before an alert is resolved", PerRule: true, Check: optional(checkPeriod)},
	{Name: "mute", Doc: "time for which actions are not called again after an alert: " + inWords(mutes) + "; none without it", PerRule: true, Check: optional(oneOf(mutes))},
	{Name: "workspaceStorage", Doc: "whether rules must be stored in the storage account of the workspace", Default: "false", Values: yesNo, PerRule: true},
	{Name: "skipValidation", Doc: "whether rules are deployed without a look at their query, as for tables that are not there yet", Default: "false", Values: yesNo, PerRule: true},
	{Name: "actionProperties", Doc: "properties for the actions, as in name=value,name=value", PerRule: true, Check: optional(checkPairs)},
	{Name: "identity", Doc: "whom queries run as: none, SystemAssigned, or resource ids of user-assigned identities, apart by commas", Default: "none", PerRule: true, Check: checkIdentity},
	{Name: "tags", Doc: "tags of the resources, as in name=value,name=value", PerRule: true, Check: optional(checkTags)},
	{
		Name: "dynamic", Doc: "sensitivity of a dynamic threshold, which then stands for the baseline of a correlation; off keeps the baseline",
		Default: "off", Values: []string{"off", "low", "medium", "high"}, PerRule: true,
	},
	{Name: "failingPeriods", Doc: "how many of the last windows must exceed a dynamic threshold, as in 2/4", Default: "1/1", PerRule: true, Check: checkFailing},
	{Name: "ignoreDataBefore", Doc: "date from which a dynamic threshold learns: YYYY-MM-DD", PerRule: true, Check: optional(checkDate)},
}

var (
	subscription = `(?i)^/subscriptions/[^/\[\]]+`
	inGroup      = subscription + `/resourceGroups/[^/\[\]]+/providers/`
	workspaceID  = regexp.MustCompile(inGroup + `Microsoft\.OperationalInsights/workspaces/[^/\[\],]+$`)
	wideScope    = regexp.MustCompile(subscription + `(/resourceGroups/[^/\[\],]+)?$`)
	actionGroup  = regexp.MustCompile(inGroup + `Microsoft\.Insights/actionGroups/[^/\[\]]+$`)
	identityID   = regexp.MustCompile(inGroup + `Microsoft\.ManagedIdentity/userAssignedIdentities/[^/\[\]]+$`)
	location     = regexp.MustCompile(`^[a-z0-9]+$`)
	columnName   = regexp.MustCompile(`^[a-zA-Z_]\w*$`)
	resourceType = regexp.MustCompile(`^[A-Za-z]\w*(\.\w+)+(/\w+)+$`)
	tagName      = regexp.MustCompile(`^[^<>%&\\?/]+$`)
	date         = regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$`)
)

func optional(check func(string) string) func(string) string {
	return func(v string) string {
		if v == "" {
			return ""
		}
		return check(v)
	}
}

// list reads values that stand apart by commas.
func list(v string) []string {
	if v == "" {
		return nil
	}
	return strings.Split(v, ",")
}

// all checks each of some values that stand apart by commas.
func all(v string, right func(string) bool, want string) string {
	if slices.ContainsFunc(strings.Split(v, ","), func(s string) bool { return !right(s) }) {
		return want
	}
	return ""
}

func checkScope(v string) string {
	if workspaceID.MatchString(v) || wideScope.MatchString(v) {
		return ""
	}
	return "the resource id of a Log Analytics workspace, of a resource group or of a subscription"
}

func checkLocation(v string) string {
	if location.MatchString(v) {
		return ""
	}
	return "the name of a region, such as westeurope"
}

func checkActionGroups(v string) string {
	return all(v, actionGroup.MatchString, "resource ids of action groups, apart by commas")
}

func checkResourceTypes(v string) string {
	return all(v, resourceType.MatchString, "types of resources such as Microsoft.KeyVault/vaults, apart by commas")
}

func checkIdentity(v string) string {
	if v == "none" || v == "SystemAssigned" {
		return ""
	}
	return all(v, identityID.MatchString, "none, SystemAssigned, or resource ids of user-assigned identities, apart by commas")
}

func checkPeriod(v string) string {
	if n, ok := kusto.Minutes(v); ok && frequencies[0] <= n && n <= 2*day {
		return ""
	}
	return "a time from 5m to 2d, such as 90m or 2h"
}

func checkThreshold(v string) string {
	if n, err := strconv.Atoi(v); err == nil && 0 <= n && n <= maxThreshold {
		return ""
	}
	return "a whole number that is not negative"
}

func checkColumn(v string) string {
	if columnName.MatchString(v) {
		return ""
	}
	return "the name of a column"
}

func checkDimensions(v string) string {
	if len(list(v)) > maxDimensions {
		return "at most " + strconv.Itoa(maxDimensions) + " columns"
	}
	return all(v, columnName.MatchString, "entities, none, or names of columns, apart by commas")
}

func checkFailing(v string) string {
	if _, _, ok := periodsOf(v); ok {
		return ""
	}
	return "two numbers from 1 to " + strconv.Itoa(maxPeriods) + ", the first not above the second, as in 2/4"
}

func checkDate(v string) string {
	if date.MatchString(v) {
		return ""
	}
	return "a date such as 2026-03-31"
}

// pairs reads name=value,name=value. It is not ok where a name is missing or comes twice.
func pairs(v string) (map[string]string, bool) {
	out, ok := map[string]string{}, true
	for _, part := range list(v) {
		name, value, found := strings.Cut(part, "=")
		if _, twice := out[name]; twice || !found || name == "" {
			ok = false
		}
		out[name] = value
	}
	return out, ok
}

func checkPairs(v string) string {
	if _, ok := pairs(v); ok {
		return ""
	}
	return "names and values, as in name=value,name=value"
}

func checkTags(v string) string {
	tags, ok := pairs(v)
	for name, value := range tags {
		ok = ok && tagName.MatchString(name) && utf8.RuneCountInString(name) <= maxTagName && utf8.RuneCountInString(value) <= maxTagValue
	}
	if ok && len(tags) <= maxTags {
		return ""
	}
	return `at most 50 names, without any of <>%&\?/, and values, as in name=value,name=value`
}

func isSeverity(v string) bool { return len(v) == 1 && "0" <= v && v <= "4" }

func checkSeverity(v string) string {
	if isSeverity(v) {
		return ""
	}
	for part := range strings.SplitSeq(v, ",") {
		level, severity, _ := strings.Cut(part, "=")
		if _, ok := kusto.Levels[level]; !ok || !isSeverity(severity) {
			return "a number from 0 to 4, or such for levels, as in critical=0,low=3"
		}
	}
	return ""
}

// severityOf reads the option: a severity, or one for each of some levels.
func severityOf(c *target.Compiled) int {
	set, level := c.Setting("severity"), kusto.Level(c)
	for part := range strings.SplitSeq(set, ",") {
		l, severity, one := strings.Cut(part, "=")
		if !one {
			severity = l
		}
		if !one || l == level {
			n, _ := strconv.Atoi(severity)
			return n
		}
	}
	return kusto.Levels[level].Monitor
}

func yes(c *target.Compiled, option string) bool { return c.Setting(option) == "true" }
