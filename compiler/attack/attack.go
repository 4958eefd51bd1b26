package attack

import (
	_ "embed"
	"strings"
	"sync"
)

// Version is the version of ATT&CK that the package knows.
const Version = "19.1"

// Tactic is a column of the matrix.
type Tactic struct {
	ID    string // TA0003
	Short string // persistence, as tags write it
	Name  string
}

// Technique is a technique or a sub-technique.
type Technique struct {
	ID      string // T1098 or T1098.003
	Name    string
	Tactics []string // that it serves, in their short form
}

// Parent returns the id of the technique that a sub-technique belongs to, and the id of a technique itself.
func (t Technique) Parent() string {
	parent, _, _ := strings.Cut(t.ID, ".")
	return parent
}

//go:embed attack19.txt
var text string

type catalogue struct {
	tactics    []Tactic
	techniques []Technique
	byNumber   map[string]Technique // without its letter
}

var read = sync.OnceValue(func() catalogue {
	c := catalogue{byNumber: map[string]Technique{}}
	for line := range strings.Lines(text) {
		id, rest, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || id == "#" {
			continue
		}
		short, name, _ := strings.Cut(rest, " ")
		if strings.HasPrefix(id, "TA") {
			c.tactics = append(c.tactics, Tactic{ID: id, Short: short, Name: name})
			continue
		}
		t := Technique{ID: id, Name: name, Tactics: strings.Split(short, ",")}
		c.techniques = append(c.techniques, t)
		c.byNumber[id[1:]] = t
	}
	return c
})

// Tactics returns the tactics in the order of the matrix.
func Tactics() []Tactic { return read().tactics }

// Techniques returns all techniques, sorted by their ids.
func Techniques() []Technique { return read().techniques }

// Find returns the technique of an id, also one with a small letter.
func Find(id string) (Technique, bool) {
	if id == "" || id[0] != 'T' && id[0] != 't' {
		return Technique{}, false
	}
	t, ok := read().byNumber[id[1:]]
	return t, ok
}

// Tagged returns the technique that a tag of a rule names, such as attack.t1098.003.
func Tagged(tag string) (Technique, bool) {
	const namespace = "attack."
	if len(tag) < len(namespace) || !strings.EqualFold(tag[:len(namespace)], namespace) {
		return Technique{}, false
	}
	return Find(tag[len(namespace):])
}
