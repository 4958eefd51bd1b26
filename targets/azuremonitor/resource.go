package azuremonitor

// The stable versions of scheduledQueryRules: an older one, which has reached every cloud, and the newest, which has
// dynamic thresholds, properties of actions and the time until an alert is resolved.
const (
	stable = "2023-12-01"
	newest = "2026-03-01"
)

// rule is an alert rule before it takes the form of a template or of Bicep.
type rule struct {
	id, version string
	tags        map[string]string
	identity    *identity
	properties  properties
}

type identity struct {
	Type  string              `json:"type"`
	Users map[string]struct{} `json:"userAssignedIdentities,omitempty"`
}

// properties are those of the resource, but for the scope and the action groups, which are parameters.
type properties struct {
	DisplayName            string   `json:"displayName"`
	Description            string   `json:"description"`
	Severity               int      `json:"severity"`
	Enabled                any      `json:"enabled"` // in a template of several rules an expression, elsewhere a bool
	Scopes                 any      `json:"scopes"`
	TargetResourceTypes    []string `json:"targetResourceTypes,omitempty"`
	EvaluationFrequency    string   `json:"evaluationFrequency"`
	WindowSize             string   `json:"windowSize"`
	OverrideQueryTimeRange string   `json:"overrideQueryTimeRange,omitempty"`
	Criteria               criteria `json:"criteria"`
	AutoMitigate           bool     `json:"autoMitigate"` // always written: clients differ in what it is without
	Resolve                *resolve `json:"resolveConfiguration,omitempty"`
	MuteActionsDuration    string   `json:"muteActionsDuration,omitempty"`
	StoreInWorkspace       bool     `json:"checkWorkspaceAlertsStorageConfigured"`
	SkipQueryValidation    bool     `json:"skipQueryValidation"`
	Actions                actions  `json:"actions"`
}

type criteria struct {
	AllOf []criterion `json:"allOf"`
}

// criterion counts rows. What calculates with a column, metricMeasureColumn, is not needed: sums and averages are the
// query's own, over exact windows.
type criterion struct {
	CriterionType    string         `json:"criterionType,omitempty"`
	Query            string         `json:"query"`
	TimeAggregation  string         `json:"timeAggregation"`
	ResourceIDColumn string         `json:"resourceIdColumn,omitempty"`
	Dimensions       []dimension    `json:"dimensions"`
	Operator         string         `json:"operator"`
	Threshold        *int           `json:"threshold,omitempty"`
	AlertSensitivity string         `json:"alertSensitivity,omitempty"`
	IgnoreDataBefore string         `json:"ignoreDataBefore,omitempty"`
	FailingPeriods   failingPeriods `json:"failingPeriods"`
}

type dimension struct {
	Name     string   `json:"name"`
	Operator string   `json:"operator"`
	Values   []string `json:"values"`
}

type failingPeriods struct {
	Periods int `json:"numberOfEvaluationPeriods"`
	Failing int `json:"minFailingPeriodsToAlert"`
}

type resolve struct {
	AutoResolved  bool   `json:"autoResolved"`
	TimeToResolve string `json:"timeToResolve"`
}

type actions struct {
	ActionGroups     any               `json:"actionGroups"`
	CustomProperties map[string]string `json:"customProperties"`
	ActionProperties map[string]string `json:"actionProperties,omitempty"`
}
