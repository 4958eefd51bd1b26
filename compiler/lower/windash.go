package lower

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// dashes are the signs that Windows programs take for the start of an option.
var dashes = []rune{'-', '/', '–', '—', '―'}

// windash replaces every dash that begins a word by each of the dashes, in every combination (spec 6.5).
func (c *chain) windash(in []operand) []operand {
	var out []operand
	for _, o := range in {
		variants := []operand{{value: o.value}}
		for _, p := range o.parts {
			for _, piece := range cutDashes(p) {
				if !piece.dash {
					extend(variants, piece.part)
					continue
				}
				more := len(variants) * (len(dashes) - 1)
				if !c.grow(more, more*len(o.value.Text), o.value) {
					return nil
				}
				variants = product(variants, dashes)
			}
		}
		out = append(out, variants...)
	}
	return out
}

// dashPiece is a dash that may be another one, or else a part that stays.
type dashPiece struct {
	dash bool
	part ir.Part
}

// cutDashes splits a literal at its dashes. A dash counts when a word character follows and none precedes.
func cutDashes(p ir.Part) []dashPiece {
	if p.Wild != ir.Literal {
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
			out = append(out, dashPiece{part: ir.Part{Text: p.Text[start:i]}})
		}
		out = append(out, dashPiece{dash: true})
		start = i + utf8.RuneLen(r)
	}
	if start < len(p.Text) {
		out = append(out, dashPiece{part: ir.Part{Text: p.Text[start:]}})
	}
	return out
}

func isWord(r rune) bool {
	return r != utf8.RuneError && (r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r))
}

// extend appends parts to each of the operands, which share none of theirs.
func extend(operands []operand, parts ...ir.Part) {
	for i := range operands {
		operands[i].parts = append(operands[i].parts, parts...)
	}
}

// product returns each of the operands followed by each of the characters.
func product(in []operand, next []rune) []operand {
	var out []operand
	for _, o := range in {
		for _, r := range next {
			parts := append(slices.Clip(o.parts), ir.Part{Text: string(r)})
			out = append(out, operand{parts: parts, value: o.value})
		}
	}
	return out
}
