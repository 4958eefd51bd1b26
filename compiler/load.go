package compiler

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/lang"
	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/lower"
	"github.com/sigc-rules/sigc/compiler/pipeline"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
)

// Input is a file of rules. Path is where it stands below the folder that was asked for, slash-separated: the output
// mirrors it.
type Input struct {
	File *source.File
	Path string
}

// Options is what the meaning of rules depends on besides their text.
type Options struct {
	// Lists are what placeholders stand for, by name.
	Lists map[string]*list.List
	// Logs are the logs that there are; nil are those that sigc knows by itself.
	Logs *schema.Catalogue
	// Pipelines change rules before sigc looks for their logs and fields, in this order.
	Pipelines []*pipeline.Pipeline
	// Translations are those of the rules, a catalogue for every language.
	Translations []*lang.Catalogue
	// Targets are the names of the targets that there are, so that a rule's settings for another are reported. Nil
	// knows of none and reports nothing.
	Targets []string
}

// Values returns lists of texts that every target gets in its queries.
func Values(values map[string][]string) map[string]*list.List {
	out := make(map[string]*list.List, len(values))
	for name, v := range values {
		out[name] = &list.List{Name: name, Type: list.Text, Values: v}
	}
	return out
}

// Program is a set of rules that have been read together.
type Program struct {
	// Rules are the detection rules and correlations, and, for every file that holds something that could be read as
	// neither, an entry that stands for it: nothing vanishes.
	Rules   []*Rule
	filters []*filter
	files   []*source.File // in the order of the input
	diags   diag.List
}

// Rule is a detection rule or a correlation of a program.
type Rule struct {
	Title, ID, Name, Level, File string
	Tags                         []string
	// Serves are the rows of Microsoft's monitoring tables that the rule names under "monitoring-tables".
	Serves []string
	// Path is where the rule stands in the input, without extension: unique within the program.
	Path string
	// Part says that the rule is only a part of correlations, which do not ask for it to be written as one of its own.
	Part bool

	file    *source.File
	doc     int
	parsed  *sigma.Rule     // of a detection rule
	header  *sigma.Meta     // nil for an entry that stands for what could not be read
	meaning *ir.Rule        // of a detection rule; nil when it is at fault
	own     *ir.Rule        // the same before filters narrow it
	located *target.Located // the same, found in its log
	lists   []UsedList      // the placeholders that it asked for
	renamed pipeline.Names  // what pipelines call its fields; nil when there are none
	piped   bool            // pipelines may have changed its meaning

	translations []*lang.Catalogue

	written    *sigma.Correlation
	correlated *target.LocatedCorrelation // nil when the correlation is at fault

	unjudged  bool // the reference semantics cannot tell what it matches
	duplicate bool // another rule has its id
	namesake  int  // how many rules without an id before it have its title

	diags diag.List // about the rule, from its meaning on
	fault []diag.Diagnostic
}

// Key is the id of the rule, or its title when it has none.
func (r *Rule) Key() string {
	if r.ID != "" {
		return r.ID
	}
	return r.Title
}

// Source is the name of the file that the rule stands in, as messages write it.
func (r *Rule) Source() string { return r.file.Name }

// OK reports whether the rule itself is without errors.
func (r *Rule) OK() bool { return r.located != nil || r.correlated != nil }

// IsCorrelation reports whether the rule is about several events.
func (r *Rule) IsCorrelation() bool { return r.written != nil }

// faults are the errors that stand against the rule.
func (r *Rule) faults() []diag.Diagnostic {
	out := slices.Clip(r.fault)
	for _, d := range r.diags.From(0) {
		if d.Severity == diag.Error {
			out = append(out, d)
		}
	}
	return out
}

// Load reads rules and finds out what they mean. What is wrong with them is told by [Program.Diagnostics].
func Load(inputs []Input, opts Options) *Program {
	loaded := make([]loadedFile, len(inputs))
	lowering := opts.lowering()
	parallel(len(inputs), func(i int) { loaded[i] = load(inputs[i], lowering, opts.Pipelines) })
	p := &Program{Rules: make([]*Rule, 0, len(inputs)), files: make([]*source.File, 0, len(inputs))}
	for i := range loaded {
		p.files = append(p.files, inputs[i].File)
		p.Rules = append(p.Rules, loaded[i].rules...)
		p.filters = append(p.filters, loaded[i].filters...)
		p.diags.AddAll(&loaded[i].diags)
	}
	p.knownTargets(opts.Targets)
	p.uniquePaths()
	p.duplicates()
	p.applyFilters(opts.Pipelines, lowering)
	parallel(len(p.Rules), func(i int) { p.Rules[i].locate(&opts) })
	p.correlate()
	p.checkTranslations(opts.Translations)
	for _, r := range p.Rules {
		found := r.diags.From(0)
		for i := range found {
			found[i].Rule = r.Key()
		}
		p.diags.AddAll(&r.diags)
	}
	return p
}

func (o Options) lowering() lower.Options {
	out := lower.Options{Placeholder: func(name string) ([]string, bool) {
		if l, ok := o.Lists[name]; ok {
			return l.Values, true
		}
		return nil, false
	}}
	out.Schedule = func(name string) (ir.Schedule, bool) {
		if l, ok := o.Lists[name]; ok && l.Hours != nil {
			return ir.Schedule{Name: name, Zone: l.Hours.Zone, Days: l.Hours.Days, From: l.Hours.From, To: l.Hours.To}, true
		}
		return ir.Schedule{}, false
	}
	for name := range o.Lists {
		out.Placeholders = append(out.Placeholders, name)
	}
	slices.Sort(out.Placeholders)
	return out
}

type loadedFile struct {
	rules   []*Rule
	filters []*filter
	diags   diag.List
}

func load(in Input, opts lower.Options, pipelines []*pipeline.Pipeline) (out loadedFile) {
	parsed := sigma.Parse(in.File, &out.diags)
	found := out.diags.From(0)
	for _, s := range parsed.Rules {
		r := &Rule{
			Title: s.Title.Value, ID: s.ID.Value, Name: s.Name.Value, Level: s.Level.Value, Tags: values(s.Tags), Serves: serves(&s.Meta),
			file: in.File, doc: s.Doc, header: &s.Meta, parsed: s,
		}
		if s.Broken {
			r.fault = faultsOf(found, r.Key())
		}
		piped := pipeline.Apply(pipelines, s, &r.diags)
		r.renamed, r.piped = piped.Renamed, piped.Rule != s
		options := opts
		if len(opts.Placeholders)+len(piped.Placeholders) > 0 {
			options = recording(filled(opts, piped.Placeholders), r.asksFor)
		}
		r.meaning = lower.Rule(piped.Rule, options, &r.diags)
		r.own = r.meaning
		out.rules = append(out.rules, r)
	}
	for _, c := range parsed.Correlations {
		r := &Rule{
			Title: c.Title.Value, ID: c.ID.Value, Name: c.Name.Value, Level: c.Level.Value, Tags: values(c.Tags), Serves: serves(&c.Meta),
			file: in.File, doc: c.Doc, header: &c.Meta, written: c,
		}
		if c.Broken {
			r.fault = faultsOf(found, r.Key())
		}
		out.rules = append(out.rules, r)
	}
	for _, f := range parsed.Filters {
		made := &filter{written: f, path: in.Path}
		made.meaning = lower.Filter(f, recording(opts, func(l UsedList) { made.lists = append(made.lists, l) }), &out.diags)
		out.filters = append(out.filters, made)
	}
	slices.SortStableFunc(out.rules, func(a, b *Rule) int { return a.doc - b.doc })
	if unread := errorsOf(found, ""); len(unread) > 0 {
		out.rules = append(out.rules, &Rule{file: in.File, fault: unread})
	}
	for i, r := range out.rules {
		r.File, r.Path = in.Path, stem(in.Path)
		if len(out.rules) > 1 {
			r.Path += "-" + itoa(i+1)
		}
	}
	return out
}

func values(texts []sigma.Text) []string {
	if len(texts) == 0 {
		return nil
	}
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = t.Value
	}
	return out
}

// faultsOf returns the errors that broke a rule: its own, or else those of the template that it is made from, which has
// no name.
func faultsOf(found []diag.Diagnostic, key string) []diag.Diagnostic {
	if own := errorsOf(found, key); len(own) > 0 {
		return own
	}
	return errorsOf(found, "")
}

// errorsOf returns the errors about the rule of the given key.
func errorsOf(found []diag.Diagnostic, key string) []diag.Diagnostic {
	var out []diag.Diagnostic
	for _, d := range found {
		if d.Severity == diag.Error && d.Rule == key {
			out = append(out, d)
		}
	}
	return out
}

// Diagnostics returns everything that the compiler has to say, sorted by place.
func (p *Program) Diagnostics() []diag.Diagnostic { return p.diags.Sorted(p.files...) }

// Meaning returns the condition of the rule as one line of text, for tests and for looking into the compiler.
func (r *Rule) Meaning() string {
	if r.located == nil {
		return ""
	}
	return ir.String(r.located.Expr)
}
