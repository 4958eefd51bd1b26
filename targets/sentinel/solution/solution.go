package solution

import (
	"archive/zip"
	"bytes"
	"fmt"
	"path"
	"strings"
	"time"

	"github.com/sigc-rules/sigc/compiler/jsontext"
	"github.com/sigc-rules/sigc/compiler/target"
)

// Solution is what is packaged, and who stands behind it.
type Solution struct {
	Name, Description, Version  string
	PublisherID, OfferID        string
	Author, Email               string
	Support                     Support
	Providers, Domains          []string
	FirstPublished, LastPublish string // YYYY-MM-DD, or empty

	Rules      []Rule
	Watchlists []Watchlist
	Workbook   Workbook
}

// Support says who helps with the solution.
type Support struct {
	Name  string `json:"name"`
	Email string `json:"email,omitempty"`
	Tier  string `json:"tier"`
	Link  string `json:"link,omitempty"`
}

// Rule is an analytics rule.
type Rule struct {
	File                   string // without its extension
	YAML                   []byte
	ID, Title, Description string
	Version, Kind          string
	Properties             any // of the template of the rule
}

// Watchlist is a watchlist; Template is the file of its template, and Resource what that has, but for its name.
type Watchlist struct {
	Name, Description string
	Template          []byte
	Resource          func(name string) any
}

// Workbook is the workbook of the solution.
type Workbook struct {
	Key, Title, Description string
	Gallery                 []byte
	Serialized              string // the same in one line
	Tables, Connectors      []string
}

// ID is how the Content Hub knows the solution.
func (s *Solution) ID() string { return s.PublisherID + "." + s.OfferID }

// MaxRules is how many rules a solution can have: each is a variable of its template, of which Azure takes 512.
const MaxRules = 480

// Files are the folder of the solution.
func (s *Solution) Files() ([]target.File, error) {
	root := path.Join("Solutions", s.Name)
	var files []target.File
	add := func(name string, data []byte) {
		files = append(files, target.File{Path: path.Join(root, name), Data: data})
	}
	for _, r := range s.Rules {
		add("Analytic Rules/"+r.File+".yaml", r.YAML)
	}
	for _, w := range s.Watchlists {
		add("Watchlists/"+w.Name+".json", w.Template)
	}
	add("Workbooks/"+s.Workbook.Key+".json", s.Workbook.Gallery)
	add("ReleaseNotes.md", []byte(s.releaseNotes()))
	template := s.mainTemplate()
	for _, f := range []struct {
		name  string
		value any
	}{
		{"SolutionMetadata.json", s.metadata()},
		{"Data/Solution_" + strings.ReplaceAll(s.Name, " ", "") + ".json", s.data()},
		{"Package/createUiDefinition.json", s.form()},
		{"Package/mainTemplate.json", template},
		{"Package/testParameters.json", template.Parameters},
		{"../../Workbooks/WorkbooksMetadata.json", []any{s.workbookMetadata()}},
	} {
		data, err := jsontext.Encode(f.value)
		if err != nil {
			return nil, err
		}
		add(f.name, data)
	}
	pack, err := archive(root, files)
	add("Package/"+s.Version+".zip", pack)
	return files, err
}

// packed is the time of the files of an archive: the first that the format has.
var packed = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

// archive is what the Partner Center takes. Nothing in it is compressed and all files have one time, so that the same
// solution is the same archive.
func archive(root string, files []target.File) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		if path.Dir(f.Path) != path.Join(root, "Package") || path.Base(f.Path) == "testParameters.json" {
			continue
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: path.Base(f.Path), Method: zip.Store, Modified: packed})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(f.Data); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return b.Bytes(), err
}

// data is the input of the packaging tool.
func (s *Solution) data() any {
	rules, watchlists := []string{}, []string{}
	for _, r := range s.Rules {
		rules = append(rules, "Analytic Rules/"+r.File+".yaml")
	}
	for _, w := range s.Watchlists {
		watchlists = append(watchlists, "Watchlists/"+w.Name+".json")
	}
	return object{
		{"Name", s.Name},
		{"Author", s.author()},
		{"Logo", logo},
		{"Description", s.Description},
		{"Workbooks", []string{"Workbooks/" + s.Workbook.Key + ".json"}},
		{"Analytic Rules", rules},
		{"Watchlists", watchlists},
		{"BasePath", `C:\GitHub\Azure-Sentinel\Solutions\` + s.Name},
		{"Version", s.Version},
		{"Metadata", "SolutionMetadata.json"},
		{"TemplateSpec", true},
		{"Is1PConnector", false},
	}
}

// logo is the one of Microsoft Sentinel, which the Content Hub shows where there is no other.
const logo = `<img src="https://raw.githubusercontent.com/Azure/Azure-Sentinel/master/Logos/Azure_Sentinel.svg" width="75px" height="75px">`

func (s *Solution) author() string {
	if s.Email == "" {
		return s.Author
	}
	return s.Author + " - " + s.Email
}

func (s *Solution) metadata() any {
	return object{
		{"publisherId", s.PublisherID},
		{"offerId", s.OfferID},
		{"firstPublishDate", s.FirstPublished},
		{"lastPublishDate", s.LastPublish},
		{"providers", s.Providers},
		{"categories", object{{"domains", s.Domains}, {"verticals", []string{}}}},
		{"support", s.Support},
	}
}

// workbookMetadata is the entry of the workbook in the repository's Workbooks/WorkbooksMetadata.json.
func (s *Solution) workbookMetadata() any {
	w := s.Workbook
	return object{
		{"workbookKey", w.Key},
		{"logoFileName", "Azure_Sentinel.svg"},
		{"description", w.Description},
		{"dataTypesDependencies", w.Tables},
		{"dataConnectorsDependencies", w.Connectors},
		{"previewImagesFileNames", []string{}},
		{"version", "1.0.0"},
		{"title", w.Title},
		{"templateRelativePath", w.Key + ".json"},
		{"subtitle", ""},
		{"provider", s.Author},
	}
}

// releaseNotes has one line, for this version. The date is that of publication, where that is known.
func (s *Solution) releaseNotes() string {
	date := "DD-MM-YYYY"
	for _, d := range []string{s.LastPublish, s.FirstPublished} {
		if p := strings.Split(d, "-"); len(p) == 3 {
			date = p[2] + "-" + p[1] + "-" + p[0]
			break
		}
	}
	return "| **Version** | **Date Modified (DD-MM-YYYY)** | **Change History** |\n" +
		"|-------------|--------------------------------|--------------------|\n" +
		fmt.Sprintf("| %-11s | %-30s | %d analytics rules |\n", s.Version, date, len(s.Rules))
}
