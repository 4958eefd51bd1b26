package ir

// desk is what simplifying works with.
type desk struct {
	open []Expr // the operands so far of all And and Or that are being looked at, the innermost last
	seen []seen // those of one, by their hashes

	known  *Field // the field whose hash is known, as the values of a list share their field
	hashed hash
}

// seen is an operand in a table of those that are there already, in which one stands at its hash or after it.
type seen struct {
	hash hash
	e    Expr
}

// maxOpen is how many operands a desk keeps room for: one list of 100,000 values must not make it large for ever.
const maxOpen = 4096

// clear forgets what was there. Operands are forgotten as soon as their And or Or is done.
func (d *desk) clear() {
	d.known = nil
	if cap(d.open) > maxOpen || cap(d.seen) > 4*maxOpen {
		*d = desk{}
	}
}

// close forgets the operands of an And or Or that is done.
func (d *desk) close(begin int) {
	clear(d.open[begin:])
	d.open = d.open[:begin]
}

// distinct leaves out the operands that are equal to an earlier one, in the slice of all of them, and returns a number made
// of the hashes of those that are left.
func (d *desk) distinct(x []Expr) ([]Expr, hash) {
	size := 4
	for size < 2*len(x) {
		size *= 2
	}
	if size > cap(d.seen) {
		d.seen = make([]seen, size)
	}
	table := d.seen[:size]
	defer clear(table)
	all, n := hash(len(x)), 0
	for _, e := range x {
		h := d.hashOf(e)
		i := int(h) & (size - 1)
		for table[i].e != nil && !(table[i].hash == h && d.equal(table[i].e, e)) {
			i = (i + 1) & (size - 1)
		}
		if table[i].e == nil {
			table[i] = seen{h, e}
			x[n], all = e, all.in(h)
			n++
		}
	}
	return x[:n], all
}
