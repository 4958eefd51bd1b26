package homes

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
)

// OptionName is the option by which users choose among tables.
const OptionName = "tables"

// Option is the choice among tables, whose default is a list of families.
func Option(families ...string) target.Option {
	return target.Option{
		Name: OptionName,
		Doc: "which tables may answer rules about logs that live in several, the preferred first, of which the first that has all fields of a rule is taken: " + strings.Join(Families(), ", ") +
			"; asim is the parsers of the normalized schemas (_Im_WebSession), searched as late as records may come, native the tables of single products (W3CIISLog, CommonSecurityLog)",
		Default: strings.Join(families, ","),
		Check:   wrong,
		PerRule: true,
	}
}

// wrong says what a value of the option must be that it is not.
func wrong(value string) string {
	some := false
	for f, rest := next(value); f != ""; f, rest = next(rest) {
		if some = slices.Contains(Families(), f); !some {
			break
		}
	}
	if !some {
		return "a list of " + strings.Join(Families(), ", ")
	}
	return ""
}

// next takes the first family off a list of them; "" when there is none.
func next(list string) (family, rest string) {
	const between = ", "
	list = strings.TrimLeft(list, between)
	if end := strings.IndexAny(list, between); end >= 0 {
		return list[:end], list[end:]
	}
	return list, ""
}

// Move puts a rule into the terms of the first table of the user's choice that can tell all that it asks.
func Move(t *target.Target, l *target.Located, diags *diag.List) *target.Located {
	c := choosing{l: l, homes: Of(l.Log), families: load().preferred}
	if len(c.homes) == 0 {
		return inColumns(t, l, diags)
	}
	if _, ok := t.Option(OptionName); ok {
		c.families = t.SettingFor(l.Rule.Meta, OptionName)
	}
	switch m := c.choose(); {
	case m == nil || len(m.problems) > 0:
		c.report(t, m, diags)
		return nil
	case m.textless: // Bind says what the target does not support
		return m.rule()
	default:
		m.note(t, diags)
		return m.rule()
	}
}

// choosing looks for the table of a rule.
type choosing struct {
	l        *target.Located
	homes    []*Home
	families string

	able    *mover // to the first that can tell all
	first   *mover // to the one that is told of where none can
	lacking *Home  // the first before that, which has not even the fields of the rule
}

// choose returns the mover to the table that is taken; or to the preferred one, with its problems; nil when there is none.
func (c *choosing) choose() *mover {
	for family, rest := next(c.families); family != "" && c.able == nil; family, rest = next(rest) {
		c.look(family)
	}
	c.look("") // a table without a family is the only one that its logs have
	switch {
	case c.able != nil:
		return c.able
	case c.lacking != nil && (c.first == nil || len(c.first.problems) > 0):
		return moverTo(c.lacking, c.l)
	default:
		return c.first
	}
}

// look tries the tables of a family. Where fields are missing, the rule need not be moved to know.
func (c *choosing) look(family string) {
	for _, h := range c.homes {
		if h.Family != family || c.able != nil {
			continue
		}
		if h.lacks(c.l) {
			if c.lacking == nil && c.first == nil {
				c.lacking = h
			}
			continue
		}
		switch m := moverTo(h, c.l); {
		case len(m.problems) == 0 && !m.textless:
			c.able = m
		case len(m.problems) == 0 || c.first == nil:
			c.first = m
		}
	}
}

// others are tables that can tell what the rule asks, if the user chooses them.
func (c *choosing) others() []*Home {
	var chosen []string
	for f, rest := next(c.families); f != ""; f, rest = next(rest) {
		chosen = append(chosen, f)
	}
	var others []*Home
	for _, family := range load().families {
		for _, h := range c.homes {
			if h.Family == family && !slices.Contains(chosen, family) && !h.lacks(c.l) && len(moverTo(h, c.l).problems) == 0 {
				others = append(others, h)
			}
		}
	}
	return others
}

// report says why no table of the user's choice takes the rule: what the preferred one lacks, and which other has it.
func (c *choosing) report(t *target.Target, first *mover, diags *diag.List) {
	hint := ""
	if others := c.others(); len(others) > 0 {
		hint = fmt.Sprintf("the table %s can tell: -O %s=%s", others[0].Table.Name, OptionName, others[0].Family)
	}
	if first == nil {
		d := diags.Errorf("target/no-table", c.l.Rule.Logsource.At, "none of the tables that %s may use keeps the logsource %s", t.Name, c.l.Rule.Logsource)
		d.Target, d.Hint = t.Name, hint
		return
	}
	for _, p := range first.problems {
		d := diags.Errorf(p.id, p.at, "%s", p.message(t.Name))
		if d.Target, d.Hint = t.Name, hint; hint == "" {
			d.Hint = first.elsewhere(p)
		}
	}
}

// elsewhere names a table that can tell what this one cannot, and what it cannot tell itself; "" when there is none.
func (m *mover) elsewhere(p problem) string {
	for _, h := range Of(m.l.Log) {
		other := moverTo(h, m.l)
		if h == m.Home || len(other.problems) == 0 || slices.ContainsFunc(other.problems, func(o problem) bool { return o.about == p.about }) {
			continue
		}
		if lacks := other.problems[0]; lacks.field != "" {
			return fmt.Sprintf("the table %s can tell, but has no field for %q", h.Table.Name, lacks.field)
		}
		return fmt.Sprintf("the table %s can tell, but not the rest of the rule", h.Table.Name)
	}
	return ""
}

// note says what the table cannot tell, and what it never has.
func (m *mover) note(t *target.Target, diags *diag.List) {
	if m.Loses != "" {
		diags.Notef("target/approximated", m.l.Rule.Logsource.At, "%s: %s", t.Name, m.Loses).Target = t.Name
	}
	for _, p := range m.losses {
		diags.Notef("target/approximated", p.at, "%s: %s", t.Name, p.why).Target = t.Name
	}
	for _, p := range m.never {
		diags.Warnf("target/never-found", p.at, "%s: %s", t.Name, p.why).Target = t.Name
	}
}
