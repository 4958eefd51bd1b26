package targets_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sigc-rules/sigc/compiler/list"
)

// TestRandom compiles rules that nobody would write and tries them on events that nobody would send. What the rule says
// of the row and what its query finds must be the same. The seeds are fixed: a failure can be looked at.
func TestRandom(t *testing.T) {
	const rules = 300 // many times as many have been tried
	compiled, verdicts, kept := 0, 0, map[string]int{}
	for seed := range rules {
		d := &dice{rand.New(rand.NewPCG(uint64(seed), 7))}
		world := worlds[seed%len(worlds)]
		k := &testCase{text: []byte(d.rule(world)), lists: randomLists, hours: randomHours, keep: seed%2 == 0}
		k.compile()
		for name, all := range k.compiled {
			for _, c := range all {
				kept[name] += len(c.ListUses())
			}
		}
		if len(k.compiled["sentinel"]) == 0 {
			continue // refused, by types that nothing can satisfy
		}
		compiled++
		for range 6 {
			e := event{Name: "random", Event: d.record(world)}
			inRecord, ok := meaning(t, k, e)
			inRow, okRow := meaningOfRow(t, k, e)
			if !ok || !okRow {
				t.Fatalf("seed %d: no verdict on %v", seed, e.Event)
			}
			for _, j := range judges(t) {
				want := inRow
				switch j.name {
				case "splunk":
					want = inRecord
				case "sentinel", "azuremonitor":
				default: // the meanings themselves, and sigma-go
					continue
				}
				if got, ok := j.verdict(t, k, e); ok && got != want {
					t.Errorf("seed %d: %s says %v, want %v\n%s\n%s\n%s\n%s",
						seed, j.name, got, want, k.text, k.rules[0].Meaning(), encoded(t, e.Event), k.query(j.name))
				}
			}
			verdicts++
		}
		if t.Failed() {
			return
		}
	}
	t.Logf("%d rules of %d, %d verdicts, lists that targets keep: %v", compiled, rules, verdicts, kept)
	if compiled < rules/3 {
		t.Errorf("only %d of %d rules were compiled", compiled, rules)
	}
	if kept["sentinel"] < 20 || kept["splunk"] < 3 {
		t.Errorf("too few lists are kept: %v", kept)
	}
}

func encoded(t *testing.T, record map[string]any) string {
	text, err := json.Marshal(record)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// world is a log as far as the random rules know it.
type world struct {
	categories []string // of the records
	service    string
	fields     map[string][]any // paths in the record, and values that occur
	names      []string         // of fields in rules
	arrays     []array
}

// array is an array that blocks can range over: names are those of its members, "." the member itself.
type array struct {
	path, name string
	members    map[string][]any
	arrays     []array
}

// randomLists are of texts, of patterns, of both, of networks, and empty.
var randomLists = map[string][]string{
	"plain": {"a", "7", "B"}, "patterns": {"a*b", "b*", "A"}, "marks": {"?b", "7"}, "signs": {`a\*b`, `x\?`},
	"nets": {"10.0.0.0/8", "2001:db8::/32"}, "nobody": {},
}

var randomHours = map[string]*list.Hours{
	"day":   {Zone: time.UTC, Days: []time.Weekday{time.Monday}, From: 8 * 60, To: 18 * 60},
	"night": {Zone: time.FixedZone("Etc/GMT-9", 9*60*60), Days: []time.Weekday{time.Thursday, time.Friday}, From: 22*60 + 30, To: 9 * 60},
}

var texts = []any{"a", "A", "b", "ab", "aXb", "", nil, "10.0.0.1", "7", "2001:db8::1", "a\nb", "2024-12-30T17:00:00Z"}

var worlds = []world{
	{
		categories: []string{"AuditLogs"}, service: "auditlogs",
		fields: map[string][]any{
			"operationName": texts, "durationMs": {0, 7, 10, nil}, "properties.result": texts,
			"properties.activityDateTime":      {"2024-12-30T10:00:00Z", "2021-01-01T23:59:59.5Z", "2024-07-04T13:29:59Z", "2024-07-04T13:30:00Z", nil},
			"properties.initiatedBy.user.id":   texts,
			"properties.initiatedBy.app.appId": texts,
		},
		names: []string{
			"OperationName", "DurationMs", "Result", "ActivityDateTime", "InitiatedBy.user.id", "InitiatedBy.app.appId",
			"TargetResources.type", "TargetResources.modifiedProperties.displayName", "TargetResources.modifiedProperties.newValue",
			"TargetResources.modifiedProperties.newValue.x", "AdditionalDetails.key", "TargetResources[0].type", "TargetResources[-1].displayName",
			"TargetResources[0].modifiedProperties.displayName", "InitiatedBy.user.roles", "TargetResources[1].modifiedProperties[0].newValue",
		},
		arrays: []array{
			{
				path: "properties.targetResources", name: "TargetResources",
				members: map[string][]any{"type": texts, "displayName": texts},
				arrays: []array{{
					path: "modifiedProperties", name: "modifiedProperties",
					members: map[string][]any{"displayName": texts, "newValue": {
						`"a"`, "a", nil, `["a","b"]`, `[{"x":"a"},{"x":"b"}]`, `{"x":"a"}`, `[]`, "", "7", `[7]`, "null",
					}},
				}},
			},
			{path: "properties.additionalDetails", name: "AdditionalDetails", members: map[string][]any{"key": texts, "value": texts}},
			{path: "properties.initiatedBy.user.roles", name: "InitiatedBy.user.roles", members: map[string][]any{".": texts}},
		},
	},
	{
		categories: []string{"SignInLogs", "NonInteractiveUserSignInLogs"}, service: "signinlogs",
		fields: map[string][]any{
			"resultType": {"0", "7", 7, nil}, "properties.isInteractive": {true, false, nil}, "properties.status.errorCode": {0, 7, "7", nil},
			"properties.ipAddress": texts, "properties.deviceDetail.isCompliant": {true, false, nil}, "properties.deviceDetail.browser": texts,
			"properties.processingTimeInMilliseconds": {7, "9", "x", nil, ""}, "properties.location.geoCoordinates.latitude": {1.5, -7, nil},
		},
		names: []string{
			"ResultType", "IsInteractive", "Status.errorCode", "IPAddress", "DeviceDetail.isCompliant", "DeviceDetail.browser",
			"ProcessingTimeInMilliseconds", "LocationDetails.geoCoordinates.latitude", "AuthenticationDetails.authenticationMethod",
			"AuthenticationDetails.succeeded", "AuthenticationDetails[0].RequestSequence", "RiskEventTypes", "RiskEventTypes[0]",
			"ConditionalAccessPolicies.enforcedGrantControls", "ConditionalAccessPolicies.result", "ConditionalAccessPolicies[0].enforcedGrantControls[-1]",
		},
		arrays: []array{
			{path: "properties.authenticationDetails", name: "AuthenticationDetails", members: map[string][]any{
				"authenticationMethod": texts, "succeeded": {true, false, nil}, "RequestSequence": {0, 7, nil},
			}},
			{path: "properties.riskEventTypes", name: "RiskEventTypes", members: map[string][]any{".": texts}},
			{
				path: "properties.appliedConditionalAccessPolicies", name: "ConditionalAccessPolicies",
				members: map[string][]any{"result": texts},
				arrays:  []array{{path: "enforcedGrantControls", name: "enforcedGrantControls", members: map[string][]any{".": texts}}},
			},
		},
	},
	{
		categories: []string{"NonInteractiveUserSignInLogs"}, service: "noninteractiveusersigninlogs",
		fields: map[string][]any{
			"properties.status.errorCode": {0, 7, nil}, "properties.deviceDetail.isCompliant": {true, false, nil},
			"properties.deviceDetail.browser": texts, "properties.userAgent": texts,
		},
		names: []string{
			"Status.errorCode", "DeviceDetail.isCompliant", "DeviceDetail.browser", "UserAgent",
			"ConditionalAccessPolicies.enforcedGrantControls", "ConditionalAccessPolicies.result", "ConditionalAccessPolicies[0].result",
		},
		arrays: []array{{
			path: "properties.appliedConditionalAccessPolicies", name: "ConditionalAccessPolicies",
			members: map[string][]any{"result": texts},
			arrays:  []array{{path: "enforcedGrantControls", name: "enforcedGrantControls", members: map[string][]any{".": texts}}},
		}},
	},
}

type dice struct{ *rand.Rand }

func pick[T any](d *dice, from []T) T { return from[d.IntN(len(from))] }

func (d *dice) rule(w world) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: Random\nsigma-version: 3\nlogsource:\n  product: azure\n  service: %s\ndetection:\n", w.service)
	searches := 1 + d.IntN(3)
	for i := range searches {
		fmt.Fprintf(&b, "  s%d:\n", i)
		d.items(&b, "    ", w.names, w.arrays, 2)
	}
	fmt.Fprintf(&b, "  condition: %s\n", d.condition(searches, 3))
	return b.String()
}

// items writes a map of one to three items; keys differ by a number of modifiers, or are left out.
func (d *dice) items(b *strings.Builder, pad string, names []string, arrays []array, depth int) {
	seen := map[string]bool{}
	for range 1 + d.IntN(3) {
		if depth > 0 && len(arrays) > 0 && d.IntN(3) == 0 {
			d.block(b, pad, pick(d, arrays), seen, depth)
			continue
		}
		if len(names) == 0 {
			continue
		}
		key, value := d.item(pick(d, names))
		if !seen[key] {
			seen[key] = true
			fmt.Fprintf(b, "%s%s: %s\n", pad, key, value)
		}
	}
	if len(seen) == 0 {
		fmt.Fprintf(b, "%s%s: null\n", pad, append(names, ".")[0])
	}
}

func (d *dice) block(b *strings.Builder, pad string, a array, seen map[string]bool, depth int) {
	key := a.name + "[" + pick(d, []string{"any", "all", "all_or_empty", "none"}) + "]"
	if seen[key] {
		return
	}
	seen[key] = true
	names := slices.Sorted(maps.Keys(a.members))
	fmt.Fprintf(b, "%s%s:\n", pad, key)
	if d.IntN(2) == 0 {
		d.items(b, pad+"  ", names, a.arrays, depth-1)
		return
	}
	for i := range 2 {
		fmt.Fprintf(b, "%s  s%d:\n", pad, i)
		d.items(b, pad+"    ", names, a.arrays, depth-1)
	}
	fmt.Fprintf(b, "%s  condition: %s\n", pad, d.condition(2, 2))
}

func (d *dice) item(name string) (key, value string) {
	plain := []string{"a", "b", "ab", "'7'", "''", "'*'", "'a*b'", "'?*'", "'?'", "'*b'", "7", "0", "true", "false", "null", "1.5"}
	switch d.IntN(10) {
	case 8:
		place := pick(d, []string{"", "|startswith", "|endswith", "|contains"}) + pick(d, []string{"", "|cased"})
		return name + place + "|expand", pick(d, []string{"'%plain%'", "'%patterns%'", "'%marks%'", "'%signs%'", "'%nobody%'", "['%plain%', b]"})
	case 9:
		if d.IntN(2) == 0 {
			return name + "|expand", pick(d, []string{"'%day%'", "'%night%'", "['%day%', '%night%']"})
		}
		return name + "|cidr|expand", "'%nets%'"
	case 0:
		return name + "|contains", pick(d, []string{"a", "b", "''", "'7'", "'?'"})
	case 1:
		return name + pick(d, []string{"|startswith", "|endswith", "|cased", "|contains|cased"}), pick(d, []string{"a", "A", "b", "'7'"})
	case 2:
		return name + pick(d, []string{"|re", "|re|i", "|re|s"}), pick(d, []string{"'a'", "'^A'", "'.*'", "'b$'", "'a.b'", "'^$'"})
	case 3:
		return name + pick(d, []string{"|gt", "|gte", "|lt", "|lte"}), pick(d, []string{"0", "7", "-1", "1.5"})
	case 4:
		return name + "|cidr", pick(d, []string{"10.0.0.0/8", "'2001:db8::/32'", "11.0.0.0/8", "['10.0.0.0/8', '::/0']"})
	case 5:
		return name + "|neq", pick(d, plain[:6])
	case 6:
		return name, fmt.Sprintf("[%s, %s]", pick(d, plain[:9]), pick(d, plain[:9]))
	default:
		return name, pick(d, plain)
	}
}

func (d *dice) condition(searches, depth int) string {
	if depth == 0 || d.IntN(3) == 0 {
		return fmt.Sprintf("s%d", d.IntN(searches))
	}
	switch d.IntN(5) {
	case 0, 1:
		return "not (" + d.condition(searches, depth-1) + ")"
	case 2:
		return "(" + d.condition(searches, depth-1) + " and " + d.condition(searches, depth-1) + ")"
	case 3:
		return "(" + d.condition(searches, depth-1) + " or " + d.condition(searches, depth-1) + ")"
	default:
		return pick(d, []string{"1 of s*", "all of s*"})
	}
}

// record is an Event Hub record with random values, of which any can be absent.
func (d *dice) record(w world) map[string]any {
	out := map[string]any{"category": pick(d, w.categories), "properties": map[string]any{"id": "1"}}
	for _, path := range slices.Sorted(maps.Keys(w.fields)) {
		if d.IntN(4) > 0 {
			put(out, path, pick(d, w.fields[path]))
		}
	}
	d.arrays(out, w.arrays)
	return out
}

func (d *dice) arrays(out map[string]any, arrays []array) {
	for _, a := range arrays {
		switch d.IntN(6) {
		case 0: // absent
		case 1:
			put(out, a.path, nil)
		default:
			members := []any{}
			for range d.IntN(4) {
				members = append(members, d.member(a))
			}
			put(out, a.path, members)
		}
	}
}

func (d *dice) member(a array) any {
	if d.IntN(8) == 0 {
		return nil
	}
	if values, ok := a.members["."]; ok {
		return pick(d, values)
	}
	member := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(a.members)) {
		if d.IntN(4) > 0 {
			member[name] = pick(d, a.members[name])
		}
	}
	d.arrays(member, a.arrays)
	return member
}

func put(out map[string]any, path string, v any) {
	keys := strings.Split(path, ".")
	for _, key := range keys[:len(keys)-1] {
		below, ok := out[key].(map[string]any)
		if !ok {
			below = map[string]any{}
			out[key] = below
		}
		out = below
	}
	out[keys[len(keys)-1]] = v
}
