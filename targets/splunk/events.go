package splunk

import (
	"strconv"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// events begins the search: it finds the events of all rules, says which of them each matches, and leaves of the records
// what the correlations look at.
func (c *correlator) events(last *stage) {
	if len(c.rules) == 1 {
		c.turnTo(c.rules[0].bound)
		conditions := conjuncts(c.condition(scope{}, ir.Simplify(c.bound.Expr)))
		c.filter(c.search(conditions), false)
	} else {
		c.find(last)
	}
	if c.scheduled { // the last run saw what was indexed before; see savedsearches.go
		every := minutes(c.target.SettingFor(last.rule.Meta, optFrequency))
		since := &binary{"-", ref("info_max_time"), &numeral{strconv.Itoa(60 * (ahead + every + settle))}}
		fresh := fn("if", is(ref("_indextime"), ">=", since), ref("_time"), zero)
		c.add(&info{}, &eval{[]assign{{newColumn, fresh}}})
	}
	c.keys()
	if last.direct() {
		last.only()
	}
	c.add(&keep{c.kept(last)})
}

// kept are the fields that the correlations look at.
func (c *correlator) kept(last *stage) []string {
	out := []string{"_time"}
	add := func(names ...string) { out = append(out, names...) }
	if c.flagged(last) {
		for _, m := range c.rules {
			add(m.flag)
		}
	}
	for _, s := range c.stages {
		switch {
		case len(s.parts) == 1 && s.parts[0].inner: // they come from the inner correlation
		case s.exploding():
			for _, p := range s.parts {
				if !p.inner {
					add(p.keys...)
				}
			}
		default:
			add(s.fields()...)
		}
	}
	if c.scheduled {
		add(newColumn)
	}
	return out
}

// flagged reports whether it matters which rules an event matches.
func (c *correlator) flagged(last *stage) bool {
	return len(c.rules) > 1 && (last.temporalKind() || len(c.stages) > 1 || len(last.parts) > 1)
}

// find searches for the events of several rules. What the search terms say is said again of each rule, for they let through
// what any of the rules wants.
func (c *correlator) find(last *stage) {
	var branches []*branch
	var conditions []node
	for _, m := range c.rules {
		c.turnTo(m.bound)
		n := c.condition(scope{}, ir.Simplify(m.bound.Expr))
		conditions = append(conditions, n)
		branches = c.addBranch(branches, scopeTerms(c.data), conjuncts(n))
	}
	c.add(&search{c.searchTerms(branches)})
	c.read(conditions)
	flags := &eval{}
	var matches, flagged []expr
	for i, m := range c.rules {
		c.judge(conditions[i])
		x := c.boolean(conditions[i])
		if len(branches) > 1 { // a rule is about one log
			x = all(ofLog(c.choice.Data(m.bound.Log)), x)
		}
		matches = append(matches, x)
		flags.assign = append(flags.assign, assign{m.flag, fn("if", x, one, zero)})
		flagged = append(flagged, set(m.flag))
	}
	if !c.flagged(last) {
		c.add(&where{anyOf(matches)})
		return
	}
	c.add(flags, &where{anyOf(flagged)})
}

// branch is what the search looks for in one log.
type branch struct {
	scope []term
	rules []term // nil when one of the rules leaves nothing to search for
	open  bool
}

// addBranch adds a rule to the branch of its log.
func (c *correlator) addBranch(branches []*branch, scope []term, conditions []node) []*branch {
	var b *branch
	for _, known := range branches {
		if sameTerms(known.scope, scope) {
			b = known
		}
	}
	if b == nil {
		b = &branch{scope: scope}
		branches = append(branches, b)
	}
	if x, _ := c.everySearched(conditions); len(x) > 0 {
		b.rules = append(b.rules, c.allTerm(x))
	} else {
		b.open = true
	}
	return branches
}

func (c *correlator) searchTerms(branches []*branch) []term {
	var out []term
	for _, b := range branches {
		x := b.scope
		if !b.open {
			x = append(x, c.anyTerm(b.rules))
		}
		out = append(out, c.allTerm(x))
	}
	if len(out) == 1 {
		return out[0].(*termAnd).x
	}
	return []term{&termOr{out}}
}

func conjuncts(n node) []node {
	if c, ok := n.(*conj); ok {
		return c.x
	}
	return []node{n}
}

var zero, one expr = &numeral{"0"}, &numeral{"1"}

// set tests a flag.
func set(flag string) expr { return is(ref(flag), "=", one) }
