package diag

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Bounds of the search for a similar name, so that a hostile rule cannot make it slow.
const (
	nearLength     = 80 // bytes; longer names are like no other
	nearCandidates = 1000
)

// few is how many names a message lists.
const few = 16

// Meant ends a message about an unknown name: with the one that was probably meant, or with all there are where they are
// few.
func Meant(name string, known []string) string {
	switch near := Nearest(name, known); {
	case near != "":
		return fmt.Sprintf("; did you mean %q?", near)
	case len(known) == 0:
		return "; there are none"
	case len(known) <= few:
		return "; there are " + strings.Join(known, ", ")
	default:
		return ""
	}
}

// Nearest returns the candidate that a writer of word probably meant, or "" when none is near enough to suggest: one
// slip of the pen in a word of up to five letters, two in a longer one. A difference in case alone is nearest of all.
func Nearest(word string, candidates []string) string {
	if len(word) > nearLength || len(word) < 2 {
		return ""
	}
	limit, length := 3, utf8.RuneCountInString(word)
	if length <= 5 {
		limit = 2
	}
	best, folded := "", strings.ToLower(word)
	for _, c := range candidates[:min(len(candidates), nearCandidates)] {
		if c == word {
			continue
		}
		if strings.EqualFold(c, word) {
			return c
		}
		if n := utf8.RuneCountInString(c) - length; n >= limit || -n >= limit {
			continue
		}
		if d := Distance(folded, strings.ToLower(c), limit); d < limit {
			best, limit = c, d
		}
	}
	return best
}

// Distance is the number of letters to insert, drop or replace and of neighbours to swap that turn a into b. Any result
// of limit or more means limit, as do names too long to compare.
func Distance(a, b string, limit int) int {
	if a == b {
		return 0
	}
	if len(a) > nearLength || len(b) > nearLength {
		return limit
	}
	if n, m := utf8.RuneCountInString(a), utf8.RuneCountInString(b); n-m >= limit || m-n >= limit {
		return limit
	}
	s, t := []rune(a), []rune(b)
	var rows [3][nearLength + 1]int // of a fixed length, so that they need no memory of their own
	before, last, row := rows[0][:len(t)+1], rows[1][:len(t)+1], rows[2][:len(t)+1]
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(s); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(t); j++ {
			cost := last[j-1]
			if s[i-1] != t[j-1] {
				cost++
			}
			cost = min(cost, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				cost = min(cost, before[j-2]+1)
			}
			row[j] = cost
			least = min(least, cost)
		}
		if least >= limit {
			return limit
		}
		before, last, row = last, row, before
	}
	return min(last[len(t)], limit)
}
