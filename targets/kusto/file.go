package kusto

import "github.com/sigc-rules/sigc/compiler/target"

// File is the format of the query alone.
func File(c *target.Compiled) ([]byte, error) { return []byte(c.Text), nil }
