package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// TestAction: every input of the action reaches its scripts as a variable, never as a part of a command, and the scripts ask
// for nothing that they are not given.
func TestAction(t *testing.T) {
	text, err := os.ReadFile("../../action.yml")
	if err != nil {
		t.Fatal(err)
	}
	var action struct {
		Inputs map[string]struct{ Description, Default string }
		Runs   struct {
			Using string
			Steps []struct {
				Uses, Shell, Run, If string
				Env                  map[string]string
			}
		}
	}
	if err := yaml.Unmarshal(text, &action); err != nil {
		t.Fatal(err)
	}
	if action.Runs.Using != "composite" {
		t.Errorf("the action is %q", action.Runs.Using)
	}
	given, used := map[string]bool{}, map[string]bool{}
	for _, step := range action.Runs.Steps {
		if strings.Contains(step.Run, "${{") {
			t.Errorf("a text of others can become a command: %s", step.Run)
		}
		if step.Run != "" && step.Shell == "" {
			t.Errorf("no shell: %s", step.Run)
		}
		for name, value := range step.Env {
			given[name] = true
			for _, m := range regexp.MustCompile(`inputs\.([a-z-]+)`).FindAllStringSubmatch(value, -1) {
				used[m[1]] = true
			}
		}
	}
	for name, in := range action.Inputs {
		if in.Description == "" || !used[name] {
			t.Errorf("input %s: described %t, used %t", name, in.Description != "", used[name])
		}
	}
	for name := range used {
		if _, ok := action.Inputs[name]; !ok {
			t.Errorf("there is no input %q", name)
		}
	}
	// SIGC and SIGC_RELEASES are for tests, and for those who have the binary elsewhere.
	given["SIGC_RELEASES"] = true
	for _, script := range []string{"run.sh", "install.sh"} {
		text, err := os.ReadFile("../../.ci/action/" + script)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\$\{?(SIGC_[A-Z_]+)`).FindAllStringSubmatch(string(text), -1) {
			if !given[m[1]] {
				t.Errorf("%s asks for %s, which the action does not give", script, m[1])
			}
		}
	}
}
