package splunk

import (
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/forms"
)

// frame is what the searches of a log have in common, whatever a rule asks. It is made once; all that comes later are
// places.
type frame struct {
	log     *schema.Log
	data    *forms.Data
	scope   []term   // what selects the records
	columns []string // the first of the result: the time, who and what the alert is about
	roles   []assign // what computes those
	named   []string // the fields of the record that are shown under the names of these
	shown   []shown  // the others, where rules do not say what they want to see
	end     ending   // with these
	macros  []forms.Macro

	places   atomic.Pointer[map[*schema.Column]*place] // a map that is not changed, but replaced by one with more
	learning sync.Mutex
}

// place is what a column of a log is in a form.
type place struct {
	forms.Field
	value *value // of an event; nil where there can be several
	// ordinary says that the record has the field as the log has it, whatever a pattern asks for: it is a text or a number, or
	// several, under a name that can be written everywhere.
	ordinary bool
	// shown is how a result shows it, if it can.
	shown   shown
	visible bool
}

// place returns what a column is.
func (f *frame) place(c *schema.Column) *place {
	if known := f.known()[c]; known != nil {
		return known
	}
	f.learning.Lock()
	defer f.learning.Unlock()
	if known := f.known()[c]; known != nil {
		return known
	}
	more := maps.Clone(f.known())
	if more == nil {
		more = map[*schema.Column]*place{}
	}
	more[c] = placeOf(f.data, c)
	f.places.Store(&more)
	return more[c]
}

// known are the columns that rules have asked for.
func (f *frame) known() map[*schema.Column]*place {
	if known := f.places.Load(); known != nil {
		return *known
	}
	return nil
}

func placeOf(d *forms.Data, c *schema.Column) *place {
	p := &place{Field: d.Field(c)}
	ref := target.Ref{Column: c, Node: c, Canonical: c.Name}
	p.shown, p.visible = inRow(d, ref)
	if !isArray(d, ref) {
		p.value = valueOf(d, ref, hops(d, ref, nil), scope{})
		p.value.lower() // is known then, for all who ask at once
	}
	p.ordinary = p.AsInLog() && !p.Encoded && safeName(p.Path) && len(c.Members) == 0 && !isObject(d, ref)
	return p
}

// frame returns the frame of a log, which there is a form for. Most rules are about the log of the one before.
func (p *platform) frame(log *schema.Log) *frame {
	if last := p.last.Load(); last != nil && last.log == log {
		return last
	}
	known, ok := p.frames.Load(log)
	if !ok {
		known, _ = p.frames.LoadOrStore(log, frameOf(log, p.choice.Data(log)))
	}
	p.last.Store(known.(*frame))
	return known.(*frame)
}

func frameOf(log *schema.Log, d *forms.Data) *frame {
	f := &frame{log: log, data: d, scope: slices.Clip(scopeTerms(d)), columns: []string{"_time"}, macros: []forms.Macro{d.Scope()}}
	for _, role := range roles {
		if paths := rolePaths(d, role); len(paths) > 0 {
			if x := roleOf(d, paths); !isField(x, role) { // the record may call it so itself
				f.roles = append(f.roles, assign{role, x})
			}
			f.columns = append(f.columns, role)
			if len(paths) == 1 {
				f.named = append(f.named, paths[0])
			}
		}
	}
	b := &builder{data: d, frame: f, columns: roles} // not from the pool: the frame keeps what it makes
	for _, name := range d.Shown {
		b.show(inRow(d, resolve(d, name)))
	}
	f.shown = b.results
	f.end = b.ending(f.shown)
	return f
}

// about are the columns of a result that name what an alert is about. As a rule they are its first.
func (f *frame) about(fields []string) []string {
	first := f.columns[1:]
	if !slices.ContainsFunc(fields[len(f.columns):], func(name string) bool { return slices.Contains(roles, name) }) {
		return first[:len(first):len(first)]
	}
	return slices.DeleteFunc(slices.Clone(roles), func(role string) bool { return !slices.Contains(fields, role) })
}

// roleOf is who or what an alert is about: the first of some fields in which the record has something. Events of Windows
// write "-" for nothing, and what was null in JSON may be a text.
func roleOf(d *forms.Data, paths []string) expr {
	if (d.XML || d.Texts()) && len(paths) == 1 {
		return ref(paths[0])
	}
	args := make([]expr, len(paths))
	for i, path := range paths {
		switch args[i] = ref(path); {
		case d.XML:
			args[i] = fn("nullif", args[i], str("-"))
		case !d.Texts():
			args[i] = fn("nullif", args[i], str("null"))
		}
	}
	return fn("coalesce", args...)
}

func isField(x expr, name string) bool {
	f, ok := x.(*field)
	return ok && f.name == name
}
