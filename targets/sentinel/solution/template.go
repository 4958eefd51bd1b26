package solution

import (
	"fmt"
	"html"

	"github.com/sigc-rules/sigc/targets/kusto"
)

// Versions of the API that the packaging tool uses.
const (
	contentVersion  = "2023-04-01-preview"
	ruleVersion     = "2023-02-01-preview"
	metadataVersion = "2022-01-01-preview"
	workbookVersion = "2021-08-01"
	schemaVersion   = "3.0.0" // of content packages

	templateSchema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
	location       = "[parameters('workspace-location')]"
)

// mainTemplate is Package/mainTemplate.json.
type mainTemplate struct {
	Schema     string `json:"$schema"`
	Version    string `json:"contentVersion"`
	Metadata   object `json:"metadata"`
	Parameters object `json:"parameters"`
	Variables  object `json:"variables"`
	Resources  []any  `json:"resources"`
	Outputs    object `json:"outputs"`
}

type parameter struct {
	Type      string         `json:"type"`
	MinLength int            `json:"minLength,omitempty"`
	Default   string         `json:"defaultValue"`
	Metadata  kusto.Metadata `json:"metadata"`
}

// contentTemplate holds one piece of content until the solution's user makes something of it.
type contentTemplate struct {
	Type       string     `json:"type"`
	APIVersion string     `json:"apiVersion"`
	Name       string     `json:"name"`
	Location   string     `json:"location"`
	DependsOn  []string   `json:"dependsOn"`
	Properties properties `json:"properties"`
}

type properties struct {
	Description      string `json:"description"`
	MainTemplate     inner  `json:"mainTemplate"`
	PackageKind      string `json:"packageKind"`
	PackageVersion   string `json:"packageVersion"`
	PackageName      string `json:"packageName"`
	PackageID        string `json:"packageId"`
	SchemaVersion    string `json:"contentSchemaVersion"`
	ContentID        string `json:"contentId"`
	ContentKind      string `json:"contentKind"`
	DisplayName      string `json:"displayName"`
	ContentProductID string `json:"contentProductId"`
	ID               string `json:"id"`
	Version          string `json:"version"`
}

type inner struct {
	Schema     string `json:"$schema"`
	Version    string `json:"contentVersion"`
	Parameters object `json:"parameters"`
	Variables  object `json:"variables"`
	Resources  []any  `json:"resources"`
}

// dependency is a piece of content in the list of the package.
type dependency struct {
	Kind      string `json:"kind"`
	ContentID string `json:"contentId"`
	Version   string `json:"version"`
}

func (s *Solution) mainTemplate() mainTemplate {
	t := mainTemplate{
		Schema: templateSchema, Version: "1.0.0.0",
		Metadata: object{{"author", s.author()}, {"comments", "Solution template for " + s.Name}},
		Parameters: object{
			{"location", parameter{"string", 1, "[resourceGroup().location]", kusto.Metadata{Description: "Not used: the location is that of the workspace"}}},
			{"workspace-location", parameter{"string", 0, "", kusto.Metadata{Description: "[concat('Region of what the solution installs, apart from ',parameters('location'))]"}}},
			{"workspace", parameter{"string", 0, "", kusto.Metadata{Description: "Name of the Log Analytics workspace of Microsoft Sentinel"}}},
			{"workbook1-name", parameter{"string", 1, kusto.Plain(s.Workbook.Title), kusto.Metadata{Description: "Name of the workbook"}}},
		},
		Variables: object{
			{"email", s.Email}, {"_email", "[variables('email')]"},
			{"_solutionName", s.Name}, {"_solutionVersion", s.Version},
			{"solutionId", s.ID()}, {"_solutionId", "[variables('solutionId')]"},
		},
		Outputs: object{},
	}
	content := []dependency{s.addWorkbook(&t)}
	for i, r := range s.Rules {
		content = append(content, s.addRule(&t, i+1, r))
	}
	for i, w := range s.Watchlists {
		content = append(content, s.addWatchlist(&t, i+1, w))
	}
	t.Variables = append(t.Variables,
		member{"TemplateEmptyArray", "[json('[]')]"},
		member{"_solutioncontentProductId", productID("sl", "Solution", "variables('_solutionId')", "variables('_solutionVersion')")})
	t.Resources = append(t.Resources, s.contentPackage(content))
	return t
}

// productID is how the Content Hub knows a version of some content.
func productID(short, kind, id, version string) string {
	return fmt.Sprintf("[concat(take(variables('_solutionId'),50),'-','%s','-', uniqueString(concat(variables('_solutionId'),'-','%s','-',%s,'-', %s)))]",
		short, kind, id, version)
}

func (s *Solution) contentTemplate(name, description, kind, title, id, product, version string, resources ...any) contentTemplate {
	return contentTemplate{
		Type: "Microsoft.OperationalInsights/workspaces/providers/contentTemplates", APIVersion: contentVersion, Name: name, Location: location,
		DependsOn: []string{
			"[extensionResourceId(resourceId('Microsoft.OperationalInsights/workspaces', parameters('workspace')), 'Microsoft.SecurityInsights/contentPackages', variables('_solutionId'))]",
		},
		Properties: properties{
			Description: description,
			MainTemplate: inner{
				Schema: templateSchema, Version: version, Parameters: object{}, Variables: object{}, Resources: resources,
			},
			PackageKind: "Solution", PackageVersion: "[variables('_solutionVersion')]", PackageName: "[variables('_solutionName')]",
			PackageID: "[variables('_solutionId')]", SchemaVersion: schemaVersion, ContentID: id, ContentKind: kind, DisplayName: title,
			ContentProductID: product, ID: product, Version: version,
		},
	}
}

// origin is the resource that says where a piece of content comes from.
func (s *Solution) origin(kind, description, parent, id, version string, more ...member) object {
	return object{
		{"type", "Microsoft.OperationalInsights/workspaces/providers/metadata"},
		{"apiVersion", metadataVersion},
		{"name", fmt.Sprintf("[concat(parameters('workspace'),'/Microsoft.SecurityInsights/',concat('%s-', last(split(%s,'/'))))]", kind, parent)},
		{"properties", append(object{
			{"description", description}, {"parentId", "[" + parent + "]"}, {"contentId", id}, {"kind", kind}, {"version", version},
			{"source", object{{"kind", "Solution"}, {"name", s.Name}, {"sourceId", "[variables('_solutionId')]"}}},
			{"author", s.writer()}, {"support", s.Support},
		}, more...)},
	}
}

func (s *Solution) writer() object {
	if s.Email == "" {
		return object{{"name", s.Author}}
	}
	return object{{"name", s.Author}, {"email", "[variables('_email')]"}}
}

func (s *Solution) addRule(t *mainTemplate, n int, r Rule) dependency {
	of := fmt.Sprintf("variables('analyticRuleObject%d').", n)
	v := func(name string) string { return fmt.Sprintf("[%s%s%d]", of, name, n) }
	t.Variables = append(t.Variables, member{fmt.Sprintf("analyticRuleObject%d", n), object{
		{fmt.Sprintf("analyticRuleVersion%d", n), r.Version},
		{fmt.Sprintf("_analyticRulecontentId%d", n), r.ID},
		{fmt.Sprintf("analyticRuleId%d", n), fmt.Sprintf("[resourceId('Microsoft.SecurityInsights/AlertRuleTemplates', '%s')]", r.ID)},
		{fmt.Sprintf("analyticRuleTemplateSpecName%d", n), fmt.Sprintf("[concat(parameters('workspace'),'/Microsoft.SecurityInsights/',concat(parameters('workspace'),'-ar-',uniquestring('%s')))]", r.ID)},
		{fmt.Sprintf("_analyticRulecontentProductId%d", n), productID("ar", "AnalyticsRule", "'"+r.ID+"'", "'"+r.Version+"'")},
	}})
	id, version := v("_analyticRulecontentId"), v("analyticRuleVersion")
	t.Resources = append(t.Resources, s.contentTemplate(v("analyticRuleTemplateSpecName"),
		fmt.Sprintf("%s_AnalyticalRules Analytics Rule with template version %s", r.File, s.Version),
		"AnalyticsRule", kusto.Plain(r.Title), id, v("_analyticRulecontentProductId"), version,
		object{
			{"type", "Microsoft.SecurityInsights/AlertRuleTemplates"}, {"name", id}, {"apiVersion", ruleVersion}, {"kind", r.Kind},
			{"location", location}, {"properties", r.Properties},
		},
		s.origin("AnalyticsRule", fmt.Sprintf("%s Analytics Rule %d", s.Name, n), fmt.Sprintf("%sanalyticRuleId%d", of, n), id, version),
	))
	return dependency{"AnalyticsRule", id, version}
}

func (s *Solution) addWorkbook(t *mainTemplate) dependency {
	w := s.Workbook
	t.Variables = append(t.Variables, object{
		{"workbookVersion1", "1.0.0"},
		{"workbookContentId1", w.Key},
		{"workbookId1", "[resourceId('Microsoft.Insights/workbooks', variables('workbookContentId1'))]"},
		{"workbookTemplateSpecName1", "[concat(parameters('workspace'),'/Microsoft.SecurityInsights/',concat(parameters('workspace'),'-wb-',uniquestring(variables('_workbookContentId1'))))]"},
		{"_workbookContentId1", "[variables('workbookContentId1')]"},
		{"workspaceResourceId", "[resourceId('microsoft.OperationalInsights/Workspaces', parameters('workspace'))]"},
		{"_workbookcontentProductId1", productID("wb", "Workbook", "variables('_workbookContentId1')", "variables('workbookVersion1')")},
	}...)
	needs := []object{}
	for _, table := range w.Tables {
		needs = append(needs, object{{"contentId", table}, {"kind", "DataType"}})
	}
	for _, c := range w.Connectors {
		needs = append(needs, object{{"contentId", c}, {"kind", "DataConnector"}})
	}
	t.Resources = append(t.Resources, s.contentTemplate("[variables('workbookTemplateSpecName1')]",
		fmt.Sprintf("%s Workbook with template version %s", w.Key, s.Version),
		"Workbook", "[parameters('workbook1-name')]", "[variables('_workbookContentId1')]", "[variables('_workbookcontentProductId1')]", "[variables('workbookVersion1')]",
		object{
			{"type", "Microsoft.Insights/workbooks"}, {"name", "[variables('workbookContentId1')]"}, {"location", location},
			{"kind", "shared"}, {"apiVersion", workbookVersion}, {"metadata", object{{"description", w.Description}}},
			{"properties", object{
				{"displayName", "[parameters('workbook1-name')]"}, {"serializedData", kusto.Plain(w.Serialized)}, {"version", "1.0"},
				{"sourceId", "[variables('workspaceResourceId')]"}, {"category", "sentinel"},
			}},
		},
		s.origin("Workbook", w.Description, "variables('workbookId1')", "[variables('_workbookContentId1')]", "[variables('workbookVersion1')]",
			member{"dependencies", object{{"operator", "AND"}, {"criteria", needs}}}),
	))
	return dependency{"Workbook", "[variables('_workbookContentId1')]", "[variables('workbookVersion1')]"}
}

// addWatchlist adds a watchlist. It is no template: installing the solution makes it.
func (s *Solution) addWatchlist(t *mainTemplate, n int, w Watchlist) dependency {
	id := fmt.Sprintf("watchlist%d-id", n)
	t.Parameters = append(t.Parameters, member{id, parameter{"string", 1, w.Name, kusto.Metadata{Description: "Id of the watchlist " + w.Name}}})
	name := fmt.Sprintf("watchlistName%d", n) // the tool takes the name itself, which may be that of another variable
	t.Variables = append(t.Variables, member{name, w.Name}, member{"_" + name, fmt.Sprintf("[variables('%s')]", name)})
	t.Resources = append(t.Resources, w.Resource(fmt.Sprintf("[concat(parameters('workspace'),'/Microsoft.SecurityInsights/',parameters('%s'))]", id)))
	return dependency{"Watchlist", fmt.Sprintf("[variables('_%s')]", name), s.Version}
}

// contentPackage is the solution itself.
func (s *Solution) contentPackage(content []dependency) object {
	properties := object{
		{"version", s.Version}, {"kind", "Solution"}, {"contentSchemaVersion", schemaVersion}, {"displayName", s.Name},
		{"publisherDisplayName", s.Support.Name}, {"descriptionHtml", "<p>" + html.EscapeString(s.Description) + "</p>\n<p>" + s.counts("<strong>", "</strong>") + "</p>\n"},
		{"contentKind", "Solution"}, {"contentProductId", "[variables('_solutioncontentProductId')]"}, {"id", "[variables('_solutioncontentProductId')]"},
		{"icon", logo}, {"contentId", "[variables('_solutionId')]"}, {"parentId", "[variables('_solutionId')]"},
		{"source", object{{"kind", "Solution"}, {"name", s.Name}, {"sourceId", "[variables('_solutionId')]"}}},
		{"author", s.writer()}, {"support", s.Support},
		{"dependencies", object{{"operator", "AND"}, {"criteria", content}}},
	}
	for _, m := range []member{{"firstPublishDate", s.FirstPublished}, {"lastPublishDate", s.LastPublish}} {
		if m.value != "" {
			properties = append(properties, m)
		}
	}
	properties = append(properties, member{"providers", s.Providers}, member{"categories", object{{"domains", s.Domains}}})
	return object{
		{"type", "Microsoft.OperationalInsights/workspaces/providers/contentPackages"}, {"apiVersion", contentVersion}, {"location", location},
		{"properties", properties},
		{"name", "[concat(parameters('workspace'),'/Microsoft.SecurityInsights/', variables('_solutionId'))]"},
	}
}

// counts says how much of what there is.
func (s *Solution) counts(bold, unbold string) string {
	out := fmt.Sprintf("%sWorkbooks:%s 1, %sAnalytic Rules:%s %d", bold, unbold, bold, unbold, len(s.Rules))
	if n := len(s.Watchlists); n > 0 {
		out += fmt.Sprintf(", %sWatchlists:%s %d", bold, unbold, n)
	}
	return out
}
