// The command schemas prints the tables that sigc knows as JSON: {"SigninLogs": [["TimeGenerated", "datetime"], ...]}.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/targets/kusto/homes"
)

func main() {
	tables := map[string][][2]string{}
	for _, log := range schema.Logs() {
		if !log.Tabled() {
			continue
		}
		for _, c := range log.Columns {
			tables[log.Name] = append(tables[log.Name], [2]string{c.Name, string(kustoType(c))})
		}
	}
	for _, h := range homes.All() {
		if tables[h.Table.Name] != nil {
			continue
		}
		for _, c := range h.Table.Columns {
			if homes.Computed(h.Table, c) == nil {
				tables[h.Table.Name] = append(tables[h.Table.Name], [2]string{c.Name, string(kustoType(c))})
			}
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(tables); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
}

// kustoType returns the type of the column itself; the schema tells that of its members.
func kustoType(c *schema.Column) schema.Type {
	switch {
	case c.JSON:
		return schema.String
	case c.Array:
		return schema.Dynamic
	default:
		return c.Type
	}
}
