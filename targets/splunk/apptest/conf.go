package apptest

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Stanza is a part of a configuration file as it was read.
type Stanza struct {
	Name string
	Keys []string // in their order
	Of   map[string]string
}

// ReadConf reads a configuration file. What Splunk or AppInspect would merely tolerate is an error here: a line that is
// nothing, a setting outside of a stanza, a second stanza or key of one name, blanks behind the backslash that takes the
// next line into a value.
func ReadConf(data []byte) ([]Stanza, error) {
	text := string(data)
	switch {
	case !utf8.ValidString(text):
		return nil, fmt.Errorf("not UTF-8")
	case strings.HasPrefix(text, "\ufeff"):
		return nil, fmt.Errorf("a byte order mark, which would be part of the first name")
	case strings.ContainsAny(text, "\r\x00"):
		return nil, fmt.Errorf("a carriage return or a null")
	case text != "" && !strings.HasSuffix(text, "\n"):
		return nil, fmt.Errorf("the last line has no end")
	}
	var out []Stanza
	seen := map[string]bool{}
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for i := 0; i < len(lines); i++ {
		at := i + 1
		logical := lines[i]
		for strings.HasSuffix(logical, `\`) { // also in a comment
			if i++; i == len(lines) {
				return nil, fmt.Errorf("line %d goes on behind the end of the file", at)
			}
			logical = strings.TrimSuffix(logical, `\`) + "\n" + lines[i]
		}
		if strings.HasSuffix(strings.TrimRight(logical, " \t"), `\`) {
			return nil, fmt.Errorf("line %d: blanks behind the backslash at its end", at)
		}
		body := strings.TrimSpace(logical)
		switch {
		case body == "" || body[0] == '#' || body[0] == ';':
		case body[0] == '[':
			end := strings.LastIndexByte(body, ']')
			if end != len(body)-1 {
				return nil, fmt.Errorf("line %d: the name of a stanza does not end in a bracket", at)
			}
			name := body[1:end]
			if strings.ContainsAny(name, "[]\n") || name != strings.TrimSpace(name) || seen[name] {
				return nil, fmt.Errorf("line %d: stanza %q is no good name, or there are two", at, name)
			}
			seen[name] = true
			out = append(out, Stanza{Name: name, Of: map[string]string{}})
		default:
			key, value, found := strings.Cut(body, "=")
			key = strings.TrimSpace(key)
			if !found || key == "" || strings.ContainsAny(key, " \t\n") {
				return nil, fmt.Errorf("line %d is neither a stanza nor a setting: %q", at, body)
			}
			if len(out) == 0 {
				return nil, fmt.Errorf("line %d: a setting of all stanzas", at)
			}
			s := &out[len(out)-1]
			if _, twice := s.Of[key]; twice {
				return nil, fmt.Errorf("line %d: %q a second time in [%s]", at, key, s.Name)
			}
			s.Keys, s.Of[key] = append(s.Keys, key), strings.TrimSpace(value)
		}
	}
	return out, nil
}
