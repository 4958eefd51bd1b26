package check

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
)

// registryChecks know how Sysmon writes the keys of the registry.
var registryChecks = []Check{{
	ID: "value/registry-root", Severity: diag.Warning, Sigma: valueRegistryRoot,
	Doc: Doc{
		Summary: "a key of the registry begins with a root that Sysmon writes in another way",
		Why: "Sysmon shortens the roots: HKLM, HKU, and HKCR for the classes of the machine. It knows no current user: a user's hive is HKU\\ and the SID, " +
			"his classes are HKU\\SID_Classes. The current set of controls is CurrentControlSet.",
		Bad:  "logsource: {product: windows, category: registry_set}\ndetection:\n    selection:\n        TargetObject|startswith: 'HKEY_LOCAL_MACHINE\\SOFTWARE\\a\\'\n    condition: selection\n",
		Good: "logsource: {product: windows, category: registry_set}\ndetection:\n    selection:\n        TargetObject|startswith: 'HKLM\\SOFTWARE\\a\\'\n    condition: selection\n",
	},
}}

// registryRoots are beginnings of keys that no event of Sysmon has, with what it has there; "" where that depends on the
// user (Sysmon's documentation of event 12; its authors in MicrosoftDocs/feedback, issue 681).
var registryRoots = []struct{ never, is string }{
	{"HKEY_LOCAL_MACHINE", "HKLM"}, {"HKEY_USERS", "HKU"}, {"HKEY_CLASSES_ROOT", "HKCR"}, {"HKEY_CURRENT_USER", ""}, {"HKCU", ""},
	{`\REGISTRY\MACHINE`, "HKLM"}, {`\REGISTRY\USER`, "HKU"},
	{`HKLM\SYSTEM\ControlSet001`, `HKLM\System\CurrentControlSet`}, {`HKLM\SYSTEM\ControlSet002`, `HKLM\System\CurrentControlSet`},
}

func valueRegistryRoot(p *Pass) {
	if p.Rule == nil || p.Rule.Logsource.Product.Value != "windows" || !strings.HasPrefix(p.Rule.Logsource.Category.Value, "registry_") {
		return
	}
	p.values(func(item *sigma.Item, v *sigma.Value) {
		if item == nil || v.Kind != sigma.String || item.Field.Value != "TargetObject" && item.Field.Value != "NewName" || has(item, "re", "contains") {
			return
		}
		for _, root := range registryRoots {
			n := len(root.never)
			if len(v.Text) < n || !strings.EqualFold(v.Text[:n], root.never) || len(v.Text) > n && v.Text[n] != '\\' {
				continue
			}
			found := p.report(v.Map().Span(0, n), "no key begins with %q in the events of Sysmon", root.never)
			if root.is == "" {
				found.Hint = `the hive of a user is HKU\ and his SID, his classes HKU\SID_Classes: ask with "endswith" or "contains" for what follows`
				return
			}
			found.Label = didYouMean(root.is)
			if strings.EqualFold(found.Span.Text(), root.never) {
				found.Fixes = replace(found.Span, root.is)
			}
			return
		}
	})
}
