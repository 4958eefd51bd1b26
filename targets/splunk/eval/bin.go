package eval

import (
	"fmt"
	"math"
	"strconv"
)

// binCommand moves the time of each row back to a multiple of the span (SR bin). Of spans of days Splunk makes local
// ones; here the clock is UTC.
type binCommand struct{ seconds float64 }

var unitSeconds = map[string]float64{"s": 1, "m": 60, "h": 3600, "d": 86400}

func (p *parser) binCommand() (command, error) {
	for _, word := range []string{"_time", "span", "="} {
		if err := p.sign(word); err != nil {
			return nil, err
		}
	}
	span := p.next().text
	if span == "" {
		return nil, fmt.Errorf("bin without a span")
	}
	n, err := strconv.Atoi(span[:len(span)-1])
	unit, ok := unitSeconds[span[len(span)-1:]]
	if err != nil || n < 1 || !ok {
		return nil, fmt.Errorf("bin has no span %q here", span)
	}
	return &binCommand{float64(n) * unit}, nil
}

func (c *binCommand) run(_ Reading, in []row) ([]row, error) {
	out := make([]row, len(in))
	for i, row := range in {
		t := row.fields["_time"]
		if t.kind != num {
			return nil, fmt.Errorf("bin of a time that is %s", t.kind)
		}
		out[i] = row.with("_time", number(math.Floor(t.num/c.seconds)*c.seconds))
	}
	return out, nil
}

// distinct counts the values of a field (SR stats, dc).
func distinct(rows []row, field string) (value, error) {
	seen := map[string]bool{}
	for _, r := range rows {
		switch v := r.fields[field]; v.kind {
		case null:
		case text, num:
			seen[v.text] = true
		default:
			return value{}, fmt.Errorf("dc of %s", v.kind)
		}
	}
	return number(float64(len(seen))), nil
}
