package sigma

import "gopkg.in/yaml.v3"

// filter reads a filter.
func (d *document) filter(root *yaml.Node) *Filter {
	f := &Filter{File: d.file, At: d.start(root)}
	return f
}
