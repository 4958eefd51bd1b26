package targettest

import (
	"testing"

	"github.com/sigc-rules/sigc/compiler/target"
)

// Values are values of an option, on both sides of its limits: what it can have, and what it cannot.
type Values [2][]string

// Options holds options of a target against values that they can have and cannot have, by name. Every default is a value
// that its option can have, and every option says what it is.
func Options(t *testing.T, tg *target.Target, values map[string]Values) {
	t.Helper()
	for name, v := range values {
		o, ok := tg.Option(name)
		if !ok {
			t.Errorf("no option %s", name)
			continue
		}
		for _, s := range v[0] {
			if why := o.Wrong(s); why != "" {
				t.Errorf("%s=%q: %s", name, s, why)
			}
		}
		for _, s := range v[1] {
			if o.Wrong(s) == "" {
				t.Errorf("accepted: %s=%q", name, s)
			}
		}
	}
	for _, o := range tg.Options {
		if why := o.Wrong(o.Default); why != "" || o.Doc == "" {
			t.Errorf("%s: %s, %q", o.Name, why, o.Doc)
		}
	}
}
