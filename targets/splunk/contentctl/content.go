package contentctl

import (
	"bytes"
	"strings"

	"github.com/google/uuid"
	"gopkg.in/yaml.v3"
)

// Head is what all content says of itself.
type Head struct {
	Name        string
	ID          string
	Version     int
	Date        string
	Author      string
	Status      string `yaml:",omitempty"`
	Type        string `yaml:",omitempty"`
	Description string
}

// Detection is a search that looks for something.
type Detection struct {
	Head           `yaml:",inline"`
	DataSource     []string `yaml:"data_source"`
	Search         string
	HowToImplement string      `yaml:"how_to_implement"`
	FalsePositives string      `yaml:"known_false_positives"`
	References     []string    `yaml:",omitempty"`
	Drilldowns     []Drilldown `yaml:"drilldown_searches,omitempty"`
	RBA            *RBA        `yaml:",omitempty"`
	Tags           Tags
}

// Drilldown leads from a result to more about it.
type Drilldown struct {
	Name, Search string
	Earliest     string `yaml:"earliest_offset"`
	Latest       string `yaml:"latest_offset"`
}

// RBA is what a result means for the risk of whom it is about. Detections of the types TTP and Anomaly have one, others
// must not.
type RBA struct {
	Message string
	Risk    []RiskObject   `yaml:"risk_objects"`
	Threats []ThreatObject `yaml:"threat_objects"`
}

// RiskObject is a column with what is at risk.
type RiskObject struct {
	Field, Type string
	Score       int
}

// ThreatObject is a column with a sign of a threat.
type ThreatObject struct{ Field, Type string }

// Tags are what a detection is filed under.
type Tags struct {
	Stories    []string    `yaml:"analytic_story"`
	Asset      string      `yaml:"asset_type"`
	Techniques []string    `yaml:"mitre_attack_id,omitempty"`
	Products   []string    `yaml:"product"`
	Throttling *Throttling `yaml:",omitempty"`
	Domain     string      `yaml:"security_domain"`
}

// Throttling silences results that are equal in the fields.
type Throttling struct {
	Fields []string
	Period string
}

// Macro is a search macro; Arguments may be none.
type Macro struct {
	Head       `yaml:",inline"`
	Arguments  []string `yaml:",omitempty"`
	Definition string
}

// Lookup is a table that searches read. Its values stand in a file beside it.
type Lookup struct {
	Head          `yaml:",inline"`
	Kind          string   `yaml:"lookup_type"`
	CaseSensitive bool     `yaml:"case_sensitive_match"`
	MatchType     []string `yaml:"match_type,omitempty"`
	MaxMatches    int      `yaml:"max_matches"`
	CSV           []byte   `yaml:"-"`
}

// DataSource is where the records of a log come from.
type DataSource struct {
	Head       `yaml:",inline"`
	Source     string
	Sourcetype string
}

// Story is what a detection belongs to; each has to belong to one.
type Story struct {
	Head      `yaml:",inline"`
	Narrative string
	Tags      StoryTags
}

// StoryTags are what a story is filed under.
type StoryTags struct {
	Category, Product []string
	Use               string `yaml:"usecase"`
}

// Products are those of Splunk that content is for.
var Products = []string{"Splunk Enterprise", "Splunk Enterprise Security", "Splunk Cloud"}

// MaxName is how long the name of a detection may be.
const MaxName = 67

// Name makes a text fit for the name of content: letters, digits and what contentctl writes as _ in the name of a file. A
// parenthesis, for one, would cut off the name of the filter macro.
func Name(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ReplaceAll(text, "'", ""), func(r rune) bool {
		return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-./_", r)
	}), " ")
}

// inFile are the characters that contentctl does not leave in the names of files and of filter macros.
var inFile = strings.NewReplacer(" ", "_", "-", "_", ".", "_", "/", "_")

// FileName is the name of the file that content of the given name stands in, without an extension.
func FileName(name string) string { return strings.ToLower(inFile.Replace(name)) }

// Filter is the macro that the search of a detection ends with. contentctl makes it where the user has made none.
func Filter(name string) string { return FileName(name) + "_filter" }

// space is the namespace of the ids that content gets from its name.
var space = uuid.NewSHA1(uuid.NameSpaceURL, []byte("https://github.com/sigc-rules/sigc/contentctl"))

// ID is an id made of the words, always the same.
func ID(words ...string) string {
	return uuid.NewSHA1(space, []byte(strings.Join(words, "\n"))).String()
}

// IsID reports whether a text is an id as it stands.
func IsID(text string) bool { return len(text) == 36 && uuid.Validate(text) == nil }

// YAML writes content.
func YAML(content any) ([]byte, error) {
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(content); err != nil {
		return nil, err
	}
	return b.Bytes(), e.Close()
}
