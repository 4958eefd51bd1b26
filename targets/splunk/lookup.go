package splunk

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	lists "github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/app"
)

// unkept says why a comparison with a list cannot be made with a lookup, exactly; "" when it can.
func (p *platform) unkept(l *target.Located, e *ir.Listed, values *lists.List) string {
	ref := l.Ref(e.Field)
	switch t := ref.Node.Type; {
	case ref.Column == nil || inList(p.choice.Data(l.Log), ref):
		return "a lookup compares one value, and here there can be several"
	case t != schema.String && t != schema.GUID && t != schema.Dynamic:
		return fmt.Sprintf("the field is of type %s, and a lookup holds texts", t)
	}
	wild, why := false, ""
	ir.Walk(e.X, func(x ir.Expr) bool {
		switch x := x.(type) {
		case *ir.Like:
			shape, _ := x.Pattern.Shape()
			wild = wild || shape != ir.Exact
		case *ir.CIDR:
			if x.Prefix.Addr().Is6() {
				why = "whether lookups know networks of IPv6 is not documented"
			}
		}
		return true
	})
	ir.Walk(e.X, func(x ir.Expr) bool {
		if x, ok := x.(*ir.Like); ok && why == "" {
			why = unfit(x.Pattern, wild)
		}
		return true
	})
	if _, _, ok := values.Rows(); why == "" && !ok {
		why = "beside wildcards, a lookup has no literal ?"
	}
	return why
}

// unfit says why a pattern cannot stand in a lookup, among others with wildcards or among plain texts.
func unfit(p ir.Pattern, wild bool) string {
	var text strings.Builder
	for part := range p.Parts() {
		if part.Wild == ir.One {
			return "a lookup knows only the wildcard *"
		}
		text.WriteString(part.Text)
	}
	switch s := text.String(); {
	case p.Matches(""):
		return "one of them fits an empty text, which is not told from none"
	case wild && strings.ContainsAny(s, `*\`):
		return `beside wildcards, a lookup has no literal * and no \`
	case s != strings.TrimSpace(s) || !simple(s):
		return "a lookup is asked for printable ASCII without blanks around it"
	default:
		return ""
	}
}

// looking is a lookup of a value, whose result tells whether the value is in the list.
type looking struct {
	table string
	from  string // the field that holds the value
	value expr   // or the value, for which from is a new field
	into  string
	done  bool
}

// looked tests that a value is in a lookup.
func (b *builder) looked(v *value, e *ir.Listed) *test {
	l := &looking{table: lookupName(e.List, e.Kind, e.Cased)}
	f, ok := v.x.(*field)
	v = b.meaning(v)
	direct := ok && v.plain && e.Kind == ir.ListNetwork // no network holds the text null
	if direct {
		l.from = f.name
	} else {
		l.value = fn("case", hasText(v), v.text(""))
	}
	key := l.table + " " + l.from
	if l.value != nil {
		key += writeExpr(l.value)
	}
	if known := b.lookings[key]; known != nil {
		l = known
	} else {
		if b.lookings == nil {
			b.lookings = map[string]*looking{}
		}
		b.lookings[key] = l
		if !direct {
			l.from = b.unique(snake(e.List) + "_key")
		}
		l.into = b.unique(snake(e.List) + "_match")
	}
	return &test{x: fn("isnotnull", ref(l.into)), looking: l, from: [2]*prepared{v.from}}
}

// lookUp adds the lookups that conditions ask, each once.
func (b *builder) lookUp(conditions []node) {
	b.prepare(conditions)
	for _, c := range conditions {
		tests(c, func(t *test) {
			l := t.looking
			if l == nil || l.done {
				return
			}
			l.done = true
			if l.value != nil {
				b.add(&eval{[]assign{{l.from, l.value}}})
			}
			b.add(&lookup{l.table, l.from, l.into})
		})
	}
}

// tests calls visit for the tests of a condition that stand outside of blocks.
func tests(n node, visit func(*test)) {
	switch n := n.(type) {
	case *conj:
		for _, x := range n.x {
			tests(x, visit)
		}
	case *disj:
		for _, x := range n.x {
			tests(x, visit)
		}
	case *neg:
		tests(n.x, visit)
	case *test:
		visit(n)
	}
}

// lookupName is the name of the lookup for a way of comparing with a list. Lists themselves have no name that ends so.
func lookupName(name string, kind ir.ListKind, cased bool) string {
	switch kind {
	case ir.ListNetwork:
		return name + "_cidr"
	case ir.ListPrefix:
		name += "_prefix"
	case ir.ListSuffix:
		name += "_suffix"
	case ir.ListContains:
		name += "_part"
	}
	if cased {
		name += "_cased"
	}
	return name
}

// valueColumn is the column of our lookups that searches compare with.
const valueColumn = "value"

// lookups are the lookups that the rules read.
func lookups(rules []*target.Compiled) []app.Lookup {
	uses := map[string]target.ListUse{}
	for _, c := range rules {
		for _, use := range c.ListUses() {
			uses[lookupName(use.List.Name, use.Kind, use.Cased)] = use
		}
	}
	var out []app.Lookup
	for _, name := range slices.Sorted(maps.Keys(uses)) {
		use := uses[name]
		_, match := lookupValues(use)
		settings := []app.Setting{app.Exact("case_sensitive_match", fmt.Sprint(use.Cased))}
		if match != "" {
			settings = append(settings, app.Exact("match_type", match+"("+valueColumn+")"))
		}
		settings = append(settings, app.Exact("max_matches", "1"))
		out = append(out, app.Lookup{Name: name, Doc: use.List.Doc, Settings: settings, CSV: lookupCSV(use)})
	}
	return out
}

// lookupCSV writes the file of a lookup. Its second column is for what people want to say of a value, and because
// AppInspect asks for two (C: check_lookup_csv_is_valid).
func lookupCSV(use target.ListUse) []byte {
	values, _ := lookupValues(use)
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write([]string{valueColumn, "comment"}) // the writer of a buffer has no errors
	for _, v := range values {
		_ = w.Write([]string{v, ""})
	}
	w.Flush()
	return b.Bytes()
}

// lookupValues are the values of a list as a lookup has them, and how they are matched.
func lookupValues(use target.ListUse) (values []string, match string) {
	if use.Kind == ir.ListNetwork {
		for _, v := range use.List.Values {
			p, err := netip.ParsePrefix(v)
			if err != nil {
				a, err := netip.ParseAddr(v)
				if err != nil {
					continue // which the compiler has refused
				}
				p = netip.PrefixFrom(a, a.BitLen())
			}
			values = append(values, p.Masked().String())
		}
		return values, "CIDR"
	}
	if texts, plain := use.List.Texts(); plain && use.Kind == ir.ListEqual {
		return texts, ""
	}
	rows, _, _ := use.List.Rows()
	for _, row := range rows {
		values = append(values, placed(row, use.Kind))
	}
	return values, "WILDCARD"
}

// placed is the pattern of a value that something may stand before or behind.
func placed(row string, kind ir.ListKind) string {
	if kind == ir.ListSuffix || kind == ir.ListContains {
		row = "*" + strings.TrimPrefix(row, "*")
	}
	if kind == ir.ListPrefix || kind == ir.ListContains {
		row = strings.TrimSuffix(row, "*") + "*"
	}
	return row
}
