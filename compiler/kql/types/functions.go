package types

import (
	_ "embed"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed functions.txt
var written string

// signature is one way to call a function.
type signature struct {
	least, most int // of the arguments; most is -1 where there is no limit
	result      string
	params      []string
	constant    []bool // the parameters whose value is to stand in the query
	from, to    int    // the parameters that may stand again, together: params[from:to]
}

// functions are the signatures of every function. They are read when the first call is looked at.
var functions = sync.OnceValue(func() map[string][]signature {
	out := map[string][]signature{}
	for line := range strings.Lines(written) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		words := strings.Fields(line)
		s := signature{most: -1, result: words[3], params: words[4:]}
		s.least, _ = strconv.Atoi(words[1])
		if n, err := strconv.Atoi(words[2]); err == nil {
			s.most = n
		}
		s.from, s.to = len(s.params), len(s.params)
		s.constant = make([]bool, len(s.params))
		for i, p := range s.params {
			if name, again := strings.CutSuffix(p, "+"); again {
				p, s.from, s.to = name, min(s.from, i), i+1
			}
			s.params[i], s.constant[i] = strings.CutPrefix(p, "=")
		}
		out[words[0]] = append(out[words[0]], s)
	}
	return out
})

// names are those of all functions.
func names() []string { return slices.Sorted(maps.Keys(functions())) }

// takes reports whether the signature has room for so many arguments.
func (s signature) takes(n int) bool {
	if n < s.least || s.most >= 0 && n > s.most {
		return false
	}
	if group := s.to - s.from; group > 1 { // as in case, whose conditions and values stand in pairs
		return (n-(len(s.params)-group))%group == 0
	}
	return true
}

// param is the parameter for one of n arguments, which the signature takes.
func (s signature) param(i, n int) int {
	switch {
	case i < s.from || s.from == s.to:
		return i
	case i >= n-(len(s.params)-s.to):
		return len(s.params) - (n - i)
	default:
		return s.from + (i-s.from)%(s.to-s.from)
	}
}

// anything are the words for parameters that take any value: "same" and "common" ask that others are of its type.
var anything = []string{"any", "same", "common", "type"}

// kinds are words for several types.
var kinds = map[string][]string{
	"number":   {"int", "long", "real", "decimal"},
	"integer":  {"int", "long"},
	"numeric":  {"int", "long", "real", "decimal", "bool"},
	"summable": {"int", "long", "real", "decimal", "timespan", "datetime"},
	"array":    {"dynamic"},
	"bag":      {"dynamic"},
	"text":     {"string", "dynamic"},
	"index":    {"int", "long", "dynamic"},
	"single":   {"string", "int", "long", "real", "decimal", "bool", "datetime", "timespan", "guid"},
}

// wider are the types that a type becomes where another is asked for.
var wider = map[string][]string{
	"int": {"long", "real", "decimal"}, "long": {"int", "real", "decimal"}, "real": {"decimal"}, "decimal": {"real"},
}

// fits reports whether a value of a type can stand where another type, or kind, is asked for.
func fits(typ, asked string) bool {
	if typ == "" || typ == asked || typ == "dynamic" && asked == "string" || slices.Contains(anything, asked) || slices.Contains(wider[typ], asked) {
		return true
	}
	return slices.Contains(kinds[asked], typ)
}
