package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/pipeline"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets"
)

// shipped are pipelines that come with pySigma's packages, whose work sigc does itself.
var shipped = []string{
	"sysmon", "windows-logsources", "windows-audit", "splunk_windows", "splunk_sysmon_acceleration", "splunk_cim", "azure_monitor",
	"sentinel_asim", "microsoft_xdr", "microsoft_365_defender", "ecs_windows",
}

func builtIn(name string) string {
	return fmt.Sprintf("what %q does is built into sigc: leave it out", name)
}

// pipelines reads which files of pipelines the configuration names.
func (p *configParser) pipelines(n *yaml.Node) {
	for _, name := range append([]*yaml.Node{n}, n.Content...) {
		if name.Kind == yaml.ScalarNode && slices.Contains(shipped, name.Value) {
			p.fail(name, `"pipelines" are files; %s`, builtIn(name.Value))
			return
		}
	}
	p.paths(n, `"pipelines"`, []string{".yml", ".yaml"}, func(_ *yaml.Node, name string, _ []byte) {
		p.config.pipelines = append(p.config.pipelines, name)
		p.config.besides = append(p.config.besides, name)
	})
}

// pipelines reads the files of processing pipelines, in the order in which they are applied.
func (env *Env) pipelines(files []string, diags *diag.List) ([]*pipeline.Pipeline, error) {
	var out []*pipeline.Pipeline
	for _, file := range files {
		text, err := env.readFile(file)
		if err != nil {
			if slices.Contains(shipped, file) {
				return nil, usageError("-p takes files of pipelines; %s", builtIn(file))
			}
			return nil, err
		}
		if p := pipeline.Read(source.NewFile(filepath.ToSlash(file), text), diags); p != nil {
			out = append(out, p)
		}
	}
	pipeline.Sort(out)
	return out, nil
}

// backends are what pySigma calls the backends that write for a target.
var backends = map[string][]string{
	"sentinel":     {"sentinel", "kusto", "azuremonitor", "azure_monitor", "log_analytics", "sentinel_asim"},
	"azuremonitor": {"azuremonitor", "kusto", "azure_monitor", "log_analytics"},
	"splunk":       {"splunk"},
}

// allows reports whether a pipeline is made for a target.
func allows(p *pipeline.Pipeline, t *target.Target) bool {
	return len(p.Backends) == 0 || slices.ContainsFunc(p.Backends, func(b string) bool { return slices.Contains(backends[t.Name], b) })
}

// checkBackends reports a pipeline that is not made for one of the targets: rules are changed for all of them.
func checkBackends(ps []*pipeline.Pipeline, ts []*target.Target) error {
	for _, p := range ps {
		for _, t := range ts {
			if !allows(p, t) {
				return usageError("the pipeline %s is for %s and not for %s; choose the targets with -t", p.File, strings.Join(p.Backends, ", "), t.Name)
			}
		}
	}
	return nil
}

// allowed are the targets that all pipelines are made for.
func allowed(ps []*pipeline.Pipeline) []*target.Target {
	return slices.DeleteFunc(targets.All(), func(t *target.Target) bool {
		return slices.ContainsFunc(ps, func(p *pipeline.Pipeline) bool { return !allows(p, t) })
	})
}
