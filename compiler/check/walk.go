package check

import "github.com/sigc-rules/sigc/compiler/sigma"

// looks are the checks by what they look at.
var looks = func() (l struct{ sigma, tag, cond, item, odd []*Check }) {
	add := func(to *[]*Check, c *Check, wanted bool) {
		if wanted {
			*to = append(*to, c)
		}
	}
	for i := range all {
		c := &all[i]
		add(&l.sigma, c, c.Sigma != nil)
		add(&l.tag, c, c.Tag != nil)
		add(&l.cond, c, c.Cond != nil)
		add(&l.item, c, c.Item != nil)
		add(&l.odd, c, c.Odd != nil)
	}
	return l
}()

// walk goes over the parts of a document, and shows each to the checks that look at such.
func (p *Pass) walk() {
	for i := range p.found.tags {
		for _, c := range looks.tag {
			p.check = c
			c.Tag(p, &p.found.tags[i])
		}
	}
	d := p.detection()
	if d == nil {
		return
	}
	for _, c := range d.Conditions {
		if c.Expr != nil {
			p.cond(d, c.Expr)
		}
	}
	for _, s := range d.Searches {
		for i := range s.Body {
			if v := s.Body[i].Keyword; v != nil {
				p.value(nil, v)
			}
		}
	}
	p.items(p.item)
}

func (p *Pass) cond(d *sigma.Detection, cond sigma.Cond) {
	for _, c := range looks.cond {
		p.check = c
		c.Cond(p, d, cond)
	}
	switch cond := cond.(type) {
	case *sigma.CondAnd:
		for _, x := range cond.X {
			p.cond(d, x)
		}
	case *sigma.CondOr:
		for _, x := range cond.X {
			p.cond(d, x)
		}
	case *sigma.CondNot:
		p.cond(d, cond.X)
	}
}

func (p *Pass) item(item *sigma.Item) {
	for _, c := range looks.item {
		p.check = c
		c.Item(p, item)
	}
	for i := range item.Values {
		p.value(item, &item.Values[i])
	}
}

func (p *Pass) value(item *sigma.Item, v *sigma.Value) {
	if v.Kind != sigma.String || !odd(v.Text) {
		return
	}
	for _, c := range looks.odd {
		p.check = c
		c.Odd(p, item, v)
	}
}

// odd reports whether there is something to look for in a text: a star, or what is no printable ASCII. Nearly all values have
// neither.
func odd(text string) bool {
	for i := range len(text) {
		if b := text[i]; b < ' ' || b > '~' || b == '*' {
			return true
		}
	}
	return false
}

// items calls each with the items of all searches, also those in blocks.
func (p *Pass) items(each func(*sigma.Item)) {
	if d := p.detection(); d != nil {
		itemsOf(d, each)
	}
}

func itemsOf(d *sigma.Detection, each func(*sigma.Item)) {
	for _, s := range d.Searches {
		itemsIn(s.Body, each)
	}
}

func itemsIn(body []sigma.Alternative, each func(*sigma.Item)) {
	for i := range body {
		for _, item := range body[i].Items {
			each(item)
			switch {
			case item.Block == nil:
			case item.Block.Detection != nil:
				itemsOf(item.Block.Detection, each)
			default:
				itemsIn(item.Block.Body, each)
			}
		}
	}
}
