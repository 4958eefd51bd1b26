package portal

// Form is createUiDefinition.json.
type Form struct {
	Schema     string     `json:"$schema"`
	Handler    string     `json:"handler"`
	Version    string     `json:"version"`
	Parameters parameters `json:"parameters"`
}

type parameters struct {
	Config  config            `json:"config"`
	Basics  []Element         `json:"basics"`
	Steps   []Step            `json:"steps"`
	Outputs map[string]string `json:"outputs"`
}

type config struct {
	IsWizard bool   `json:"isWizard"`
	Basics   basics `json:"basics"`
}

type basics struct {
	Description   string        `json:"description"`
	Subscription  subscription  `json:"subscription"`
	Location      location      `json:"location"`
	ResourceGroup resourceGroup `json:"resourceGroup"`
}

type subscription struct {
	ResourceProviders []string `json:"resourceProviders"`
}

type location struct {
	Metadata map[string]string `json:"metadata"`
	Visible  bool              `json:"visible"`
}

type resourceGroup struct {
	AllowExisting bool `json:"allowExisting"`
}

// Step is a page of the form.
type Step struct {
	Name       string    `json:"name"`
	Label      string    `json:"label"`
	SubLabel   *SubLabel `json:"subLabel,omitempty"`
	BladeTitle string    `json:"bladeTitle"`
	Elements   []Element `json:"elements"`
}

// SubLabel is what stands below the label of a step, before and after it is filled in.
type SubLabel struct {
	Before string `json:"preValidation"`
	After  string `json:"postValidation"`
}

// Element is a control of the form, or a section of them.
type Element struct {
	Name         string         `json:"name"`
	Type         string         `json:"type"`
	Label        string         `json:"label,omitempty"`
	Placeholder  string         `json:"placeholder,omitempty"`
	DefaultValue any            `json:"defaultValue,omitempty"`
	ToolTip      string         `json:"toolTip,omitempty"`
	Condition    string         `json:"condition,omitempty"`
	Request      map[string]any `json:"request,omitempty"`
	Constraints  map[string]any `json:"constraints,omitempty"`
	Options      *Options       `json:"options,omitempty"`
	Elements     []Element      `json:"elements,omitempty"`
	Visible      bool           `json:"visible,omitempty"`
}

// Options are what a text block shows.
type Options struct {
	Text string `json:"text,omitempty"`
	Link *Link  `json:"link,omitempty"`
}

// Link leads out of the form.
type Link struct {
	Label string `json:"label"`
	URI   string `json:"uri"`
}

// inGroup picks, out of the workspaces of the subscription, those of the resource group that is deployed to.
const inGroup = "(filter) => contains(toLower(filter.id), toLower(resourceGroup().name))"

// NewForm returns a form that asks for the workspace. Its description is Markdown.
func NewForm(description string) Form {
	return Form{
		Schema:  "https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#",
		Handler: "Microsoft.Azure.CreateUIDef",
		Version: "0.1.2-preview",
		Parameters: parameters{
			Config: config{Basics: basics{
				Description: description,
				Subscription: subscription{[]string{
					"Microsoft.OperationsManagement/solutions", "Microsoft.OperationalInsights/workspaces/providers/alertRules",
					"Microsoft.Insights/workbooks", "Microsoft.Logic/workflows",
				}},
				Location: location{Metadata: map[string]string{
					"hidden": "the workspace tells the location",
				}},
				ResourceGroup: resourceGroup{AllowExisting: true},
			}},
			Basics: []Element{
				{
					Name: "getLAWorkspace", Type: "Microsoft.Solutions.ArmApiControl",
					ToolTip:   "Finds the workspaces of the subscription",
					Condition: "[greater(length(resourceGroup().name),0)]",
					Request: map[string]any{
						"method": "GET",
						"path":   "[concat(subscription().id,'/providers/Microsoft.OperationalInsights/workspaces?api-version=2020-08-01')]",
					},
				},
				{
					Name: "workspace", Type: "Microsoft.Common.DropDown", Label: "Workspace", Placeholder: "Select a workspace",
					ToolTip: "Workspaces in the resource group that is deployed to",
					Constraints: map[string]any{
						"allowedValues": "[map(filter(basics('getLAWorkspace').value, " + inGroup +
							`), (item) => parse(concat('{"label":"', item.name, '","value":"', item.name, '"}')))]`,
						"required": true,
					},
					Visible: true,
				},
			},
			Steps: []Step{}, Outputs: map[string]string{"workspace": "[basics('workspace')]"},
		},
	}
}

// Ask adds a control to the first page, and the parameter of the template that gets its value.
func (f *Form) Ask(e Element, parameter string) {
	f.Parameters.Basics = append(f.Parameters.Basics, e)
	f.Parameters.Outputs[parameter] = "[basics('" + e.Name + "')]"
}

// CheckBox is a control that is ticked to begin with.
func CheckBox(name, label, toolTip string) Element {
	return Element{Name: name, Type: "Microsoft.Common.CheckBox", Label: label, ToolTip: toolTip, DefaultValue: true, Visible: true}
}

// HandOverLocation has the form tell the template where the workspace is.
func (f *Form) HandOverLocation() {
	f.Parameters.Outputs["workspace-location"] = "[first(map(filter(basics('getLAWorkspace').value, (filter) => and(contains(toLower(filter.id), " +
		"toLower(resourceGroup().name)),equals(filter.name,basics('workspace')))), (item) => item.location))]"
	f.Parameters.Outputs["location"] = "[location()]"
}

// Page is a step that says what there is and asks nothing.
func Page(name, label, text, learnMore string, sections ...Element) Step {
	return Step{
		Name: name, Label: label, BladeTitle: label, SubLabel: &SubLabel{"Configure the " + name, "Done"},
		Elements: append([]Element{
			{Name: name + "-text", Type: "Microsoft.Common.TextBlock", Options: &Options{Text: text}},
			{Name: name + "-link", Type: "Microsoft.Common.TextBlock", Options: &Options{Link: &Link{"Learn more", learnMore}}},
		}, sections...),
	}
}

// Section is a heading with a text below.
func Section(name, label, text string) Element {
	return Element{Name: name, Type: "Microsoft.Common.Section", Label: label, Elements: []Element{
		{Name: name + "-text", Type: "Microsoft.Common.TextBlock", Options: &Options{Text: text}},
	}}
}
