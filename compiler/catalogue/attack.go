package catalogue

import (
	"strings"
	"sync"
)

// AttackVersion is the version of MITRE ATT&CK that the catalogue holds.
const AttackVersion = "19.1"

// Tactic is a tactic of ATT&CK by its short name, such as "initial-access".
type Tactic struct {
	Name, ID, Title string
	Until           string // the last version that had it; "" for one that is in use
}

// Technique is a technique or sub-technique of ATT&CK.
type Technique struct {
	ID, Title  string
	Tactics    []string // short names
	RevokedBy  string   // the technique that has taken its place
	Deprecated bool     // it is gone, and nothing has taken its place
}

// Active reports whether the technique is in use.
func (t Technique) Active() bool { return t.RevokedBy == "" && !t.Deprecated }

// Tactics returns all tactics, in the order of the matrix, and those that are gone.
func Tactics() []Tactic { return attack().tactics }

// FindTactic returns a tactic by its short name.
func FindTactic(name string) (Tactic, bool) {
	for _, t := range Tactics() {
		if t.Name == name {
			return t, true
		}
	}
	return Tactic{}, false
}

// FindTechnique returns a technique by its id, such as "T1098.003".
func FindTechnique(id string) (Technique, bool) {
	t, ok := attack().techniques[id]
	return t, ok
}

type matrix struct {
	tactics    []Tactic
	techniques map[string]Technique
}

var attack = sync.OnceValue(func() matrix {
	m := matrix{techniques: map[string]Technique{}}
	for _, line := range lines("attack") {
		word, rest, _ := strings.Cut(line, " ")
		id, rest, _ := strings.Cut(rest, " ")
		switch word {
		case "tactic":
			number, title, _ := strings.Cut(rest, " ")
			m.tactics = append(m.tactics, Tactic{Name: id, ID: number, Title: title})
		case "former-tactic":
			m.tactics = append(m.tactics, Tactic{Name: id, Until: rest})
		case "technique":
			tactics, title, _ := strings.Cut(rest, " ")
			m.techniques[id] = Technique{ID: id, Title: title, Tactics: list(tactics)}
		case "revoked":
			m.techniques[id] = Technique{ID: id, RevokedBy: rest}
		case "deprecated":
			m.techniques[id] = Technique{ID: id, Deprecated: true}
		default:
			panic("catalogue: attack: " + line)
		}
	}
	return m
})
