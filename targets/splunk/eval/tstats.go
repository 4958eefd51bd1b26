package eval

import (
	"fmt"
	"strings"
	"time"
)

// ModelField is the field in which an event has the name of the data set that it belongs to, where it belongs to one.
const ModelField = "datamodel"

// tstatsCommand asks a data model, whose fields are those of the events (SR tstats).
type tstatsCommand struct {
	model string
	fill  string
	term  term
	by    []string
}

// tstatsCommand reads what is written here: options in a macro, a count, one data set, terms, fields and a second.
func (p *parser) tstatsCommand() (command, error) {
	c := &tstatsCommand{term: allOf{}}
	if t := p.next(); t.quote != '`' || p.app.Macros[t.text] == "" {
		return nil, fmt.Errorf("token %d: a macro with options belongs here", p.at-1)
	}
	for _, word := range []string{"fillnull_value", "="} {
		if err := p.sign(word); err != nil {
			return nil, err
		}
	}
	c.fill = p.next().text
	for _, word := range []string{"count", "FROM", "datamodel", "="} {
		if err := p.sign(word); err != nil {
			return nil, err
		}
	}
	c.model = p.next().text
	if p.take("WHERE") {
		inside := *p
		for end := p.at; end < len(p.tokens) && !p.tokens[end].is("BY"); end++ {
			inside.tokens = p.tokens[:end+1] // where terms end
		}
		t, err := inside.terms()
		if err != nil || inside.at != len(inside.tokens) {
			return nil, fmt.Errorf("the terms of tstats end at token %d: %v", inside.at, err)
		}
		c.term, p.at = t, inside.at
	}
	if err := p.sign("BY"); err != nil {
		return nil, err
	}
	for {
		c.by = append(c.by, p.next().text)
		if !p.take(",") {
			break
		}
	}
	for _, word := range []string{"span", "=", "1s"} {
		if err := p.sign(word); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// run makes a row of the events of the same second with the same values. One without a value counts with what is filled in
// (SR tstats, fillnull_value).
func (c *tstatsCommand) run(r Reading, in []row) ([]row, error) {
	var out []row
	seen := map[string]bool{}
	for _, e := range in {
		if e.fields[ModelField].text != c.model || !c.term.holds(e) {
			continue
		}
		made := row{e.event, map[string]value{"count": str("1")}}
		key := ""
		for _, name := range c.by {
			v := e.fields[name]
			switch {
			case name == "_time":
				v = moment(time.Unix(int64(v.num), 0))
			case v.isNull():
				v = str(c.fill)
			}
			made.fields[name] = v
			key += strings.Join(v.values(), "\x00") + "\x01"
		}
		if !seen[key] {
			seen[key] = true
			out = append(out, made)
		}
	}
	return out, nil
}
