package homes

import (
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/kql/types"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// field checks what a field is said to be.
func (o *ownReader) field(r *reader, c *schema.Column, n *yaml.Node) {
	no := fmt.Sprintf("the table %q has no column", r.Table)
	is := n
	if n.Kind != yaml.ScalarNode {
		parts := o.parts(n, "", fieldKeys)
		if file := parts["file"]; file != nil && !slices.Contains(r.columnNames(), file.Value) {
			o.fail(file, "%s %q%s", no, file.Value, diag.Meant(file.Value, r.columnNames()))
		}
		if is = parts["is"]; is == nil {
			return
		}
	}
	switch typ, computed := o.expression(is, no, r.columns()); {
	case !computed:
	case c.Array:
		o.wrong(is, 0, len(is.Value), "the field %q has several values, which only a column of type dynamic can hold", c.Name)
	case typ == "dynamic" && c.Type != schema.Dynamic:
		o.wrong(is, 0, len(is.Value), "this gives a dynamic value, and the field %q is of type %s: put tostring() around it", c.Name, c.Type)
	}
}

// wrong reports a part of an expression.
func (o *ownReader) wrong(n *yaml.Node, start, end int, format string, args ...any) {
	f := o.Errorf(n, format, args...)
	f.Part = &[2]int{start, end}
	o.errs = append(o.errs, f)
}

// expression checks the names in an expression, its functions and its types. It returns the type of what it gives, and
// false for what is a column itself, or in one.
func (o *ownReader) expression(n *yaml.Node, no string, columns []*schema.Column) (typ string, computed bool) {
	known := namesOf(columns)
	if slices.Contains(known, n.Value) {
		return "", false
	}
	if n.Kind != yaml.ScalarNode {
		o.fail(n, "a column or an expression of Kusto belongs here")
		return "", false
	}
	x, problem := parsed(n.Value)
	if problem != nil {
		o.problem(n, *problem)
		return "", false
	}
	for _, name := range namesIn(x) {
		if !slices.Contains(known, name) {
			o.fail(n, "%s %q%s", no, name, diag.Meant(name, known))
		}
	}
	typ, problems := types.Of(x, typesOf(columns))
	for _, p := range problems {
		o.problem(n, p)
	}
	return typ, !inColumn(x)
}

func (o *ownReader) problem(n *yaml.Node, p types.Problem) {
	start := min(max(p.At.Start()-len(before), 0), len(n.Value))
	o.wrong(n, start, min(max(p.At.End()-len(before), start), len(n.Value)), "%s", p.Message)
}

// inColumn reports whether an expression is a path in a column.
func inColumn(x kql.Expr) bool {
	switch x := x.(type) {
	case *kql.Name:
		return true
	case *kql.Member:
		return inColumn(x.X)
	default:
		return false
	}
}

// typesOf tells the types of columns by their names.
func typesOf(columns []*schema.Column) func(name string) string {
	return func(name string) string {
		for _, c := range columns {
			if c.Name == name {
				return string(typeOf(c))
			}
		}
		return ""
	}
}

// namesIn are the columns that an expression reads.
func namesIn(x kql.Expr) []string {
	var out []string
	each := func(list ...kql.Expr) []string {
		for _, x := range list {
			out = append(out, namesIn(x)...)
		}
		return out
	}
	switch x := x.(type) {
	case *kql.Name:
		return []string{x.Name}
	case *kql.Member:
		return namesIn(x.X)
	case *kql.Index:
		return each(x.X, x.I)
	case *kql.Binary:
		return each(x.X, x.Y)
	case *kql.Unary:
		return namesIn(x.X)
	case *kql.And:
		return each(x.X...)
	case *kql.Or:
		return each(x.X...)
	case *kql.Not:
		return namesIn(x.X)
	case *kql.In:
		return each(append([]kql.Expr{x.X}, x.List...)...)
	case *kql.Between:
		return each(x.X, x.Lo, x.Hi)
	case *kql.Call:
		return each(x.Args...)
	default: // literals
		return nil
	}
}

// unsaid says, of a field of a user's log, where he may say which column it is.
func (r *reader) unsaid(field string) string {
	if r.gives == nil {
		return ""
	}
	if r.alike == nil {
		r.alike = map[string]string{}
		for _, name := range r.columnNames() {
			plain := withoutSigns(name)
			for _, meant := range []string{plain, plain[:max(len(plain)-1, 0)]} { // Name_s, as the old API calls texts
				if r.alike[meant] == "" {
					r.alike[meant] = name
				}
			}
		}
	}
	if name := r.alike[withoutSigns(field)]; name != "" {
		return fmt.Sprintf("; if it is %q, say so below \"fields\" of the table in sigc.yml", name)
	}
	return "; \"fields\" of the table in sigc.yml say which it is"
}

// withoutSigns is a name as people compare it by eye.
func withoutSigns(name string) string { return strings.ToLower(signs.Replace(name)) }

var signs = strings.NewReplacer("_", "", "-", "", ".", "")
