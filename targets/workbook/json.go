package workbook

// book is a workbook as the gallery of templates has it.
type book struct {
	Version             string   `json:"version"`
	Items               []item   `json:"items"`
	FallbackResourceIDs []string `json:"fallbackResourceIds"`
	FromTemplateID      string   `json:"fromTemplateId,omitempty"`
	Schema              string   `json:"$schema"`
}

// Kinds of items.
const (
	isText       = 1
	isQuery      = 3
	isParameters = 9
)

type item struct {
	Type    int    `json:"type"`
	Content any    `json:"content"`
	Width   string `json:"customWidth,omitempty"` // percent
	Name    string `json:"name"`
}

type text struct {
	JSON string `json:"json"` // which is Markdown, whatever the name says
}

// Where a query is run: over the tables of a workspace, or over the resources of Azure.
const (
	inLogs          = 0
	inResourceGraph = 1

	workspaces = "microsoft.operationalinsights/workspaces"
	resources  = "microsoft.resourcegraph/resources"
)

// medium is the height of what shows the result of a query.
const medium = 0

type query struct {
	Version       string   `json:"version"`
	Query         string   `json:"query"`
	Size          int      `json:"size"`
	Title         string   `json:"title"`
	NoData        string   `json:"noDataMessage,omitempty"`
	TimeContext   string   `json:"timeContextFromParameter,omitempty"`
	ExportToExcel bool     `json:"showExportToExcel,omitempty"`
	QueryType     int      `json:"queryType"`
	ResourceType  string   `json:"resourceType"`
	Resources     []string `json:"crossComponentResources"`
	Visualization string   `json:"visualization"`
	Grid          *grid    `json:"gridSettings,omitempty"`
}

type grid struct {
	Formatters []formatter `json:"formatters"`
	RowLimit   int         `json:"rowLimit"`
	Filter     bool        `json:"filter"`
}

// Formatters of the columns of a grid.
const (
	asBar       = 3
	asDate      = 6
	asLink      = 7
	asThreshold = 18
)

type formatter struct {
	Column    string `json:"columnMatch"`
	Formatter int    `json:"formatter"`
	Options   any    `json:"formatOptions,omitempty"`
}

type parameters struct {
	Version    string      `json:"version"`
	Parameters []parameter `json:"parameters"`
	Style      string      `json:"style"`
	QueryType  int         `json:"queryType"`
	Type       string      `json:"resourceType"`
}

// Kinds of parameters.
const (
	ofText      = 1
	ofChoice    = 2
	ofTime      = 4
	ofResources = 5
)

type parameter struct {
	ID           string   `json:"id"`
	Version      string   `json:"version"`
	Name         string   `json:"name"`
	Label        string   `json:"label,omitempty"`
	Type         int      `json:"type"`
	Required     bool     `json:"isRequired,omitempty"`
	Many         bool     `json:"multiSelect,omitempty"`
	Quote        string   `json:"quote,omitempty"`
	Delimiter    string   `json:"delimiter,omitempty"`
	Query        string   `json:"query,omitempty"`
	Resources    []string `json:"crossComponentResources,omitempty"`
	Hidden       bool     `json:"isHiddenWhenLocked,omitempty"`
	Settings     any      `json:"typeSettings,omitempty"`
	Choices      string   `json:"jsonData,omitempty"`
	Value        any      `json:"value,omitempty"`
	QueryType    int      `json:"queryType"`
	ResourceType string   `json:"resourceType,omitempty"`
}
