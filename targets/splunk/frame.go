package splunk

import (
	"slices"

	"github.com/sigc-rules/sigc/targets/splunk/forms"
)

// frame is what the searches of a log have in common, whatever a rule asks: it is made once, and never changed.
type frame struct {
	scope   []term   // what selects the records
	columns []string // the first of the result: the time, who and what the alert is about
	roles   []assign // what computes those
	shown   []shown  // the others, where rules do not say what they want to see
	macros  []forms.Macro
}

// frame returns the frame of a log.
func (p *platform) frame(d *forms.Data) *frame {
	if f, ok := p.frames.Load(d); ok {
		return f.(*frame)
	}
	f := &frame{scope: slices.Clip(scopeTerms(d)), columns: []string{"_time"}, macros: []forms.Macro{d.Scope()}}
	for _, role := range roles {
		if paths := rolePaths(d, role); len(paths) > 0 {
			if x := roleOf(d, paths); !isField(x, role) { // the record may call it so itself
				f.roles = append(f.roles, assign{role, x})
			}
			f.columns = append(f.columns, role)
		}
	}
	b := &builder{data: d}
	for _, name := range d.Shown {
		f.shown = b.show(f.shown, b.resolve(name))
	}
	made, _ := p.frames.LoadOrStore(d, f)
	return made.(*frame)
}

// roleOf is who or what an alert is about: the first of some fields that the record has.
func roleOf(d *forms.Data, paths []string) expr {
	bare := d.XML || d.Texts()
	if bare && len(paths) == 1 {
		return ref(paths[0])
	}
	args := make([]expr, len(paths))
	for i, path := range paths {
		args[i] = ref(path)
		if !bare {
			args[i] = fn("nullif", args[i], str("null"))
		}
	}
	return fn("coalesce", args...)
}

func isField(x expr, name string) bool {
	f, ok := x.(*field)
	return ok && f.name == name
}
