package eval

import (
	"errors"
	"fmt"
	"slices"

	"github.com/sigc-rules/sigc/compiler/kql"
)

// scan: docs: scan-operator, Scan logic. The row goes through the steps from the last to the first. A step takes it
// over from the step before, whose sequence then moves on, or goes on with its own; the first step can always begin.
func (r *run) scan(op *kql.Scan, t *table) (*table, error) {
	if !t.serialized {
		return nil, errors.New("the rows have no order: sort or serialize them first")
	}
	s, err := r.newScanner(op, t)
	if err != nil {
		return nil, err
	}
	for _, row := range t.rows {
		if err := s.next(slices.Concat(row, s.defaults)); err != nil {
			return nil, err
		}
	}
	for k := range s.steps { // the last of their matches are still to be told
		s.flush(k)
	}
	return s.out, nil
}

// scanner is a scan on its way.
type scanner struct {
	r        *run
	steps    []kql.ScanStep
	cols     []Column // of a row and what is declared
	defaults []value
	match    bool // the output has a column for the number of the match
	out      *table

	state   []sequence // of each step
	matches int64      // sequences so far
	waiting []*[]value // with output=last: the latest match of each step
}

// sequence is the state of a step: the rows that the steps up to it have taken. It is empty where it has none.
type sequence struct {
	rows [][]value
	id   int64
}

func (r *run) newScanner(op *kql.Scan, t *table) (*scanner, error) {
	s := &scanner{r: r, steps: op.Steps, cols: slices.Clone(t.cols), match: op.MatchID != ""}
	for _, d := range op.Declare {
		typ, err := canonical(d.Type)
		if err != nil {
			return nil, err
		}
		v := null(typ)
		if d.Default != nil {
			if v, err = r.eval(d.Default, &scope{}); err != nil {
				return nil, err
			}
		}
		s.cols = append(s.cols, Column{d.Name, typ})
		s.defaults = append(s.defaults, convert(v, typ))
	}
	// The order of the output is not documented; window functions after it would need a serialize.
	s.out = &table{cols: slices.Clone(s.cols)}
	if s.match {
		s.out.add(op.MatchID, "long")
	}
	s.state = make([]sequence, len(s.steps))
	s.waiting = make([]*[]value, len(s.steps))
	for k, step := range s.steps {
		switch {
		case step.Optional:
			return nil, fmt.Errorf("step %s: optional steps are not run", step.Name)
		case !slices.Contains([]string{"", "all", "last", "none"}, step.Output):
			return nil, fmt.Errorf("step %s: output=%s is not known", step.Name, step.Output)
		}
		for _, earlier := range s.steps[:k] {
			if earlier.Name == step.Name {
				return nil, fmt.Errorf("two steps are named %s", step.Name)
			}
		}
		// A row of nulls finds mistakes without any row.
		if _, err := s.matching(k, blank(s.cols), sequence{}); err != nil {
			return nil, err
		}
		if _, err := s.extended(k, blank(s.cols), sequence{}); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// next takes a row through all steps.
func (s *scanner) next(row []value) error {
	for k := len(s.steps) - 1; k >= 0; k-- {
		if err := s.step(k, row); err != nil {
			return fmt.Errorf("step %s: %w", s.steps[k].Name, err)
		}
	}
	return nil
}

func (s *scanner) step(k int, row []value) error {
	if k > 0 && s.state[k-1].rows != nil { // check 1
		ok, err := s.matching(k, row, s.state[k-1])
		if err != nil {
			return err
		}
		if ok {
			s.flush(k) // its own sequence ends
			s.flush(k - 1)
			s.state[k], s.state[k-1] = s.state[k-1], sequence{}
			return s.take(k, row)
		}
	}
	if k > 0 && s.state[k].rows == nil {
		return nil
	}
	ok, err := s.matching(k, row, s.state[k]) // check 2
	if err != nil || !ok {
		return err
	}
	if k == 0 && s.state[0].rows == nil { // the example of sessions shows that a sequence keeps its number
		s.state[0].id = s.matches
		s.matches++
	}
	return s.take(k, row)
}

// take makes the row the one of a step. The assignments see the state as it was.
func (s *scanner) take(k int, row []value) error {
	row, err := s.extended(k, row, s.state[k])
	if err != nil {
		return err
	}
	s.state[k].rows = append(slices.Clone(s.state[k].rows[:min(k, len(s.state[k].rows))]), row)
	out := row
	if s.match {
		out = append(slices.Clone(row), long(s.state[k].id))
	}
	switch s.steps[k].Output {
	case "", "all":
		s.out.rows = append(s.out.rows, out)
	case "last":
		s.waiting[k] = &out
	}
	return nil
}

// flush tells the last of a run of matches.
func (s *scanner) flush(k int) {
	if s.waiting[k] != nil {
		s.out.rows = append(s.out.rows, *s.waiting[k])
		s.waiting[k] = nil
	}
}

func (s *scanner) matching(k int, row []value, state sequence) (bool, error) {
	v, err := s.r.eval(s.steps[k].Cond, s.scope(row, state))
	if err == nil {
		v, err = truth(v)
	}
	return v.v == true, err
}

// extended gives a row the columns that a step assigns. Each sees the row as it was: whether one could see those
// before it is not documented.
func (s *scanner) extended(k int, row []value, state sequence) ([]value, error) {
	out := slices.Clone(row)
	for _, a := range s.steps[k].Assigns {
		v, err := s.r.eval(a.X, s.scope(row, state))
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(s.cols, func(c Column) bool { return c.Name == a.Name })
		if i < 0 {
			return nil, fmt.Errorf("%q is no column: declare it", a.Name)
		}
		if err := clash(v, value{typ: s.cols[i].Type}); err != nil {
			return nil, err
		}
		out[i] = convert(v, s.cols[i].Type)
	}
	return out, nil
}

// scope is where the conditions and assignments of a step stand: the row, and step.Column for the rows of the state.
func (s *scanner) scope(row []value, state sequence) *scope {
	t := &table{cols: s.cols, rows: [][]value{row}}
	steps := map[string][]value{}
	for i, step := range s.steps {
		steps[step.Name] = blank(s.cols) // what has no row yet is null
		copy(steps[step.Name][len(s.cols)-len(s.defaults):], s.defaults)
		if i < len(state.rows) {
			steps[step.Name] = state.rows[i]
		}
	}
	return &scope{table: t, row: row, steps: steps}
}
