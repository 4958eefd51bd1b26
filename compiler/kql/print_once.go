package kql

// Printed is an expression that stands in many queries: what it is on one line is found once.
type Printed struct {
	X    Expr
	text string
}

func (*Printed) expr() {}

// PrintOnce returns an expression that prints as x does.
func PrintOnce(x Expr) *Printed { return &Printed{x, flat(x, levelOr)} }
