package splunk

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/form"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// generator makes conditions and events that meet often enough: few values, many kinds.
type generator struct{ *rand.Rand }

func pickOf[T any](g generator, x ...T) T { return x[g.IntN(len(x))] }

var words = []string{"Alpha", "alpha", "ALPHABET", "beta gamma", "a*b", "a?b", `back\slash`, `quo"te`, "Éclair", "x", "", "10.1.2.3", "10.0.0.0/8", "2001:db8::1", "5", "12", "[bracket", "{brace", "line\nbreak", "$tok$", "`macro`", "a|b", "2026-01-05T23:30:00Z"}

// log describes what may be asked of a log: fields by what they hold, and arrays with the fields of their members.
type fieldPool struct {
	log    string
	text   []string
	number []string
	bools  []string
	times  []string
	lists  []string // of scalars, or fields behind arrays
	object []string
	blocks map[string]fieldPool
}

var pools = []fieldPool{
	riskPool,
	{
		log:  "AuditLogs",
		text: []string{"OperationName", "Result", "InitiatedBy.user.userPrincipalName", "InitiatedBy.app.displayName", "Level"},
		lists: []string{
			"TargetResources.displayName", "TargetResources.modifiedProperties.displayName", "TargetResources.modifiedProperties.newValue",
			"TargetResources[0].displayName", "TargetResources[-1].displayName", "TargetResources[1].modifiedProperties.newValue",
			"TargetResources.modifiedProperties[0].newValue", "TargetResources[0].modifiedProperties[-1].displayName",
			"TargetResources.modifiedProperties.newValue.Address", "TargetResources[0].modifiedProperties[0].newValue[1]",
		},
		times:  []string{"ActivityDateTime"},
		number: []string{"DurationMs"},
		object: []string{"InitiatedBy.user", "TargetResources", "InitiatedBy"},
		blocks: map[string]fieldPool{
			"TargetResources": {
				text: []string{"displayName", "type"}, lists: []string{"modifiedProperties.displayName"}, object: []string{"modifiedProperties"},
				blocks: map[string]fieldPool{
					"modifiedProperties": {
						text:   []string{"displayName", "newValue", "oldValue"},
						lists:  []string{"newValue[0]", "newValue.Address"},
						blocks: map[string]fieldPool{"newValue": {text: []string{".", "Address"}}},
					},
					"modifiedProperties.newValue": {text: []string{"."}},
				},
			},
			"TargetResources.modifiedProperties":          {text: []string{"displayName", "newValue"}, blocks: map[string]fieldPool{"newValue": {text: []string{"."}}}},
			"TargetResources.modifiedProperties.newValue": {text: []string{".", "Address"}},
			"TargetResources[0].modifiedProperties":       {text: []string{"displayName", "newValue"}},
			"TargetResources.displayName":                 {text: []string{"."}},
			"InitiatedBy.user":                            {text: []string{"userPrincipalName", "id"}},
		},
	},
	{
		log:    "SigninLogs",
		text:   []string{"UserPrincipalName", "IPAddress", "ResultType", "Location", "Level"},
		number: []string{"Status.errorCode"},
		bools:  []string{"IsInteractive"},
		times:  []string{"CreatedDateTime"},
		lists:  []string{"RiskEventTypes_V2", "ConditionalAccessPolicies.result", "ConditionalAccessPolicies.enforcedGrantControls", "AuthenticationDetails.succeeded"},
		object: []string{"LocationDetails", "ConditionalAccessPolicies"},
		blocks: map[string]fieldPool{
			"RiskEventTypes_V2": {text: []string{"."}},
			"ConditionalAccessPolicies": {
				text: []string{"result", "displayName"}, number: []string{"conditionsSatisfied"}, lists: []string{"enforcedGrantControls"},
				blocks: map[string]fieldPool{"enforcedGrantControls": {text: []string{"."}}},
			},
			"AuthenticationDetails": {text: []string{"authenticationMethod"}, bools: []string{"succeeded"}, number: []string{"StatusSequence"}},
		},
	},
}

var riskPool = fieldPool{
	log: "AADUserRiskEvents", text: []string{"RiskEventType", "UserPrincipalName"}, lists: []string{"AdditionalInfo.Key", "AdditionalInfo.Value"},
	blocks: map[string]fieldPool{"AdditionalInfo": {text: []string{"Key", "Value"}}},
}

func (g generator) risk() map[string]any {
	item := func() any {
		m := map[string]any{}
		g.some(m, "Key", g.word())
		g.some(m, "Value", g.word())
		return m
	}
	info, _ := json.Marshal(g.list(item))
	p := map[string]any{"id": "1"}
	g.some(p, "riskEventType", g.word())
	g.some(p, "userPrincipalName", g.word())
	g.some(p, "additionalInfo", string(info))
	return map[string]any{"category": "UserRiskEvents", "properties": p}
}

func (g generator) pattern() ir.Pattern {
	p := ir.Pattern{Cased: g.IntN(4) == 0}
	word := func() ir.Part { return ir.Part{Text: pickOf(g, words[:10]...)} }
	many, one := ir.Part{Wild: ir.Many}, ir.Part{Wild: ir.One}
	switch g.IntN(9) {
	case 0, 1, 2:
		return p.Append(ir.Part{Text: pickOf(g, words...)})
	case 3:
		return p.Append(word(), many)
	case 4:
		return p.Append(many, word())
	case 5:
		return p.Append(many, ir.Part{Text: pickOf(g, "a", "l", `\`, "*", `"`, "É", "u")}, many)
	case 6:
		return p.Append(one, many)
	case 7:
		return p.Append(many)
	default:
		return p.Append(ir.Part{Text: "a"}, pickOf(g, one, many), ir.Part{Text: pickOf(g, "b", "a")}, pickOf(g, one, many))
	}
}

var patterns = []string{"^al", "pha$", "(?i)ALPHA", `\bbeta\b`, "[^a]", "a.b", "", "^$", "x*", `\s`, `(a|b)+`, `^\d+$`, "é"}

func (g generator) test(p fieldPool) ir.Expr {
	var names []string
	kinds := 1
	switch {
	case g.IntN(6) == 0 && len(p.number) > 0:
		return &ir.Compare{Field: fieldOf(pickOf(g, p.number...)), Op: ir.CompareOp(g.IntN(5)), Number: ir.Number(pickOf(g, "0", "5", "12", "0.5"))}
	case g.IntN(6) == 0 && len(p.bools) > 0:
		return &ir.Like{Field: fieldOf(pickOf(g, p.bools...)), Pattern: ir.Text(pickOf(g, "true", "False"))}
	case g.IntN(6) == 0 && len(p.times) > 0:
		return &ir.Compare{Field: fieldOf(pickOf(g, p.times...)), Part: ir.TimePart(1 + g.IntN(6)), Op: ir.CompareOp(g.IntN(5)), Number: ir.Number(pickOf(g, "1", "2", "23", "30", "2026"))}
	case g.IntN(8) == 0 && len(p.object) > 0:
		return &ir.Null{Field: fieldOf(pickOf(g, p.object...))}
	case g.IntN(3) == 0 && len(p.lists) > 0:
		names, kinds = p.lists, 6
	default:
		names, kinds = p.text, 7
	}
	f := fieldOf(pickOf(g, names...))
	switch g.IntN(kinds) {
	case 0:
		return &ir.Null{Field: f}
	case 1:
		src := pickOf(g, patterns...)
		e := &ir.Regex{Field: f, Pattern: src, IgnoreCase: g.IntN(2) == 0}
		e.RE = ir.MustRE2(e.Source())
		return e
	case 2:
		return &ir.CIDR{Field: f, Prefix: netip.MustParsePrefix(pickOf(g, "10.0.0.0/8", "2001:db8::/32"))}
	case 3, 4, 5:
		return &ir.Like{Field: f, Pattern: g.pattern()}
	default:
		return &ir.SameAs{Field: f, Other: fieldOf(pickOf(g, p.text...)), Shape: ir.Shape(g.IntN(4)), Cased: g.IntN(2) == 0}
	}
}

// fieldOf reads the name of a field with its positions.
func fieldOf(name string) *ir.Field {
	f := &ir.Field{Name: name}
	for rest := name; rest != ""; {
		at, behind, ok := strings.Cut(rest, "[")
		if !ok {
			f.Segments = append(f.Segments, ir.Segment{Name: rest})
			break
		}
		number, after, _ := strings.Cut(behind, "]")
		n, _ := strconv.Atoi(number)
		f.Segments = append(f.Segments, ir.Segment{Name: at, Indexed: true, Index: n})
		rest = strings.TrimPrefix(after, ".")
	}
	return f
}

func (g generator) expr(p fieldPool, depth int) ir.Expr {
	if depth > 0 {
		switch g.IntN(6) {
		case 0, 1:
			return &ir.And{X: g.exprs(p, depth-1)}
		case 2:
			return &ir.Or{X: g.exprs(p, depth-1)}
		case 3:
			return &ir.Not{X: g.expr(p, depth-1)}
		case 4:
			if len(p.blocks) > 0 {
				return g.block(p, depth-1)
			}
		}
	}
	return g.test(p)
}

func (g generator) exprs(p fieldPool, depth int) []ir.Expr {
	out := make([]ir.Expr, 2+g.IntN(2))
	for i := range out {
		out[i] = g.expr(p, depth)
	}
	return out
}

func (g generator) block(p fieldPool, depth int) ir.Expr {
	var names []string
	for name := range p.blocks {
		names = append(names, name)
	}
	slices.Sort(names)
	name := pickOf(g, names...)
	return &ir.Each{Field: fieldOf(name), Quant: ir.Quantifier(g.IntN(4)), Body: g.expr(p.blocks[name], depth)}
}

// some sets a key, or leaves it out, or sets it to null.
func (g generator) some(m map[string]any, key string, v any) {
	switch g.IntN(8) {
	case 0:
	case 1:
		m[key] = nil
	default:
		m[key] = v
	}
}

func (g generator) word() any { return pickOf(g, words...) }

func (g generator) list(of func() any) []any {
	out := make([]any, g.IntN(4))
	for i := range out {
		out[i] = of()
	}
	return out
}

// encoded is what newValue holds: JSON text, mostly.
func (g generator) encoded() any {
	var v any
	switch g.IntN(7) {
	case 0:
		return g.word()
	case 1:
		v = g.list(g.word)
	case 2:
		v = []any{map[string]any{"Address": g.word()}, g.word()}
	case 3:
		v = pickOf[any](g, true, 5, []any{}) // the text "null" cannot be told from null
	default:
		v = g.word()
	}
	s, _ := json.Marshal(v)
	return string(s)
}

func (g generator) audit() map[string]any {
	property := func() any {
		m := map[string]any{}
		g.some(m, "displayName", g.word())
		g.some(m, "newValue", g.encoded())
		g.some(m, "oldValue", g.encoded())
		return m
	}
	resource := func() any {
		m := map[string]any{}
		g.some(m, "displayName", g.word())
		g.some(m, "type", g.word())
		g.some(m, "modifiedProperties", g.list(property))
		return m
	}
	user := map[string]any{}
	g.some(user, "userPrincipalName", g.word())
	g.some(user, "id", g.word())
	app := map[string]any{}
	g.some(app, "displayName", g.word())
	by := map[string]any{}
	g.some(by, "user", user)
	g.some(by, "app", app)
	p := map[string]any{"id": "1"}
	g.some(p, "result", g.word())
	g.some(p, "initiatedBy", by)
	g.some(p, "targetResources", g.list(resource))
	g.some(p, "activityDateTime", pickOf[any](g, "2026-01-05T23:30:00Z", "2025-12-29T01:02:03.4567+00:00", "2026-02-01"))
	e := map[string]any{"category": "AuditLogs", "properties": p}
	g.some(e, "operationName", g.word())
	g.some(e, "durationMs", json.Number(pickOf(g, "0", "5", "12")))
	if g.IntN(2) == 0 {
		e["Level"] = json.Number("4")
	} else {
		e["level"] = "Informational"
	}
	return e
}

func (g generator) signIn() map[string]any {
	policy := func() any {
		m := map[string]any{}
		g.some(m, "displayName", g.word())
		g.some(m, "result", g.word())
		g.some(m, "enforcedGrantControls", g.list(g.word))
		g.some(m, "conditionsSatisfied", json.Number(pickOf(g, "0", "5", "12")))
		return m
	}
	method := func() any {
		m := map[string]any{}
		g.some(m, "authenticationMethod", g.word())
		g.some(m, "succeeded", g.IntN(2) == 0)
		g.some(m, "StatusSequence", json.Number("5"))
		return m
	}
	status := map[string]any{}
	g.some(status, "errorCode", json.Number(pickOf(g, "0", "5", "12")))
	p := map[string]any{"id": "1"}
	g.some(p, "userPrincipalName", g.word())
	g.some(p, "ipAddress", g.word())
	g.some(p, "status", status)
	g.some(p, "isInteractive", g.IntN(2) == 0)
	g.some(p, "createdDateTime", pickOf[any](g, "2026-01-05T23:30:00Z", "2025-12-29T01:02:03.4567+00:00", "2026-02-01"))
	g.some(p, "riskEventTypes_v2", g.list(g.word))
	g.some(p, "appliedConditionalAccessPolicies", g.list(policy))
	g.some(p, "authenticationDetails", g.list(method))
	g.some(p, "location", map[string]any{"city": g.word()})
	e := map[string]any{"category": "SignInLogs", "properties": p}
	g.some(e, "resultType", g.word())
	g.some(e, "location", g.word())
	e["Level"] = json.Number("4")
	return e
}

// TestRandom asks of many random rules whether the search finds the events that the rule means. What a target refuses
// is no rule for it.
func TestRandom(t *testing.T) {
	const rules, events = 500, 12
	ran := 0
	for seed := uint64(0); seed < rules; seed++ {
		g := generator{rand.New(rand.NewPCG(seed, 1))}
		pool := pools[g.IntN(len(pools))]
		log := schema.ByName(pool.log)
		r := &ir.Rule{
			Meta:       &ir.Meta{},
			Logsource:  ir.Logsource{Product: log.Logsources[0].Product, Service: log.Logsources[0].Service},
			Conditions: []ir.Expr{g.expr(pool, 4)},
		}
		var diags diag.List
		c := compile(r, &diags)
		if c == nil {
			continue
		}
		ran++
		var all []map[string]any
		for range events {
			switch pool.log {
			case "AuditLogs":
				all = append(all, g.audit())
			case "SigninLogs":
				all = append(all, g.signIn())
			default:
				all = append(all, g.risk())
			}
		}
		canonical := form.Canonical(r, log)
		for i, n := range found(t, c.Text, all) {
			read, err := form.ReadAs(form.EventHub, log, all[i])
			if err != nil {
				t.Fatal(err)
			}
			want := 0
			if canonical.Match(read.Fields) {
				want = 1
			}
			if n != want {
				text, _ := json.Marshal(all[i])
				t.Fatalf("seed %d: found %d times, want %d\nrule  %s\nevent %s\n%s", seed, n, want, ir.String(r.Expr()), text, c.Text)
			}
		}
		if t.Failed() {
			t.Fatalf("seed %d: rule %s", seed, ir.String(r.Expr()))
		}
	}
	if ran < rules/3 {
		t.Errorf("only %d of %d rules ran", ran, rules)
	}
	t.Log(fmt.Sprint(ran, " rules"))
}
