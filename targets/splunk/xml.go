package splunk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/targets/splunk/forms"
)

// unnamed tests the texts without a name in the XML of a field, of which some must fit: the elements Data of an event of
// a classic log. The add-on has no field for them (C: fields of such events in the data sources of ESCU).
func unnamed(f forms.Field, p ir.Pattern) *test {
	around := within(p)
	before := "<Data>"
	if f.Nth > 0 {
		before = fmt.Sprintf(`^(?:\s*<Data[^<]*(?:/>|</Data>)){%d}\s*<Data>`, f.Nth-1)
	}
	t := &test{x: fn("match", fn("coalesce", ref(f.Path), str("")), &pattern{p.InXML(flags(p.Cased, false)+before, "</Data>", plainLiteral)})}
	if shape, _ := around.Shape(); shape != ir.Anything {
		t.term = &termIs{f.Path, []glob{{around, starsForEntities}}}
	}
	return t
}

// within is the pattern of texts that have in them what fits a pattern.
func within(p ir.Pattern) ir.Pattern {
	many := ir.Part{Wild: ir.Many}
	out := ir.NewPattern(append(slices.AppendSeq([]ir.Part{many}, p.Parts()), many))
	out.Cased = p.Cased
	return out
}

// inner tests a field that stands in the data of some events under the name of one of the head: there, and else in the
// head. The add-on makes one field of both.
func inner(f forms.Field, p ir.Pattern) node {
	raw := func(re string) *test {
		return &test{x: fn("match", fn("coalesce", ref("_raw"), str("")), &pattern{re})}
	}
	before := "<UserData>(?s:.*)<" + f.Inner + ">"
	found := raw(p.InXML(flags(p.Cased, false)+before, "</"+f.Inner+">", plainLiteral))
	if !p.Matches(f.Head) {
		return found
	}
	return &disj{[]node{found, &neg{raw(before)}}}
}

// keywordInXML tests that some value of an event in XML fits the pattern: the text of an element, the name of the provider
// or the time, which are attributes. The names of fields, attributes of Data, are no values. Attributes stand in single
// quotes (C: events as Windows renders them, in the data sources of ESCU).
func keywordInXML(p ir.Pattern) *test {
	places := []string{p.InXML(">", "</", plainLiteral), p.InXML("<Provider Name='", "'", plainLiteral)}
	if !p.Any(func(part ir.Part) bool { return strings.Trim(strings.ToUpper(part.Text), "0123456789TZ:.-") != "" }) {
		places = append(places, p.InXML(" SystemTime='", "'", plainLiteral))
	}
	return &test{x: fn("match", fn("coalesce", ref("_raw"), str("")), &pattern{flags(p.Cased, false) + strings.Join(places, "|")})}
}
