package app

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// App is what an app is made of.
type App struct {
	ID          string // of the folder; see [WrongID]
	Label       string
	Description string
	Author      string
	Version     string // see [WrongVersion]
	Build       string // a number that goes up with every release
	// Exported says that other apps see the searches, macros and lookups.
	Exported bool
	// Every says how often the searches run.
	Every string
	// Events says that some searches read events, and Models that some ask data models.
	Events, Models bool

	Searches []Search
	Scopes   []Macro  // where the searches find their data
	Macros   []Stanza // others that they use
	Lookups  []Lookup // what they compare with
	// Limits are what the README says of settings that the data may need, a paragraph each.
	Limits []string
	// Unconfirmed are what the searches rest on and Splunk's documentation does not say.
	Unconfirmed []string
}

// Search is a saved search.
type Search struct {
	Name     string
	Filter   string // the macro at its end
	Query    string // what it finds in any time, on one line
	Settings []Setting
}

// Macro is a search macro without arguments.
type Macro struct {
	Name, Definition, Doc string
	Model                 bool // it has options of a data model, and says of no events where they are
}

// Lookup is a table that searches read, and its file.
type Lookup struct {
	Name, Doc string
	Settings  []Setting // but for the file
	CSV       []byte
}

// File is a file of the app, whose path begins with the folder of the app, or the archive. Path is slash-separated.
type File struct {
	Path string
	Data []byte
}

// NoFilter is a filter that lets everything through.
const NoFilter = "search *"

// Write makes the files of the app, one after another in the order of their paths, gives each to write, and at last the
// archive of them.
func (a *App) Write(write func(File) error) error {
	parts := a.parts()
	paths := make([]string, len(parts))
	for i := range parts {
		parts[i].path = a.ID + "/" + parts[i].path
		paths[i] = parts[i].path
	}
	archive, err := NewArchive(paths)
	if err != nil {
		return err
	}
	for _, p := range parts {
		f := File{p.path, p.make()}
		if err := archive.Add(f); err != nil {
			return err
		}
		if err := write(f); err != nil {
			return err
		}
	}
	data, err := archive.Close()
	if err != nil {
		return err
	}
	return write(File{a.ID + ".spl", data})
}

// part is a file that is still to be made.
type part struct {
	path string
	make func() []byte
}

// parts are the files of the app, in the order of their paths.
func (a *App) parts() []part {
	parts := []part{
		{"README.txt", a.readme},
		{"default/app.conf", a.appConf},
		{"default/data/ui/nav/default.xml", a.nav},
		{"default/data/ui/views/overview.xml", a.overview},
		{"default/macros.conf", a.macros},
		{"default/savedsearches.conf", a.savedSearches},
		{"metadata/default.meta", a.meta},
		{"static/appIcon.png", func() []byte { return icon(36) }},
		{"static/appIcon_2x.png", func() []byte { return icon(72) }},
	}
	var lookups []Stanza
	for _, l := range a.Lookups {
		file := l.Name + ".csv"
		lookups = append(lookups, Stanza{l.Doc, l.Name, append([]Setting{Exact("filename", file)}, l.Settings...)})
		parts = append(parts, part{"lookups/" + file, func() []byte { return l.CSV }})
	}
	if len(lookups) > 0 {
		parts = append(parts, part{"default/transforms.conf", func() []byte { return Conf(lookups) }})
	}
	slices.SortFunc(parts, func(x, y part) int { return strings.Compare(x.path, y.path) })
	return parts
}

// maxDescription is how long the launcher wants descriptions at most (D: app.conf).
const maxDescription = 200

func (a *App) appConf() []byte {
	description := OneLine(a.Description)
	if r := []rune(description); len(r) > maxDescription {
		description = strings.TrimSpace(string(r[:maxDescription-1])) + "…"
	}
	return Conf([]Stanza{
		{Name: "id", Settings: []Setting{Exact("name", a.ID), Exact("version", a.Version)}},
		{Name: "install", Settings: []Setting{Exact("build", a.Build), Exact("is_configured", "0"), Exact("state", "enabled")}},
		{Name: "launcher", Settings: []Setting{
			Text("author", a.Author), Text("description", description), Exact("version", a.Version),
		}},
		{Name: "package", Settings: []Setting{Exact("check_for_updates", "0"), Exact("id", a.ID)}},
		{Name: "ui", Settings: []Setting{Exact("is_visible", "1"), Text("label", a.Label)}},
	})
}

// macros are the scopes, and for every search the filter that its customer may fill.
func (a *App) macros() []byte {
	out := make([]Stanza, 0, len(a.Scopes)+len(a.Macros)+len(a.Searches))
	for _, m := range a.Scopes {
		out = append(out, Stanza{m.Doc, m.Name, []Setting{Exact("definition", m.Definition), Exact("iseval", "0")}})
	}
	out = append(out, a.Macros...)
	nothing := []Setting{Exact("definition", NoFilter), Exact("iseval", "0")}
	for _, s := range a.Searches {
		out = append(out, Stanza{"What to leave out of: " + s.Name, s.Filter, nothing})
	}
	return Conf(out)
}

func (a *App) savedSearches() []byte {
	out := make([]Stanza, len(a.Searches))
	for i, s := range a.Searches {
		out[i] = Stanza{Name: s.Name, Settings: s.Settings}
	}
	return Conf(out)
}

// meta says who may read and change what the app has. Administrators of Splunk Cloud are sc_admin (C: AppInspect,
// check_kos_are_accessible).
func (a *App) meta() []byte {
	export := "none"
	if a.Exported {
		export = "system"
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "[]\naccess = read : [ * ], write : [ admin, sc_admin ]\nexport = %s\n", export)
	return b.Bytes()
}

var (
	validID      = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.]*$`)
	packageEnd   = regexp.MustCompile(`(?i)(\.|\.tar|\.tar\.gz|\.tgz|\.spl)$`)
	device       = regexp.MustCompile(`(?i)^(CON|PRN|AUX|NUL|COM[1-9]|LPT[1-9])$`)
	validVersion = regexp.MustCompile(`^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$`)
	validBuild   = regexp.MustCompile(`^[1-9][0-9]{0,8}$`)
	splunkApp    = regexp.MustCompile(`(?i)splunk\s*(add(\s*|-*)on|app)s*\s*for|^splunk`)
)

// WrongID says what an id must be that this one is not; "" when nothing is wrong (D: app.conf; C: AppInspect,
// check_for_valid_package_id).
func WrongID(id string) string {
	switch {
	case !validID.MatchString(id):
		return "letters, digits, points and underscores, and not begin with a digit"
	case packageEnd.MatchString(id):
		return "a name that does not end as an archive does, or in a point"
	case device.MatchString(id):
		return "no name of a device"
	}
	return ""
}

// WrongVersion says what a version must be that this one is not (C: AppInspect, check_valid_version_number).
func WrongVersion(version string) string {
	if !validVersion.MatchString(version) {
		return "three numbers, such as 1.0.0"
	}
	return ""
}

// WrongBuild says what the number of a build must be that this one is not (D: app.conf).
func WrongBuild(build string) string {
	if !validBuild.MatchString(build) {
		return "a number from 1 to 999999999"
	}
	return ""
}

// WrongLabel says what a label must be that this one is not (C: AppInspect, check_for_valid_ui_label and
// check_for_invalid_app_names).
func WrongLabel(label string) string {
	n := len([]rune(OneLine(label)))
	switch {
	case n < 5 || n > 80:
		return "a text of 5 to 80 characters"
	case splunkApp.MatchString(label):
		return `a name that does not begin with "Splunk" and does not call itself a Splunk app`
	}
	return ""
}
