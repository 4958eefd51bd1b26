package homes

import (
	"slices"
	"testing"
)

// Of the files of the catalogue those are read that have a log of the table, and for a table that none has, none.
func TestTableOf(t *testing.T) {
	before := load
	defer func() { load = before }()
	for _, tt := range []struct {
		table  string
		files  []string // that may be read
		column string
	}{
		{"Unknown_CL", nil, ""},
		{"ASimDns", nil, ""}, // which the workspace calls otherwise
		{"_Im_Dns", []string{"ASimDns", "DnsEvents"}, "DnsQuery"},
		{"NGINX_CL", []string{"NGINX_CL"}, "RawData"},
		{"AuditLogs", nil, "OperationName"}, // a log that is a table itself
	} {
		c := open()
		load = func() *catalogue { return c }
		columns := namesOf(tableOf(tt.table))
		if slices.Contains(columns, tt.column) != (tt.column != "") {
			t.Errorf("%s: no column %q in %q", tt.table, tt.column, columns)
		}
		for file := range c.files {
			if !slices.Contains(tt.files, file) {
				t.Errorf("%s: %s was read", tt.table, file)
			}
		}
	}
}
