package main

import (
	"bytes"
	"encoding/json"
	"os"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/report"
)

// baseline is a file of findings that are known. A finding is known again by its fingerprint; the rest is for who reads
// the file.
type baseline struct {
	Version  int            `json:"version"`
	Findings []knownFinding `json:"findings"`
}

type knownFinding struct {
	Fingerprint string `json:"fingerprint"`
	ID          string `json:"id"`
	File        string `json:"file"`
	Message     string `json:"message"`
}

// writeBaseline makes a file of the findings.
func (env *Env) writeBaseline(name string, diags []diag.Diagnostic) error {
	b := baseline{Version: 1, Findings: []knownFinding{}}
	for i, print := range report.Fingerprints(diags) {
		d := diags[i]
		f := knownFinding{Fingerprint: print, ID: d.ID, Message: d.Message}
		if d.Span.File != nil {
			f.File = d.Span.File.Name
		}
		b.Findings = append(b.Findings, f)
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(b); err != nil {
		return failure("write", err)
	}
	if err := os.WriteFile(env.path(name), out.Bytes(), 0o644); err != nil {
		return unreadable(name, err)
	}
	return nil
}

// withoutKnown returns the findings that a baseline does not have.
func (env *Env) withoutKnown(name string, diags []diag.Diagnostic) ([]diag.Diagnostic, error) {
	text, err := env.readFile(name)
	if err != nil {
		return nil, err
	}
	var b baseline
	if err := json.Unmarshal(text, &b); err != nil {
		return nil, usageError("%s: %v", name, err)
	}
	if b.Version != 1 {
		return nil, usageError("%s: this is no baseline of sigc", name)
	}
	known := map[string]bool{}
	for _, f := range b.Findings {
		known[f.Fingerprint] = true
	}
	var out []diag.Diagnostic
	for i, print := range report.Fingerprints(diags) {
		if !known[print] {
			out = append(out, diags[i])
		}
	}
	return out, nil
}
