package main

import (
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
)

func TestChooseFormat(t *testing.T) {
	platform := &target.Target{Name: "platform", Formats: []target.Format{
		{Name: "query", Rule: func(*target.Compiled) ([]byte, error) { return nil, nil }},
		{Name: "app", Pack: func([]*target.Compiled, func(target.File) error, *diag.List) error { return nil }},
	}}
	for _, tt := range []struct{ name, want, err string }{
		{"", "query", ""},
		{"query", "query", ""},
		{"app", "", `format "app" is for all rules together; use "sigc build -t platform -f app"`},
		{"apq", "", `unknown format "apq"; did you mean "app"?`},
		{"terraform", "", `unknown format "terraform"; there are query, app`},
	} {
		f, err := chooseFormat(platform, tt.name)
		switch {
		case tt.err == "" && (err != nil || f.Name != tt.want):
			t.Errorf("%q: got %q, %v", tt.name, f.Name, err)
		case tt.err != "" && (err == nil || err.Error() != tt.err):
			t.Errorf("%q: got error %v, want %q", tt.name, err, tt.err)
		}
	}
}
