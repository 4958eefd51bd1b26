package schema

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// Collection is how a log comes to a platform and what it takes, for people. The same setting sends the log to a workspace
// of Log Analytics and to an event hub.
type Collection struct {
	Setting   string   // what sends it
	Category  string   // to choose in the setting: of logs, or the channel of a log of Windows
	Connector string   // the data connector of Microsoft Sentinel that makes the setting; "" when there is none
	Licence   string   // of the tenant; "" when it takes none
	Note      string   // what else to know
	See       []string // addresses of pages where that is said
}

// ways reads the ways by which logs come, by their names.
func (r *reader) ways(n *yaml.Node) map[string]Collection {
	out := map[string]Collection{}
	r.each(n, func(name, value *yaml.Node) {
		var c Collection
		r.mapping(value, map[string]func(*yaml.Node){
			"setting":   func(n *yaml.Node) { c.Setting = n.Value },
			"connector": func(n *yaml.Node) { c.Connector = n.Value },
			"note":      func(n *yaml.Node) { c.Note = n.Value },
			"see":       func(n *yaml.Node) { c.See = r.texts(n) },
		})
		if c.Setting == "" || len(c.See) == 0 {
			r.errorf(value, "a way needs a setting, and where that is said")
		}
		out[name.Value] = c
	})
	return out
}

// collection reads how one log comes.
func (r *reader) collection(n *yaml.Node) *Collection {
	var c Collection
	r.mapping(n, map[string]func(*yaml.Node){
		"by": func(n *yaml.Node) {
			way, ok := r.known[n.Value]
			if !ok {
				r.errorf(n, "no way %q", n.Value)
			}
			way.Category, way.Licence = c.Category, c.Licence
			c = way
		},
		"category": func(n *yaml.Node) { c.Category = n.Value },
		"licence":  func(n *yaml.Node) { c.Licence = strings.TrimSpace(n.Value) },
	})
	return &c
}

// complete takes what is not said from what is known of the log: the category of its records, or its channel.
func (c *Collection) complete(l *Log) {
	if c.Category != "" {
		return
	}
	c.Category = l.EventHub.Category
	switch {
	case l.Management:
		c.Category = "Audit.General, Audit.AzureActiveDirectory, Audit.Exchange, Audit.SharePoint"
	case !l.Tabled():
		c.Category = strings.Join(l.Windows.Names, ", ")
	}
}
