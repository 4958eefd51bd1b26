package apptest

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// names are what AppInspect does not ask: that whatever a file names is there, and that runs of a search touch.
var names = []check{
	{"macros that nothing defines", func(p *Package) []string {
		defined := map[string]bool{}
		for _, m := range p.Confs["default/macros.conf"] {
			name, _, _ := strings.Cut(m.Name, "(")
			defined[name] = true
		}
		return p.named(macro, defined)
	}},
	{"lookups that nothing defines", func(p *Package) []string {
		defined := map[string]bool{}
		for _, l := range p.Confs["default/transforms.conf"] {
			defined[l.Name] = true
		}
		return p.named(lookup, defined)
	}},
	{"settings of Enterprise Security that are no JSON", saved(func(s Stanza) bool {
		for _, key := range []string{"correlationsearch.annotations", "correlationsearch.metadata", "risk.param._risk", "notable.param.drilldown_searches"} {
			if value, there := s.Of["action."+key]; there && !json.Valid([]byte(value)) {
				return true
			}
		}
		return false
	})},
	{"columns that the results do not have", saved(func(s Stanza) bool {
		has := columns(s.Of["search"])
		return slices.ContainsFunc(wanted(s), func(name string) bool { return !slices.Contains(has, name) })
	})},
	{"runs that do not touch", saved(func(s Stanza) bool { return apart(s) })},
	{"tokens that nothing sets", files("default/data/ui/views/", "has a token that nothing sets", func(_ string, data []byte) bool {
		return unsetToken(data)
	})},
}

var (
	literal = regexp.MustCompile(`"(?:\\.|[^"\\])*"`)
	remark  = regexp.MustCompile("```[^`]*```")
	macro   = regexp.MustCompile("`([A-Za-z0-9_]+)(?:\\([^`]*\\))?`")
	lookup  = regexp.MustCompile(`\| *(?:input)?lookup +([A-Za-z0-9_]+)`)
	table   = regexp.MustCompile(`\| table ([^|]*)`)
	fresh   = regexp.MustCompile(`_indextime>=info_max_time-([0-9]+)`)
	token   = regexp.MustCompile(`\$(?:[^$\s]+)\$`)
)

// named reports what searches and macros name, outside of literals and comments, and is not defined.
func (p *Package) named(pattern *regexp.Regexp, defined map[string]bool) []string {
	var out []string
	look := func(where, spl string) {
		for _, m := range pattern.FindAllStringSubmatch(literal.ReplaceAllString(remark.ReplaceAllString(spl, ""), `""`), -1) {
			if !defined[m[1]] {
				out = append(out, "["+where+"] "+m[1])
			}
		}
	}
	for _, s := range p.Confs[searchFile] {
		look(s.Name, s.Of["search"])
	}
	for _, m := range p.Confs["default/macros.conf"] {
		look(m.Name, m.Of["definition"])
	}
	return out
}

// columns are those of the results of a search.
func columns(spl string) []string {
	tables := table.FindAllStringSubmatch(literal.ReplaceAllString(spl, `""`), -1)
	if len(tables) == 0 {
		return nil
	}
	return strings.FieldsFunc(tables[len(tables)-1][1], func(r rune) bool { return r == ',' || r == ' ' })
}

// wanted are the columns that an alert speaks of.
func wanted(s Stanza) []string {
	var out []string
	for _, key := range []string{"alert.suppress.fields", "action.notable.param.nes_fields"} {
		if v := s.Of[key]; v != "" {
			out = append(out, strings.Split(v, ",")...)
		}
	}
	var risks []map[string]any
	if v := s.Of["action.risk.param._risk"]; v != "" && json.Unmarshal([]byte(v), &risks) != nil {
		return []string{v}
	}
	for _, r := range risks {
		for _, key := range []string{"risk_object_field", "threat_object_field"} {
			if name, there := r[key].(string); there {
				out = append(out, name)
			}
		}
	}
	return out
}

// apart reports whether what two runs of a search look at neither is the same nor touches: by the time of indexing, by that
// of events where a search does not ask for it, or by what a search itself says is new.
func apart(s Stanza) bool {
	period, ok := minutesBetween(s.Of["cron_schedule"])
	from, to := minutesAgo(s.Of["dispatch.index_earliest"]), minutesAgo(s.Of["dispatch.index_latest"])
	if m := fresh.FindStringSubmatch(s.Of["search"]); m != nil {
		var seconds int
		fmt.Sscan(m[1], &seconds)
		from = seconds/60 + minutesAgo(s.Of["dispatch.latest_time"]) // which is what addinfo calls info_max_time
	} else if from == 0 {
		from, to = minutesAgo(s.Of["dispatch.earliest_time"]), minutesAgo(s.Of["dispatch.latest_time"])
	}
	return !ok || from-to != period || minutesAgo(s.Of["dispatch.earliest_time"]) < from
}

// minutesAgo reads a relative time, -16m@m; a time in the future is negative.
func minutesAgo(text string) int {
	var n int
	var unit byte
	if _, err := fmt.Sscanf(text, "%d%c", &n, &unit); err != nil {
		return 0
	}
	if unit == 'h' {
		n *= 60
	}
	return -n
}

// minutesBetween is the time between two runs of a schedule, of the forms M-59/N, M, M H-23/N and M H.
func minutesBetween(cron string) (int, bool) {
	fields := strings.Fields(cron)
	if len(fields) != 5 || strings.Join(fields[2:], " ") != "* * *" {
		return 0, false
	}
	var first, n int
	switch {
	case fields[1] == "*":
		if _, err := fmt.Sscanf(fields[0], "%d-59/%d", &first, &n); err == nil {
			return n, first < n && 60%n == 0
		}
		return 60, true
	default:
		if _, err := fmt.Sscanf(fields[1], "%d-23/%d", &first, &n); err == nil {
			return 60 * n, first < n && 24%n == 0
		}
		return 24 * 60, true
	}
}

// unsetToken reports whether a view has a token that is none of its inputs, of what they set or of a click.
func unsetToken(data []byte) bool {
	set := map[string]bool{"row": true, "click": true}
	all := elements(data)
	for _, e := range all {
		for _, a := range e.Attr {
			if a.Name.Local == "token" {
				set[a.Value] = true
			}
		}
	}
	texts := strings.ReplaceAll(characters(data), "$$", "") // a dollar sign of its own
	return slices.ContainsFunc(token.FindAllString(texts, -1), func(t string) bool {
		name, _, _ := strings.Cut(strings.Trim(t, "$"), "|")
		first, _, _ := strings.Cut(name, ".")
		return !set[name] && !set[first]
	})
}

// characters are the texts of an XML file, each on a line.
func characters(data []byte) string {
	var b strings.Builder
	for d := xml.NewDecoder(strings.NewReader(string(data))); ; {
		t, err := d.Token()
		if err != nil {
			return b.String()
		}
		if text, ok := t.(xml.CharData); ok {
			b.Write(text)
			b.WriteByte('\n')
		}
	}
}
