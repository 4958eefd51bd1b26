package ir

// memo remembers something of expressions. The first of them, which are all that most rules have, are found by looking at
// each: that is faster than a map, and needs no memory of its own.
type memo[T any] struct {
	first [firstInMemo]Expr
	of    [firstInMemo]T
	n     int
	more  map[Expr]T
}

const firstInMemo = 16

func (m *memo[T]) get(e Expr) (T, bool) {
	for i := range m.n {
		if m.first[i] == e {
			return m.of[i], true
		}
	}
	out, ok := m.more[e]
	return out, ok
}

// put remembers it of an expression that is not known yet.
func (m *memo[T]) put(e Expr, of T) {
	if m.n < firstInMemo {
		m.first[m.n], m.of[m.n] = e, of
		m.n++
		return
	}
	if m.more == nil {
		m.more = map[Expr]T{}
	}
	m.more[e] = of
}
