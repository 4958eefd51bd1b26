package lower

import (
	"encoding/base64"
	"encoding/binary"
	"unicode/utf16"
)

// bytes calls f with the unescaped text of each operand; an encoder cannot see through wildcards (spec 6.2, 6.7).
// Encoders can be repeated, and each makes the text longer or many of one.
func (c *chain) bytes(in []operand, f func(text string) []string) []operand {
	var out []operand
	for _, o := range in {
		text, ok := o.literal()
		if !ok {
			c.wildcardUnderEncoder(o.value)
			continue
		}
		texts := f(text)
		bytes := 0
		for _, s := range texts {
			out = append(out, literal(s, o.value))
			bytes += len(s)
		}
		if !c.grow(len(texts)-1, bytes, o.value) {
			return nil
		}
	}
	return out
}

func (c *chain) base64(in []operand) []operand {
	return c.bytes(in, func(s string) []string {
		return []string{base64.StdEncoding.EncodeToString([]byte(s))}
	})
}

// base64offset makes the three texts that the bytes can have inside a longer Base64 text, by their offset in a group
// of three bytes. The characters at both ends that depend on the neighbours are cut (spec 6.7). Of a single byte nothing
// would be left at one of the offsets.
func (c *chain) base64offset(in []operand) []operand {
	for _, o := range in {
		if text, ok := o.literal(); ok && len(text) < 2 {
			c.tooShort(o.value)
			return nil
		}
	}
	return c.bytes(in, func(s string) []string {
		first, last := [...]int{0, 2, 3}, [...]int{0, 3, 2}
		var out []string
		for shift := range 3 {
			text := base64.StdEncoding.EncodeToString(append(make([]byte, shift), s...))
			out = append(out, text[first[shift]:len(text)-last[(len(s)+shift)%3]])
		}
		return out
	})
}

func (c *chain) utf16le(in []operand) []operand {
	return c.bytes(in, func(s string) []string { return []string{encodeUTF16(s, binary.LittleEndian, false)} })
}

func (c *chain) utf16be(in []operand) []operand {
	return c.bytes(in, func(s string) []string { return []string{encodeUTF16(s, binary.BigEndian, false)} })
}

// utf16 is little endian with a byte order mark (spec 6.2).
func (c *chain) utf16(in []operand) []operand {
	return c.bytes(in, func(s string) []string { return []string{encodeUTF16(s, binary.LittleEndian, true)} })
}

func encodeUTF16(s string, order binary.AppendByteOrder, mark bool) string {
	var b []byte
	if mark {
		b = order.AppendUint16(b, 0xFEFF)
	}
	for _, u := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}
