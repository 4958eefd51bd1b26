package check

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
)

// packChecks look at all documents together.
var packChecks = []Check{{
	ID: "pack/same-meaning", Severity: diag.Warning, Pack: packSameMeaning,
	Doc: Doc{
		Summary: "two rules mean the same",
		Why:     "Every event they match is alerted twice, and a fix of one leaves the other as it is.",
		Bad:     twoRules("Add user", "add user"),
		Good:    twoRules("Add user", "Delete user"),
		Whole:   true,
	},
}, {
	ID: "pack/same-file-name", Severity: diag.Note, Pack: packFileName,
	Doc: Doc{
		Summary: "two files in different folders have the same name",
		Why:     "Tools that write all rules into one folder let one replace the other.",
		Bad:     "-- audit/azure_new_user.yml --\n" + minimal + "-- other/azure_new_user.yml --\n" + deleted,
		Good:    "-- audit/azure_new_user.yml --\n" + minimal + "-- other/azure_old_user.yml --\n" + deleted,
		Whole:   true,
	},
}, {
	ID: "pack/same-name", Severity: diag.Warning, Pack: packName,
	Doc: Doc{
		Summary: `two rules have the same "name"`,
		Why:     "Correlations and filters refer to rules by this name, and cannot know which one is meant.",
		Bad:     strings.Replace(strings.Replace(twoRules("Add user", "Delete user"), "title: First\n", "title: First\nname: user\n", 1), "title: Second\n", "title: Second\nname: user\n", 1),
		Good:    strings.Replace(twoRules("Add user", "Delete user"), "title: First\n", "title: First\nname: user\n", 1),
		Whole:   true,
	},
}, {
	ID: "pack/obsolete-in-use", Severity: diag.Warning, Pack: packObsolete,
	Doc: Doc{
		Summary: "a rule that another one calls obsolete is not marked as deprecated",
		Why:     "Both are deployed, and both alert.",
		Bad:     obsoleting("status: test"),
		Good:    obsoleting("status: deprecated\nrelated:\n    - {id: 0e1f3c5a-2d7b-4c38-9a10-7d2f5b8e4c22, type: similar}"),
		Whole:   true,
	},
}, {
	ID: "filter/unknown-rule", Severity: diag.Warning, Pack: filterUnknown,
	Doc: Doc{
		Summary: "a filter is for a rule that is not here",
		Why:     "The filter excludes nothing. The rule was renamed or removed, or its id is mistyped.",
		Bad:     "filter:\n    rules: [user_aded]\n" + syncFilter,
		Good:    "filter:\n    rules: [user_added]\n" + syncFilter,
	},
}, {
	ID: "filter/removes-all", Severity: diag.Warning, Pack: filterRemovesAll,
	Doc: Doc{
		Summary: "a filter leaves nothing of what a rule matches",
		Why:     "The rule is switched off, and nothing says so.",
		Bad:     "filter:\n    rules: [user_added]\n    add:\n        OperationName|startswith: Add\n    condition: not add\n",
		Good:    "filter:\n    rules: [user_added]\n" + syncFilter,
	},
}, {
	ID: "filter/removes-nothing", Severity: diag.Warning, Pack: filterRemovesNothing,
	Doc: Doc{
		Summary: "a filter excludes nothing of what a rule matches",
		Why:     "The filter is for events that the rule never matches: it compares with a wrong value, or belongs to another rule.",
		Bad:     "filter:\n    rules: [user_added]\n    delete:\n        OperationName: Delete user\n    condition: not delete\n",
		Good:    "filter:\n    rules: [user_added]\n" + syncFilter,
	},
}}

// deleted is another rule than minimal.
var deleted = strings.NewReplacer("Added", "Deleted", "Add user", "Delete user").Replace(minimal)

const syncFilter = "    sync:\n        Identity: sync\n    condition: not sync\n"

func twoRules(first, second string) string {
	rule := func(title, operation string) string {
		return "title: " + title + "\nlogsource: {product: azure, service: auditlogs}\ndetection:\n    selection:\n        OperationName: " + operation + "\n    condition: selection\n"
	}
	return rule("First", first) + "---\n" + rule("Second", second)
}

func obsoleting(old string) string {
	s := twoRules("Add user", "Delete user")
	s = strings.Replace(s, "title: First\n", "title: First\nid: 5b0a2a2e-93c0-4d7f-8f40-6a5e2a4b8c11\n"+old+"\n", 1)
	return strings.Replace(s, "title: Second\n", "title: Second\nid: 0e1f3c5a-2d7b-4c38-9a10-7d2f5b8e4c22\nrelated:\n    - {id: 5b0a2a2e-93c0-4d7f-8f40-6a5e2a4b8c11, type: obsolete}\n", 1)
}

func packSameMeaning(k *Pack) {
	rules := slices.DeleteFunc(slices.Clone(k.Passes), func(p *Pass) bool { return p.imprint == 0 })
	slices.SortStableFunc(rules, func(a, b *Pass) int { return cmp.Compare(a.imprint, b.imprint) })
	for len(rules) > 0 {
		n := 1
		for n < len(rules) && rules[n].imprint == rules[0].imprint {
			n++
		}
		if n > 1 {
			k.sameMeaning(rules[:n])
		}
		rules = rules[n:]
	}
}

// sameMeaning reports the rules that mean the same as one before.
func (k *Pack) sameMeaning(rules []*Pass) {
	first := make(map[string]*Pass, len(rules))
	for _, p := range rules {
		meaning := p.canonical()
		other, again := first[meaning]
		switch {
		case !again:
			first[meaning] = p
		case p.ID.Value == "" || !strings.EqualFold(p.ID.Value, other.ID.Value): // a copy is reported as such
			related(k.report(p, p.Title.At, "the rule means the same as %q", other.Title.Value), "the other rule", other.Title.At)
		}
	}
}

func packFileName(k *Pack) {
	first := make(map[string]*Pass, len(k.Passes))
	for _, p := range k.Passes {
		if p.Path == "" || !p.First {
			continue
		}
		base := fold(path.Base(p.Path))
		if other, ok := first[base]; ok {
			related(k.report(p, p.At, "the file %q has the name of another one", base), "the other file", other.At)
			continue
		}
		first[base] = p
	}
}

func packName(k *Pack) {
	first := map[string]sigma.Text{}
	for _, p := range k.Passes {
		if p.Name.Value == "" {
			continue
		}
		if other, ok := first[p.Name.Value]; ok {
			related(k.report(p, p.Name.At, "another rule is named %q", p.Name.Value), "first named here", other.At)
			continue
		}
		first[p.Name.Value] = p.Name
	}
}

func packObsolete(k *Pack) {
	obsoletes := func(r sigma.Related) bool { return r.Type.Value == "obsolete" }
	byID := map[string]*Pass{} // of what others call obsolete
	for _, p := range k.Passes {
		for _, r := range p.Related {
			if obsoletes(r) {
				byID[fold(r.ID.Value)] = nil
			}
		}
	}
	if len(byID) == 0 {
		return
	}
	for _, p := range k.Passes {
		if id := fold(p.ID.Value); id != "" {
			if _, asked := byID[id]; asked {
				byID[id] = p
			}
		}
	}
	for _, p := range k.Passes {
		for _, r := range p.Related {
			if !obsoletes(r) {
				continue
			}
			old := byID[fold(r.ID.Value)]
			if old != nil && old != p && old.Status.Value != "deprecated" && old.Status.Value != "unsupported" && p.Status.Value != "deprecated" {
				related(k.report(p, r.ID.At, "the rule %q is obsolete, but not deprecated", old.Title.Value), "the rule", old.Title.At)
			}
		}
	}
}

// named calls each with the filters, the rules that they name, and the names.
func (k *Pack) named(each func(filter *Pass, ref sigma.Text, rules []*Pass)) {
	if !slices.ContainsFunc(k.Passes, func(p *Pass) bool { return p.Filter != nil }) {
		return
	}
	byName := map[string][]*Pass{}
	for _, p := range k.Passes {
		if p.Filter != nil {
			continue
		}
		if id := strings.ToLower(p.ID.Value); id != "" {
			byName[id] = append(byName[id], p)
		}
		if name := p.Name.Value; name != "" && !strings.EqualFold(name, p.ID.Value) {
			byName[name] = append(byName[name], p)
		}
	}
	for _, p := range k.Passes {
		if p.Filter == nil {
			continue
		}
		for _, ref := range p.Filter.Rules {
			found := byName[ref.Value]
			if found == nil {
				found = byName[strings.ToLower(ref.Value)]
			}
			each(p, ref, found)
		}
	}
}

func filterUnknown(k *Pack) {
	var names []string
	for _, p := range k.Passes {
		if p.Filter == nil && p.Name.Value != "" {
			names = append(names, p.Name.Value)
		}
	}
	k.named(func(filter *Pass, ref sigma.Text, rules []*Pass) {
		if len(rules) == 0 {
			d := k.report(filter, ref.At, "no rule has the id or name %q", ref.Value)
			suggest(d, ref.Value, names)
		}
	})
}

// narrowed calls each with the filters and the rules that they narrow, and what the two mean: the rule without any filter.
func (k *Pack) narrowed(each func(filter *Pass, ref sigma.Text, rule *Pass, whole, narrowing ir.Formula)) {
	k.named(func(filter *Pass, ref sigma.Text, rules []*Pass) {
		for _, rule := range rules {
			s := rule.searches()
			if s != nil && s.satisfiable == ir.Yes && filter.Narrowing != nil && filter.Narrowing.Covers(rule.Meaning.Logsource) {
				each(filter, ref, rule, s.whole, rule.proof().Read(filter.Narrowing.Cond))
			}
			rule.forget()
		}
	})
}

func filterRemovesAll(k *Pack) {
	k.narrowed(func(filter *Pass, ref sigma.Text, rule *Pass, whole, narrowing ir.Formula) {
		if rule.proof().Satisfiable(whole, narrowing) == ir.No {
			related(k.report(filter, ref.At, "the filter leaves nothing of what the rule %q matches", rule.Title.Value), "the rule", rule.Title.At)
		}
	})
}

func filterRemovesNothing(k *Pack) {
	k.narrowed(func(filter *Pass, ref sigma.Text, rule *Pass, whole, narrowing ir.Formula) {
		if rule.proof().Implies(whole, narrowing) {
			related(k.report(filter, ref.At, "the filter excludes nothing of what the rule %q matches", rule.Title.Value), "the rule", rule.Title.At)
		}
	})
}
