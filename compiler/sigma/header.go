package sigma

import (
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// ruleKeys are the attributes that only detection rules have.
var ruleKeys = []string{"logsource", "detection", "fields", "scope", "sigma-version"}

const maxVersion = 3

// rule reads a detection rule.
func (d *document) rule(root *yaml.Node) *Rule {
	r := d.made.rules.New(Rule{})
	r.Version = d.readVersion(root) // it decides how the detection is read
	d.version = r.Version
	hasLog, hasDetection := false, false
	metaReader{document: d, kind: "rule", keys: ruleKeys, own: func(key, v *yaml.Node) bool {
		switch key.Value {
		case "fields":
			r.Fields = d.strs(key, v)
		case "scope":
			r.Scope = d.strs(key, v)
		case "logsource":
			hasLog, r.Logsource = true, d.logsource(key, v)
		case "detection":
			hasDetection, r.Detection = true, d.topDetection(key, v)
		case "sigma-version":
		default:
			return false
		}
		return true
	}}.read(root, &r.Meta)
	d.correlate(root, r)
	if !hasLog {
		d.diags.Errorf("rule/missing-logsource", r.At, `the rule has no "logsource"`)
	}
	if !hasDetection {
		d.diags.Errorf("rule/missing-detection", r.At, `the rule has no "detection"`)
	}
	return r
}

// readVersion returns the major number of sigma-version (spec section 17.1).
func (d *document) readVersion(root *yaml.Node) int {
	for key, v := range pairs(root) {
		if key.Value != "sigma-version" {
			continue
		}
		if v.Kind != yaml.ScalarNode {
			d.badType(key, v, "a number")
			return 0
		}
		major, _, _ := strings.Cut(v.Value, ".")
		n, err := strconv.Atoi(major)
		_, errFloat := strconv.ParseFloat(v.Value, 64)
		switch {
		case err != nil || errFloat != nil || n < 1:
			d.diags.Errorf("rule/sigma-version", d.spanOr(v, key), "%q is no version of Sigma: write a number from 1 to %d", v.Value, maxVersion)
			return 0
		case n > maxVersion:
			d.diags.Errorf("rule/sigma-version", d.spanOr(v, key), "version %d of Sigma is not known: %d is the highest", n, maxVersion)
			return maxVersion
		}
		return n
	}
	return 0
}
