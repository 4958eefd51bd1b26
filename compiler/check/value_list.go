package check

import (
	"bytes"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
)

func valueDuplicate(p *Pass, item *sigma.Item) {
	if len(item.Values) < 2 {
		return
	}
	texts := &p.found.texts
	texts.reset()
	exact := has(item, "cased", "re", "base64", "base64offset")
	for i := range item.Values {
		v := &item.Values[i]
		if first, again := texts.find(v.Canon(), exact); again {
			listedTwice(p, v, &item.Values[first])
		}
	}
}

// keywordDuplicate is [valueDuplicate] for the keywords of a search, which are a list too.
func keywordDuplicate(p *Pass) {
	d := p.detection()
	if d == nil {
		return
	}
	for _, s := range d.Searches {
		texts := &p.found.texts
		texts.reset()
		for i := range s.Body {
			v := s.Body[i].Keyword
			if v == nil {
				texts.skip()
			} else if first, again := texts.find(v.Canon(), false); again {
				listedTwice(p, v, s.Body[first].Keyword)
			}
		}
	}
}

func listedTwice(p *Pass, v, first *sigma.Value) {
	d := p.report(v.At, "the value %q is listed twice", v.Text)
	related(d, "first listed here", first.At)
	d.Fixes = diag.RemoveEntry(v.At)
}

// maxCovered is how long lists may be for each value to be compared with each.
const maxCovered = 200

// piece is a value of a list of which each is compared with a part of a text.
type piece struct {
	place  int    // of the value in the list
	folded []byte // without the case of its letters
	pairs  uint64 // see [ir.Pairs]
}

func valueCovered(p *Pass, item *sigma.Item) {
	if n := len(item.Values); n < 2 || n > maxCovered || has(item, "all", "base64", "base64offset", "windash", "cased", "re", "neq") {
		return
	}
	var covers func(long, short []byte) bool
	switch {
	case has(item, "contains"):
		covers = bytes.Contains
	case has(item, "startswith"):
		covers = bytes.HasPrefix
	case has(item, "endswith"):
		covers = bytes.HasSuffix
	default:
		return
	}
	pieces := p.found.piecesOf(item.Values)
	for i := range pieces {
		long := &pieces[i]
		for j := range pieces {
			short := &pieces[j]
			if short.pairs&^long.pairs != 0 || len(short.folded) >= len(long.folded) || !covers(long.folded, short.folded) {
				continue
			}
			v, by := &item.Values[long.place], &item.Values[short.place]
			related(p.report(v.At, "what fits %q fits %q too", v.Text, by.Text), "the shorter value", by.At)
			break
		}
	}
}

// piecesOf returns the values that are plain texts: in one with a wildcard, an escape or a placeholder is more, or less, than
// is written. They are good until the next list is asked for.
func (f *facts) piecesOf(values []sigma.Value) []piece {
	f.pieces, f.folded = f.pieces[:0], f.folded[:0]
	for i := range values {
		start, text := len(f.folded), values[i].Text
		if f.folded = appendPlain(f.folded, text); len(f.folded) > start {
			own := f.folded[start:]
			f.pieces = append(f.pieces, piece{i, own, ir.Pairs(own)})
		}
	}
	return f.pieces
}

// appendPlain appends what [fold] makes of a text, if the text has no wildcard, escape or placeholder.
func appendPlain(out []byte, s string) []byte {
	start := len(out)
	ascii := true
	for i := range len(s) {
		b := s[i]
		switch {
		case b == '*', b == '?', b == '\\', b == '%':
			return out[:start]
		case b >= utf8.RuneSelf:
			ascii = false
		case 'A' <= b && b <= 'Z':
			b += 'a' - 'A'
		}
		out = append(out, b)
	}
	if !ascii {
		return append(out[:start], fold(s)...)
	}
	return out
}
