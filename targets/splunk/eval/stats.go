package eval

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

type (
	// streamstatsCommand gives each row aggregates over the rows before it and itself, those of its group alone (SR
	// streamstats).
	streamstatsCommand struct {
		current bool
		window  int // 0 for all
		aggs    []aggregate
		by      []string
	}
	statsCommand struct {
		aggs []aggregate
		by   []string
	}
	aggregate struct{ function, of, as string }

	sortCommand struct{ keys []sortKey }
	sortKey     struct {
		field      string
		descending bool
	}
)

// maxStreamWindow is how large a window may be (LC stats, max_stream_window).
const maxStreamWindow = 10000

func (p *parser) streamstatsCommand() (command, error) {
	c := &streamstatsCommand{current: true}
	ownWindows := false
	for p.at+1 < len(p.tokens) && p.tokens[p.at+1].is("=") {
		option := p.next().text
		p.at++
		switch v := p.next().text; option + "=" + v {
		case "current=f":
			c.current = false
		case "global=f":
			ownWindows = true
		default:
			n, err := strconv.Atoi(v)
			if option != "window" || err != nil || n < 1 || n > maxStreamWindow {
				return nil, fmt.Errorf("streamstats has no %s=%s here", option, v)
			}
			c.window = n
		}
	}
	var err error
	if c.aggs, c.by, err = p.aggregates(); err != nil {
		return nil, err
	}
	if c.window > 0 && len(c.by) > 0 && !ownWindows {
		return nil, fmt.Errorf("one window of %d rows for all groups", c.window)
	}
	return c, nil
}

func (p *parser) aggregates() (aggs []aggregate, by []string, err error) {
	for !p.end() && !p.take("BY") {
		a := aggregate{function: p.next().text}
		if p.take("(") {
			a.of = p.field()
			if err := p.sign(")"); err != nil {
				return nil, nil, err
			}
		}
		if err := p.sign("AS"); err != nil {
			return nil, nil, err
		}
		a.as = p.field()
		if known := []string{"count", "sum", "min", "max", "dc"}; !slices.Contains(known, a.function) || (a.of == "") != (a.function == "count") {
			return nil, nil, fmt.Errorf("no aggregate %s(%s) here", a.function, a.of)
		}
		aggs = append(aggs, a)
	}
	if len(aggs) == 0 {
		return nil, nil, fmt.Errorf("an aggregate belongs here")
	}
	if p.tokens[p.at-1].is("BY") {
		by = p.fieldList()
	}
	return aggs, by, nil
}

func (p *parser) statsCommand() (command, error) {
	aggs, by, err := p.aggregates()
	if err == nil && len(by) == 0 {
		err = fmt.Errorf("stats without BY")
	}
	return &statsCommand{aggs, by}, err
}

// groupOf tells the rows apart by fields. A row that lacks one of them, or has several values in it, is an error here: what
// becomes of it is not documented.
func groupOf(r row, by []string) (string, error) {
	key := ""
	for _, f := range by {
		v := r.fields[f]
		if v.kind != text && v.kind != num {
			return "", fmt.Errorf("BY %s: %s", f, v.kind)
		}
		key += strconv.Quote(v.text)
	}
	return key, nil
}

// stats leaves a row for each group, with the fields that it is by and the aggregates (SR stats).
func (c *statsCommand) run(r Reading, in []row) ([]row, error) {
	groups := map[string][]row{}
	var order []string
	for _, row := range in {
		key, err := groupOf(row, c.by)
		if err != nil {
			return nil, err
		}
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], row)
	}
	var out []row
	for _, key := range order {
		rows := groups[key]
		made := row{event: rows[0].event, fields: map[string]value{}}
		for _, f := range c.by {
			made.fields[f] = rows[0].fields[f]
		}
		for _, a := range c.aggs {
			v, err := a.over(rows)
			if err != nil {
				return nil, err
			}
			made = made.with(a.as, v)
		}
		out = append(out, made)
	}
	return out, nil
}

func (c *streamstatsCommand) run(r Reading, in []row) ([]row, error) {
	groups := map[string][]row{}
	out := make([]row, len(in))
	for i, row := range in {
		key, err := groupOf(row, c.by)
		if err != nil {
			return nil, err
		}
		rows := groups[key]
		if c.current {
			rows = append(rows, row)
		}
		if c.window > 0 && len(rows) > c.window {
			rows = rows[len(rows)-c.window:]
		}
		out[i] = row
		for _, a := range c.aggs {
			v, err := a.over(rows)
			if err != nil {
				return nil, err
			}
			out[i] = out[i].with(a.as, v)
		}
		groups[key] = append(groups[key], row)
	}
	return out, nil
}

// over aggregates numbers; rows without the field count for nothing, and without any there is no result. Texts that are
// numbers are refused, so that nothing depends on when they are taken for such.
func (a aggregate) over(rows []row) (value, error) {
	if a.function == "count" {
		return number(float64(len(rows))), nil
	}
	if a.function == "dc" {
		return distinct(rows, a.of)
	}
	out := value{}
	for _, r := range rows {
		v := r.fields[a.of]
		switch {
		case v.isNull():
			continue
		case v.kind != num:
			return value{}, fmt.Errorf("%s of %s", a.function, v.kind)
		case out.isNull(), a.function == "min" && v.num < out.num, a.function == "max" && v.num > out.num:
			out = v
		case a.function == "sum":
			out = number(out.num + v.num)
		}
	}
	return out, nil
}

func (p *parser) sortCommand() (command, error) {
	if err := p.sign("0"); err != nil {
		return nil, fmt.Errorf("sort without 0 cuts the result off: %w", err)
	}
	c := &sortCommand{}
	for {
		k := sortKey{descending: p.take("-")}
		k.field = p.field()
		c.keys = append(c.keys, k)
		if !p.take(",") {
			return c, nil
		}
	}
}

// sort compares numbers as numbers and texts as texts (SR sort). A row without the field is an error here.
func (c *sortCommand) run(r Reading, in []row) ([]row, error) {
	for _, row := range in {
		for _, k := range c.keys {
			if v := row.fields[k.field]; v.kind != num && v.kind != text {
				return nil, fmt.Errorf("sort by %s: %s", k.field, v.kind)
			}
		}
	}
	out := slices.Clone(in)
	if r.TiesTurned {
		slices.Reverse(out)
	}
	slices.SortStableFunc(out, func(x, y row) int {
		for _, k := range c.keys {
			if n := order(x.fields[k.field], y.fields[k.field]); n != 0 && k.descending {
				return -n
			} else if n != 0 {
				return n
			}
		}
		return 0
	})
	return out, nil
}

func order(a, b value) int {
	if a.kind == num && b.kind == num {
		return cmp.Compare(a.num, b.num)
	}
	return strings.Compare(a.text, b.text)
}
