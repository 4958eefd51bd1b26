package sigma

import (
	"github.com/sigc-rules/sigc/compiler/source"
)

// Rule is one detection rule as it was written.
type Rule struct {
	Meta
	Version int // the major number of sigma-version (spec section 17), 0 when absent

	Fields, Scope []Text
	Logsource     Logsource
	Detection     *Detection // nil only when the rule is broken
}

// Logsource says where the events of a rule come from.
type Logsource struct {
	Category, Product, Service, Definition Text
	Extra                                  []Pair // further keys that hold a scalar, in file order
	At                                     source.Span
}

// Pair is a key with a scalar value.
type Pair struct {
	Key, Value Text
}
