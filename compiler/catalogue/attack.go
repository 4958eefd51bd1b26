package catalogue

import (
	"strings"
	"sync"
)

// FormerTechnique is a technique that MITRE ATT&CK no longer has.
type FormerTechnique struct {
	ID         string
	RevokedBy  string // the technique that has taken its place
	Deprecated bool   // nothing has taken its place
}

// FindFormer returns a technique that is gone, by its id, which may have a small letter.
func FindFormer(id string) (FormerTechnique, bool) {
	if id == "" || id[0] != 'T' && id[0] != 't' {
		return FormerTechnique{}, false
	}
	t, ok := former().techniques[id[1:]]
	return t, ok
}

// FormerTactics returns the tactics that are gone, each with the last version that had it.
func FormerTactics() map[string]string { return former().tactics }

type past struct {
	tactics    map[string]string
	techniques map[string]FormerTechnique // by their numbers, without the letter
}

var former = sync.OnceValue(func() past {
	p := past{tactics: map[string]string{}, techniques: map[string]FormerTechnique{}}
	for _, line := range lines("attack-former") {
		word, rest, _ := strings.Cut(line, " ")
		id, by, _ := strings.Cut(rest, " ")
		switch word {
		case "former-tactic":
			p.tactics[id] = by
		case "revoked":
			p.techniques[id[1:]] = FormerTechnique{ID: id, RevokedBy: by}
		case "deprecated":
			p.techniques[id[1:]] = FormerTechnique{ID: id, Deprecated: true}
		default:
			panic("catalogue: attack-former: " + line)
		}
	}
	return p
})
