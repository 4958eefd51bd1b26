package sentinel

import (
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// Limits of what an alert shows, as the validator of the Azure-Sentinel repository has them.
const (
	maxMappings    = 10
	maxIdentifiers = 3
	maxDetails     = 20
	maxDetailKey   = 20 // characters
)

type entityMapping struct {
	EntityType    string         `json:"entityType"`
	FieldMappings []fieldMapping `json:"fieldMappings"`
}

type fieldMapping struct {
	Identifier string `json:"identifier"`
	ColumnName string `json:"columnName"`
}

// mappings takes as many entities and identifiers as Sentinel does; the best come first.
func mappings(entities []kusto.Entity) []entityMapping {
	entities = entities[:min(len(entities), maxMappings)]
	if len(entities) == 0 {
		return nil
	}
	out := make([]entityMapping, len(entities))
	for i, e := range entities {
		ids := e.Identifiers[:min(len(e.Identifiers), maxIdentifiers)]
		out[i] = entityMapping{EntityType: e.Type, FieldMappings: make([]fieldMapping, len(ids))}
		for k, id := range ids {
			out[i].FieldMappings[k] = fieldMapping{Identifier: id.Name, ColumnName: id.Column}
		}
	}
	return out
}

// customDetails are the columns that an alert is to show beside its entities. Columns of objects and arrays are left
// out: their texts are long, and all details together have little room.
func customDetails(c *target.Compiled) map[string]string {
	q := c.Query.(*kusto.Query)
	logs := c.Logs()
	out := make(map[string]string, min(len(q.Columns), maxDetails))
	for _, col := range q.Columns {
		if len(out) == maxDetails {
			break
		}
		if col == "TimeGenerated" || col == "StartTime" || !isColumnName(col) || identifies(q.Entities, col) || isObject(logs, col) {
			continue
		}
		if key := shortened(col); out[key] == "" && isColumnName(key) && key[0] != '_' {
			out[key] = col
		}
	}
	return out
}

// isColumnName reports whether a name is one of letters, digits and underscores that does not begin with a digit.
func isColumnName(s string) bool {
	for i := range len(s) {
		if c := s[i]; c != '_' && (c|0x20 < 'a' || c|0x20 > 'z') && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}

// identifies reports whether a column identifies one of the entities.
func identifies(entities []kusto.Entity, column string) bool {
	return slices.ContainsFunc(entities, func(e kusto.Entity) bool {
		return slices.ContainsFunc(e.Identifiers, func(id kusto.Identifier) bool { return id.Column == column })
	})
}

// isObject reports whether a column of the logs holds objects or arrays.
func isObject(logs []*schema.Log, column string) bool {
	return slices.ContainsFunc(logs, func(log *schema.Log) bool {
		col := log.Column(column)
		return col != nil && (col.Array || col.Type == schema.Dynamic)
	})
}

// shortened drops words at the beginning of a column's name until it is short enough for a key: the last ones say what
// it is. InitiatingAppServicePrincipalId becomes ServicePrincipalId.
func shortened(column string) string {
	for len(column) > maxDetailKey {
		next := 1 // where the second word begins
		for next < len(column) && (!isUpper(column[next]) || isUpper(column[next-1])) {
			next++
		}
		if next == len(column) {
			break
		}
		column = column[next:]
	}
	key := strings.Trim(column, "_")
	return key[:min(len(key), maxDetailKey)]
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

// alertDetails replace what all alerts of a rule have in common. Where a column has no value, Sentinel takes what the
// rule says.
type alertDetails struct {
	Name        string `json:"alertDisplayNameFormat,omitempty"`
	Description string `json:"alertDescriptionFormat,omitempty"`
}

func alertDetailsOf(c *target.Compiled) *alertDetails {
	a := alertDetails{Name: c.Setting("alertName"), Description: c.Setting("alertDescription")}
	if a.Name == "entity" {
		a.Name = ""
		if col := labelOf(c); col != "" && fitsLabel(c.Title.Value) {
			a.Name = c.Title.Value + ": {{" + col + "}}"
		}
	}
	if a.Name == c.Title.Value {
		a.Name = ""
	}
	if a == (alertDetails{}) {
		return nil
	}
	return &a
}

// room is what a title leaves for a name of an entity: Sentinel drops an alert name of more than 256 bytes.
const room = 100

func fitsLabel(title string) bool {
	return len(title) <= maxAlertName-room && !strings.Contains(title, "{{")
}

// labelOf is the column that names the first entity so that a reader knows it; "" when there is none.
func labelOf(c *target.Compiled) string {
	q := c.Query.(*kusto.Query)
	for _, e := range q.Entities {
		for _, id := range e.Identifiers {
			switch {
			case id.Of != "" && slices.Contains(q.Columns, id.Of):
				return id.Of
			case slices.Contains(readable, id.Name):
				return id.Column
			}
		}
	}
	return ""
}

// readable are identifiers that name an entity to a reader.
var readable = []string{"Name", "HostName", "Address", "DomainName", "Url", "MailboxPrimaryAddress"}

// wrongColumns are the columns that an option names and that the result does not have.
func wrongColumns(c *target.Compiled, option string) []string {
	var out []string
	text := c.Setting(option)
	if !strings.Contains(text, "{{") {
		return nil // as that of nearly every rule: no need for a regular expression
	}
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(c.Query.(*kusto.Query).Columns, m[1]) {
			out = append(out, m[1])
		}
	}
	return out
}
