package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/sigc-rules/sigc/compiler/catalogue"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
)

// logChecks compare values with what a service writes into its log.
var logChecks = []Check{
	logCheck(catalogue.Activity, "unknown-activity", "the audit log of Entra ID has no activity of this name",
		"The names are compared as a whole: a dot, a dash of another kind or a blank too few, and the rule never fires.",
		"OperationName: Add usr", "OperationName: Add user"),
	logCheck(catalogue.Category, "unknown-category", "the audit log of Entra ID has no category of this name",
		"Categories are written without blanks, mostly. The rule finds nothing in a category that does not exist.",
		"Category: UserManagment", "Category: UserManagement"),
	logCheck(catalogue.Service, "unknown-service", "no service of this name writes to the audit log of Entra ID",
		"The audit log names services by older titles: Core Directory, PIM, Authentication Methods.",
		"LoggedByService: Core Directroy", "LoggedByService: Core Directory"),
	logCheck(catalogue.RiskEvent, "unknown-risk-event", "Entra ID Protection has no such detection",
		"The log has names such as unlikelyTravel; the portal and the documentation show titles.",
		"RiskEventType: unlikelyTravle", "RiskEventType: unlikelyTravel", "riskdetection"),
	logCheck(catalogue.Operation, "unknown-operation", "the Azure activity log has no such operation",
		"Operations are named by provider, type and verb: MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE.",
		"OperationNameValue: Microsoft.Authorization/roleAsignments/write", "OperationNameValue: Microsoft.Authorization/roleAssignments/write", "activitylogs"),
	logCheck(catalogue.VaultOperation, "unknown-vault-operation", "the log of Key Vault has no such operation",
		"Operations are written as one word: SecretGet, KeySign.",
		"OperationName: SecretGett", "OperationName: SecretGet", "keyvault"),
	logCheck(catalogue.Enumerated, "unknown-value", "the column can never hold the value",
		"The list of its values is closed. A rule that compares with another one never fires, and a filter excludes nothing.",
		"ConditionalAccessStatus: failed", "ConditionalAccessStatus: failure", "signinlogs"),
	{
		ID: "value/unknown-result-code", Severity: diag.Warning, Sigma: logResultCode,
		Doc: Doc{
			Summary: "the result of a sign-in is not a number that Entra ID is known to write",
			Why:     `The column holds the bare number as a text, without the "AADSTS" of error messages and without blanks.`,
			Bad:     inLog("signinlogs", "ResultType: AADSTS50126"),
			Good:    inLog("signinlogs", "ResultType: '50126'"),
		},
	}, {
		ID: "value/unknown-app", Severity: diag.Warning, Sigma: logApp,
		Doc: Doc{
			Summary: "the id of an application differs in a digit or two from one of Microsoft's",
			Why:     "Ids are copied by hand more often than one would think, and no other application has an id that near.",
			Bad:     inLog("signinlogs", "AppId: 04b07795-8ddb-461a-bbee-02f9e1bf7b47"),
			Good:    inLog("signinlogs", "AppId: 04b07795-8ddb-461a-bbee-02f9e1bf7b46"),
		},
	}, {
		ID: "value/not-an-app-id", Severity: diag.Warning, Sigma: logNotApp,
		Doc: Doc{
			Summary: "the id of an application is compared with something that is no UUID",
			Why:     "The column with ids never holds a name; names are in another column.",
			Bad:     inLog("signinlogs", "AppId: Azure Portal"),
			Good:    inLog("signinlogs", "AppDisplayName: Azure Portal"),
		},
	}, {
		ID: "value/case-never", Severity: diag.Warning, Sigma: logCase,
		Doc: Doc{
			Summary: `with "cased" a value is compared in a case that the service does not write`,
			Why:     "The service writes its names in one way. Compared exactly, another way is another name.",
			Bad:     inLog("auditlogs", "OperationName|cased: ADD USER"),
			Good:    inLog("auditlogs", "OperationName|cased: Add user"),
		},
	}, {
		ID: "field/never-filled", Severity: diag.Warning, Sigma: logNeverFilled,
		Doc: Doc{
			Summary: "the column is empty in every event of the log",
			Why:     "The table has the column because the form of all diagnostic logs has it. The audit log says success and failure elsewhere.",
			Bad:     inLog("auditlogs", "ResultType: '0'"),
			Good:    inLog("auditlogs", "Result: success"),
		},
	}, {
		ID: "field/constant", Severity: diag.Warning, Sigma: logConstant,
		Doc: Doc{
			Summary: "the column has the same value in every event of the log, and the rule asks for another one",
			Why:     "The comparison holds for no event.",
			Bad:     inLog("auditlogs", "Resource: Microsoft.Graph"),
			Good:    inLog("auditlogs", "OperationName: Add user"),
		},
	}, {
		ID: "value/fixed-hours", Severity: diag.Note, Sigma: logHours,
		Doc: Doc{
			Summary: "a rule compares the hour, minute or day of an event with fixed numbers",
			Why:     "The log has UTC: office hours move by an hour twice a year, and differ from office to office. A schedule in sigc.yml knows the time zone.",
			Bad:     inLog("auditlogs", "TimeGenerated|hour: 3"),
			Good:    inLog("auditlogs", "OperationName: Add user"),
		},
	}, {
		ID: "value/fixed-year", Severity: diag.Note, Sigma: logYear,
		Doc: Doc{
			Summary: "a rule is about one year",
			Why:     "Rules look at what is happening now: before and after that year this one is silent.",
			Bad:     inLog("auditlogs", "TimeGenerated|year: 2024"),
			Good:    inLog("auditlogs", "OperationName: Add user"),
		},
	},
}

// inLog is an example about one log of Azure.
func inLog(service, item string) string {
	return fmt.Sprintf("logsource: {product: azure, service: %s}\ndetection:\n    selection:\n        %s\n    condition: selection\n", service, item)
}

// logCheck is a check of values of one kind. The example is about a service of Azure, auditlogs unless another is named.
func logCheck(kind catalogue.Kind, name, summary, why, bad, good string, service ...string) Check {
	in := append(service, "auditlogs")[0]
	return Check{
		ID: "value/" + name, Severity: diag.Warning,
		Doc: Doc{Summary: summary, Why: why, Bad: inLog(in, bad), Good: inLog(in, good)},
		Sigma: func(p *Pass) {
			p.compared(func(e *ir.Like, f Field, d *catalogue.Domain) {
				if d.Kind == kind {
					p.inDomain(e, f, d)
				}
			})
		},
	}
}

// likes calls each with the comparisons of the rule's fields with texts.
func (p *Pass) likes(each func(e *ir.Like, f Field)) {
	p.leaves(func(e ir.Expr, f Field) {
		if e, ok := e.(*ir.Like); ok {
			each(e, f)
		}
	})
}

// leaves calls each with the comparisons of the rule that are worth a look, see [facts.compared].
func (p *Pass) leaves(each func(e ir.Expr, f Field)) {
	for _, l := range p.found.leaves {
		each(l.e, l.field)
	}
}

// compared calls each with the comparisons with texts of fields whose values are known.
func (p *Pass) compared(each func(e *ir.Like, f Field, d *catalogue.Domain)) {
	for _, l := range p.found.leaves {
		if e, ok := l.e.(*ir.Like); ok && l.domain != nil {
			each(e, l.field, l.domain)
		}
	}
}

// what names the values of a domain in messages.
var what = map[catalogue.Kind]string{
	catalogue.Activity: "activities", catalogue.Category: "categories", catalogue.Service: "services", catalogue.RiskEvent: "detections",
	catalogue.Operation: "operations", catalogue.VaultOperation: "operations", catalogue.Enumerated: "values",
}

// inDomain reports a comparison with none of the values of a domain. Where the list is not closed, a value that is near to
// none of them is one that the catalogue may lack.
func (p *Pass) inDomain(e *ir.Like, f Field, d *catalogue.Domain) {
	shape, text := e.Pattern.Shape()
	if shape != ir.Exact {
		loose := e.Pattern
		loose.Cased = false
		if d.Closed && shape != ir.Anything && !slices.ContainsFunc(d.Values, loose.Matches) {
			p.report(e.At, "%q holds none of its known values that would fit %q", f.Name, e.Pattern.String()).Hint = "its values are " + quoted(d.Values, "and")
		}
		return
	}
	if text == "" || d.Knows(text) {
		return
	}
	found := p.report(e.At, "%q is none of the known %s of %q", text, what[d.Kind], f.Name)
	if d.Kind == catalogue.Operation && catalogue.Of("AuditLogs", "OperationName").Knows(text) {
		found.Hint = `it is an activity of the audit log of Entra ID: use service "auditlogs" with OperationName`
		return
	}
	near := p.nearest(text, d)
	switch {
	case near != "":
		found.Label = didYouMean(near)
		if found.Span.Text() == text && strings.TrimSpace(near) == near {
			found.Fixes = replace(found.Span, near)
		}
	case d.Closed && len(d.Values) <= 10:
		found.Hint = "its values are " + quoted(d.Values, "and")
	case !d.Closed:
		found.Severity = diag.Note
		found.Hint = fmt.Sprintf("the catalogue knows %d %s, and services add to them", len(d.Values), what[d.Kind])
	}
}

// maxNearest is how many values of a document are compared with a whole catalogue, so that a hostile rule cannot make
// that slow.
const maxNearest = 50

// nearest finds what was probably meant.
func (p *Pass) nearest(text string, d *catalogue.Domain) string {
	if v := d.Like(text); v != "" {
		return v
	}
	if p.compares++; p.compares > maxNearest {
		return ""
	}
	near := diag.Nearest(text, d.Values)
	for _, v := range d.Values { // some values differ in case alone: the one in the case of the text is meant
		if v != near && strings.EqualFold(v, near) && diag.Distance(text, v, 4) < diag.Distance(text, near, 4) {
			near = v
		}
	}
	return near
}

// inError is a result code as messages of errors write it.
var inError = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)^(?:AADSTS|Error:? ?|)\s*([0-9]+)\s*$`) })

func logResultCode(p *Pass) {
	p.compared(func(e *ir.Like, f Field, d *catalogue.Domain) {
		shape, text := e.Pattern.Shape()
		if d.Kind != catalogue.ResultCode || shape != ir.Exact || text == "" || d.Knows(text) {
			return
		}
		if number := strings.TrimPrefix(text, "-"); number != "" && digits(number) {
			found := p.report(e.At, "%q is none of the known result codes of sign-ins", text)
			found.Severity = diag.Note
			found.Hint = "login.microsoftonline.com/error explains a code"
			return
		}
		found := p.report(e.At, "%q is no number, and %q holds nothing else", text, f.Name)
		if m := inError().FindStringSubmatch(text); m != nil {
			found.Label = didYouMean(m[1])
			if name := catalogue.ResultName(m[1]); name != "" {
				found.Hint = m[1] + " is " + name
			}
		}
	})
}

func logCase(p *Pass) {
	p.compared(func(e *ir.Like, f Field, d *catalogue.Domain) {
		shape, text := e.Pattern.Shape()
		if !e.Pattern.Cased || shape != ir.Exact || !d.Knows(text) || slices.Contains(d.Values, text) {
			return
		}
		for _, v := range d.Values {
			if strings.EqualFold(v, text) {
				found := p.report(e.At, "the service writes %q in another case", text)
				found.Label = didYouMean(v)
				return
			}
		}
	})
}

// neverFilled are columns that the descriptions of the logs call empty.
var neverFilled = map[string]map[string]string{
	"AuditLogs": {"ResultType": "Result", "ResultSignature": "Result"},
}

func logNeverFilled(p *Pass) {
	p.leaves(func(e ir.Expr, f Field) {
		if instead := neverFilled[p.Log.Table()][f.Name]; instead != "" {
			switch e.(type) {
			case *ir.Null, *ir.Exists, *ir.Each:
				return
			}
			p.report(e.Span(), "%q is empty in every event of %s", f.Name, p.Log.Table()).Hint = fmt.Sprintf("what it would say is in %q", instead)
		}
	})
}

func logConstant(p *Pass) {
	p.likes(func(e *ir.Like, f Field) {
		if f.Constant != "" && f.Name != "TenantId" && !e.Pattern.Matches(f.Constant) {
			p.report(e.At, "%q is %q in every event of %s", f.Name, f.Constant, p.Log.Table())
		}
	})
}

func logHours(p *Pass) {
	p.timeParts(func(e *ir.Compare, f Field) {
		if e.Part == ir.Hour || e.Part == ir.Minute || e.Part == ir.Day {
			p.report(e.At, "%q is in UTC, and so is the %s that it is compared with", f.Name, e.Part).Hint = "office hours are told by a list of the type schedule in sigc.yml"
		}
	})
}

func logYear(p *Pass) {
	p.timeParts(func(e *ir.Compare, _ Field) {
		if e.Part == ir.Year {
			p.report(e.At, "the rule is silent outside of the year %s", e.Number)
		}
	})
}

// timeParts calls each with the comparisons of a part of a time, the first of each search only: the others belong to it.
func (p *Pass) timeParts(each func(e *ir.Compare, f Field)) {
	var told [ir.Year + 1]bool
	p.leaves(func(e ir.Expr, f Field) {
		if e, ok := e.(*ir.Compare); ok && e.Part != ir.Whole && !told[e.Part] {
			told[e.Part] = true
			each(e, f)
		}
	})
}
