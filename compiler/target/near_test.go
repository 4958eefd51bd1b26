package target

import (
	"testing"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
)

func TestNear(t *testing.T) {
	logs := []*schema.Log{
		{Logsources: []schema.Logsource{{Product: "okta", Service: "okta"}, {Category: "authentication", Product: "acme"}}},
		{Logsources: []schema.Logsource{{Product: "Acme", Service: "audit"}, {Product: "okta", Service: "okta"}}},
		{Logsources: []schema.Logsource{{Product: "many", Service: "a"}, {Product: "many", Service: "b"}, {Product: "many", Service: "c"}, {Product: "many", Service: "d"}, {Product: "many", Service: "e"}}},
	}
	for _, tt := range []struct {
		of   ir.Logsource
		want string
	}{
		{ir.Logsource{Product: "okta"}, "known is {product: okta, service: okta}"},
		{ir.Logsource{Product: "acme"}, "known are {product: acme, category: authentication}, {product: Acme, service: audit}"},
		{ir.Logsource{Category: "authentication"}, "known is {product: acme, category: authentication}"},
		{ir.Logsource{Category: "proxy", Product: "okta"}, "known is {product: okta, service: okta}"},
		{ir.Logsource{Product: "other", Service: "audit"}, "known is {product: Acme, service: audit}"},
		{ir.Logsource{Product: "many"}, "known are {product: many, service: a}, {product: many, service: b}, {product: many, service: c}, {product: many, service: d} and 1 more like it"},
		{ir.Logsource{Category: "other", Product: "other", Service: "other"}, ""},
		{ir.Logsource{Category: "other"}, ""},
	} {
		if got := near(tt.of, logs); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.of, got, tt.want)
		}
	}
}
