package pipeline

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/diag"
)

// Conditions say when a transformation is applied: of a rule, of one of its items, of a field.
type (
	ruleCondition  func(s *state) bool
	valueCondition func(s *state, e *entry) bool
	fieldCondition func(s *state, field string) bool
)

// conditions are several that are joined. None at all hold.
type conditions[C any] struct {
	all  []C
	any  bool // one is enough
	not  bool
	expr boolean // of conditions by their positions, instead of any; nil when there is none
}

// hold reports whether the conditions hold, each of which holds as test says.
func (c conditions[C]) hold(test func(C) bool) bool {
	if len(c.all) == 0 {
		return true
	}
	result := !c.any
	switch {
	case c.expr != nil:
		result = c.expr(func(i int) bool { return test(c.all[i]) })
	case c.any:
		result = slices.ContainsFunc(c.all, test)
	default:
		result = !slices.ContainsFunc(c.all, func(x C) bool { return !test(x) })
	}
	return result != c.not
}

// conditionKind reads one kind of condition.
type conditionKind[C any] struct {
	keys, needs []string
	read        func(r *reader, keys map[string]*yaml.Node) C
}

// readConditions reads the conditions of a family: a list, or a map when an expression names them.
func readConditions[C any](r *reader, keys map[string]*yaml.Node, family string, known map[string]conditionKind[C]) conditions[C] {
	var out conditions[C]
	n, op, expr := keys[family+"_conditions"], keys[family+"_cond_op"], keys[family+"_cond_expr"]
	out.any, out.not = r.word(op, "and", "or") == "or", r.bool(keys[family+"_cond_not"])
	var names []string
	if n == nil {
		if expr != nil {
			r.fail(expr, "there are no %q for the expression to speak of", family+"_conditions")
		}
		return out
	}
	one := func(n *yaml.Node) {
		if c, ok := readCondition(r, n, known); ok {
			out.all = append(out.all, c)
		}
	}
	switch n.Kind {
	case yaml.SequenceNode:
		for _, n := range n.Content {
			one(n)
		}
	default:
		r.each(n, `"`+family+`_conditions"`, func(key, value *yaml.Node) {
			names = append(names, key.Value)
			one(value)
		})
	}
	switch {
	case expr == nil:
	case op != nil:
		r.fail(expr, "an expression and %q exclude each other", family+"_cond_op")
	case names == nil:
		r.fail(expr, "%q must be a map, whose keys the expression names", family+"_conditions")
	default:
		out.expr = r.expression(expr, names)
	}
	return out
}

func readCondition[C any](r *reader, n *yaml.Node, known map[string]conditionKind[C]) (c C, ok bool) {
	kind := ""
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == "type" {
				kind = n.Content[i+1].Value
			}
		}
	}
	k, ok := known[kind]
	if !ok {
		r.fail(n, "there is no condition %q of this kind%s", kind, diag.Meant(kind, slices.Sorted(maps.Keys(known))))
		return c, false
	}
	keys := r.keys(n, `the condition "`+kind+`"`, slices.Concat([]string{"type"}, k.keys)...)
	for _, name := range k.needs {
		if keys[name] == nil {
			r.fail(n, "the condition %q needs %q", kind, name)
			return c, false
		}
	}
	return k.read(r, keys), true
}

// pattern reads a regular expression of Python that is tried at the start of a text.
func (r *reader) pattern(n *yaml.Node, anchor bool) *regexp.Regexp {
	text := r.text(n)
	if anchor {
		text = "^(?:" + text + ")"
	}
	re, err := regexp.Compile(text)
	if err != nil {
		r.fail(n, "the regular expression cannot be read: %s; look-around and back-references are not supported", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
		return regexp.MustCompile("$^")
	}
	return re
}

// boolean is an expression over conditions, by their positions.
type boolean func(holds func(i int) bool) bool

// expression reads names joined by and, or and not, with parentheses.
func (r *reader) expression(n *yaml.Node, names []string) boolean {
	words := strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ").Replace(n.Value))
	p := &expressionParser{words: words, names: names, used: map[string]bool{}}
	x := p.or()
	switch {
	case p.wrong != "":
		r.fail(n, "%s", p.wrong)
	case len(p.words) > 0:
		r.fail(n, "%q is one too many", p.words[0])
	default:
		for _, name := range names {
			if !p.used[name] {
				r.fail(n, "the expression does not speak of the condition %q", name)
			}
		}
	}
	return x
}

type expressionParser struct {
	words, names []string
	used         map[string]bool
	wrong        string
	depth        int
}

func (p *expressionParser) next(word string) bool {
	if len(p.words) > 0 && strings.EqualFold(p.words[0], word) {
		p.words = p.words[1:]
		return true
	}
	return false
}

func (p *expressionParser) or() boolean {
	x := p.and()
	for p.next("or") {
		a, b := x, p.and()
		x = func(holds func(int) bool) bool { return a(holds) || b(holds) }
	}
	return x
}

func (p *expressionParser) and() boolean {
	x := p.not()
	for p.next("and") {
		a, b := x, p.not()
		x = func(holds func(int) bool) bool { return a(holds) && b(holds) }
	}
	return x
}

// maxDepth bounds the nesting of an expression.
const maxDepth = 100

func (p *expressionParser) not() boolean {
	never := func(func(int) bool) bool { return false }
	if p.depth++; p.depth > maxDepth {
		p.wrong, p.words = "the expression is nested too deeply", nil
		return never
	}
	defer func() { p.depth-- }()
	switch {
	case p.next("not"):
		x := p.not()
		return func(holds func(int) bool) bool { return !x(holds) }
	case p.next("("):
		x := p.or()
		if !p.next(")") && p.wrong == "" {
			p.wrong = `a ")" is missing`
		}
		return x
	case len(p.words) == 0:
		if p.wrong == "" {
			p.wrong = "the expression ends where the name of a condition belongs"
		}
		return never
	}
	name := p.words[0]
	p.words = p.words[1:]
	i := slices.Index(p.names, name)
	if i < 0 {
		if p.wrong == "" {
			p.wrong = "no condition is called \"" + name + "\"" + diag.Meant(name, p.names)
		}
		return never
	}
	p.used[name] = true
	return func(holds func(int) bool) bool { return holds(i) }
}
