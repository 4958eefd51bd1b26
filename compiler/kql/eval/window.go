package eval

import (
	"errors"

	"github.com/sigc-rules/sigc/compiler/kql"
)

// window is where a window function stands: docs: window-functions.
type window struct {
	table *table
	at    int
	known map[*kql.Call][]value // the functions that run through all rows
}

// windowOf gives a window function by its name, nil for none.
func windowOf(name string) func(r *run, c *kql.Call, s *scope) (value, error) {
	switch name {
	case "prev":
		return neighbour(-1)
	case "next":
		return neighbour(1)
	case "row_number":
		return through(rowNumber)
	case "row_cumsum":
		return through(rowCumsum)
	case "row_window_session":
		return through(rowWindowSession)
	}
	return nil
}

func ordered(s *scope) error {
	if s.rows == nil || !s.rows.table.serialized {
		return errors.New("the rows have no order: sort or serialize them first")
	}
	return nil
}

// on evaluates an expression on another row of the window.
func (r *run) on(x kql.Expr, s *scope, i int) (value, error) {
	w := *s.rows
	w.at = i
	return r.eval(x, &scope{table: s.rows.table, row: s.rows.table.rows[i], rows: &w})
}

// neighbour: docs: prev-function, next-function. Outside of the rows it is the default, or null.
func neighbour(direction int) func(r *run, c *kql.Call, s *scope) (value, error) {
	return func(r *run, c *kql.Call, s *scope) (value, error) {
		if err := ordered(s); err != nil {
			return value{}, err
		}
		if len(c.Args) < 1 || len(c.Args) > 3 {
			return value{}, errors.New("one to three arguments are expected")
		}
		offset := 1
		if len(c.Args) > 1 {
			v, err := r.eval(c.Args[1], &scope{})
			if err != nil {
				return value{}, err
			}
			if offset, err = whole(v); err != nil {
				return value{}, err
			}
		}
		i := s.rows.at + direction*offset
		if i >= 0 && i < len(s.rows.table.rows) {
			return r.on(c.Args[0], s, i)
		}
		if len(c.Args) == 3 {
			return r.eval(c.Args[2], &scope{})
		}
		v, err := r.on(c.Args[0], s, s.rows.at)
		return null(v.typ), err
	}
}

// through makes a window function of one that works out all rows at once.
func through(f func(r *run, c *kql.Call, s *scope) ([]value, error)) func(r *run, c *kql.Call, s *scope) (value, error) {
	return func(r *run, c *kql.Call, s *scope) (value, error) {
		if err := ordered(s); err != nil {
			return value{}, err
		}
		vals, ok := s.rows.known[c]
		if !ok {
			var err error
			if vals, err = f(r, c, s); err != nil {
				return value{}, err
			}
			if s.rows.known == nil {
				s.rows.known = map[*kql.Call][]value{}
			}
			s.rows.known[c] = vals
		}
		return vals[s.rows.at], nil
	}
}

// restarts tells whether an optional argument, a condition, is true on a row.
func (r *run) restarts(c *kql.Call, n int, s *scope, i int) (bool, error) {
	if len(c.Args) <= n {
		return false, nil
	}
	v, err := r.on(c.Args[n], s, i)
	return v.v == true, err
}

// rowNumber: docs: row-number-function.
func rowNumber(r *run, c *kql.Call, s *scope) ([]value, error) {
	start := 1
	if len(c.Args) > 0 {
		v, err := r.eval(c.Args[0], &scope{})
		if err != nil {
			return nil, err
		}
		if start, err = whole(v); err != nil {
			return nil, err
		}
	}
	out, n := make([]value, len(s.rows.table.rows)), start
	for i := range out {
		restart, err := r.restarts(c, 1, s, i)
		if err != nil {
			return nil, err
		}
		if restart {
			n = start
		}
		out[i] = long(int64(n))
		n++
	}
	return out, nil
}

// rowCumsum: docs: row-cumsum-function.
func rowCumsum(r *run, c *kql.Call, s *scope) ([]value, error) {
	if len(c.Args) < 1 {
		return nil, errors.New("a term is expected")
	}
	out := make([]value, len(s.rows.table.rows))
	for i := range out {
		v, err := r.on(c.Args[0], s, i)
		if err != nil {
			return nil, err
		}
		restart, err := r.restarts(c, 1, s, i)
		if err != nil {
			return nil, err
		}
		if i > 0 && !restart {
			if v, err = addTo(out[i-1], v); err != nil {
				return nil, err
			}
		}
		out[i] = v
	}
	return out, nil
}

// rowWindowSession: docs: row-window-session-function. A session ends when a row is too far from its first or from the
// row before, or where the restart condition is true; the value is the first moment of the session.
func rowWindowSession(r *run, c *kql.Call, s *scope) ([]value, error) {
	if len(c.Args) < 3 || len(c.Args) > 4 {
		return nil, errors.New("three or four arguments are expected")
	}
	var limits [2]value
	for i := range limits {
		v, err := r.eval(c.Args[i+1], &scope{})
		if err != nil {
			return nil, err
		}
		limits[i] = v
	}
	out := make([]value, len(s.rows.table.rows))
	var first, before value
	for i := range out {
		v, err := r.on(c.Args[0], s, i)
		if err != nil {
			return nil, err
		}
		ends, err := r.restarts(c, 3, s, i)
		if err != nil {
			return nil, err
		}
		if i > 0 && !ends {
			if ends, err = tooFar(v, first, limits[0], before, limits[1]); err != nil {
				return nil, err
			}
		}
		if i == 0 || ends {
			first = v
		}
		out[i], before = first, v
	}
	return out, nil
}

func tooFar(v, first, mostFromFirst, before, mostBetween value) (bool, error) {
	for _, p := range [][2]value{{first, mostFromFirst}, {before, mostBetween}} {
		d, err := arithmetic("-", v, p[0])
		if err != nil {
			return false, err
		}
		far, err := less(">", d, p[1])
		if err != nil {
			return false, err
		}
		if far.v == true {
			return true, nil
		}
	}
	return false, nil
}

// addTo adds where null counts for nothing.
func addTo(sum, v value) (value, error) {
	switch {
	case v.null():
		return sum, nil
	case sum.null():
		return v, nil
	}
	return arithmetic("+", sum, v)
}
