package splunk

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/forms"
)

// platform is Splunk with the settings of a user.
type platform struct {
	target *target.Target
	choice *forms.Choice // the data forms
	frames sync.Map      // *frame by *schema.Log
	last   atomic.Pointer[frame]
}

// formOptions are the options that choose the data forms, for logs that come in several.
func formOptions() []target.Option {
	var out []target.Option
	for _, family := range forms.Families() {
		of := forms.Of(family)
		if len(of) == 1 {
			continue
		}
		o := target.Option{Name: family, Doc: "how the logs arrive", Default: of[0].Name}
		for i, f := range of {
			o.Values = append(o.Values, f.Name)
			sep := ": "
			if i > 0 {
				sep = "; "
			}
			o.Doc += sep + f.Name + ", " + f.Doc
		}
		out = append(out, o)
	}
	return out
}

// keeps reports whether the log comes in the forms of the user.
func (p *platform) keeps(log *schema.Log) bool { return p.choice.Data(log) != nil }

// notKept says where the log comes from instead.
func (p *platform) notKept(log *schema.Log) string {
	if log.IsOwn() && log.Base == nil {
		return `the declaration of this log does not say where it is: give it a section "splunk"`
	}
	for f := range forms.With(log) {
		chosen := p.choice.Form(f.Family)
		if why := chosen.Lacking(log); why != "" {
			return fmt.Sprintf("the form %q does not bring this log: %s; -O %s=%s does", chosen.Name, why, f.Family, f.Name)
		}
		return fmt.Sprintf("the form %q does not bring this log; -O %s=%s does", chosen.Name, f.Family, f.Name)
	}
	why := "no data form of Splunk that is described brings this log"
	for _, f := range forms.All() {
		if lacks := f.Lacks[log.Name]; lacks != "" {
			why += ": " + lacks
		}
	}
	return target.Unplaced(log, why, "{splunk: {index: INDEX, sourcetype: SOURCETYPE}}")
}

// textInRecord are columns whose value is JSON text in the record, although Log Analytics stores it parsed. The other
// way round holds for every column that Log Analytics stores as text: the record has the array or object itself.
var textInRecord = map[column]bool{{"AADUserRiskEvents", "AdditionalInfo"}: true}

type column struct{ log, name string }

// scopeTerms returns the terms that select the records of a log.
func scopeTerms(d *forms.Data) []term {
	terms := []term{&termMacro{d.Macro}}
	for _, r := range d.Records {
		is := &termIs{field: r.Field}
		for _, v := range r.Values {
			is.values = append(is.values, globOfWords(v))
		}
		terms = append(terms, is)
	}
	return terms
}

// ofLog tests what the records of a log are known by, as the scope does. The search command does not mind its case.
func ofLog(d *forms.Data) expr {
	var out []expr
	for _, r := range d.Records {
		if r.Values[0] == "*" {
			out = append(out, fn("isnotnull", ref(r.Field)))
			continue
		}
		subject := fn("lower", fn("coalesce", ref(r.Field), str("")))
		switch {
		case len(r.Values) > 1:
			args := []expr{subject}
			for _, v := range r.Values {
				args = append(args, str(strings.ToLower(v)))
			}
			out = append(out, fn("in", args...))
		case strings.Contains(r.Values[0], "*"):
			out = append(out, fn("match", fn("coalesce", ref(r.Field), str("")), &pattern{globRegex(globOfWords(r.Values[0]).Pattern)}))
		default:
			out = append(out, is(subject, "=", str(strings.ToLower(r.Values[0]))))
		}
	}
	return all(out...)
}

// late reports whether a field can stand where automatic extraction does not reach.
func late(d *forms.Data, c *schema.Column) bool {
	f := d.Field(c)
	first, _, _ := strings.Cut(f.Path, ".")
	array, _, _ := strings.Cut(f.Path, "{}")
	return d.Late(array) || d.Late(first)
}

// rolePaths are the fields of the record that name what an alert is about.
func rolePaths(d *forms.Data, role string) []string {
	switch role {
	case "user":
		return d.User
	case "src_ip":
		return d.Address
	default:
		return d.App
	}
}

// macrosOf are the macros that the searches of rules begin with, each once.
func macrosOf(rules []*target.Compiled) []forms.Macro {
	used := map[forms.Macro]bool{}
	for _, c := range rules {
		for _, m := range c.Query.(*Query).Scopes {
			used[m] = true
		}
	}
	var out []forms.Macro
	for f := range forms.Known() {
		for _, m := range f.Macros {
			if used[m] {
				out = append(out, m)
				delete(used, m)
			}
		}
	}
	own := slices.SortedFunc(maps.Keys(used), func(a, b forms.Macro) int { return strings.Compare(a.Name, b.Name) })
	return append(out, own...)
}
