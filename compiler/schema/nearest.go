package schema

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
)

// Nearest returns up to three names that the rule may have meant by one that does not resolve, the likeliest first: the
// name in another case, names that differ by a few letters, and paths that end in the same key.
func (l *Log) Nearest(scope *Column, name string) []string {
	type near struct {
		spelling  string
		canonical string
		distance  int
	}
	var found []near
	folded := strings.ToLower(name)
	consider := func(spelling, canonical string) {
		if d, ok := distance(folded, strings.ToLower(spelling)); ok {
			found = append(found, near{spelling, canonical, d})
		}
	}
	if scope != nil {
		scope.Element().paths("", "", consider)
	} else {
		for rank := 0; rank < 4; rank++ {
			for _, c := range l.Columns {
				c.spelled(rank, func(s string) {
					if s != "" {
						consider(s, c.Name)
						c.paths(s+".", c.Name+".", consider)
					}
				})
			}
		}
	}
	// Stable: of equally near names the canonical spelling and the earlier column win.
	slices.SortStableFunc(found, func(a, b near) int { return cmp.Compare(a.distance, b.distance) })
	var out []string
	seen := map[string]bool{}
	for _, n := range found {
		if class(n.distance) > class(found[0].distance) {
			break // with a near miss at hand, farther names only distract
		}
		if len(out) < 3 && !seen[n.canonical] {
			seen[n.canonical] = true
			out = append(out, n.spelling)
		}
	}
	return out
}

// paths calls yield for every known path below the column.
func (c *Column) paths(spelling, canonical string, yield func(spelling, canonical string)) {
	for _, m := range c.Members {
		yield(spelling+m.Name, canonical+m.Name)
		m.paths(spelling+m.Name+".", canonical+m.Name+".", yield)
	}
}

// far is the distance of a path that only ends in the same key: it comes after every misspelling. The more keys at the
// end are the same, the nearer it is.
const far = 1 << 16

// distance says how far a name is from another, both in lower case: the number of letters to change, at most two, or
// far. It is false for names that have too little in common.
func distance(a, b string) (int, bool) {
	if d := diag.Distance(a, b, 3); d == 0 || d <= 2 && min(len(a), len(b)) > 3*d {
		return d, true
	}
	n := sameKeys(a, b)
	return far - n, n > 0
}

// class is 0 for another case, 1 for a misspelling, 2 for the same last key.
func class(distance int) int {
	switch {
	case distance == 0:
		return 0
	case distance > far/2:
		return 2
	default:
		return 1
	}
}

// sameKeys is how many keys at the end of two paths are the same.
func sameKeys(a, b string) int {
	n := 0
	for a != "" && b != "" {
		i, j := strings.LastIndexByte(a, '.'), strings.LastIndexByte(b, '.')
		if a[i+1:] != b[j+1:] {
			break
		}
		n++
		a, b = a[:max(i, 0)], b[:max(j, 0)]
	}
	return n
}
