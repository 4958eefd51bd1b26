package ir

import "strings"

func isNullTest(e Expr) bool {
	_, ok := e.(*Null)
	return ok
}

func isExistsTest(e Expr) bool {
	_, ok := e.(*Exists)
	return ok
}

// wantsText reports whether a comparison holds only for a value that has a text of at least one letter, or, for patterns,
// any value that is not null.
func (l *literal) wantsText() bool {
	switch l.e.(type) {
	case *Like:
		return l.shape != Exact || l.text != ""
	case *Compare, *Regex, *CIDR, *SameAs, *Within:
		return true
	}
	return false
}

// implies reports whether what satisfies l satisfies m, which is about the same field.
func (l *literal) implies(m *literal) bool {
	if l.equals(m) {
		return true
	}
	if l.field == "" {
		return false
	}
	switch b := m.e.(type) {
	case *Exists:
		return l.wantsText()
	case *Like:
		if m.shape == Anything {
			return l.wantsText()
		}
		if _, ok := l.e.(*Like); ok && l.shape == Exact && m.shape == Exact {
			return l.folded() == m.folded() && (!m.cased || l.cased && l.text == m.text)
		}
	case *CIDR:
		if a, ok := l.e.(*CIDR); ok {
			return b.Prefix.Bits() <= a.Prefix.Bits() && b.Prefix.Overlaps(a.Prefix)
		}
	case *Compare:
		if a, ok := l.e.(*Compare); ok && a.Part == Whole && b.Part == Whole {
			return a.within(b)
		}
	}
	if _, ok := l.e.(*Like); !ok {
		return false
	}
	if l.shape == Exact {
		holds, sure := l.judge(m)
		return holds && sure && l.text != ""
	}
	_, like := m.e.(*Like)
	return like && (l.cased || !m.cased) && m.covers(l)
}

// judge says whether a comparison holds for the exact text of l, and whether that is sure: case may count for one of them.
func (l *literal) judge(m *literal) (holds, sure bool) {
	switch e := m.e.(type) {
	case *Like:
		if m.shape == General {
			if m.cased && !l.cased {
				loose := e.Pattern
				loose.Cased = false
				return false, !loose.Matches(l.text)
			}
			return e.Pattern.Matches(l.text), true
		}
		if !m.fits(l.folded(), m.folded()) {
			return false, true
		}
		return !m.cased || m.fits(l.text, m.text), !m.cased || l.cased
	case *Regex:
		return e.matches(l.text), e.RE != nil && (l.cased || e.IgnoreCase)
	case *CIDR:
		return e.contains(l.text), true
	case *Compare:
		return e.holds(l.text), true
	case *Null:
		return false, l.text != ""
	}
	return false, false
}

// fits reports whether a text fits the shape of l with the given literal.
func (l *likeness) fits(text, literal string) bool {
	switch l.shape {
	case Prefix:
		return strings.HasPrefix(text, literal)
	case Suffix:
		return strings.HasSuffix(text, literal)
	case Contains:
		return strings.Contains(text, literal)
	case Anything:
		return true
	default:
		return text == literal
	}
}

// covers reports whether every text that fits the pattern of m fits that of l.
func (l *literal) covers(m *literal) bool {
	wide, narrow := l.text, m.text
	if !l.cased {
		wide, narrow = l.folded(), m.folded()
	}
	switch {
	case l.shape == Prefix:
		return m.shape == Prefix && strings.HasPrefix(narrow, wide)
	case l.shape == Suffix:
		return m.shape == Suffix && strings.HasSuffix(narrow, wide)
	case l.shape == Contains && m.shape != General:
		return strings.Contains(narrow, wide)
	case l.shape == Contains:
		for part := range m.e.(*Like).Pattern.Parts() {
			text := part.Text
			if !l.cased {
				text = fold(text)
			}
			if part.Wild == Literal && strings.Contains(text, wide) {
				return true
			}
		}
	}
	return false
}

// excludes reports whether no event satisfies both literals, which are about the same field. That a value is none of
// another pattern counts only for a field that has one value.
func (l *literal) excludes(m *literal) bool {
	switch {
	case l.field == "":
		return false
	case isNullTest(l.e):
		return m.wantsText()
	case isNullTest(m.e):
		return l.wantsText()
	case !l.scalar:
		return false
	}
	_, like := l.e.(*Like)
	_, other := m.e.(*Like)
	if like && l.shape == Exact {
		holds, sure := l.judge(m)
		return sure && !holds
	}
	if other && m.shape == Exact {
		holds, sure := m.judge(l)
		return sure && !holds
	}
	switch b := m.e.(type) {
	case *Like:
		return like && l.apart(m)
	case *CIDR:
		a, ok := l.e.(*CIDR)
		return ok && !a.Prefix.Overlaps(b.Prefix)
	case *Compare:
		a, ok := l.e.(*Compare)
		return ok && a.Part == Whole && b.Part == Whole && a.apart(b)
	}
	return false
}

// apart reports whether no text fits both patterns.
func (l *literal) apart(m *literal) bool {
	x, y := l.folded(), m.folded()
	switch {
	case l.shape == Prefix && m.shape == Prefix:
		return !strings.HasPrefix(x, y) && !strings.HasPrefix(y, x)
	case l.shape == Suffix && m.shape == Suffix:
		return !strings.HasSuffix(x, y) && !strings.HasSuffix(y, x)
	}
	return false
}

// lower and upper say on which sides a comparison bounds its number.
func (e *Compare) lower() bool { return e.Op == Eq || e.Op == Gt || e.Op == Gte }
func (e *Compare) upper() bool { return e.Op == Eq || e.Op == Lt || e.Op == Lte }

// open reports whether the bound itself is left out.
func (e *Compare) open() bool { return e.Op == Lt || e.Op == Gt }

// within reports whether every number that a allows is one that b allows.
func (e *Compare) within(b *Compare) bool {
	order := e.Number.exact().Cmp(b.Number.exact())
	same := order == 0 && (!b.open() || e.open())
	switch b.Op {
	case Eq:
		return e.Op == Eq && order == 0
	case Gt, Gte:
		return e.lower() && (order > 0 || same)
	default:
		return e.upper() && (order < 0 || same)
	}
}

// apart reports whether no number satisfies both.
func (e *Compare) apart(b *Compare) bool {
	order := e.Number.exact().Cmp(b.Number.exact())
	touch := order == 0 && (e.open() || b.open())
	return e.lower() && b.upper() && (order > 0 || touch) || e.upper() && b.lower() && (order < 0 || touch)
}
