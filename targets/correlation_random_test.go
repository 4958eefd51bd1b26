package targets_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/list"
)

// study is a random correlation and random events for it. The time of the run lies among the events.
type study struct {
	rules   string // the outermost correlation comes last
	records []map[string]any
	times   []time.Time
	arrived []time.Time
	now     time.Time
}

// randomStudy makes a study of a seed.
func randomStudy(seed uint64) study {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 1))}
	return study{rules: g.rules()}.withEvents(g)
}

type generator struct {
	*rand.Rand
	text strings.Builder
}

func choose[T any](g *generator, choices ...T) T { return choices[g.IntN(len(choices))] }

// ruleText are detection rules that overlap, over two logs, with and without arrays and values in objects.
var ruleText = map[string]struct{ log, selection string }{
	"odd":     {"signinlogs", "{ResultType|endswith|expand: '%odd%'}"},
	"small":   {"interactiveusersigninlogs", "{ResultType|expand: '%small%'}"},
	"early":   {"signinlogs", "{TimeGenerated|expand: '%early%'}"},
	"located": {"signinlogs", "{LocationDetails.city: Paris, ResultType|startswith: ''}"},
	"policy":  {"signinlogs", "{ConditionalAccessPolicies.result: failure}"},
	"added":   {"auditlogs", "{OperationName|contains|expand: '%verbs%'}"},
	"target":  {"auditlogs", "{TargetResources.type: User}"},
}

// studyLists are the lists of these rules, which targets keep.
func studyLists() map[string]*list.List {
	lists := compiler.Values(map[string][]string{"odd": {"1", "3"}, "small": {"1", "2"}, "verbs": {"add"}})
	keptLists(lists)
	zone, _ := list.ReadZone("Asia/Kathmandu") // 5 hours and 45 minutes before UTC
	addSchedules(lists, map[string]*list.Hours{"early": {
		Zone: zone, Days: []time.Weekday{time.Monday}, From: 15*60 + 50, To: 16*60 + 5,
	}})
	return lists
}

var signInFields = fields{
	[]string{"UserPrincipalName", "UserId", "LocationDetails.city", "ConditionalAccessPolicies.displayName"},
	[]string{"IPAddress", "LocationDetails.city", "UserId", "ConditionalAccessPolicies.id"},
	[]string{"DurationMs", "AutonomousSystemNumber", "Status.errorCode"},
}

type fields struct{ groups, texts, numbers []string }

// fieldText are the fields that a rule over a log may be grouped by, and those whose values are looked at.
var fieldText = map[string]fields{
	"signinlogs":                signInFields,
	"interactiveusersigninlogs": signInFields,
	"auditlogs": {
		[]string{"InitiatedBy.user.userPrincipalName", "InitiatedBy.user.id", "TargetResources.id", "TargetResources.modifiedProperties.displayName"},
		[]string{"CorrelationId", "InitiatedBy.user.id", "TargetResources.id", "TargetResources.displayName"},
		[]string{"DurationMs", "Identity", "TargetResources.modifiedProperties.oldValue"},
	},
}

func (g *generator) rules() string {
	for _, name := range slices.Sorted(maps.Keys(ruleText)) {
		r := ruleText[name]
		fmt.Fprintf(&g.text, "title: %s\nname: %s\nlogsource: {product: azure, service: %s}\ndetection:\n  s: %s\n  condition: s\n---\n",
			name, name, r.log, r.selection)
	}
	members := g.members()
	if g.IntN(5) == 0 { // a chain
		inner := []string{"inner"}
		g.correlation("inner", g.members(), choose(g, "event_count", "event_count", "value_count", "temporal"))
		g.text.WriteString("---\n")
		members = append(members, inner...)
		g.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
		members = members[:1+g.IntN(len(members))]
		if !slices.Contains(members, "inner") {
			members[0] = "inner"
		}
	}
	g.correlation("outer", members, choose(g, "event_count", "event_count", "value_count", "temporal", "temporal", "temporal_ordered",
		"temporal_ordered", "value_sum", "value_avg", "value_percentile", "value_median"))
	return g.text.String()
}

func (g *generator) members() []string {
	names := []string{"odd", "small", "early", "located", "policy", "added", "target"}
	g.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	return names[:1+g.IntN(3)]
}

// correlation writes a correlation. Its fields are aliases, g1, g2 and v, of what the rules have.
func (g *generator) correlation(name string, members []string, kind string) {
	inner := slices.Contains(members, "inner")
	if inner && strings.HasPrefix(kind, "value_") && kind != "value_count" {
		kind = "value_count"
	}
	groups := []string{"g1", "g2"}[:g.IntN(3)]
	if name == "inner" {
		groups = []string{"g1", "g2"}[:1+g.IntN(2)]
	} else if inner { // what the inner correlation surely has
		groups = groups[:min(len(groups), 1)]
	}
	fields := slices.Clone(groups)
	if strings.HasPrefix(kind, "value_") {
		fields = append(fields, "v")
		if kind == "value_count" && g.IntN(3) == 0 {
			fields = append(fields, "w")
		}
	}
	fmt.Fprintf(&g.text, "title: %s\nname: %s\ncorrelation:\n  type: %s\n  rules: [%s]\n  group-by: [%s]\n  timespan: %s\n",
		name, name, kind, strings.Join(members, ", "), strings.Join(groups, ", "), choose(g, "1m", "5m", "90s", "10m", "1h"))
	if len(fields) > 0 {
		g.text.WriteString("  aliases:\n")
	}
	for _, f := range fields {
		fmt.Fprintf(&g.text, "    %s: {", f)
		first := map[string]string{} // rules over one log mostly call a field alike
		for _, m := range members {
			log := ruleText[m].log
			from := fieldText[log].groups
			switch {
			case m == "inner":
				fmt.Fprintf(&g.text, "inner: g1, ")
				continue
			case f[0] != 'g' && (kind == "value_count"):
				from = fieldText[log].texts
			case f[0] != 'g':
				from = fieldText[log].numbers
			}
			if first[log] == "" || g.IntN(4) == 0 {
				first[log] = choose(g, from...)
			}
			fmt.Fprintf(&g.text, "%s: %s, ", m, first[log])
		}
		g.text.WriteString("}\n")
	}
	g.condition(kind, members, fields)
	if (kind == "event_count" || kind == "value_count") && name == "outer" && g.IntN(4) == 0 {
		fmt.Fprintf(&g.text, "baseline: {periods: %d, every: %s, increase: %s%%}\n", 1+g.IntN(3), choose(g, "1h", "90m"), choose(g, "0", "10", "50", "12.5", "100"))
	}
}

func (g *generator) condition(kind string, members, fields []string) {
	op := choose(g, "gte", "gte", "gte", "gt", "lt", "lte", "eq", "neq")
	switch kind {
	case "temporal", "temporal_ordered":
		switch {
		case kind == "temporal" && g.IntN(3) == 0:
			fmt.Fprintf(&g.text, "  condition: {%s: %d}\n", op, 1+g.IntN(len(members)))
		case kind == "temporal" && g.IntN(3) == 0 && len(members) > 1:
			fmt.Fprintf(&g.text, "  condition: %s %s %s\n", strings.Join(members[:len(members)-1], choose(g, " and ", " or ")),
				choose(g, "and", "or", "and not"), members[len(members)-1])
		}
	case "event_count":
		fmt.Fprintf(&g.text, "  condition: {%s: %d}\n", op, 1+g.IntN(5))
	case "value_count":
		var values []string
		for _, f := range fields {
			if f[0] != 'g' {
				values = append(values, f)
			}
		}
		fmt.Fprintf(&g.text, "  condition: {field: [%s], %s: %d}\n", strings.Join(values, ", "), op, 1+g.IntN(3))
	default:
		percentile := ""
		if kind == "value_percentile" {
			percentile = ", percentile: " + choose(g, "0", "7", "50", "90", "99.9", "100")
		}
		fmt.Fprintf(&g.text, "  condition: {field: v, %s: %s%s}\n", op, choose(g, "0", "1", "2.5", "3", "7.3", "10"), percentile)
	}
}

// withEvents adds events: bursts of a few users, often several at one time, and arrivals up to two hours late.
func (s study) withEvents(g *generator) study {
	start := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	step := choose(g, 15*time.Second, time.Minute, 5*time.Minute)
	at := start
	for range g.IntN(60) {
		if g.IntN(3) > 0 {
			at = at.Add(time.Duration(g.IntN(4)) * step)
		}
		s.times = append(s.times, at)
		s.arrived = append(s.arrived, at.Add(time.Duration(g.IntN(100))*time.Minute/time.Duration(1+g.IntN(20))))
		if g.IntN(3) == 0 {
			s.records = append(s.records, g.audit(at))
		} else {
			s.records = append(s.records, g.signIn(at))
		}
	}
	s.now = start.Add(time.Duration(g.Int64N(int64(at.Sub(start) + 2*time.Hour)))).Truncate(time.Second)
	// The order of the input must not matter.
	g.Shuffle(len(s.records), func(i, j int) {
		s.records[i], s.records[j] = s.records[j], s.records[i]
		s.times[i], s.times[j] = s.times[j], s.times[i]
		s.arrived[i], s.arrived[j] = s.arrived[j], s.arrived[i]
	})
	return s
}

// targets are the resources of an audit record: often several that are alike, some without anything to group by.
func (g *generator) targets() []any {
	out := []any{}
	for range g.IntN(4) {
		r := map[string]any{"type": choose(g, "User", "Group")}
		g.maybe(r, "id", "anna", "7", "8")
		g.maybe(r, "displayName", "x", "y")
		changes := []any{}
		for range g.IntN(3) {
			c := map[string]any{}
			g.maybe(c, "displayName", "anna", "bert")
			g.maybe(c, "oldValue", "1", "2.5", "x", "-3")
			changes = append(changes, c)
		}
		if g.IntN(5) > 0 {
			r["modifiedProperties"] = changes
		}
		out = append(out, r)
	}
	return out
}

// maybe sets a property to one of some values, to an empty text, to null, or not at all.
func (g *generator) maybe(into map[string]any, key string, values ...any) {
	switch n := g.IntN(12); n {
	case 0:
	case 1:
		into[key] = nil
	case 2:
		into[key] = ""
	default:
		into[key] = choose(g, values...)
	}
}

func (g *generator) signIn(at time.Time) map[string]any {
	p, location := map[string]any{}, map[string]any{}
	g.maybe(p, "userPrincipalName", "anna", "Bert", "bert")
	g.maybe(p, "userId", "anna", "7")
	g.maybe(p, "ipAddress", "10.0.0.1", "10.0.0.2", "10.0.0.3")
	g.maybe(p, "autonomousSystemNumber", "1", "2.5", "-0.75", "none", "10", "1e1", "007")
	g.maybe(location, "city", "Paris", "paris", "Oslo")
	p["location"] = location
	p["status"] = map[string]any{"errorCode": g.IntN(12)}
	policy := map[string]any{"result": choose(g, "failure", "success")}
	g.maybe(policy, "displayName", "anna", "bert")
	p["appliedConditionalAccessPolicies"] = []any{policy, map[string]any{"result": "notApplied", "displayName": "bert", "id": choose(g, "1", "2")}}
	r := map[string]any{
		"category": choose(g, "SignInLogs", "SignInLogs", "SignInLogs", "SignInLogs", "NonInteractiveUserSignInLogs"), "time": at.Format(time.RFC3339Nano), "resultType": strconv.Itoa(g.IntN(5)), "properties": p,
	}
	if g.IntN(5) > 0 {
		r["durationMs"] = g.IntN(9) - 2
	}
	return r
}

func (g *generator) audit(at time.Time) map[string]any {
	user, p := map[string]any{}, map[string]any{}
	g.maybe(user, "userPrincipalName", "anna", "bert")
	g.maybe(user, "id", "anna", "7")
	g.maybe(p, "correlationId", "10.0.0.1", "x")
	p["initiatedBy"] = map[string]any{"user": user}
	p["targetResources"] = g.targets()
	r := map[string]any{
		"category": "AuditLogs", "time": at.Format(time.RFC3339Nano), "operationName": choose(g, "Add user", "Delete user"), "properties": p,
	}
	g.maybe(r, "identity", "3", "0.25", "-1", "x")
	r["durationMs"] = g.IntN(9)
	return r
}
