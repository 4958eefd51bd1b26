package sigma

import (
	"fmt"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"

	"gopkg.in/yaml.v3"
)

func didYouMean(name string) string { return fmt.Sprintf("did you mean %q?", name) }

// quoteAll lists words for a message.
func quoteAll(words []string) string { return `"` + strings.Join(words, `", "`) + `"` }

// replace is the fix that writes another word, within the quotes if there are any. A word that does not stand in the
// file as it is, such as one with escapes, is left to the author.
func replace(t Text, word string) []diag.Fix {
	raw := t.At.Text()
	i := strings.Index(raw, t.Value)
	if i < 0 || len(raw) > len(t.Value)+2 {
		return nil
	}
	return []diag.Fix{{Title: fmt.Sprintf("write %q", word), Edits: []diag.Edit{{Span: t.At.Part(i, i+len(t.Value)), Text: word}}}}
}

func firstHere(t Text) []diag.Related {
	return []diag.Related{{Message: "first defined here", Span: t.At}}
}

// spanOr returns the place of a node, or that of its key when nothing is written there.
func (d *document) spanOr(n, key *yaml.Node) source.Span {
	if at := d.nodeSpan(n); at.End() > at.Start() {
		return at
	}
	return d.nodeSpan(key)
}
