package cases

import (
	"maps"
	"path"
	"slices"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// bases are the events with a name that a file can start from: its own, and those of the files that it asks for.
type bases struct {
	own    map[string]*base
	shared []*bases
}

type base struct {
	at      *member
	used    bool
	opening bool // it is being made, so that a circle is noticed
}

// bases reads what a file says about bases under "base" and "bases".
func (r *reader) bases(file *node) (*bases, error) {
	out := &bases{own: map[string]*base{}}
	if own := file.member("base"); own != nil {
		if own.kind != '{' {
			return nil, own.errorf("\"base\" is an object of events by their names")
		}
		for _, m := range own.members {
			if err := known(m.value, "base", append([]string{"shape"}, eventKeys...)); err != nil {
				return nil, err
			}
			if err := isText(m.value.member("shape")); err != nil {
				return nil, err
			}
			out.own[m.key] = &base{at: m}
		}
	}
	names := file.member("bases")
	if names == nil {
		return out, nil
	}
	list := names.items
	if names.kind == 0 {
		list = []*node{names}
	}
	for _, n := range list {
		name, ok := n.token.(string)
		if !ok || name == "" {
			return nil, n.errorf("\"bases\" is the name of a file with bases, or an array of names")
		}
		shared, err := r.shared(n, path.Join(path.Dir(file.file.Name), name))
		if err != nil {
			return nil, err
		}
		out.shared = append(out.shared, shared)
	}
	return out, nil
}

// shared reads a file of bases, once.
func (r *reader) shared(at *node, name string) (*bases, error) {
	if b, ok := r.files[name]; ok {
		if b == nil {
			return nil, at.errorf("%q asks for itself", name)
		}
		return b, nil
	}
	r.files[name] = nil
	text, err := r.open(name)
	if err != nil {
		return nil, at.errorf("the file of bases cannot be read: %v", err)
	}
	n, err := parse(source.NewFile(name, text))
	if err != nil {
		return nil, err
	}
	if err := known(n, "file of bases", []string{"base", "bases"}); err != nil {
		return nil, err
	}
	b, err := r.bases(n)
	r.files[name] = b
	return b, err
}

// find looks for a base and the bases that it may itself start from. What is nearer comes first.
func (b *bases) find(name string) (*base, *bases) {
	if found := b.own[name]; found != nil {
		return found, b
	}
	for _, s := range b.shared {
		if found, in := s.find(name); found != nil {
			return found, in
		}
	}
	return nil, nil
}

// event returns a copy of the base of that name.
func (b *bases) event(r *reader, name string, at *node) (map[string]any, error) {
	found, in := b.find(name)
	if found == nil {
		return nil, at.errorf("no base has the name %q%s", name, diag.Meant(name, b.names()))
	}
	if found.opening {
		return nil, at.errorf("the base %q starts from itself", name)
	}
	found.used, found.opening = true, true
	defer func() { found.opening = false }()
	return r.event(found.at.value, in)
}

func (b *bases) names() []string {
	out := slices.Sorted(maps.Keys(b.own))
	for _, s := range b.shared {
		out = append(out, s.names()...)
	}
	return out
}

// unused returns the first base of the file itself that nothing starts from.
func (b *bases) unused(file *node) error {
	if own := file.member("base"); own != nil {
		for _, m := range own.members {
			if !b.own[m.key].used {
				return m.errorf("nothing starts from the base %q", m.key)
			}
		}
	}
	return nil
}
