package lower

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// dashes are the signs that Windows programs take for the start of an option.
var dashes = []rune{'-', '/', '–', '—', '―'}

// maxTexts bounds the texts that windash and expand may make of the values of one item. The modifiers multiply: six
// dashes alone are 15,625 texts.
const maxTexts = 10_000

// windash replaces every dash that begins a word by each of the dashes, in every combination (spec 6.5).
func (c *chain) windash(in []operand) []operand {
	var out []operand
	for _, o := range in {
		variants := []operand{{value: o.value}}
		for _, p := range o.parts {
			for _, piece := range cutDashes(p) {
				texts := []string{piece.text}
				if piece.dash {
					texts = make([]string, len(dashes))
					for i, d := range dashes {
						texts[i] = string(d)
					}
				}
				if !c.grow(len(variants)*(len(texts)-1), o.value) {
					return nil
				}
				variants = product(variants, texts, piece.part)
			}
		}
		out = append(out, variants...)
	}
	return out
}

type dashPiece struct {
	text string
	dash bool
	part part // the part itself, when it is no literal
}

// cutDashes splits a literal at its dashes. A dash counts when a word character follows and none precedes.
func cutDashes(p part) []dashPiece {
	if p.Wild != ir.Literal || p.placeholder != "" {
		return []dashPiece{{part: p}}
	}
	var out []dashPiece
	start := 0
	for i, r := range p.Text {
		if !strings.ContainsRune(string(dashes), r) {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(p.Text[:i])
		after, _ := utf8.DecodeRuneInString(p.Text[i+utf8.RuneLen(r):])
		if i > 0 && isWord(before) || !isWord(after) {
			continue
		}
		if i > start {
			out = append(out, dashPiece{text: p.Text[start:i]})
		}
		out = append(out, dashPiece{dash: true})
		start = i + utf8.RuneLen(r)
	}
	if start < len(p.Text) {
		out = append(out, dashPiece{text: p.Text[start:]})
	}
	return out
}

func isWord(r rune) bool {
	return r != utf8.RuneError && (r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r))
}

// product appends each of the texts, or the part when it is no literal, to each of the operands.
func product(in []operand, texts []string, p part) []operand {
	var out []operand
	for _, o := range in {
		for _, t := range texts {
			next := p
			if t != "" {
				next = part{Part: ir.Part{Text: t}}
			}
			parts := append(append([]part(nil), o.parts...), next)
			out = append(out, operand{parts: parts, value: o.value})
		}
	}
	return out
}
