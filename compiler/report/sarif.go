package report

import (
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// SARIFOptions describes the tool in a SARIF log.
type SARIFOptions struct {
	Version string                 // of sigc
	Summary func(id string) string // what an ID means, in a sentence; may be nil, and "" where there is nothing to say
}

// SARIF writes a log of the Static Analysis Results Interchange Format, version 2.1.0.
func SARIF(w io.Writer, diags []diag.Diagnostic, opts SARIFOptions) error {
	log := sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs: []sarifRun{{
			Tool: sarifTool{sarifDriver{
				Name: "sigc", Version: opts.Version, InformationURI: "https://github.com/sigc-rules/sigc", Rules: []sarifRule{},
			}},
			ColumnKind: "unicodeCodePoints", // section 3.14.17; without it, columns would mean UTF-16 units
			Results:    []sarifResult{},
		}},
	}
	run := &log.Runs[0]
	index := map[string]int{}
	for _, d := range diags {
		i, known := index[d.ID]
		if !known {
			i = len(index)
			index[d.ID] = i
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, newSARIFRule(d.ID, opts))
		}
		run.Results = append(run.Results, newSARIFResult(d, i))
	}
	out, err := encode(log, "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(out)
	return err
}

func newSARIFRule(id string, opts SARIFOptions) sarifRule {
	r := sarifRule{ID: id}
	if opts.Summary != nil {
		if s := opts.Summary(id); s != "" {
			r.ShortDescription = &sarifMessage{s}
		}
	}
	return r
}

func newSARIFResult(d diag.Diagnostic, index int) sarifResult {
	text := d.Message
	if a := advice(d); a != "" {
		text += "\n" + a
	}
	r := sarifResult{RuleID: d.ID, RuleIndex: index, Level: d.Severity.String(), Message: plain(text)}
	if !d.Span.IsZero() {
		r.Locations = []sarifLocation{{PhysicalLocation: physical(d.Span)}}
	}
	for i, rel := range d.Related {
		message := plain(rel.Message)
		r.RelatedLocations = append(r.RelatedLocations, sarifLocation{ID: i + 1, Message: &message, PhysicalLocation: physical(rel.Span)})
	}
	for _, f := range d.Fixes {
		if len(f.Edits) > 0 {
			r.Fixes = append(r.Fixes, newSARIFFix(f))
		}
	}
	if d.Target != "" || d.Rule != "" {
		r.Properties = &sarifProperties{d.Target, d.Rule}
	}
	return r
}

func newSARIFFix(f diag.Fix) sarifFix {
	out := sarifFix{Description: plain(f.Title)}
	change := map[*source.File]int{}
	for _, e := range f.Edits {
		i, known := change[e.Span.File]
		if !known {
			i = len(out.ArtifactChanges)
			change[e.Span.File] = i
			out.ArtifactChanges = append(out.ArtifactChanges, sarifChange{ArtifactLocation: sarifArtifact{uri(fileOf(e.Span))}})
		}
		c := &out.ArtifactChanges[i]
		c.Replacements = append(c.Replacements, sarifReplacement{newSARIFRegion(e.Span), sarifContent{e.Text}})
	}
	return out
}

// plain returns a text without links: "[text](address)" would become one (section 3.11.6), and a rule could send a
// reader anywhere.
func plain(s string) sarifMessage { return sarifMessage{strings.ReplaceAll(s, "](", "] (")} }

func physical(s source.Span) *sarifPhysical {
	if s.IsZero() {
		return nil
	}
	return &sarifPhysical{sarifArtifact{uri(s.File.Name)}, newSARIFRegion(s)}
}

func newSARIFRegion(s source.Span) sarifRegion {
	at := regionOf(s)
	return sarifRegion{at.line, at.column, at.endLine, at.endColumn}
}

// uri returns the reference that stands for a file name: relative names stay so, for the reader to resolve them against
// the top of the repository.
func uri(name string) string {
	path := filepath.ToSlash(name)
	if len(path) > 1 && path[1] == ':' && filepath.IsAbs(name) {
		path = "/" + path
	}
	if strings.HasPrefix(path, "/") {
		return (&url.URL{Scheme: "file", Path: path}).String()
	}
	return (&url.URL{Path: path}).String()
}
