package sigma

import (
	"iter"

	"github.com/sigc-rules/sigc/compiler/diag"

	"gopkg.in/yaml.v3"
)

// Limits of a document. The longest rules in the wild are far below both.
const (
	maxDepth = 100       // nested lists and maps
	maxNodes = 1_000_000 // scalars, lists and maps after aliases are written out
)

// resolve puts what aliases and merge keys stand for in their place (spec section 1.5), and reports keys that occur
// twice. It returns false when the document is too large or deep to be read. Nodes are shared rather than copied:
// messages about them point to where they are written.
func (d *document) resolve(root *yaml.Node) bool {
	w := weigher{}
	total := w.weigh(root, 1)
	switch {
	case w.cycle != nil:
		d.diags.Errorf("yaml/alias-expansion", d.nodeSpan(w.cycle), "the anchor %q contains itself", w.cycle.Value)
		return false
	case w.deep != nil:
		d.diags.Errorf("yaml/too-deep", d.point(w.deep), "lists and maps are nested too deeply: at most %d levels are allowed", maxDepth)
		return false
	case w.aliases != nil && total.nodes > maxNodes:
		d.diags.Errorf("yaml/alias-expansion", d.nodeSpan(w.aliases), "aliases make the document too large: at most %d values are allowed", maxNodes)
		return false
	}
	d.expand(root, map[*yaml.Node]bool{})
	return true
}

// weight is the size of a tree with its aliases written out, and its height.
type weight struct{ nodes, height int }

// weigher measures a tree before anything walks over what its aliases stand for, which may be exponentially large.
type weigher struct {
	known                map[*yaml.Node]weight // of anchored nodes
	open                 map[*yaml.Node]bool   // anchored nodes being weighed
	cycle, deep, aliases *yaml.Node            // the first alias that leads to a cycle; the first node too deep; the last alias
}

func (w *weigher) weigh(n *yaml.Node, depth int) weight {
	if n.Kind == yaml.AliasNode {
		w.aliases = n
		if w.open[n.Alias] {
			w.cycle = n
			return weight{}
		}
		n = n.Alias
	}
	if got, ok := w.known[n]; ok {
		if depth+got.height > maxDepth+1 {
			w.deep = n
		}
		return got
	}
	if depth > maxDepth {
		w.deep = n
	}
	if w.deep != nil || w.cycle != nil {
		return weight{}
	}
	if n.Anchor != "" {
		if w.open == nil {
			w.open, w.known = map[*yaml.Node]bool{}, map[*yaml.Node]weight{}
		}
		w.open[n] = true
		defer delete(w.open, n)
	}
	total := weight{nodes: 1}
	for _, c := range n.Content {
		got := w.weigh(c, depth+1)
		total.nodes = min(total.nodes+got.nodes, maxNodes+1)
		total.height = max(total.height, got.height+1)
	}
	if n.Anchor != "" {
		w.known[n] = total
	}
	return total
}

func (d *document) expand(n *yaml.Node, done map[*yaml.Node]bool) {
	if n.Anchor != "" {
		if done[n] {
			return
		}
		done[n] = true
	}
	for i, c := range n.Content {
		if c.Kind == yaml.AliasNode {
			n.Content[i] = c.Alias
		}
		d.expand(n.Content[i], done)
	}
	if n.Kind == yaml.MappingNode {
		d.uniqueKeys(n)
		d.merge(n)
	}
}

// uniqueKeys reports and drops keys that occur twice (spec section 1.4) and keys that are not text.
func (d *document) uniqueKeys(n *yaml.Node) {
	if distinct(n) {
		return
	}
	first := make(map[string]*yaml.Node, len(n.Content)/2)
	kept := n.Content[:0]
	for key, value := range pairs(n) {
		if key.Kind != yaml.ScalarNode {
			d.diags.Errorf("yaml/complex-key", d.nodeSpan(key), "a key must be text, not %s", describe(key))
			continue
		}
		if before := first[key.Value]; before != nil && !isMerge(key) {
			found := d.diags.Errorf("yaml/duplicate-key", d.nodeSpan(key), "the key %q is defined twice in this map", key.Value)
			found.Related = []diag.Related{{Message: "first defined here", Span: d.nodeSpan(before)}}
			continue
		}
		first[key.Value] = key
		kept = append(kept, key, value)
	}
	n.Content = kept
}

// distinct reports whether a map of a few keys, as nearly all are, has no key that occurs twice or is not text.
func distinct(n *yaml.Node) bool {
	const few = 20
	if len(n.Content) > 2*few {
		return false
	}
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i].Kind != yaml.ScalarNode {
			return false
		}
		for j := 0; j < i; j += 2 {
			if n.Content[i].Value == n.Content[j].Value {
				return false
			}
		}
	}
	return true
}

// merge replaces "<<" by the keys of the maps it names: the map's own keys win, and then the maps named first.
func (d *document) merge(n *yaml.Node) {
	merges := false
	for key := range pairs(n) {
		merges = merges || isMerge(key)
	}
	if !merges {
		return
	}
	has := map[string]bool{}
	for key := range pairs(n) {
		has[key.Value] = true
	}
	var content []*yaml.Node
	for key, value := range pairs(n) {
		if !isMerge(key) {
			content = append(content, key, value)
			continue
		}
		from := []*yaml.Node{value}
		if value.Kind == yaml.SequenceNode {
			from = value.Content
		}
		for _, m := range from {
			if m.Kind != yaml.MappingNode {
				d.diags.Errorf("yaml/bad-merge", d.nodeSpan(m), `the merge key "<<" takes a map or a list of maps, not %s`, describe(m))
				continue
			}
			for k, v := range pairs(m) {
				if !has[k.Value] {
					has[k.Value] = true
					content = append(content, k, v)
				}
			}
		}
	}
	n.Content = content
}

func isMerge(key *yaml.Node) bool { return key.Tag != "!!str" && key.ShortTag() == "!!merge" }

// pairs goes over the keys and values of a map.
func pairs(n *yaml.Node) iter.Seq2[*yaml.Node, *yaml.Node] {
	return func(yield func(k, v *yaml.Node) bool) {
		content := n.Content
		for i := 0; i+1 < len(content); i += 2 {
			if !yield(content[i], content[i+1]) {
				return
			}
		}
	}
}

// describe names the kind of a node in messages.
func describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a map"
	case yaml.SequenceNode:
		return "a list"
	}
	switch kind := classify(n); kind {
	case Int:
		return "an integer"
	case Null:
		return "empty"
	default:
		return "a " + kind.String()
	}
}
