package lower

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// chain is the modifiers of one item at work.
type chain struct {
	*lowerer
	item  *sigma.Item
	field *ir.Field // nil for keywords

	mods     []*modifier // of the item, in its order
	operands []operand   // of one value
	values   []ir.Expr   // what the values have become so far

	op                        operator
	opWord                    sigma.Text
	place                     ir.Shape // of contains, startswith, endswith; Exact without
	placeWord                 sigma.Text
	compare                   ir.CompareOp
	part                      ir.TimePart
	ignoreCase, multi, dotAll bool
	all, cased, neq, expands  bool
	encoded                   sigma.Text // the last encoder
	bytes16                   sigma.Text // wide and its kin, until an encoder makes a text of their bytes
}

// item returns the meaning of one line of a search.
func (l *lowerer) item(item *sigma.Item) ir.Expr {
	var p path
	if item.Field.Value != "" || item.Block != nil {
		p = l.parseField(item.Field)
	}
	if item.Block != nil {
		return l.block(item, p)
	}
	c := l.begin(item)
	if item.Field.Value != "" {
		c.field = p.field(item.Field.At)
	}
	if !c.read() || !c.check() {
		return &ir.Const{At: item.At}
	}
	return p.wrap(c.build(), item.At)
}

// begin returns the chain of an item. There is one at a time, so that all can be made in the same place.
func (l *lowerer) begin(item *sigma.Item) *chain {
	c := &l.chain
	*c = chain{lowerer: l, item: item, mods: c.mods[:0], operands: c.operands[:0], values: c.values[:0]}
	return c
}

// keyword returns the meaning of a keyword without modifiers.
func (l *lowerer) keyword(v *sigma.Value) ir.Expr {
	if e := l.begin(&sigma.Item{At: v.At, Key: v.At}).value(v); e != nil {
		return e
	}
	return &ir.Or{At: v.At}
}

// block returns the meaning of an array block (spec 17.3, 17.4).
func (l *lowerer) block(item *sigma.Item, p path) ir.Expr {
	if p.leaf != nil {
		l.blockWithoutSelector(item)
		return &ir.Const{At: item.At}
	}
	if len(item.Modifiers) > 0 {
		l.modifierOnBlock(item)
		return &ir.Const{At: item.At}
	}
	if d := item.Block.Detection; d != nil {
		or := &ir.Or{At: item.Block.At}
		conditions, _ := l.detection(d)
		or.X = append(or.X, conditions...)
		return p.wrap(or, item.At)
	}
	return p.wrap(l.alternatives(item.Block.Body, item.Block.At), item.At)
}

// read finds the modifiers of the item. It reports whether all of them exist.
func (c *chain) read() bool {
	ok := true
	for _, w := range c.item.Modifiers {
		m := findModifier(w.Value)
		if m == nil {
			c.unknownModifier(w)
			ok = false
			continue
		}
		c.mods = append(c.mods, m)
		c.expands = c.expands || m.kind == expandKw
	}
	return ok
}

// check applies the rules of order and combination (spec 6.4) and sets what the chain chooses. It reports whether the
// chain has a meaning.
func (c *chain) check() bool {
	before := c.diags.Len()
	for i, m := range c.mods {
		w := c.item.Modifiers[i]
		if slices.Contains(c.mods[:i], m) && m.name != "base64" && m.name != "base64offset" {
			c.twice(w)
		}
		switch m.kind {
		case place:
			c.checkPlace(m, w)
		case operate:
			c.checkOperator(m, w)
		case encode:
			c.checkEncoder(m, w)
		case regflag:
			if c.op != regexOp {
				c.flagWithoutRegex(w)
			}
			m.flag(c)
		case setflag:
			m.flag(c)
			if m.name == "all" {
				c.checkAll(i, w)
			}
		}
	}
	c.checkWhole()
	return !c.diags.FailedSince(before)
}

func (c *chain) checkEncoder(m *modifier, w sigma.Text) {
	switch {
	case c.op != equals:
		c.cannotCombine(w, c.opWord)
	case c.placeWord.Value != "" && m.name != "windash":
		c.encoderAfterPlace(w)
	}
	switch m.name {
	case "utf16", "utf16be", "utf16le", "wide":
		c.bytes16 = w
	case "base64", "base64offset":
		c.bytes16 = sigma.Text{}
	}
	c.encoded = w
}

func (c *chain) checkPlace(m *modifier, w sigma.Text) {
	switch {
	case c.placeWord.Value != "" && c.place != m.place:
		c.cannotCombine(w, c.placeWord)
	case c.op == regexOp:
		if m.place == ir.Contains {
			c.regexContains(w)
		} else {
			c.cannotCombine(w, c.opWord)
		}
	case c.op != equals && c.op != fieldrefOp:
		c.cannotCombine(w, c.opWord)
	}
	c.place, c.placeWord = m.place, w
}

func (c *chain) checkOperator(m *modifier, w sigma.Text) {
	switch {
	case c.op != equals && c.opWord.Value != w.Value:
		c.cannotCombine(w, c.opWord)
	case c.placeWord.Value != "" && m.op != fieldrefOp:
		c.cannotCombine(w, c.placeWord)
	case c.encoded.Value != "":
		c.cannotCombine(w, c.encoded)
	}
	c.op, c.opWord, c.compare, c.part = m.op, w, m.compare, m.part
}

func (c *chain) checkAll(i int, w sigma.Text) {
	if len(c.item.Values) < 2 {
		c.allOnOneValue(w)
	}
	if i != len(c.mods)-1 {
		c.allNotLast(w)
	}
}

// checkWhole looks at what no single modifier can know, as they can stand in any order.
func (c *chain) checkWhole() {
	if w := c.word("cased"); c.cased && c.op != equals && c.op != fieldrefOp {
		c.cannotCombine(w, c.opWord)
	}
	if c.bytes16.Value != "" {
		c.bytesWithoutBase64(c.bytes16)
	}
	if w := c.word("base64offset"); w.Value != "" && c.place == ir.Exact {
		c.offsetWithoutContains(w)
	}
	if (c.encoded.Value == "base64" || c.encoded.Value == "base64offset") && !c.cased {
		c.base64IgnoresCase(c.encoded)
	}
	if c.field == nil && (c.op != equals && c.op != regexOp || c.place == ir.Prefix || c.place == ir.Suffix) {
		w := c.opWord
		if c.op == equals {
			w = c.placeWord
		}
		c.notForKeywords(w)
	}
}

// word returns a modifier of the given name as it was written, the zero Text when there is none.
func (c *chain) word(name string) sigma.Text {
	for i, m := range c.mods {
		if m.name == name {
			return c.item.Modifiers[i]
		}
	}
	return sigma.Text{}
}

// build makes the expression of a chain that is in order.
func (c *chain) build() ir.Expr {
	for i := range c.item.Values {
		if e := c.value(&c.item.Values[i]); e != nil {
			c.values = append(c.values, e)
		}
	}
	var e ir.Expr
	switch {
	case len(c.values) == 1:
		e = c.values[0]
	case c.all:
		e = c.and(c.taken(c.values), c.item.At)
	default:
		e = c.or(c.taken(c.values), c.item.At)
	}
	if c.neq { // not of the whole item: NOT (v1 OR v2), true for an absent field (spec 16.1)
		e = &ir.Not{X: e, At: c.item.At}
	}
	return e
}

// taken returns a copy of expressions that can be kept.
func (l *lowerer) taken(x []ir.Expr) []ir.Expr {
	out := l.room.List(len(x))
	copy(out, x)
	return out
}

// value returns the meaning of one value under the chain, nil when it has none.
func (c *chain) value(v *sigma.Value) ir.Expr {
	switch {
	case v.Kind == sigma.Null && c.field == nil:
		c.nullKeyword(v)
		return nil
	case c.op == existsOp:
		return c.exists(v)
	case v.Kind == sigma.Null:
		if len(c.item.Modifiers) > 0 && !(len(c.mods) == 1 && c.neq) {
			c.nullWithModifier(v)
			return nil
		}
		return &ir.Null{Field: c.field, At: v.At}
	}
	c.parts.Reset() // of the value before, of which a pattern keeps none
	written := c.operand(v)
	if s, ok := c.schedule(written); ok {
		return c.within(s, written)
	}
	list := c.list(written)
	c.operands = append(c.operands[:0], written)
	for _, m := range c.mods {
		if m.texts != nil {
			c.operands = m.texts(c, c.operands)
		}
	}
	e := c.anyOf(c.operands, v.At)
	if e != nil && list != "" {
		return c.listed(list, v, e)
	}
	return e
}

// anyOf returns the comparison of the field with the texts that a value stands for, nil when all of them are errors. Of no
// texts, as an empty list has, it is one that nothing fits.
func (c *chain) anyOf(operands []operand, at source.Span) ir.Expr {
	if len(operands) == 1 {
		return c.leaf(operands[0])
	}
	x := c.room.List(len(operands))[:0]
	for _, o := range operands {
		if e := c.leaf(o); e != nil {
			x = append(x, e)
		}
	}
	switch {
	case len(x) == 1:
		return x[0]
	case len(operands) > 0 && len(x) == 0:
		return nil
	}
	return c.or(x, at)
}

// operand returns the text that a value was written with, before any modifier.
func (c *chain) operand(v *sigma.Value) operand {
	switch {
	case c.op == regexOp:
		return parseRegex(v.Text, v, c.expands)
	case c.op == compareOp, c.op == partOp:
		if c.expands {
			return c.parseText(v.Text, v, true, 0)
		}
		return literal(v.Canon(), v)
	case v.Kind != sigma.String:
		if c.place != ir.Exact {
			c.numberAsText(v)
		}
		return literal(v.Canon(), v)
	case c.op == cidrOp && !c.expands:
		return literal(v.Text, v)
	default:
		if c.op == equals {
			c.checkText(v)
		}
		return c.parseText(v.Text, v, c.expands, stars(c.place))
	}
}
