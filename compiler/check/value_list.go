package check

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
)

func valueDuplicate(p *Pass) {
	eachList(p, func(item *sigma.Item, values []sigma.Value) {
		f := p.facts()
		exact := has(item, "cased", "re", "base64", "base64offset")
		folded := f.fold(values, func(v *sigma.Value) string { return v.Canon })
		if len(f.listed) > maxKept {
			f.listed = map[string]int{}
		}
		clear(f.listed)
		for i, key := range folded {
			if exact {
				key = values[i].Canon
			}
			if first, ok := f.listed[key]; ok {
				d := p.report(values[i].At, "the value %q is listed twice", values[i].Text)
				related(d, "first listed here", values[first].At)
				d.Fixes = diag.RemoveEntry(values[i].At)
				continue
			}
			f.listed[key] = i
		}
	})
}

// eachList calls each with the lists of values; keywords of a search are a list too.
func eachList(p *Pass, each func(*sigma.Item, []sigma.Value)) {
	d := p.detection()
	if d == nil {
		return
	}
	for _, s := range d.Searches {
		var keywords []sigma.Value
		for _, alt := range s.Body {
			if alt.Keyword != nil {
				keywords = append(keywords, *alt.Keyword)
			}
		}
		if len(keywords) > 1 {
			each(nil, keywords)
		}
	}
	p.items(func(item *sigma.Item) {
		if len(item.Values) > 1 {
			each(item, item.Values)
		}
	})
}

// maxCovered is how long lists may be for each value to be compared with each.
const maxCovered = 200

func valueCovered(p *Pass) {
	eachList(p, func(item *sigma.Item, values []sigma.Value) {
		if !has(item, "contains", "startswith", "endswith") || has(item, "all", "base64", "base64offset", "windash", "cased", "re", "neq") || len(values) > maxCovered {
			return
		}
		folded := p.facts().fold(values, func(v *sigma.Value) string { return v.Text })
		for i, v := range values {
			if strings.ContainsAny(v.Text, `*?\%`) {
				folded[i] = ""
			}
		}
		for i := range values {
			for j := range values {
				if i != j && folded[j] != "" && folded[i] != folded[j] && len(folded[i]) > len(folded[j]) && covered(item, folded[i], folded[j]) {
					d := p.report(values[i].At, "what fits %q fits %q too", values[i].Text, values[j].Text)
					related(d, "the shorter value", values[j].At)
					break
				}
			}
		}
	})
}

func covered(item *sigma.Item, long, short string) bool {
	switch {
	case has(item, "contains"):
		return strings.Contains(long, short)
	case has(item, "startswith"):
		return strings.HasPrefix(long, short)
	default:
		return strings.HasSuffix(long, short)
	}
}
