package sentinel

import (
	"path"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
	"github.com/sigc-rules/sigc/targets/workbook"
)

// deployment is sentinel-deployment.config, with which a repository tells its connection what to deploy:
// learn.microsoft.com/azure/sentinel/ci-cd-custom-deploy.
type deployment struct {
	First      []string          `json:"prioritizedcontentfiles"`
	Excluded   []string          `json:"excludecontentfiles"`
	Parameters map[string]string `json:"parameterfilemappings"`
}

// repositoryPack writes a folder that a workspace can be connected with as a repository. Each rule is a template of its
// own, so that a change deploys one rule; the connection fills in the parameter workspace. Watchlists are no content that a
// connection deploys, and a template with one would not be deployed at all: they stand apart.
func repositoryPack(rules []*target.Compiled) ([]target.File, error) {
	if len(rules) == 0 {
		return nil, nil
	}
	var files []target.File
	for _, c := range rules {
		data, err := armRule(c)
		if err != nil {
			return nil, err
		}
		files = append(files, target.File{Path: path.Join("repository/Detections", c.Path+".json"), Data: data})
	}
	book, err := workbook.Sentinel(workbook.NameOf(rules), rules, severityOf).Template()
	if err != nil {
		return nil, err
	}
	files = append(files, target.File{Path: "repository/Workbooks/" + slug(workbook.NameOf(rules)) + ".json", Data: book})
	config := deployment{First: []string{}, Excluded: []string{}, Parameters: map[string]string{}}
	watchlists, err := watchlistFiles(rules)
	if err != nil {
		return nil, err
	}
	for _, f := range watchlists {
		files = append(files, target.File{Path: path.Join("repository/Watchlists", path.Base(f.Path)), Data: f.Data})
		config.Excluded = []string{"Watchlists"}
	}
	data, err := kusto.EncodeJSON(config)
	return append(files, target.File{Path: "repository/sentinel-deployment.config", Data: data}), err
}
