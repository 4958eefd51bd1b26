package target

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// Located is a rule whose fields have been found in a log. The tree of the rule is not changed; the table beside it
// says what each field is.
type Located struct {
	Rule *ir.Rule
	// Expr is the condition of the rule.
	Expr ir.Expr
	// Log is the log that the rule reads, nil when no log is known for its logsource.
	Log *schema.Log
	// Known are the logs that the logsource of the rule means, of which Log is one.
	Known []*schema.Log
	// Reason says why Log is nil, where that is known.
	Reason string
	// Lists are the lists that the rule may compare with, by name. One that is not here is written into the query.
	Lists map[string]*list.List

	uses   uses
	triage []Ref
	asked  []Named
	parts  []*Located                        // over each of the logs that Log puts together; nil when it is one
	moved  func(field string) (string, bool) // what a field of the log is in the table that the rule has moved to
	shared *shared                           // see [Located.Once]
	near   string                            // logsources that are known, where that of the rule is not
}

// With returns the rule with another condition, whose fields are among those of the rule.
func (l *Located) With(e ir.Expr) *Located {
	out := *l
	if e != l.Expr {
		out.Expr = e
		out.collect(l.uses)
	}
	return &out
}

// Asked returns the fields that a correlation asks of the rows of the rule, besides those of its condition.
func (l *Located) Asked() []Named { return l.asked }

// Ref is what the name of a field means in a log: a column and the steps from it to the value. Inside an array block
// Column is nil and the steps start at the member.
type Ref struct {
	Column    *schema.Column
	Steps     []schema.Step
	Node      *schema.Column // what the value is
	Canonical string         // the name in canonical spelling
}

// Ref returns what a field of the rule means.
func (l *Located) Ref(f *ir.Field) Ref {
	ref, ok := l.uses.ref(f)
	if !ok && l.Log != nil {
		ref, _ = l.find(f, nil)
	}
	return ref
}

// Triage returns the fields that an analyst wants to see beside a match.
func (l *Located) Triage() []Ref { return l.triage }

// Named returns the fields that the condition names, in its order and each once, with what they mean.
func (l *Located) Named() []Named { return l.uses.named }

// Several reports whether the field can have more than one value: it is an array, or the path to it leads through one.
func (r Ref) Several() bool {
	return r.Node.Array || slices.ContainsFunc(r.Steps, func(s schema.Step) bool { return s.Kind == schema.Members })
}

// Locate finds the log of a rule and its fields in it. It returns nil, and adds to diags, when the log has no such
// field, or when a comparison can never hold because of the type of the field. Where a logsource is kept in several
// logs, the first that has all fields is taken. there are the logs to find it in.
func Locate(r *ir.Rule, there *schema.Catalogue, diags *diag.List) *Located {
	logs, ok := there.Find(r.Logsource.Category, r.Logsource.Product, r.Logsource.Service)
	if !ok {
		reason, known := schema.Refused(r.Logsource.Category, r.Logsource.Product, r.Logsource.Service)
		l := newLocated(r, nil)
		l.Reason = reason
		if !known {
			logs := there.Logs()
			misspelt(r, logs, diags)
			l.near = near(r.Logsource, logs)
		}
		return l
	}
	if len(logs) == 1 { // as nearly all log sources mean
		before := diags.Errors()
		if l := locate(r, logs[0], diags); diags.Errors() == before {
			return l.among(logs)
		}
		return nil
	}
	var first *diag.List
	for _, log := range logs {
		var found diag.List
		l := locate(r, log, &found)
		if found.Errors() == 0 {
			if first != nil && logs[0].Has(log) {
				oneLog(logs[0], log, first, diags)
			}
			diags.AddAll(&found)
			return l.among(logs)
		}
		if first == nil {
			first = &found
		}
	}
	diags.AddAll(first)
	return nil
}

// among ends the finding of a rule in one of the logs that its log source means.
func (l *Located) among(known []*schema.Log) *Located {
	l.Known = known
	l.locateParts()
	return l
}

// newLocated returns a rule whose fields have not been found yet.
func newLocated(r *ir.Rule, log *schema.Log) *Located {
	l := &struct { // of one allocation
		Located
		shared
	}{Located: Located{Rule: r, Expr: r.Expr(), Log: log}}
	l.Located.shared = &l.shared
	return &l.Located
}

// locate finds the fields of the rule in a log and reports those that are not there.
func locate(r *ir.Rule, log *schema.Log, diags *diag.List) *Located {
	l := &locator{Located: newLocated(r, log), diags: diags}
	l.all()
	l.uses.named = slices.Clone(l.uses.named)
	l.Forget()
	l.fields()
	l.native()
	return l.Located
}

type locator struct {
	*Located
	diags *diag.List      // nil when there is nothing to report
	noted map[string]bool // fields that a note has been given for

	last  *ir.Field // the values of a list share their field,
	found bool      // whether it is there
	ref   Ref       // and what it means

	otherwise bool // rules are known to write values of a field in another way than the log
}

// all finds the fields of the condition, in room that is given up together with the rule.
func (l *locator) all() {
	l.uses = uses{named: l.shared.take().named.Take(fewFields)[:0]}
	l.expr(l.Expr, nil)
}

// expr finds the fields of e. Inside an array block, scope is what its members are.
func (l *locator) expr(e ir.Expr, scope *schema.Column) {
	ir.Walk(e, func(e ir.Expr) bool {
		l.uses.add(e)
		each, isEach := e.(*ir.Each)
		first, other := ir.FieldsOf(e)
		for _, f := range [...]*ir.Field{first, other} {
			if f == nil {
				continue
			}
			if !l.look(f, scope) {
				return false
			}
			if !isEach && l.diags != nil {
				l.check(e, f, l.ref)
				l.undescribed(e, f, l.ref)
			}
		}
		if isEach {
			l.expr(each.Body, l.ref.Node.Element())
			return false
		}
		return true
	})
}

// look finds a field and reports one that is not there.
func (l *locator) look(f *ir.Field, scope *schema.Column) bool {
	if f == l.last {
		return l.found
	}
	l.last = f
	if l.ref, l.found = l.uses.ref(f); l.found {
		return true
	}
	if l.ref, l.found = l.find(f, scope); l.found {
		l.uses.name(f, l.ref)
		c := l.ref.Column
		l.otherwise = l.otherwise || c != nil && (c.Foreign != nil || c.Shown != nil)
	} else if l.diags != nil {
		l.unknownField(f, scope)
	}
	return l.found
}

// find follows a name, and the positions in it, from the scope.
func (l *Located) find(f *ir.Field, scope *schema.Column) (Ref, bool) {
	if f.IsElement() {
		if scope == nil {
			return Ref{}, false
		}
		return Ref{Node: scope, Canonical: "."}, true
	}
	var ref Ref
	at := scope
	for i, seg := range f.Segments {
		if seg.Name != "" {
			r, ok := l.Log.Resolve(at, seg.Name)
			if !ok {
				return Ref{}, false
			}
			if i == 0 {
				ref.Column, ref.Canonical = r.Column, r.Canonical
			} else {
				ref.Canonical += "." + r.Canonical
			}
			ref.Steps = append(ref.Steps, r.Steps...)
			ref.Node = r.Node
		}
		if seg.Indexed {
			json := ref.Node.JSON
			ref.Steps = append(ref.Steps, schema.Step{Kind: schema.At, Index: seg.Index, JSON: json})
			ref.Canonical += position(seg.Index)
			ref.Node = ref.Node.Element()
		}
		at = ref.Node
	}
	return ref, true
}

// fields finds the fields for triage. One that the log does not have is left out with a warning.
func (l *locator) fields() {
	for _, f := range l.Rule.Fields {
		if ref, ok := l.find(f, nil); ok {
			l.triage = append(l.triage, ref)
		} else if l.diags != nil {
			l.unknownTriage(f)
		}
	}
}
