package app_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/targets/splunk/app"
	"github.com/sigc-rules/sigc/targets/splunk/apptest"
)

// sample is an app with one of everything.
func sample() *app.App {
	return &app.App{
		ID: "my_rules", Label: "My rules", Description: "Rules of mine", Author: "me", Version: "1.2.3", Build: "7",
		Every: "15 minutes", Events: true,
		Scopes:  []app.Macro{{Name: "logs", Definition: "index=*", Doc: "the logs"}},
		Lookups: []app.Lookup{{Name: "admins", Doc: "who administers", Settings: []app.Setting{app.Exact("max_matches", "1")}, CSV: []byte("value,comment\nalice,\n")}},
		Limits:  []string{"[spath] extraction_cutoff"},
		Searches: []app.Search{
			search("A rule", "`logs` a=1 | table user"),
			search("Another rule", "`logs` b=\"$x$\" | table user"),
		},
	}
}

func search(name, spl string) app.Search {
	filter := app.MacroName(name) + "_filter"
	return app.Search{Name: name, Filter: filter, Query: spl + " | `" + filter + "`", Settings: []app.Setting{
		app.Text("description", "what it is"), app.Exact("search", spl), app.Exact("disabled", "1"), app.Exact("enableSched", "1"),
		app.Exact("cron_schedule", "3-59/15 * * * *"), app.Exact("dispatch.earliest_time", "-24h@h"), app.Exact("dispatch.latest_time", "now"),
		app.Exact("dispatch.index_earliest", "-16m@m"), app.Exact("dispatch.index_latest", "-1m@m"),
		app.Exact("realtime_schedule", "0"), app.Exact("alert.severity", "3"), app.Exact("alert.digest_mode", "1"), app.Exact("alert.suppress", "0"),
	}}
}

func open(t testing.TB, a *app.App) *apptest.Package {
	t.Helper()
	archive := archiveOf(t, a)
	p, err := apptest.Open(archive.Path, archive.Data)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// archiveOf is the archive of an app, which is written at last.
func archiveOf(t testing.TB, a *app.App) app.File {
	t.Helper()
	var last app.File
	if err := a.Write(func(f app.File) error { last = f; return nil }); err != nil {
		t.Fatal(err)
	}
	return last
}

// TestWrite: what is written beside the archive is what the archive holds, and what cannot be written ends it.
func TestWrite(t *testing.T) {
	p := open(t, sample())
	n := 0
	err := sample().Write(func(f app.File) error {
		if name, ok := strings.CutPrefix(f.Path, "my_rules/"); ok {
			n++
			if !bytes.Equal(f.Data, p.Files[name]) {
				t.Errorf("%s is not what the archive holds", name)
			}
		}
		return nil
	})
	if err != nil || n != len(p.Files) {
		t.Errorf("%d files, %d in the archive: %v", n, len(p.Files), err)
	}
	full := errors.New("the disk is full")
	if err := sample().Write(func(app.File) error { return full }); err != full {
		t.Error(err)
	}
}

func TestApp(t *testing.T) {
	p := open(t, sample())
	for _, found := range apptest.Inspect(p) {
		t.Error(found)
	}
	want := "README.txt default/app.conf default/data/ui/nav/default.xml default/data/ui/views/overview.xml default/macros.conf " +
		"default/savedsearches.conf default/transforms.conf lookups/admins.csv metadata/default.meta static/appIcon.png static/appIcon_2x.png"
	var names []string
	for _, e := range p.Entries {
		if name := strings.TrimPrefix(e.Name, "my_rules/"); !strings.HasSuffix(name, "/") && name != "" {
			names = append(names, name)
		}
	}
	if got := strings.Join(names, " "); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	macros := p.Confs["default/macros.conf"]
	if len(macros) != 3 || macros[1].Name != "a_rule_filter" || macros[1].Of["definition"] != app.NoFilter {
		t.Errorf("macros: %q", macros)
	}
	for _, word := range []string{"logs", "index=*", "admins.csv", "extraction_cutoff", "a_rule_filter", "my_rules.spl"} {
		if !strings.Contains(string(p.Files["README.txt"]), word) {
			t.Errorf("the README does not speak of %q", word)
		}
	}
	if strings.Contains(string(p.Files["metadata/default.meta"]), "system") {
		t.Error("exported although nobody asked for it")
	}
	exported := sample()
	exported.Exported = true
	if !strings.Contains(string(open(t, exported).Files["metadata/default.meta"]), "export = system\n") {
		t.Error("not exported")
	}
}

// TestStable: no time, no owner, no order of its own.
func TestStable(t *testing.T) {
	first := archiveOf(t, sample()).Data
	for range 20 {
		if !bytes.Equal(first, archiveOf(t, sample()).Data) {
			t.Fatal("another archive of the same app")
		}
	}
	var before string
	for _, e := range open(t, sample()).Entries {
		if e.Uid != 0 || e.Gid != 0 || e.Uname != "" || e.Gname != "" || e.ModTime.Unix() != 946684800 || len(e.PAXRecords) > 0 {
			t.Errorf("%s tells of a machine: %+v", e.Name, e.Header)
		}
		if dir := strings.HasSuffix(e.Name, "/"); dir && e.Mode != 0o755 || !dir && e.Mode != 0o644 {
			t.Errorf("%s has the mode %o", e.Name, e.Mode)
		}
		if dir := strings.HasSuffix(e.Name, "/"); !dir && e.Name <= before {
			t.Errorf("%s stands behind %s", e.Name, before)
		} else if !dir {
			before = e.Name
		}
	}
}

// TestOverview reads the dashboard back: every rule can be chosen, by its name, and sets its own search.
func TestOverview(t *testing.T) {
	var form struct {
		Inputs []struct {
			Token   string `xml:"token,attr"`
			Choices []struct {
				Value string `xml:"value,attr"`
				Text  string `xml:",chardata"`
			} `xml:"choice"`
			Default    string `xml:"default"`
			Conditions []struct {
				Value string `xml:"value,attr"`
				Set   string `xml:"set"`
			} `xml:"change>condition"`
		} `xml:"fieldset>input"`
		Queries []string `xml:"row>panel>chart>search>query"`
	}
	a := sample()
	a.Searches = append(a.Searches, search(`<b> & 'c' {first} {choices}`, "`logs` d=\"<&>\" | table user"))
	if err := xml.Unmarshal(open(t, a).Files["default/data/ui/views/overview.xml"], &form); err != nil {
		t.Fatal(err)
	}
	rule := form.Inputs[1]
	if rule.Token != "rule" || len(rule.Choices) != 3 || len(rule.Conditions) != 3 || rule.Default != "A rule" {
		t.Fatalf("%+v", rule)
	}
	for i, s := range a.Searches {
		c := rule.Conditions[i]
		if rule.Choices[i].Value != s.Name || rule.Choices[i].Text != s.Name || c.Value != s.Name || strings.ReplaceAll(c.Set, "$$", "$") != s.Query {
			t.Errorf("%d: %+v %+v", i, rule.Choices[i], c)
		}
	}
	if lone := regexp.MustCompile(`\$x\$`); lone.MatchString(strings.ReplaceAll(rule.Conditions[1].Set, "$$", "")) {
		t.Errorf("a token of the rule: %s", rule.Conditions[1].Set)
	}
	if !strings.Contains(form.Queries[0], `app="my_rules"`) {
		t.Error(form.Queries[0])
	}
}

// TestClockChanges: what runs by the hour of the clock misses one when it is set back, and the README says so.
func TestClockChanges(t *testing.T) {
	for every, told := range map[string]bool{"15 minutes": false, "hour": false, "4 hours": true, "15 minutes or 24 hours": true} {
		a := sample()
		a.Every = every
		if got := strings.Contains(string(open(t, a).Files["README.txt"]), "summer time"); got != told {
			t.Errorf("every %s: told %t", every, got)
		}
	}
}

func TestWrong(t *testing.T) {
	for _, test := range []struct {
		ask       func(string) string
		good, bad []string
	}{
		{app.WrongID, []string{"sigc_rules", "SA", "a.b", "_x"}, []string{"", "1a", "a-b", "a b", "a.", "x.spl", "x.tar.gz", "con", "LPT1", "ä", "../x"}},
		{app.WrongVersion, []string{"1.0.0", "0.12.3"}, []string{"", "1", "1.0", "1.0.0.0", "v1.0.0", "1.0.0-rc1", "01.0.0"}},
		{app.WrongBuild, []string{"1", "20261121"}, []string{"", "0", "-1", "1.0", "01", "9999999999"}},
		{app.WrongLabel, []string{"Rules", "Rules for Splunk", "規則規則規"}, []string{"", "Four", strings.Repeat("x", 81), "Splunk App for X", "splunk add-on for X", "Splunk rules"}},
	} {
		for _, v := range test.good {
			if why := test.ask(v); why != "" {
				t.Errorf("%q: %s", v, why)
			}
		}
		for _, v := range test.bad {
			if test.ask(v) == "" {
				t.Errorf("%q is accepted", v)
			}
		}
	}
}

// FuzzConf: whatever a text says, it is one value of one setting of one stanza, and the stanza behind it stands.
func FuzzConf(f *testing.F) {
	for _, s := range []string{
		"", "plain", "two\nlines", `ends in \`, `\`, "\\\n[evil]\nsearch = x", "]", "[x]", "[", "a = b", "# no comment", "; none", "$user$ $$",
		"😀 日本語", "x\r\ny", "\ufeff", "\u2028", "\x00", "\xff", "  blanks  ", "`macro`", "\"quoted\"", "default", "GLOBAL", "\\ \\ ",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		name := app.StanzaName(s)
		if app.MacroName(name) == "" {
			name = "a rule" // who calls sees to it that there is a name
		}
		data := app.Conf([]app.Stanza{
			{Comment: s, Name: name, Settings: []app.Setting{app.Text("description", s), app.Exact("search", "x")}},
			{Comment: s, Name: "behind", Settings: []app.Setting{app.Text("label", s)}},
		})
		if name == "behind" {
			return
		}
		got, err := apptest.ReadConf(data)
		if err != nil || len(got) != 2 {
			t.Fatalf("%v\n%q", err, data)
		}
		first := got[0]
		if first.Name != name || !slices.Equal(first.Keys, []string{"description", "search"}) || first.Of["search"] != "x" {
			t.Errorf("%q is read as %q", data, first)
		}
		if strings.ContainsAny(name, "[]\"\\") || strings.EqualFold(name, "default") {
			t.Errorf("the name %q", name)
		}
		want := app.OneLine(s)
		if strings.HasSuffix(want, `\`) {
			want += "."
		}
		if first.Of["description"] != want || got[1].Of["label"] != want {
			t.Errorf("%q is read as %q", want, first.Of["description"])
		}
		if simple := regexp.MustCompile(`^[!-~ \n\t]*$`); simple.MatchString(s) && strings.Join(strings.Fields(s), " ") != app.OneLine(s) {
			t.Errorf("%q has become %q", s, app.OneLine(s))
		}
	})
}

func TestExactRefuses(t *testing.T) {
	for _, bad := range []string{"two\nlines", `ends in \`, " blank", "blank ", "x\r"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%q is taken", bad)
				}
			}()
			app.Exact("search", bad)
		}()
	}
	if got := app.Conf([]app.Stanza{{Name: "a", Settings: []app.Setting{app.Exact("search", "a=\"b  c\"  \u2028d")}}}); !bytes.Contains(got, []byte("\"b  c\"  \u2028d")) {
		t.Errorf("changed: %q", got)
	}
}
