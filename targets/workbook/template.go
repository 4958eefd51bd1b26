package workbook

import (
	"fmt"
	"strings"

	"github.com/sigc-rules/sigc/targets/kusto"
)

// apiVersion is the newest stable version of Microsoft.Insights/workbooks.
const apiVersion = "2023-06-01"

type resource struct {
	Type       string             `json:"type"`
	APIVersion string             `json:"apiVersion"`
	Name       string             `json:"name"`
	Location   string             `json:"location"`
	Kind       string             `json:"kind"`
	Properties resourceProperties `json:"properties"`
}

type resourceProperties struct {
	DisplayName string `json:"displayName"`
	Description string `json:"description"`
	Serialized  string `json:"serializedData"`
	Version     string `json:"version"`
	SourceID    string `json:"sourceId"`
	Category    string `json:"category"`
}

// Template is an ARM template of the workbook. The name of the resource follows from where it is deployed and from the
// name of the pack, so that a redeployment replaces it.
func (b *Book) Template() ([]byte, error) {
	serialized, err := b.Serialized()
	if err != nil {
		return nil, err
	}
	parameters := map[string]kusto.Parameter{
		"name": {Type: "string", Default: kusto.Plain(b.Title), Metadata: kusto.Metadata{Description: "Name of the workbook"}},
		"location": {Type: "string", Default: "[resourceGroup().location]", Metadata: kusto.Metadata{
			Description: "Region in which the workbook is kept",
		}},
	}
	of := "resourceGroup().id"
	if strings.Contains(b.platform.source, "parameters('workspace')") {
		of = "resourceGroup().id, parameters('workspace')"
		parameters["workspace"] = kusto.Parameter{Type: "string", Metadata: kusto.Metadata{
			Description: "Name of the Log Analytics workspace of Microsoft Sentinel",
		}}
	}
	return kusto.TemplateOf(parameters, resource{
		Type: "Microsoft.Insights/workbooks", APIVersion: apiVersion,
		Name:     fmt.Sprintf("[guid(%s, '%s')]", of, kusto.NamedID("workbook "+b.Title)),
		Location: "[parameters('location')]", Kind: "shared",
		Properties: resourceProperties{
			DisplayName: "[parameters('name')]", Description: kusto.Plain(b.Description), Serialized: kusto.Plain(serialized),
			Version: "1.0", SourceID: b.platform.source, Category: b.platform.category,
		},
	})
}
