package sentinel

import (
	"path"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/jsontext"
	"github.com/sigc-rules/sigc/compiler/target"
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
func repositoryPack(rules []*target.Compiled, write func(target.File) error, _ *diag.List) error {
	for _, c := range rules {
		data, err := armRule(c)
		if err != nil {
			return err
		}
		if err := write(target.File{Path: path.Join("repository/Detections", c.Path+".json"), Data: data}); err != nil {
			return err
		}
	}
	book, err := workbook.Sentinel(workbook.NameOf(rules), rules, severityOf).Template()
	if err != nil {
		return err
	}
	if err := write(target.File{Path: "repository/Workbooks/" + slug(workbook.NameOf(rules)) + ".json", Data: book}); err != nil {
		return err
	}
	config := deployment{First: []string{}, Excluded: []string{}, Parameters: map[string]string{}}
	err = watchlistFiles(rules, func(f target.File) error {
		config.Excluded = []string{"Watchlists"}
		return write(target.File{Path: path.Join("repository/Watchlists", path.Base(f.Path)), Data: f.Data})
	})
	if err != nil {
		return err
	}
	data, err := jsontext.Encode(config)
	if err != nil {
		return err
	}
	return write(target.File{Path: "repository/sentinel-deployment.config", Data: data})
}
