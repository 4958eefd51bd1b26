package schema

import "testing"

// TestMistaken: what is said to be meant exists and can be compared, and what it is meant by is no field that can.
func TestMistaken(t *testing.T) {
	found := 0
	for _, l := range Logs() {
		for name, m := range l.Mistaken {
			found++
			hinted := len(m.Hints) > 0 && len(m.Fields) == 0 // of a field that cannot have those values
			if r, ok := l.Resolve(nil, name); ok && len(r.Node.Members) == 0 && !hinted {
				t.Errorf("%s: %q is a field", l.Name, name)
			}
			fields := m.Fields
			for _, v := range m.Values {
				fields = append(fields, v.Field)
			}
			if m.Sure && len(m.Fields) != 1 {
				t.Errorf("%s: %q surely means one of %q", l.Name, name, m.Fields)
			}
			if len(fields) == 0 && m.Hint == "" && !hinted {
				t.Errorf("%s: %q means nothing", l.Name, name)
			}
			for _, f := range fields {
				if r, ok := l.Resolve(nil, f); !ok || len(r.Node.Members) > 0 {
					t.Errorf("%s: %q is to mean %q, which is no field to compare", l.Name, name, f)
				}
			}
		}
	}
	if found == 0 {
		t.Error("no name is known to be mistaken")
	}
}
