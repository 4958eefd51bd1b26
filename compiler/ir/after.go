package ir

// After returns the patterns of what may follow a text at the beginning of values that the pattern fits. The text is ASCII,
// and stands there in any case.
func (p Pattern) After(text string) []Pattern {
	var parts []Part
	for part := range p.Parts() {
		parts = append(parts, part)
	}
	at := places{parts: parts}
	at.reach(place{})
	for i := range len(text) {
		at.read(text[i])
	}
	var out []Pattern
	for _, s := range at.now {
		if s.byte == 0 && s.part > 0 && parts[s.part-1].Wild == Many {
			continue // the pattern that begins with the star says more
		}
		rest := append([]Part(nil), parts[s.part:]...)
		if len(rest) > 0 {
			rest[0].Text = rest[0].Text[s.byte:]
		}
		q := NewPattern(rest)
		q.Cased = p.Cased
		out = append(out, q)
	}
	return out
}

// place is how far of a pattern a text has come: parts, and bytes of a literal.
type place struct{ part, byte int }

// places are all that it may have come to: a star leaves it open. They are few, so a hostile pattern costs no more than its
// length for each character.
type places struct {
	parts []Part
	now   []place
	next  []place
}

// reach notes a place, and the one behind the star that stands there.
func (s *places) reach(p place) {
	for _, known := range s.now {
		if known == p {
			return
		}
	}
	s.now = append(s.now, p)
	if p.part < len(s.parts) && s.parts[p.part].Wild == Many {
		s.reach(place{part: p.part + 1})
	}
}

// read goes on by one character.
func (s *places) read(c byte) {
	before := s.now
	s.now = s.next[:0]
	for _, p := range before {
		if p.part == len(s.parts) {
			continue
		}
		switch part := s.parts[p.part]; part.Wild {
		case Many:
			s.reach(p)
		case One:
			s.reach(place{part: p.part + 1})
		case Literal:
			if fold(part.Text[p.byte:p.byte+1]) != fold(string(c)) {
				continue
			}
			if p.byte++; p.byte == len(part.Text) {
				p = place{part: p.part + 1}
			}
			s.reach(p)
		}
	}
	s.next = before
}
