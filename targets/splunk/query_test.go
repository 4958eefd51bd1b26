package splunk

import (
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
)

// auditRule is a rule over the audit log with the given detection, indented by four.
func auditRule(detection string) string {
	return "title: T\nsigma-version: 3\nlogsource: {product: azure, service: auditlogs}\ndetection:\n" + indent(detection)
}

func signInRule(detection string) string {
	return strings.Replace(auditRule(detection), "auditlogs", "interactiveusersigninlogs", 1)
}

func indent(s string) string {
	return "    " + strings.ReplaceAll(strings.TrimSpace(s), "\n", "\n    ") + "\n"
}

// conditions compiles a rule and returns its search without the scope and the commands that show the result.
func conditions(t *testing.T, text string) string {
	t.Helper()
	var diags diag.List
	c := compile(parse(t, "rule.yml", text, nil), &diags)
	if c == nil {
		t.Fatal(messages(&diags))
	}
	lines := strings.Split(strings.TrimSuffix(c.Text, "\n"), "\n")
	first := lines[0]
	for _, scope := range []string{"`azure_monitor_aad` ", `category="AuditLogs"`, `category="SignInLogs"`} {
		first = strings.TrimSpace(strings.Replace(first, strings.TrimSpace(scope), "", 1))
	}
	var out []string
	if first != "" {
		out = append(out, first)
	}
	for _, l := range lines[1:] {
		if !strings.HasPrefix(l, "| eval user=") && !strings.HasPrefix(l, "| rename ") && !strings.HasPrefix(l, "| table ") {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}

func TestTerms(t *testing.T) {
	for _, test := range []struct{ name, detection, want string }{
		{"equality", "s: {ResultType: '50126'}\ncondition: s", `resultType="50126"`},
		{"prefix, suffix, contains", "s:\n    UserAgent|startswith: Mozilla\n    AppDisplayName|endswith: Portal\n    UserPrincipalName|contains: admin\ncondition: s", `properties.userAgent="Mozilla*" properties.appDisplayName="*Portal" properties.userPrincipalName="*admin*"`},
		{"stars inside", "s: {UserAgent: 'a*b*c'}\ncondition: s", `properties.userAgent="a*b*c"`},
		{"a list", "s: {Location: [DE, FR, AT]}\ncondition: s", `location IN ("DE", "FR", "AT")`},
		{"patterns in a list", "s: {UserAgent: ['curl*', '*python*']}\ncondition: s", `properties.userAgent IN ("curl*", "*python*")`},
		{"all of a list", "s: {UserAgent|contains|all: [a, b]}\ncondition: s", `properties.userAgent="*a*" properties.userAgent="*b*"`},
		{"a number as text", "s: {ResultType: 50126}\ncondition: s", `resultType="50126"`},
		{"a boolean", "s: {IsInteractive: true}\ncondition: s", `properties.isInteractive="true"`},
		{"not keeps events without the field", "s: {Location: DE}\nf: {UserPrincipalName|startswith: svc}\ncondition: s and not f", `location="DE" NOT properties.userPrincipalName="svc*"`},
		{"or before and", "a: {Location: DE}\nb: {ResultType: '0'}\nc: {AppId: x1}\ncondition: a or b and c", `(location="DE" OR (resultType="0" properties.appId="x1"))`},
		{"and over or", "a: {Location: DE}\nb: {ResultType: '0'}\nc: {AppId: x1}\ncondition: (a or b) and c", `(location="DE" OR resultType="0") properties.appId="x1"`},
		{"any value of an array", "s: {RiskEventTypes_V2: leakedCredentials}\ncondition: s", `"properties.riskEventTypes_v2{}"="leakedCredentials"`},
		{"no value of an array", "s: {RiskEventTypes_V2: leakedCredentials}\ncondition: not s", `| where coalesce(mvcount(mvfilter(lower(coalesce('properties.riskEventTypes_v2{}', ""))="leakedcredentials")), 0)=0`},
		{"a field in arrays", "s: {ConditionalAccessPolicies.result: failure}\ncondition: s", `"properties.appliedConditionalAccessPolicies{}.result"="failure"`},
		{"some value of an array is another", "s:\n    RiskEventTypes_V2[any]:\n        a: {.: leakedCredentials}\n        condition: not a\ncondition: s", `| where coalesce(mvcount(mvfilter('properties.riskEventTypes_v2{}'!="null" AND lower(coalesce('properties.riskEventTypes_v2{}', ""))!="leakedcredentials")), 0)!=0`},
		{"quotes and backslashes", "s: {UserAgent: 'say \"hi\" c:\\\\temp'}\ncondition: s", `properties.userAgent="say \"hi\" c:\\temp"`},
		{"signs that mean something elsewhere", "s: {UserAgent: 'a|b [c] `d` $e$ =f'}\ncondition: s", "properties.userAgent=\"a|b [c] `d` $e$ =f\""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := conditions(t, signInRule(test.detection)); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestWhere(t *testing.T) {
	for _, test := range []struct{ name, detection, want string }{
		{"a single character", "s: {UserAgent: 'a?b'}\ncondition: s", `properties.userAgent="a*b"
| where match(coalesce('properties.userAgent', ""), "(?is)^a.b\z")`},
		{"a literal star", "s: {UserAgent: 'a\\*b'}\ncondition: s", `properties.userAgent="a*b"
| where lower(coalesce('properties.userAgent', ""))="a*b"`},
		{"a literal star under not has no term", "s: {UserAgent: 'a\\*b'}\ncondition: not s", `| where lower(coalesce('properties.userAgent', ""))!="a*b"`},
		{"a backslash before a star", "s: {UserAgent: 'c:\\\\*'}\ncondition: s", `properties.userAgent="c:\\*"`},
		{"not ASCII", "s: {AppDisplayName: 'Königreich'}\ncondition: s", `properties.appDisplayName="K*nigreich"
| where match(coalesce('properties.appDisplayName', ""), "(?i)^K(?:ö|Ö)nigreich\z")`},
		{"a line break", "s: {UserAgent: \"a\\nb\"}\ncondition: s", `properties.userAgent="a*b"
| where match(coalesce('properties.userAgent', ""), "(?i)^a\x0ab\z")`},
		{"cased", "s: {AppDisplayName|cased: Portal}\ncondition: s", `properties.appDisplayName="Portal"
| where coalesce('properties.appDisplayName', "")="Portal"`},
		{"cased in a list", "s: {AppDisplayName|cased: [Portal, Shell]}\ncondition: s", `properties.appDisplayName IN ("Portal", "Shell")
| where in(coalesce('properties.appDisplayName', ""), "Portal", "Shell")`},
		{"a regular expression", "s: {UserAgent|re: '^curl/\\d+\\.\\d+$'}\ncondition: s", `| where match(coalesce('properties.userAgent', ""), "^curl/[0-9]+[.][0-9]+\z")`},
		{"a regular expression that ignores case", "s: {UserAgent|re|i: 'c:\\\\temp\"x'}\ncondition: s", `| where match(coalesce('properties.userAgent', ""), "(?i)c:\x5ctemp\x22x")`},
		{"look-around", "s: {UserAgent|re: 'a(?!b)\"\\\\'}\ncondition: s", `| where coalesce('properties.userAgent', "null")!="null" AND match(coalesce('properties.userAgent', ""), "a(?!b)\x22\x5c")`},
		{"a network", "s: {IPAddress|cidr: 10.0.0.0/8}\ncondition: s", `| where if(cidrmatch("10.0.0.0/8", coalesce('properties.ipAddress', "")), 1, 0)=1`},
		{"a network of IPv6", "s: {IPAddress|cidr: '2001:db8::/32'}\ncondition: s", `| where if(cidrmatch("2001:db8::/32", coalesce('properties.ipAddress', "")), 1, 0)=1`},
		{"a text that looks like a network", "s: {UserAgent: 10.0.0.0/8}\ncondition: s", `| where coalesce('properties.userAgent', "")="10.0.0.0/8"`},
		{"a comparison of numbers", "s: {Status.errorCode|gte: 50000}\ncondition: s", `| where isnotnull(tonumber(coalesce('properties.status.errorCode', ""))) AND coalesce(tonumber(coalesce('properties.status.errorCode', "")), 0)>=50000`},
		{"an hour", "s: {CreatedDateTime|hour: 3}\ncondition: s", `| where match(coalesce('properties.createdDateTime', ""), "^[0-9]{4}-[0-9]{2}-[0-9]{2}") AND coalesce(tonumber(substr(coalesce('properties.createdDateTime', ""), 12, 2)), 0)=3`},
		{"a week", "s: {CreatedDateTime|week: 53}\ncondition: s", `| where match(coalesce('properties.createdDateTime', ""), "^[0-9]{4}-[0-9]{2}-[0-9]{2}") AND coalesce(tonumber(strftime(strptime(substr(coalesce('properties.createdDateTime', ""), 1, 10), "%Y-%m-%d"), "%V")), 0)=53`},
		{"two fields", "s: {UserPrincipalName|fieldref: AlternateSignInName}\ncondition: s", `| where coalesce('properties.userPrincipalName', "null")!="null" AND coalesce('properties.alternateSignInName', "null")!="null" AND lower(coalesce('properties.userPrincipalName', ""))=lower(coalesce('properties.alternateSignInName', ""))`},
		{"null", "s: {UserAgent: null}\ncondition: s", `| where coalesce('properties.userAgent', "null")="null"`},
		{"not null", "s: {UserAgent: null}\ncondition: not s", `| where coalesce('properties.userAgent', "null")!="null"`},
		{"exists", "s: {UserAgent|exists: true}\ncondition: s", `| where coalesce('properties.userAgent', "null")!="null"`},
		{"empty", "s: {UserAgent: ''}\ncondition: s", `| where coalesce('properties.userAgent', "-")=""`},
		{"some text", "s: {UserAgent: '?*'}\ncondition: s", `properties.userAgent="*"
| where NOT in(coalesce('properties.userAgent', ""), "", "null")`},
		{"an object", "s: {LocationDetails: null}\ncondition: s", `| where isnull(json_extract(_raw, "properties.location"))`},
		{"a list behind arrays is null", "s: {ConditionalAccessPolicies: null}\ncondition: s", `| spath path=properties.appliedConditionalAccessPolicies{} output=applied_conditional_access_policy
| where coalesce(mvcount(mvfilter(coalesce(applied_conditional_access_policy, "null")!="null")), 0)=0`},
		{"or of both languages", "a: {Location: DE}\nb: {UserAgent|re: x}\ncondition: a or b", `| where lower(coalesce(location, ""))="de" OR match(coalesce('properties.userAgent', ""), "x")`},
		{"or before and in where", "a: {Location|cased: DE}\nb: {ResultType|cased: '0'}\nc: {AppId|cased: x1}\ncondition: a or b and c", `(location="DE" OR (resultType="0" properties.appId="x1"))
| where coalesce(location, "")="DE" OR (coalesce(resultType, "")="0" AND coalesce('properties.appId', "")="x1")`},
		{"and over or in where", "a: {Location|cased: DE}\nb: {ResultType|cased: '0'}\nc: {AppId|cased: x1}\ncondition: (a or b) and c and not (a and b)", `(location="DE" OR resultType="0") properties.appId="x1"
| where (coalesce(location, "")="DE" OR coalesce(resultType, "")="0") AND coalesce('properties.appId', "")="x1" AND NOT (coalesce(location, "")="DE" AND coalesce(resultType, "")="0")`},
		{"a second path", "s: {Level: 4}\ncondition: s", `(Level="4" OR level="4")
| where coalesce(Level, level, "")="4"`},
		{"pattern that the text null fits", "s: {UserAgent|contains: ul}\ncondition: s", `properties.userAgent="*ul*"
| where coalesce('properties.userAgent', "null")!="null" AND match(coalesce('properties.userAgent', ""), "(?i)ul")`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := conditions(t, signInRule(test.detection)); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestBlocks(t *testing.T) {
	for _, test := range []struct{ name, detection, want string }{
		{"any", "s:\n    TargetResources[any]:\n        type: User\n        displayName|startswith: adm\ncondition: s", `"User"
| spath path=properties.targetResources{} output=target_resource
| where coalesce(mvcount(mvfilter(lower(coalesce(json_extract(target_resource, "type"), ""))="user" AND match(coalesce(json_extract(target_resource, "displayName"), ""), "(?i)^adm"))), 0)!=0`},
		{"all", "s:\n    TargetResources[all]:\n        type: User\ncondition: s", `"User"
| spath path=properties.targetResources{} output=target_resource
| where coalesce(mvcount(mvfilter(target_resource!="null")), 0)!=0 AND coalesce(mvcount(mvfilter(target_resource!="null" AND lower(coalesce(json_extract(target_resource, "type"), ""))!="user")), 0)=0`},
		{"all or empty", "s:\n    TargetResources[all_or_empty]:\n        type: User\ncondition: s", `| spath path=properties.targetResources{} output=target_resource
| where coalesce(mvcount(mvfilter(target_resource!="null" AND lower(coalesce(json_extract(target_resource, "type"), ""))!="user")), 0)=0`},
		{"none", "s:\n    TargetResources[none]:\n        type: User\ncondition: s", `| spath path=properties.targetResources{} output=target_resource
| where coalesce(mvcount(mvfilter(lower(coalesce(json_extract(target_resource, "type"), ""))="user")), 0)=0`},
		{"not any", "s:\n    TargetResources[any]:\n        type: User\ncondition: not s", `| spath path=properties.targetResources{} output=target_resource
| where coalesce(mvcount(mvfilter(lower(coalesce(json_extract(target_resource, "type"), ""))="user")), 0)=0`},
		{"any in any is one list", "s:\n    TargetResources[any]:\n        modifiedProperties[any]:\n            displayName: Role\n            newValue|contains: Admin\ncondition: s", `"Role"
| spath path=properties.targetResources{}.modifiedProperties{} output=modified_property
| where coalesce(mvcount(mvfilter(lower(coalesce(json_extract(modified_property, "displayName"), ""))="role" AND match(coalesce(json_extract(modified_property, "newValue"), ""), "(?i)Admin"))), 0)!=0`},
		{"outer conditions make rows", "s:\n    TargetResources[any]:\n        type: User\n        modifiedProperties[any]:\n            displayName: Role\n            oldValue: null\ncondition: s", `"User" "Role"
| spath path=properties.targetResources{} output=target_resource
| streamstats count AS event_no
| mvexpand target_resource
| eval modified_property=spath(target_resource, "modifiedProperties{}")
| where lower(coalesce(json_extract(target_resource, "type"), ""))="user" AND coalesce(mvcount(mvfilter(lower(coalesce(json_extract(modified_property, "displayName"), ""))="role" AND isnull(json_extract(modified_property, "oldValue")))), 0)!=0
| dedup event_no`},
		{"two blocks in one", "s:\n    TargetResources[any]:\n        modifiedProperties[any]:\n            displayName: A1x\n            newValue[any]: x\n        type: User\n    OperationName: Add\nf:\n    TargetResources[any]:\n        modifiedProperties[any]:\n            displayName: Bxx\n            newValue[any]: y\n        type: App\ncondition: s and f", `operationName="Add" "A1x" "User" "Bxx" "App"
| spath path=properties.targetResources{} output=target_resource
| streamstats count AS event_no
| mvexpand target_resource
| where lower(coalesce(json_extract(target_resource, "type"), ""))="user"
| eval modified_property=spath(target_resource, "modifiedProperties{}")
| mvexpand modified_property
| eval new_value_item=json_extract(modified_property, "newValue"), new_value_item=json_array_to_mv(case(mvcount(json_array_to_mv("[".new_value_item."]", true()))=1, if(match(new_value_item, "^\s*[[]"), new_value_item, "[".new_value_item."]"), isnotnull(new_value_item), json_array(new_value_item)), true())
| where lower(coalesce(json_extract(modified_property, "displayName"), ""))="a1x" AND coalesce(mvcount(mvfilter(lower(coalesce(case(match(new_value_item, "^\x22"), json_extract(new_value_item), match(new_value_item, "^[-0-9tf]"), new_value_item), ""))="x")), 0)!=0
| dedup event_no
| spath path=properties.targetResources{} output=target_resource_2
| streamstats count AS event_no_2
| mvexpand target_resource_2
| where lower(coalesce(json_extract(target_resource_2, "type"), ""))="app"
| eval modified_property_2=spath(target_resource_2, "modifiedProperties{}")
| mvexpand modified_property_2
| eval new_value_item_2=json_extract(modified_property_2, "newValue"), new_value_item_2=json_array_to_mv(case(mvcount(json_array_to_mv("[".new_value_item_2."]", true()))=1, if(match(new_value_item_2, "^\s*[[]"), new_value_item_2, "[".new_value_item_2."]"), isnotnull(new_value_item_2), json_array(new_value_item_2)), true())
| where lower(coalesce(json_extract(modified_property_2, "displayName"), ""))="bxx" AND coalesce(mvcount(mvfilter(lower(coalesce(case(match(new_value_item_2, "^\x22"), json_extract(new_value_item_2), match(new_value_item_2, "^[-0-9tf]"), new_value_item_2), ""))="y")), 0)!=0
| dedup event_no_2`},
		{"all in all", "s:\n    TargetResources[all]:\n        modifiedProperties[all]:\n            displayName: Role\ncondition: s", `"Role"
| spath path=properties.targetResources{} output=target_resource
| eval target_resource=coalesce(target_resource, "(no member)")
| streamstats count AS event_no
| mvexpand target_resource
| eval modified_property=spath(target_resource, "modifiedProperties{}")
| eval target_resource_failed=if(NOT in(coalesce(target_resource, "(no member)"), "null", "(no member)") AND NOT (coalesce(mvcount(mvfilter(modified_property!="null")), 0)!=0 AND coalesce(mvcount(mvfilter(modified_property!="null" AND lower(coalesce(json_extract(modified_property, "displayName"), ""))!="role")), 0)=0), 1, 0), target_resource_some=if(NOT in(coalesce(target_resource, "(no member)"), "null", "(no member)"), 1, 0)
| eventstats max(target_resource_failed) AS target_resource_failed max(target_resource_some) AS target_resource_some BY event_no
| dedup event_no
| where target_resource_some=1 AND target_resource_failed=0`},
		{"or with a block of blocks", "s:\n    TargetResources[any]:\n        type: User\n        modifiedProperties[any]:\n            displayName: Role\n            newValue: x\nf: {Result: failure}\ncondition: s or f", `(("User" "Role") OR properties.result="failure")
| spath path=properties.targetResources{} output=target_resource
| eval target_resource=coalesce(target_resource, "(no member)")
| streamstats count AS event_no
| mvexpand target_resource
| eval modified_property=spath(target_resource, "modifiedProperties{}")
| eval target_resource_found=if(NOT in(coalesce(target_resource, "(no member)"), "null", "(no member)") AND lower(coalesce(json_extract(target_resource, "type"), ""))="user" AND coalesce(mvcount(mvfilter(lower(coalesce(json_extract(modified_property, "displayName"), ""))="role" AND lower(coalesce(json_extract(modified_property, "newValue"), ""))="x")), 0)!=0, 1, 0)
| eventstats max(target_resource_found) AS target_resource_found BY event_no
| dedup event_no
| where target_resource_found=1 OR lower(coalesce('properties.result', ""))="failure"`},
		{"decoded value", "s:\n    TargetResources[any]:\n        modifiedProperties[any]:\n            displayName: Role\n            newValue[any]: Admin\ncondition: s", `"Role" "Admin"
| spath path=properties.targetResources{}.modifiedProperties{} output=modified_property
| streamstats count AS event_no
| mvexpand modified_property
| eval new_value_item=json_extract(modified_property, "newValue"), new_value_item=json_array_to_mv(case(mvcount(json_array_to_mv("[".new_value_item."]", true()))=1, if(match(new_value_item, "^\s*[[]"), new_value_item, "[".new_value_item."]"), isnotnull(new_value_item), json_array(new_value_item)), true())
| where lower(coalesce(json_extract(modified_property, "displayName"), ""))="role" AND coalesce(mvcount(mvfilter(lower(coalesce(case(match(new_value_item, "^\x22"), json_extract(new_value_item), match(new_value_item, "^[-0-9tf]"), new_value_item), ""))="admin")), 0)!=0
| dedup event_no`},
		{"a position", "s: {'TargetResources[0].displayName': x}\ncondition: s", `| where lower(coalesce(json_extract(_raw, "properties.targetResources{0}.displayName"), ""))="x"`},
		{"the last position", "s: {'TargetResources[-1].displayName': x}\ncondition: s", `| where lower(coalesce(json_extract(json_extract(mvindex(json_array_to_mv(json_extract(_raw, "properties.targetResources"), true()), -1)), "displayName"), ""))="x"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := conditions(t, auditRule(test.detection)); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}
