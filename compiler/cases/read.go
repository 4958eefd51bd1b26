package cases

import (
	"encoding/json"
	"errors"
	"strconv"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// File holds the cases of the rules of one file.
type File struct {
	// Shape names the source of the form of the events: documentation or a published sample.
	Shape string
	// Lists are the values of placeholders that the cases assume.
	Lists map[string][]string
	Cases []Case
}

// Case is an event, or several, and what a rule says of them.
type Case struct {
	Name string
	// Rule is the name, id or title of the rule that the case is about; empty for every rule of the file.
	Rule string
	// Match says whether the rule matches the event, or the correlation fires at least once over the events.
	Match bool
	// Fires is how often the correlation fires; -1 where the case does not say.
	Fires int
	// Sequence is set where the case is about several events, in the order they are written.
	Sequence bool
	Events   []map[string]any

	// Counted is set where the events are those of a file, of which the rule matches at least Least. Skip says why such a
	// case is not tried.
	Counted bool
	Least   int
	Skip    string
}

// Open returns the text of a file of bases. Names are slash-separated and start where that of the file of cases does.
type Open func(name string) ([]byte, error)

type reader struct {
	open  Open
	files map[string]*bases // of shared files, by name; nil while one is being read
}

// Read reads a file of cases. The error holds an [Error] for each case that is wrong.
func Read(file *source.File, open Open) (*File, error) {
	n, err := parse(file)
	if err != nil {
		return nil, err
	}
	if err := known(n, "file of cases", []string{"shape", "lists", "cases", "bases", "base"}); err != nil {
		return nil, err
	}
	if err := isText(n.member("shape")); err != nil {
		return nil, err
	}
	r := &reader{open: open, files: map[string]*bases{}}
	bases, err := r.bases(n)
	if err != nil {
		return nil, err
	}
	out := &File{Shape: text(n.member("shape"))}
	if out.Lists, err = lists(n.member("lists")); err != nil {
		return nil, err
	}
	list := n.member("cases")
	if list == nil || list.kind != '[' {
		return nil, n.errorf("the file needs \"cases\", an array")
	}
	var wrong []error
	seen := map[string]bool{}
	for _, c := range list.items {
		one, err := r.read(c, bases)
		if err == nil && seen[one.Name] {
			err = c.member("name").errorf("two cases have the name %q", one.Name)
		}
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		seen[one.Name] = true
		out.Cases = append(out.Cases, one)
	}
	if len(wrong) == 0 {
		if err := bases.unused(n); err != nil {
			wrong = append(wrong, err)
		}
	}
	return out, errors.Join(wrong...)
}

func (r *reader) read(n *node, bases *bases) (Case, error) {
	c := Case{Fires: -1}
	if err := known(n, "case", append([]string{"name", "match", "rule", "events", "fires"}, eventKeys...)); err != nil {
		return c, err
	}
	for _, key := range []string{"name", "rule"} {
		if err := isText(n.member(key)); err != nil {
			return c, err
		}
	}
	c.Name, c.Rule = text(n.member("name")), text(n.member("rule"))
	if c.Name == "" {
		return c, n.errorf("a case needs \"name\"")
	}
	match := n.member("match")
	if match == nil { // no silent false
		return c, n.errorf("case %q needs \"match\": true or false", c.Name)
	}
	var ok bool
	if c.Match, ok = match.token.(bool); !ok {
		return c, match.errorf("\"match\" is true or false")
	}
	var err error
	if events := n.member("events"); events != nil {
		return r.readSequence(n, c, events, bases)
	}
	if fires := n.member("fires"); fires != nil {
		return c, fires.errorf("\"fires\" belongs to a case with \"events\"")
	}
	event, err := r.event(n, bases)
	c.Events = []map[string]any{event}
	return c, err
}

func (r *reader) readSequence(n *node, c Case, events *node, bases *bases) (Case, error) {
	for _, m := range n.members {
		for _, key := range eventKeys {
			if m.key == key {
				return c, m.errorf("a case with \"events\" has no %q; it stands in each of the events", key)
			}
		}
	}
	if fires := n.member("fires"); fires != nil {
		var ok bool
		if c.Fires, ok = count(fires); !ok || (c.Fires > 0) != c.Match {
			return c, fires.errorf("\"fires\" is how often the correlation fires: at least 1 where \"match\" is true, and 0 where it is false")
		}
	}
	var err error
	c.Sequence = true
	c.Events, err = r.sequence(events, bases)
	return c, err
}

func lists(n *node) (map[string][]string, error) {
	if n == nil {
		return nil, nil
	}
	if n.kind != '{' {
		return nil, n.errorf("\"lists\" is an object of arrays of texts")
	}
	out := map[string][]string{}
	for _, m := range n.members {
		if m.value.kind != '[' {
			return nil, m.value.errorf("a list is an array of texts")
		}
		out[m.key] = []string{}
		for _, v := range m.value.items {
			if err := isText(v); err != nil {
				return nil, err
			}
			out[m.key] = append(out[m.key], text(v))
		}
	}
	return out, nil
}

// known refuses keys that an object of that kind does not have.
func known(n *node, what string, keys []string) error {
	if n.kind != '{' {
		return n.errorf("a %s is an object", what)
	}
	for _, m := range n.members {
		ok := false
		for _, key := range keys {
			ok = ok || key == m.key
		}
		if ok {
			continue
		}
		return m.errorf("a %s has no key %q%s", what, m.key, diag.Meant(m.key, keys))
	}
	return nil
}

func isText(n *node) error {
	if n == nil {
		return nil
	}
	if _, ok := n.token.(string); !ok {
		return n.errorf("this must be a text")
	}
	return nil
}

// text returns the text of a node; "" for none.
func text(n *node) string {
	if n == nil {
		return ""
	}
	s, _ := n.token.(string)
	return s
}

// count reads a whole number.
func count(n *node) (int, bool) {
	if n == nil {
		return 0, false
	}
	number, _ := n.token.(json.Number)
	i, err := strconv.Atoi(number.String())
	return i, err == nil && i >= 0
}
