package sigma

import "strings"

// Bounds of the search for a similar name, so that a hostile rule cannot make it slow.
const (
	nearLength     = 80
	nearCandidates = 200
	nearKeys       = 1000 // in a larger map no key is looked at
)

// nearest returns the candidate most like a name that is not one of them, or "" when none is like it.
func nearest(name string, candidates []string) string {
	if len(name) > nearLength || len(name) < 2 {
		return ""
	}
	limit := 2
	if len(name) <= 5 {
		limit = 1
	}
	best := ""
	for _, c := range candidates[:min(len(candidates), nearCandidates)] {
		if len(c) > nearLength {
			continue
		}
		distance := 0
		if !strings.EqualFold(name, c) {
			distance = max(edits(strings.ToLower(name), strings.ToLower(c)), 1)
		}
		if distance <= limit {
			limit, best = distance-1, c
		}
	}
	return best
}

// edits counts the bytes to insert, drop or replace and the neighbours to swap that turn a into b.
func edits(a, b string) int {
	rows := [3][]int{make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)}
	before, last, row := rows[0], rows[1], rows[2]
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
