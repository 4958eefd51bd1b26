package check

import (
	"github.com/sigc-rules/sigc/compiler/catalogue"
	"github.com/sigc-rules/sigc/compiler/ir"
)

// appField reports whether a column holds the id of an application.
func appField(table, name string) bool {
	switch name {
	case "AppId", "ResourceIdentity", "InitiatedBy.app.appId":
		return table != "AzureDiagnostics"
	}
	return false
}

// isUUID reports whether a text is a UUID in small letters.
func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		switch b := s[i]; i {
		case 8, 13, 18, 23:
			if b != '-' {
				return false
			}
		default:
			if (b < '0' || b > '9') && (b < 'a' || b > 'f') {
				return false
			}
		}
	}
	return true
}

func (p *Pass) apps(each func(e *ir.Like, id string)) {
	p.likes(func(e *ir.Like, f Field) {
		if shape, text := e.Pattern.Shape(); shape == ir.Exact && text != "" && appField(p.Log.Table(), f.Name) {
			each(e, fold(text))
		}
	})
}

func logApp(p *Pass) {
	p.apps(func(e *ir.Like, id string) {
		if _, known := catalogue.App(id); known || !isUUID(id) {
			return
		}
		for _, other := range catalogue.Apps() {
			if name, _ := catalogue.App(other); differ(id, other) <= 2 && name != "" {
				found := p.report(e.At, "no application of Microsoft has this id, but %q has one that is nearly the same", name)
				found.Label = didYouMean(other)
				found.Fixes = replace(e.At, other)
				return
			}
		}
	})
}

// differ counts the places in which two ids differ.
func differ(a, b string) int {
	if len(a) != len(b) {
		return len(a)
	}
	n := 0
	for i := range len(a) {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}

func logNotApp(p *Pass) {
	p.apps(func(e *ir.Like, id string) {
		if !isUUID(id) {
			p.report(e.At, "the id of an application is a UUID, and this is none")
		}
	})
}
