package main

import (
	"testing"

	"github.com/sigc-rules/sigc/compiler/layout"
)

// The rules of the pack are in the layout that "sigc fmt" writes.
func TestPackLayout(t *testing.T) {
	inputs, err := packInputs()
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range inputs {
		if text, note := layout.Format(in.File); note != "" || string(text) != string(in.File.Text) {
			t.Errorf("%s is in another layout: run sigc fmt rules (%s)", in.File.Name, note)
		}
	}
}
