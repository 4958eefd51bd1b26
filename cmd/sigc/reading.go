package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/target"
)

// reading are the flags of the commands that read rules.
type reading struct {
	config, env, stdinName, lang string
	vars, pipelines              []string
}

func (r *reading) register(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&r.config, "config", "", "read the configuration `FILE` (default: sigc.yml in or above the folder of the first path)")
	f.StringVar(&r.lang, "lang", "", "write titles and descriptions in the language `TAG`, where rules are translated")
	f.StringVar(&r.env, "env", "", "use what the configuration says of the environment `NAME`")
	f.StringArrayVar(&r.vars, "var", nil, "give a placeholder its values, `NAME=VALUE,...` (repeatable)")
	f.StringArrayVarP(&r.pipelines, "pipeline", "p", nil, "change the rules by the processing pipeline in `FILE`, as pySigma has them (repeatable)")
	f.StringVar(&r.stdinName, "stdin-name", "stdin.yml", "call standard input `NAME` in messages")
}

// project is what a command works upon: rules, and what the configuration and the flags say besides.
type project struct {
	inputs []compiler.Input
	paths  []string // that the rules were read from
	compiler.Options
	settings settings
	lint     lintConfig
	lang     string   // of titles and descriptions; empty for the one they are written in
	besides  []string // files that are no rules, though they look like some
}

func (p *project) load() *compiler.Program { return compiler.Load(p.inputs, p.Options) }

// rules reads the rules below the paths, and what their meaning depends on besides.
func (r *reading) rules(env *Env, paths []string) (*project, error) {
	inputs, err := env.inputs(paths, r.stdinName)
	if err != nil {
		return nil, err
	}
	p, err := env.configured(paths, r)
	if err != nil {
		return nil, err
	}
	p.inputs, p.paths = env.rulesAmong(inputs, p.besides), paths
	return p, nil
}

// writing are the flags of the commands that write rules for targets.
type writing struct {
	options []string
	skip    bool
	method  string
}

func (w *writing) register(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringArrayVarP(&w.options, "option", "O", nil, "set an option of the targets that have it, `NAME=VALUE` (repeatable; \"sigc list options\" shows them)")
	f.BoolVarP(&w.skip, "skip-unsupported", "s", false, "make a note, not an error, of what a target cannot express")
	registerMethod(cmd, &w.method)
	completeTargets(cmd)
}

func registerMethod(cmd *cobra.Command, method *string) {
	cmd.Flags().StringVarP(method, "correlation-method", "c", methods[0], "give correlations windows by `METHOD`: sliding, which are exact, or bins, fixed ones that miss a burst across an edge")
	completeWords(cmd, "correlation-method", methods)
}

// methods are what the windows of correlations can be; the first is the default.
var methods = []string{"sliding", "bins"}

// sigmaMethods are what sigma-cli calls them.
var sigmaMethods = map[string]string{"default": "sliding", "stats": "bins"}

// compile compiles the rules of a project for the targets, whose options are set as the project and the flags say.
// last says that nobody will ask for the meaning of the rules afterwards.
func (w *writing) compile(on *project, p *compiler.Program, ts []*target.Target, last bool) []*compiler.Output {
	ts = on.settings.configure(ts, w.options)
	return p.Compile(ts, compiler.CompileOptions{SkipUnsupported: w.skip, Bins: w.method == "bins", Lang: on.lang, Last: last})
}

// check reports options that no target has, and methods that there are not.
func (w *writing) check(ts []*target.Target) error {
	if err := checkMethod(&w.method); err != nil {
		return err
	}
	return checkOptions(w.options, ts)
}

func checkMethod(method *string) error {
	if ours, ok := sigmaMethods[*method]; ok {
		*method = ours
	}
	return oneOf("--correlation-method", *method, methods)
}

func completeTargets(cmd *cobra.Command) {
	complete := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return targetNames(), cobra.ShellCompDirectiveNoFileComp
	}
	if err := cmd.RegisterFlagCompletionFunc("target", complete); err != nil {
		panic(fmt.Sprintf("%s has no flag --target: %v", cmd.Name(), err))
	}
}

// completeWords offers the words that a flag takes.
func completeWords(cmd *cobra.Command, flag string, words []string) {
	complete := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return words, cobra.ShellCompDirectiveNoFileComp
	}
	if err := cmd.RegisterFlagCompletionFunc(flag, complete); err != nil {
		panic(fmt.Sprintf("%s has no flag --%s: %v", cmd.Name(), flag, err))
	}
}

// choice is a flag that takes one of a few words.
type choice struct {
	flag, value string
	words       []string
}

// register adds the flag; the first word is the default.
func (c *choice) register(cmd *cobra.Command, usage string) {
	cmd.Flags().StringVar(&c.value, c.flag, c.words[0], usage+": "+alternatives(c.words))
	completeWords(cmd, c.flag, c.words)
}

// check reports a word that is none of the choice.
func (c *choice) check() error {
	return oneOf("--"+c.flag, c.value, c.words)
}
