package pipeline

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// Result is a rule after its pipelines.
type Result struct {
	Rule *sigma.Rule
	// Placeholders are the values that pipelines give to placeholders, and Wild reports whether one stands for anything.
	Placeholders map[string][]string
	Renamed      Names // what fields of the rule are called now
}

// Names says what a field is called after pipelines: one name, or several of which any is meant.
type Names func(field string) []string

// Sort puts pipelines into the order in which they are applied.
func Sort(ps []*Pipeline) {
	slices.SortStableFunc(ps, func(a, b *Pipeline) int { return cmp.Compare(a.Priority, b.Priority) })
}

// Apply returns the rule as the pipelines leave it; the rule itself stays. What a pipeline asks for that cannot be kept is
// an error about the rule.
func Apply(ps []*Pipeline, rule *sigma.Rule, diags *diag.List) Result {
	if len(ps) == 0 || rule.Broken || rule.Detection == nil {
		return Result{Rule: rule}
	}
	own := *rule
	own.Fields, own.Logsource = slices.Clone(rule.Fields), rule.Logsource
	s := &state{rule: &own, diags: diags, applied: map[string]bool{}, appliedTo: map[string]map[string]bool{}, vars: map[string]string{}}
	s.open(rule.Detection)
	for _, p := range ps {
		s.run(p.items)
	}
	if diags.FailedSince(0) && s.failed {
		own.Broken = true
	} else {
		own.Detection = s.close(rule.Detection)
	}
	return Result{Rule: &own, Placeholders: s.values, Renamed: s.called}
}

// state is a rule on its way through pipelines.
type state struct {
	rule       *sigma.Rule
	searches   []*search
	conditions []*sigma.Condition
	diags      *diag.List
	failed     bool

	applied   map[string]bool            // ids of the transformations that have been applied to the rule
	appliedTo map[string]map[string]bool // the same for fields, by their names now
	vars      map[string]string          // what set_state has set

	attributes map[string]string   // what set_custom_attribute has set
	values     map[string][]string // of placeholders
	item       *item               // the one that is being applied
	renames    []func(field string) []string

	madeTexts, madeBytes int // what the rule has grown by
	exhausted            bool
}

// search, alternative and branch are a search with its items in reach: of a branch one of the entries must hold.
type (
	search struct {
		sigma.Search
		body  []*alternative
		empty *item // what has left nothing of it
	}
	alternative struct {
		sigma.Alternative
		branches []*branch
	}
	branch struct{ entries []*entry }
	entry  struct {
		sigma.Item
		applied map[string]bool
		mapped  bool
	}
)

// called says what a field of that name has become. Of more names than a map may have alternatives the rest does not count:
// that they are several is enough for the correlation that asks.
func (s *state) called(field string) []string {
	names := []string{field}
	for _, to := range s.renames {
		var next []string
		for _, name := range names {
			if made := to(name); made != nil {
				next = append(next, made...)
			} else {
				next = append(next, name)
			}
		}
		if names = next; len(names) > maxAlternatives {
			break
		}
	}
	return names
}

// open takes a detection apart.
func (s *state) open(d *sigma.Detection) {
	for _, written := range d.Searches {
		one := &search{Search: *written}
		for _, a := range written.Body {
			part := &alternative{Alternative: a}
			for _, i := range a.Items {
				part.branches = append(part.branches, &branch{[]*entry{{Item: *i, applied: map[string]bool{}}}})
			}
			if a.Keyword != nil {
				// A keyword is an item without a field.
				i := sigma.Item{Values: []sigma.Value{*a.Keyword}, Key: a.At, At: a.At}
				part.branches = []*branch{{[]*entry{{Item: i, applied: map[string]bool{}}}}}
			}
			one.body = append(one.body, part)
		}
		s.searches = append(s.searches, one)
	}
	s.conditions = slices.Clone(d.Conditions)
}

// close puts a detection together again.
func (s *state) close(d *sigma.Detection) *sigma.Detection {
	out := *d
	out.Searches, out.Conditions = nil, s.conditions
	for _, one := range s.searches {
		made := one.Search
		made.Body = nil
		for _, a := range one.body {
			if s.exhausted {
				return &out
			}
			made.Body = append(made.Body, s.alternatives(a)...)
		}
		if len(made.Body) == 0 {
			s.item = one.empty
			s.error("pipeline/inexact", one.Name.At, "nothing is left of the search %q, so that it is not known what it should mean", one.Name.Value)
			s.rule.Broken = true
		}
		out.Searches = append(out.Searches, &made)
	}
	return &out
}

// alternatives are what an alternative became: one for each choice of an entry from each branch.
func (s *state) alternatives(a *alternative) []sigma.Alternative {
	out := []sigma.Alternative{{At: a.At}}
	for _, b := range a.branches {
		if len(b.entries) == 1 && b.entries[0].Field.Value == "" && a.Keyword != nil && len(b.entries[0].Modifiers) == 0 && len(b.entries[0].Values) == 1 {
			return []sigma.Alternative{{Keyword: &b.entries[0].Values[0], At: a.At}}
		}
		if len(out)*len(b.entries) > maxAlternatives {
			s.error("pipeline/inexact", a.At, "fields that are mapped to several others make more than %d alternatives", maxAlternatives)
			s.rule.Broken = true
			return out
		}
		var next []sigma.Alternative
		for _, made := range out {
			for _, e := range b.entries {
				item := e.Item
				next = append(next, sigma.Alternative{Items: append(slices.Clip(made.Items), &item), At: a.At})
			}
		}
		out = next
	}
	if len(a.branches) == 0 {
		return nil
	}
	if !s.grow(a.At, len(out)-1, 0) {
		s.rule.Broken = true
	}
	return out
}

// entries calls do for every entry of the rule; what it returns takes the place of the entry, and nil leaves it.
func (s *state) entries(do func(e *entry) []*entry) {
	for _, one := range s.searches {
		for _, a := range one.body {
			for _, b := range a.branches {
				var next []*entry
				for _, e := range b.entries {
					if made := do(e); made != nil {
						next = append(next, made...)
					} else {
						next = append(next, e)
					}
				}
				b.entries = next
			}
			a.branches = slices.DeleteFunc(a.branches, func(b *branch) bool { return len(b.entries) == 0 })
		}
		one.body = slices.DeleteFunc(one.body, func(a *alternative) bool { return len(a.branches) == 0 })
		if len(one.body) == 0 && one.empty == nil {
			one.empty = s.item
		}
	}
}

// some reports whether an entry of the rule is so.
func (s *state) some(is func(e *entry) bool) bool {
	found := false
	s.entries(func(e *entry) []*entry {
		found = found || is(e)
		return nil
	})
	return found
}

// run applies transformations in their order.
func (s *state) run(items []*item) {
	for _, i := range items {
		if s.exhausted {
			return
		}
		s.item = i
		if !i.rules.hold(func(c ruleCondition) bool { return c(s) }) {
			continue
		}
		s.applied[i.id] = true
		i.do(s, i)
	}
}

// takes reports whether the transformation is meant for the field.
func (i *item) takes(s *state, field string) bool {
	return i.fields.hold(func(c fieldCondition) bool { return c(s, field) })
}

// matches reports whether the transformation is meant for the entry.
func (i *item) matches(s *state, e *entry) bool {
	return i.values.hold(func(c valueCondition) bool { return c(s, e) }) && i.takes(s, e.Field.Value)
}

// each applies a transformation of entries to those that it is meant for.
func (s *state) each(i *item, do func(e *entry) []*entry) {
	s.entries(func(e *entry) []*entry {
		if s.exhausted || !i.matches(s, e) {
			return nil
		}
		made := do(e)
		for _, m := range made {
			m.applied[i.id] = true
		}
		return made
	})
}

// with returns the entry with another item.
func (e *entry) with(i sigma.Item) *entry {
	return &entry{Item: i, applied: maps.Clone(e.applied), mapped: e.mapped}
}

func (s *state) error(id string, at source.Span, format string, args ...any) *diag.Diagnostic {
	s.failed = true
	d := s.diags.Errorf(id, at, "%s", fmt.Sprintf(format, args...))
	if s.item != nil {
		d.Hint = s.item.name()
	}
	return d
}

// inexact says that a transformation cannot be applied to an item.
func (s *state) inexact(e *entry, why string) {
	at := e.Key
	if at.IsZero() {
		at = s.rule.At
	}
	s.error("pipeline/inexact", at, "the transformation %q cannot be applied here: %s", s.item.kind, why)
}

// name says which transformation it is.
func (i *item) name() string {
	if i.id != "" {
		return fmt.Sprintf("by %q, %s", i.id, i.at)
	}
	return "by " + i.at
}
