package judge

import (
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/eval"
)

// App reads what the pack of the rule defines: its lookups, as transforms.conf and their files have them, and the macros
// of schedules.
func App(c *target.Compiled) (eval.App, error) {
	out := eval.App{Macros: scopes(c), Functions: map[string]eval.Function{}, Lookups: map[string]eval.Lookup{}}
	if len(c.ListUses()) == 0 && !strings.Contains(c.Text, "within_") {
		return out, nil
	}
	format, _ := c.Target.Format("app")
	content := map[string]string{}
	err := format.Pack([]*target.Compiled{c}, func(f target.File) error {
		content[strings.TrimPrefix(f.Path, "app/"+c.Target.Setting("app-id")+"/")] = string(f.Data)
		return nil
	}, &diag.List{})
	if err != nil {
		return out, err
	}
	for name, settings := range stanzas(content["default/macros.conf"]) {
		if name, ok := strings.CutSuffix(name, "(1)"); ok {
			out.Functions[name] = eval.Function{Arg: settings["args"], Definition: settings["definition"]}
		}
	}
	for name, settings := range stanzas(content["default/transforms.conf"]) {
		rows, err := csv.NewReader(strings.NewReader(content["lookups/"+settings["filename"]])).ReadAll()
		if err != nil {
			return out, fmt.Errorf("the lookup %s: %w", name, err)
		}
		if len(rows) < 2 {
			return out, fmt.Errorf("the lookup %s has no values", name)
		}
		l := eval.Lookup{Column: rows[0][0], Cased: settings["case_sensitive_match"] == "true"}
		l.MatchType = strings.TrimSuffix(settings["match_type"], "("+l.Column+")")
		for _, r := range rows[1:] {
			l.Values = append(l.Values, r[0])
		}
		out.Lookups[name] = l
	}
	return out, nil
}

// stanzas reads a configuration file.
func stanzas(conf string) map[string]map[string]string {
	out := map[string]map[string]string{}
	var settings map[string]string
	for line := range strings.Lines(conf) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		if strings.HasPrefix(line, "[") {
			settings = map[string]string{}
			out[strings.Trim(line, "[]\n")] = settings
		} else if key, value, ok := strings.Cut(strings.TrimSpace(line), " = "); ok && settings != nil {
			settings[key] = value
		}
	}
	return out
}
