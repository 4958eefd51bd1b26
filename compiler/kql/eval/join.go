package eval

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/kql"
)

// pairing is a join on its way: the two sides and the columns that must be equal.
type pairing struct {
	left, right         *table
	leftKeys, rightKeys []int
}

func (r *run) pairing(left *table, q *kql.Query, on []kql.Expr) (*pairing, error) {
	right, err := r.query(q, nil)
	if err != nil {
		return nil, err
	}
	p := &pairing{left: left, right: right}
	for _, x := range on {
		if err := p.on(x); err != nil {
			return nil, err
		}
	}
	if len(p.leftKeys) == 0 {
		return nil, errors.New("a join needs a key")
	}
	return p, nil
}

// on reads a key: docs: join-operator. A name is a column of both sides.
func (p *pairing) on(x kql.Expr) error {
	switch x := x.(type) {
	case *kql.Name:
		return p.keys(x.Name, x.Name)
	case *kql.And:
		for _, t := range x.X {
			if err := p.on(t); err != nil {
				return err
			}
		}
		return nil
	case *kql.Binary:
		side, l := sideOf(x.X)
		other, r := sideOf(x.Y)
		switch {
		case x.Op != "==" || side == other || side == "" || other == "":
			return errors.New("a key is a name or $left.a == $right.b")
		case side == "$right":
			l, r = r, l
		}
		return p.keys(l, r)
	}
	return errors.New("a key is a name or $left.a == $right.b")
}

func sideOf(x kql.Expr) (side, column string) {
	m, ok := x.(*kql.Member)
	if !ok {
		return "", ""
	}
	n, ok := m.X.(*kql.Name)
	if !ok || n.Name != "$left" && n.Name != "$right" {
		return "", ""
	}
	return n.Name, m.Name
}

func (p *pairing) keys(left, right string) error {
	l, r := p.left.index(left), p.right.index(right)
	switch {
	case l < 0:
		return fmt.Errorf("no column %q on the left side", left)
	case r < 0:
		return fmt.Errorf("no column %q on the right side", right)
	}
	a, b := p.left.cols[l].Type, p.right.cols[r].Type
	if err := clash(value{typ: a}, value{typ: b}); err != nil || a == "dynamic" || b == "dynamic" {
		return fmt.Errorf("the keys are a %s and a %s", a, b)
	}
	p.leftKeys, p.rightKeys = append(p.leftKeys, l), append(p.rightKeys, r)
	return nil
}

// joinKey is the key of a row, "" when it holds a null: assumed to match nothing, as null == null is not true.
func joinKey(row []value, keys []int) string {
	vals := make([]value, len(keys))
	for i, k := range keys {
		if row[k].null() {
			return ""
		}
		vals[i] = row[k]
	}
	return key(vals)
}

// matches gives for each row of the left side the rows of the right side with the same keys, and the rows of the right
// side that have one.
func (p *pairing) matches() (byLeft [][]int, matched map[int]bool) {
	places := map[string][]int{}
	for i, row := range p.right.rows {
		if k := joinKey(row, p.rightKeys); k != "" {
			places[k] = append(places[k], i)
		}
	}
	matched = map[int]bool{}
	for _, row := range p.left.rows {
		found := places[joinKey(row, p.leftKeys)]
		for _, i := range found {
			matched[i] = true
		}
		byLeft = append(byLeft, found)
	}
	return byLeft, matched
}

// join: docs: join-operator. The default kind drops rows of the left side that repeat a key (measured).
func (r *run) join(op *kql.Join, t *table) (*table, error) {
	kind := op.Kind
	if kind == "" || kind == "innerunique" {
		kind = "inner"
	}
	p, err := r.pairing(t, op.Right, op.On)
	if err != nil {
		return nil, err
	}
	if op.Kind == "" || op.Kind == "innerunique" {
		p.left = p.uniqueLeft()
	}
	byLeft, matched := p.matches()
	switch kind {
	case "leftsemi", "leftanti", "anti", "leftantisemi":
		out := &table{cols: p.left.cols}
		for i, found := range byLeft {
			if (len(found) > 0) == (kind == "leftsemi") {
				out.rows = append(out.rows, p.left.rows[i])
			}
		}
		return out, nil
	case "rightsemi", "rightanti", "rightantisemi":
		out := &table{cols: p.right.cols}
		for i, row := range p.right.rows {
			if matched[i] == (kind == "rightsemi") {
				out.rows = append(out.rows, row)
			}
		}
		return out, nil
	case "inner", "leftouter", "rightouter", "fullouter":
		return p.pairs(byLeft, matched, kind)
	}
	return nil, fmt.Errorf("join kind %q is not known", op.Kind)
}

func (p *pairing) uniqueLeft() *table {
	out, seen := &table{cols: p.left.cols}, map[string]bool{}
	for _, row := range p.left.rows {
		k := joinKey(row, p.leftKeys)
		if k != "" && seen[k] {
			continue
		}
		seen[k] = true
		out.rows = append(out.rows, row)
	}
	return out
}

func (p *pairing) pairs(byLeft [][]int, matched map[int]bool, kind string) (*table, error) {
	out := &table{cols: slices.Clone(p.left.cols)}
	for _, c := range p.right.cols {
		// A name that the left side has too gets a number.
		out.add(c.Name, c.Type)
	}
	noLeft, noRight := blank(p.left.cols), blank(p.right.cols)
	for i, found := range byLeft {
		if len(found) == 0 && (kind == "leftouter" || kind == "fullouter") {
			out.rows = append(out.rows, slices.Concat(p.left.rows[i], noRight))
		}
		for _, j := range found {
			out.rows = append(out.rows, slices.Concat(p.left.rows[i], p.right.rows[j]))
		}
		if len(out.rows) > mostRows {
			return nil, errTooMany
		}
	}
	if kind == "rightouter" || kind == "fullouter" {
		for i, row := range p.right.rows {
			if !matched[i] {
				out.rows = append(out.rows, slices.Concat(noLeft, row))
			}
		}
	}
	return out, nil
}

// lookup: docs: lookup-operator. The keys of the right side are not repeated, and its default is leftouter.
func (r *run) lookup(op *kql.Lookup, t *table) (*table, error) {
	kind := op.Kind
	if kind == "" {
		kind = "leftouter"
	}
	if kind != "leftouter" && kind != "inner" {
		return nil, fmt.Errorf("lookup kind %q is not known", kind)
	}
	p, err := r.pairing(t, op.Right, op.On)
	if err != nil {
		return nil, err
	}
	byLeft, matched := p.matches()
	out, err := p.pairs(byLeft, matched, kind)
	if err != nil {
		return nil, err
	}
	var keep []int
	for i := range out.cols {
		if i < len(t.cols) || !slices.Contains(p.rightKeys, i-len(t.cols)) {
			keep = append(keep, i)
		}
	}
	return out.pick(keep), nil
}

// union: docs: union-operator. Kind outer, the default, has the columns of all, inner those that all have. A fuzzy
// union leaves out tables that do not exist.
func (r *run) union(kind, withSource string, fuzzy bool, input *table, queries []*kql.Query) (*table, error) {
	var parts []*table
	var names []string
	if input != nil {
		parts, names = append(parts, input), append(names, "union_arg0")
	}
	for i, q := range queries {
		if q == nil {
			return nil, errNil
		}
		if s, ok := q.Source.(*kql.Table); ok && fuzzy && !s.Wildcard && !r.isTable(s.Name) {
			continue
		}
		t, err := r.query(q, nil)
		if err != nil {
			return nil, err
		}
		parts, names = append(parts, t), append(names, sourceName(q, i))
	}
	if len(parts) == 0 {
		return nil, errors.New("none of the tables exists")
	}
	if kind != "inner" {
		nameTypes(parts)
	}
	cols, err := unionColumns(kind, parts)
	if err != nil {
		return nil, err
	}
	out := &table{}
	if withSource != "" {
		out.cols = append(out.cols, Column{withSource, "string"})
	}
	out.cols = append(out.cols, cols...)
	for n, p := range parts {
		for _, row := range p.rows {
			var vals []value
			if withSource != "" {
				vals = append(vals, text(names[n]))
			}
			for _, c := range cols {
				if i := p.index(c.Name); i >= 0 {
					vals = append(vals, row[i])
				} else {
					vals = append(vals, null(c.Type))
				}
			}
			out.rows = append(out.rows, vals)
		}
	}
	return out, nil
}

func sourceName(q *kql.Query, i int) string {
	if t, ok := q.Source.(*kql.Table); ok && len(q.Ops) == 0 {
		return strings.TrimSpace(t.Name)
	}
	return fmt.Sprintf("union_arg%d", i)
}

// nameTypes renames a column whose type is not the same in all tables: it becomes one column for each type, such as
// Status_dynamic and Status_string (docs: union-operator).
func nameTypes(parts []*table) {
	types := map[string]string{}
	mixed := map[string]bool{}
	for _, p := range parts {
		for _, c := range p.cols {
			if t, ok := types[c.Name]; ok && t != c.Type {
				mixed[c.Name] = true
			}
			types[c.Name] = c.Type
		}
	}
	for i, p := range parts {
		t := *p
		t.cols = slices.Clone(p.cols)
		for j, c := range t.cols {
			if mixed[c.Name] {
				t.cols[j].Name += "_" + c.Type
			}
		}
		parts[i] = &t
	}
}

func unionColumns(kind string, parts []*table) ([]Column, error) {
	if kind != "" && kind != "outer" && kind != "inner" {
		return nil, fmt.Errorf("union kind %q is not known", kind)
	}
	all := &table{}
	for _, p := range parts {
		for _, c := range p.cols {
			i := all.index(c.Name)
			switch {
			case i < 0:
				all.cols = append(all.cols, c)
			case all.cols[i].Type != c.Type:
				return nil, fmt.Errorf("column %q is a %s in one table and a %s in another", c.Name, all.cols[i].Type, c.Type)
			}
		}
	}
	if kind != "inner" {
		return all.cols, nil
	}
	return slices.DeleteFunc(all.cols, func(c Column) bool {
		return slices.ContainsFunc(parts, func(p *table) bool { return p.index(c.Name) < 0 })
	}), nil
}
