package block

import "gopkg.in/yaml.v3"

const (
	mapTag  = "!!map"
	listTag = "!!seq"
)

// value reads what begins at the token, in a map or list that stands at the given indent.
func (r *Reader) value(parent int) *yaml.Node {
	if r.isItem() {
		return r.list()
	}
	if colon := r.word(); colon >= 0 {
		return r.block(colon)
	}
	return r.rest(parent)
}

// isItem reports whether the token is the dash of a list.
func (r *Reader) isItem() bool { return r.text[r.at] == '-' && r.ends(r.at) }

// list reads the items of a list, whose dashes stand under one another.
func (r *Reader) list() *yaml.Node {
	indent, height := r.indent(), len(r.open)
	n := r.node(yaml.SequenceNode, 0, listTag, "")
	for more := r.enter(); more; more = r.under(indent) && r.isItem() {
		r.at++
		line := r.line
		if !r.next() || r.line != line && r.indent() <= indent {
			return r.fail() // an empty item
		}
		r.push(r.value(indent))
	}
	return r.close(n, height)
}

// block reads the keys and values of a map, whose keys stand under one another. The first has been read as a word.
func (r *Reader) block(colon int) *yaml.Node {
	indent, height := r.indent(), len(r.open)
	n := r.node(yaml.MappingNode, 0, mapTag, "")
	for more := r.enter(); more; more = r.under(indent) {
		if len(r.open) > height {
			colon = r.word()
		}
		if colon < 0 || colon-r.at > maxKey {
			return r.fail()
		}
		r.push(r.scalar())
		r.at = colon + 1
		r.push(r.entry(indent))
	}
	return r.close(n, height)
}

// maxKey is far below what YAML allows a key to have.
const maxKey = 256

// under goes to the next token and reports whether it stands at the indent. One further to the right belongs to nothing.
func (r *Reader) under(indent int) bool {
	if !r.next() {
		return false
	}
	if r.indent() > indent {
		r.odd = true
	}
	return !r.odd && r.indent() == indent
}

// entry reads the value behind the colon of a key at the indent.
func (r *Reader) entry(indent int) *yaml.Node {
	at, start, line := r.at, r.start, r.line
	switch more := r.next(); {
	case more && r.line == line:
		if r.word() >= 0 {
			return r.fail() // two keys on a line
		}
		return r.rest(indent)
	case more && (r.indent() > indent || r.indent() == indent && r.isItem()):
		return r.value(indent)
	}
	r.at, r.start, r.line = at, start, line // an empty value stands right behind the colon
	return r.node(yaml.ScalarNode, 0, "!!null", "")
}
