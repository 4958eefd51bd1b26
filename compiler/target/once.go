package target

import "sync"

// shared is what targets have made of a rule, by keys of their own. There are a few of them for a rule.
type shared struct {
	mu   sync.Mutex
	made []made
}

type made struct{ key, value any }

// Once returns what make makes, and makes it for the first who asks by the key: targets that have a language in common
// share their work on a rule. What is made must not be changed. Two who ask at the same time may both make it; one of
// the two is kept.
func (l *Located) Once(key any, make func() any) any {
	if value, ok := l.shared.get(key); ok {
		return value
	}
	return l.shared.keep(key, make())
}

func (s *shared) get(key any) (value any, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.made {
		if m.key == key {
			return m.value, true
		}
	}
	return nil, false
}

// keep returns the value, unless there is one already: then that.
func (s *shared) keep(key, value any) any {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.made {
		if m.key == key {
			return m.value
		}
	}
	if s.made == nil {
		s.made = make([]made, 0, 4) // in most cases two homes, and the rule in each
	}
	s.made = append(s.made, made{key, value})
	return value
}

// Forget gives up what [Located.Once] keeps, when all targets have had the rule.
func (l *Located) Forget() {
	l.shared.mu.Lock()
	l.shared.made = nil
	l.shared.mu.Unlock()
	for _, part := range l.parts {
		part.Forget()
	}
}
