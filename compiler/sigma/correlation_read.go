package sigma

import "gopkg.in/yaml.v3"

// correlation reads a correlation rule.
func (d *document) correlation(root *yaml.Node) *Correlation {
	c := &Correlation{File: d.file, At: d.start(root)}
	return c
}
