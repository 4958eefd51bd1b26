package sentinel

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// The limits of what can be set, from the documentation of scheduled rules and of alert details.
const (
	maxThreshold    = 10_000
	maxAlertName    = 256
	maxPlaceholders = 3
	maxSuppression  = 24 * 60     // minutes
	maxGrouping     = 7 * 24 * 60 // minutes
	day             = 24 * 60     // minutes
)

var yesNo = []string{"true", "false"}

// options are what can be set for all rules, and mostly by a rule for itself.
var options = []target.Option{
	{Name: "workspace", Doc: "name of the workspace, where templates and modules are not to ask for it", Check: checkWorkspace},
	{Name: "resourceGroup", Doc: "name of its resource group, where Terraform is not to ask for it", Check: checkResourceGroup},
	{Name: "enabled", Doc: "whether rules run once they are deployed", Default: "true", Values: yesNo, PerRule: true},
	{
		Name: "severity", Doc: "severity of the alerts, for all levels or by level", PerRule: true, Check: checkSeverity,
		Default: "critical=High,high=High,medium=Medium,low=Low,informational=Informational",
	},
	{Name: "frequency", Doc: "time between two runs", Default: "1h", PerRule: true, Check: between(5, maxPeriod)},
	{
		Name: "period", Doc: "how far back a run looks; without it, an hour more than it must, for records that come late", PerRule: true,
		Check: optional(between(5, maxPeriod)),
	},
	{Name: "threshold", Doc: "how many results a run must exceed to alert", Default: "0", PerRule: true, Check: checkThreshold},
	{Name: "nrt", Doc: "whether the rule is a near-real-time one, which runs every minute", Default: "false", Values: yesNo, PerRule: true},
	{
		Name: "alerts", Doc: "an alert for each result, or one for all results of a run", Default: "AlertPerResult",
		Values: []string{"AlertPerResult", "SingleAlert"}, PerRule: true,
	},
	{
		Name: "alertName", Doc: "name of an alert, with {{Column}}s of the result; entity adds whom it is about to the title", Default: "entity",
		PerRule: true, Check: checkFormat(maxAlertName),
	},
	{
		Name: "alertDescription", Doc: "description of an alert, with {{Column}}s of the result; without it, that of the rule", PerRule: true,
		Check: optional(checkFormat(maxDescription)),
	},
	{Name: "incidents", Doc: "whether alerts make incidents", Default: "true", Values: yesNo, PerRule: true},
	{
		Name: "grouping", Doc: "alerts that become one incident: none, those with the same entities (AllEntities), all (AnyAlert), or types of entities",
		Default: "AllEntities", PerRule: true, Check: checkGrouping,
	},
	{Name: "groupingPeriod", Doc: "time in which alerts become one incident", Default: "5h", PerRule: true, Check: between(5, maxGrouping)},
	{Name: "reopen", Doc: "whether a further alert opens a closed incident again", Default: "false", Values: yesNo, PerRule: true},
	{
		Name: "suppression", Doc: "time for which a rule stays still after an alert; none without it", PerRule: true,
		Check: optional(between(5, maxSuppression)),
	},
	{Name: "version", Doc: "version in the YAML form", Default: "1.0.0", PerRule: true, Check: checkVersion},
}

var (
	workspaceName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$`)
	resourceGroup = regexp.MustCompile(`^[\w.()-]{0,89}[\w()-]$`)
	version       = regexp.MustCompile(`^\d{1,5}\.\d{1,5}\.\d{1,5}$`)
	placeholder   = regexp.MustCompile(`\{\{([^{}]*)\}\}`)
)

func optional(check func(string) string) func(string) string {
	return func(v string) string {
		if v == "" {
			return ""
		}
		return check(v)
	}
}

func between(least, most int) func(string) string {
	return func(v string) string {
		if n, ok := kusto.Minutes(v); ok && least <= n && n <= most {
			return ""
		}
		return "a time from " + kusto.Short(least) + " to " + kusto.Short(most) + ", such as 90m or 2h"
	}
}

func checkWorkspace(v string) string {
	if v == "" || workspaceName.MatchString(v) {
		return ""
	}
	return "the name of a workspace: 4 to 63 letters, digits and hyphens"
}

func checkResourceGroup(v string) string {
	if v == "" || resourceGroup.MatchString(v) {
		return ""
	}
	return "the name of a resource group"
}

func checkThreshold(v string) string {
	if n, err := strconv.Atoi(v); err == nil && n >= 0 && n <= maxThreshold {
		return ""
	}
	return "a number from 0 to " + strconv.Itoa(maxThreshold)
}

func checkVersion(v string) string {
	if version.MatchString(v) {
		return ""
	}
	return "three numbers, such as 1.0.0"
}

var severities = []string{"High", "Medium", "Low", "Informational"}

func checkSeverity(v string) string {
	if slices.Contains(severities, v) {
		return ""
	}
	for part := range strings.SplitSeq(v, ",") {
		level, severity, _ := strings.Cut(part, "=")
		if _, ok := kusto.Levels[level]; !ok || !slices.Contains(severities, severity) {
			return "one of " + strings.Join(severities, ", ") + ", or such for levels, as in critical=High,low=Low"
		}
	}
	return ""
}

// severityOf reads the option: a severity, or one for each of some levels.
func severityOf(c *target.Compiled) string {
	set, level := c.Setting("severity"), kusto.Level(c)
	if slices.Contains(severities, set) {
		return set
	}
	for part := range strings.SplitSeq(set, ",") {
		if l, severity, _ := strings.Cut(part, "="); l == level {
			return severity
		}
	}
	return kusto.Levels[level].Sentinel
}

func checkGrouping(v string) string {
	if v == "none" || v == "AllEntities" || v == "AnyAlert" {
		return ""
	}
	for kind := range strings.SplitSeq(v, ",") {
		if !slices.Contains(entityTypes, kind) {
			return "none, AllEntities, AnyAlert, or types of entities such as Account,IP"
		}
	}
	return ""
}

// entityTypes are those that alerts can be grouped by.
var entityTypes = []string{
	"Account", "Host", "IP", "Malware", "File", "Process", "CloudApplication", "DNS", "AzureResource", "FileHash", "RegistryKey",
	"RegistryValue", "SecurityGroup", "URL", "Mailbox", "MailCluster", "MailMessage", "SubmissionMail",
}

func checkFormat(limit int) func(string) string {
	return func(v string) string {
		columns := placeholder.FindAllStringSubmatch(v, -1)
		wrong := v == "" || utf8.RuneCountInString(v) > limit || len(columns) > maxPlaceholders ||
			strings.Contains(placeholder.ReplaceAllString(v, ""), "{{")
		for _, c := range columns {
			wrong = wrong || !isColumnName(c[1])
		}
		if !wrong {
			return ""
		}
		return "a text of at most " + strconv.Itoa(limit) + " characters with at most " + strconv.Itoa(maxPlaceholders) + " {{Column}}s"
	}
}
