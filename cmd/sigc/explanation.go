package main

import (
	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/source"
)

// explanationJSON is the JSON form of an explanation, one object for each rule.
type explanationJSON struct {
	Rule       string              `json:"rule"`
	Correlates []correlatedJSON    `json:"correlates,omitempty"`
	Logsource  placeJSON           `json:"logsource"`
	Log        string              `json:"log"`
	Candidates []string            `json:"candidates"`
	Tests      []testJSON          `json:"tests"`
	Shown      []placeJSON         `json:"shown"`
	Lists      map[string][]string `json:"lists"`
	Needs      []needJSON          `json:"needs"`
	Renderings []renderingJSON     `json:"renderings"`
	Told       map[string][]factIs `json:"told,omitempty"`
	Collect    []collectJSON       `json:"collect,omitempty"`
}

// collectJSON is a log and what it takes to have it.
type collectJSON struct {
	Log       string   `json:"log"`
	Setting   string   `json:"setting"`
	Category  string   `json:"category"`
	Connector string   `json:"connector"`
	Licence   string   `json:"licence"`
	Note      string   `json:"note"`
	See       []string `json:"see"`
}

type correlatedJSON struct {
	placeJSON
	Log    string      `json:"log"`
	Fields []placeJSON `json:"fields"`
}

type placeJSON struct {
	Name   string `json:"name"`
	Path   string `json:"path,omitempty"`
	Type   string `json:"type,omitempty"`
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

type testJSON struct {
	placeJSON
	Meaning string      `json:"meaning"`
	Negated bool        `json:"negated"`
	Alone   []aloneJSON `json:"alone"`
}

type aloneJSON struct {
	Targets []string `json:"targets"`
	Lines   []string `json:"lines"`
}

type needJSON struct {
	placeJSON
	Targets map[string]string `json:"targets"`
}

type renderingJSON struct {
	Targets []string     `json:"targets"`
	Query   string       `json:"query"`
	Remarks []remarkJSON `json:"remarks"`
}

type remarkJSON struct {
	placeJSON
	Severity string `json:"severity"`
	Message  string `json:"message"`
}

// factIs is something that a platform is told about a rule.
type factIs struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

func newExplanationJSON(r *compiler.Rule, x *compiler.Explanation) explanationJSON {
	out := explanationJSON{
		Rule: r.Key(), Logsource: place(x.Logsource.String(), x.Logsource.At),
		Candidates: []string{}, Tests: []testJSON{}, Shown: []placeJSON{}, Lists: map[string][]string{}, Needs: []needJSON{},
	}
	if c := x.Correlation; c != nil {
		for _, m := range c.Members {
			member := correlatedJSON{placeJSON: place(m.Title, m.At), Log: m.Log, Fields: []placeJSON{}}
			for _, f := range m.Fields {
				member.Fields = append(member.Fields, field(f.Field, f.Canonical, f.Type, f.At))
			}
			out.Correlates = append(out.Correlates, member)
		}
	}
	for _, c := range x.Candidates {
		out.Candidates = append(out.Candidates, c.Log)
		if c.Taken {
			out.Log = c.Log
		}
	}
	for _, t := range x.Tests {
		test := testJSON{placeJSON: field(t.Field, t.Canonical, t.Type, t.At), Meaning: t.Meaning, Negated: t.Negated}
		for _, a := range t.Alone {
			test.Alone = append(test.Alone, aloneJSON{a.Targets, append([]string{}, a.Lines...)})
		}
		out.Tests = append(out.Tests, test)
	}
	for _, s := range x.Shown {
		out.Shown = append(out.Shown, field(s.Field, s.Canonical, s.Type, s.At))
	}
	for _, l := range x.Lists {
		out.Lists[l.Name] = append([]string{}, l.Values...)
	}
	for _, n := range x.Needs {
		need := needJSON{place(n.Feature, n.At), map[string]string{}}
		for _, a := range n.Answers {
			for _, t := range a.Targets {
				need.Targets[t] = a.How
			}
		}
		out.Needs = append(out.Needs, need)
	}
	for _, t := range x.Renderings {
		rendering := renderingJSON{Targets: t.Targets, Query: t.Query, Remarks: []remarkJSON{}}
		for _, d := range t.Remarks {
			rendering.Remarks = append(rendering.Remarks, remarkJSON{place(d.ID, d.Span), d.Severity.String(), d.Message})
		}
		out.Renderings = append(out.Renderings, rendering)
	}
	for _, l := range x.Logs {
		if c := l.Collection; c != nil {
			out.Collect = append(out.Collect, collectJSON{l.Name, c.Setting, c.Category, c.Connector, c.Licence, c.Note, append([]string{}, c.See...)})
		}
	}
	for _, t := range x.Told {
		if out.Told == nil {
			out.Told = map[string][]factIs{}
		}
		for _, f := range t.Facts {
			out.Told[t.Target] = append(out.Told[t.Target], factIs(f))
		}
	}
	return out
}

func place(name string, s source.Span) placeJSON {
	p := placeJSON{Name: name}
	if !s.IsZero() {
		p.File = s.File.Name
		p.Line, p.Column = s.File.Position(s.Start())
	}
	return p
}

func field(name, path, kind string, s source.Span) placeJSON {
	p := place(name, s)
	p.Path, p.Type = path, kind
	return p
}
