package block

import "gopkg.in/yaml.v3"

// flow reads a map or list in brackets that ends on its line.
func (r *Reader) flow() *yaml.Node {
	height := len(r.open)
	n, closing := r.node(yaml.SequenceNode, yaml.FlowStyle, listTag, ""), byte(']')
	if r.text[r.at] == '{' {
		n.Kind, n.Tag, closing = yaml.MappingNode, mapTag, '}'
	}
	if !r.enter() {
		return nil
	}
	r.step()
	for !r.odd && r.peek() != closing {
		if len(r.open) > height && !r.take(',') {
			break
		}
		r.push(r.inFlow())
		if n.Kind == yaml.MappingNode && r.take(':') {
			r.push(r.inFlow())
		}
	}
	r.at++
	return r.close(n, height)
}

// inFlow reads what stands between brackets and commas, and goes to what follows.
func (r *Reader) inFlow() *yaml.Node {
	switch c := r.peek(); {
	case r.odd:
		return nil
	case c == '[' || c == '{':
		n := r.flow()
		r.at--
		r.step()
		return n
	case c == '\'' || c == '"':
		r.end = r.closing(c) + 1
		if r.end == 0 {
			return r.fail()
		}
	case c != 0 && r.isPlain():
		if r.end = r.plainInFlow(); r.end < 0 {
			return r.fail()
		}
	default:
		return r.fail()
	}
	n := r.scalar()
	r.at = r.end - 1
	r.step()
	return n
}

// plainInFlow returns where a plain scalar ends; negative when something stands in it that could be part of the brackets.
func (r *Reader) plainInFlow() int {
	for i := r.at + 1; i < len(r.text); i++ {
		switch r.text[i] {
		case '[', '{', '?', '#', '\n':
			return -1
		case ':':
			if !r.ends(i) {
				continue // an address
			}
			fallthrough
		case ',', ']', '}':
			for r.text[i-1] == ' ' {
				i--
			}
			return i
		}
	}
	return -1
}

// peek returns the byte at the token; 0 when there is none.
func (r *Reader) peek() byte {
	if r.at < len(r.text) {
		return r.text[r.at]
	}
	return 0
}

// take goes over a byte that must stand here, and the blanks after it.
func (r *Reader) take(c byte) bool {
	if r.odd || r.peek() != c || c == ':' && !r.ends(r.at) {
		r.odd = true
		return false
	}
	r.step()
	return true
}

// step goes over a byte and the blanks after it.
func (r *Reader) step() {
	for r.at++; r.peek() == ' '; r.at++ {
	}
}
