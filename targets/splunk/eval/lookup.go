package eval

import (
	"fmt"
	"net/netip"
	"regexp"
	"strings"
)

// Lookup is a lookup of one column (transforms.conf).
type Lookup struct {
	Column    string
	Values    []string
	Cased     bool   // case_sensitive_match
	MatchType string // of the column: "" for EXACT, WILDCARD or CIDR
}

// lookupCommand gives a field the first value of the lookup that another field matches, and no value when there is none
// (SR lookup; max_matches is 1). What it makes of several values is not documented, so they are an error.
type lookupCommand struct {
	fits       []func(string) bool
	values     []string
	from, into string
}

func (c *lookupCommand) run(r Reading, in []row) ([]row, error) {
	out := make([]row, len(in))
	for i, row := range in {
		v := row.fields[c.from]
		row = row.with(c.into, value{})
		switch {
		case v.kind == multi:
			return nil, fmt.Errorf("lookup of %s, which has several values", c.from)
		case v.isNull():
		default:
			for j, fits := range c.fits {
				if fits(v.text) {
					row = row.with(c.into, str(c.values[j]))
					break
				}
			}
		}
		out[i] = row
	}
	return out, nil
}

// lookupCommand reads "lookup TABLE COLUMN AS field OUTPUT COLUMN AS field".
func (p *parser) lookupCommand() (command, error) {
	table := p.next().text
	for p.peek().glued && p.at < len(p.tokens) { // names may have hyphens
		table += p.next().text
	}
	l, ok := p.app.Lookups[table]
	if !ok {
		return nil, fmt.Errorf("lookup %q is not defined", table)
	}
	c := &lookupCommand{values: l.Values}
	for _, v := range l.Values {
		fits, err := l.fitting(v)
		if err != nil {
			return nil, fmt.Errorf("lookup %s: %w", table, err)
		}
		c.fits = append(c.fits, fits)
	}
	for _, word := range []string{l.Column, "AS"} {
		if err := p.sign(word); err != nil {
			return nil, err
		}
	}
	c.from = p.field()
	for _, word := range []string{"OUTPUT", l.Column, "AS"} {
		if err := p.sign(word); err != nil {
			return nil, err
		}
	}
	c.into = p.field()
	return c, nil
}

func (l Lookup) fitting(v string) (func(string) bool, error) {
	switch l.MatchType {
	case "":
		if l.Cased {
			return func(s string) bool { return s == v }, nil
		}
		return func(s string) bool { return strings.EqualFold(s, v) }, nil
	case "WILDCARD":
		pieces := strings.Split(v, "*")
		for i, p := range pieces {
			pieces[i] = regexp.QuoteMeta(p)
		}
		flags := "(?s)"
		if !l.Cased {
			flags = "(?is)"
		}
		re, err := regexp.Compile(flags + "^" + strings.Join(pieces, ".*") + "$")
		if err != nil {
			return nil, err
		}
		return re.MatchString, nil
	case "CIDR":
		p, err := netip.ParsePrefix(v)
		if err != nil {
			return nil, err
		}
		return func(s string) bool {
			a, err := netip.ParseAddr(s)
			return err == nil && p.Contains(a)
		}, nil
	default:
		return nil, fmt.Errorf("match type %q is not known", l.MatchType)
	}
}
