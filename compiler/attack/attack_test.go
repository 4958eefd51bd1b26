package attack_test

import (
	"slices"
	"testing"

	"github.com/sigc-rules/sigc/compiler/attack"
)

func TestCatalogue(t *testing.T) {
	if n := len(attack.Techniques()); n != 697 {
		t.Errorf("%d techniques, ATT&CK 19.1 has 697", n)
	}
	known := map[string]bool{}
	for _, tactic := range attack.Tactics() {
		known[tactic.Short] = true
	}
	if len(known) != 15 {
		t.Errorf("%d tactics, ATT&CK 19.1 has 15", len(known))
	}
	for _, technique := range attack.Techniques() {
		if technique.Name == "" || slices.ContainsFunc(technique.Tactics, func(s string) bool { return !known[s] }) {
			t.Errorf("%+v", technique)
		}
		if _, ok := attack.Find(technique.Parent()); !ok {
			t.Errorf("%s has no parent", technique.ID)
		}
	}
}

func TestTagged(t *testing.T) {
	tests := []struct{ tag, id string }{
		{"attack.t1098.003", "T1098.003"},
		{"attack.T1528", "T1528"},
		{"attack.persistence", ""},
		{"attack.t1562.001", ""}, // of older versions
		{"cve.2024-1", ""},
	}
	for _, tt := range tests {
		if got, ok := attack.Tagged(tt.tag); got.ID != tt.id || ok != (tt.id != "") {
			t.Errorf("%s: %+v", tt.tag, got)
		}
	}
}
