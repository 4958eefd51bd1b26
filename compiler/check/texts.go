package check

import (
	"bytes"
	"hash/maphash"
	"unicode/utf8"
)

// firsts finds, among texts that are given one after the other, the first that is the same. It goes on in the same memory for
// other texts after a reset.
type firsts struct {
	asked int
	known []known
	bytes []byte  // of the texts
	slots []int32 // places in known, and one more, by the hash; 0 where there is none
}

// known is a text that was given.
type known struct {
	hash       uint64
	start, end int // in the bytes
	place      int // how many texts were given before
}

var seed = maphash.MakeSeed()

// The size of a table of slots at first, and the largest that is used again.
const leastSlots, mostSlots = 32, 1 << 14

func (f *firsts) reset() {
	if len(f.slots) > mostSlots {
		*f = firsts{}
	}
	f.asked, f.known, f.bytes = 0, f.known[:0], f.bytes[:0]
	f.resize(leastSlots)
}

func (f *firsts) resize(n int) {
	if cap(f.slots) < n {
		f.slots = make([]int32, n)
	}
	f.slots = f.slots[:n]
	clear(f.slots)
	for i, k := range f.known {
		f.put(i, k.hash)
	}
}

func (f *firsts) put(place int, hash uint64) {
	i := int(hash) & (len(f.slots) - 1)
	for f.slots[i] != 0 {
		i = (i + 1) & (len(f.slots) - 1)
	}
	f.slots[i] = int32(place + 1)
}

// skip counts a text without looking at it.
func (f *firsts) skip() { f.asked++ }

// find returns the place of the first text that is the same as this one, and whether there was one. Unless it is to be
// exact, the case of letters does not count.
func (f *firsts) find(text string, exact bool) (first int, again bool) {
	start := len(f.bytes)
	if exact {
		f.bytes = append(f.bytes, text...)
	} else {
		f.bytes = appendFolded(f.bytes, text)
	}
	own := f.bytes[start:]
	hash := maphash.Bytes(seed, own)
	place := f.asked
	f.asked++
	for i := int(hash) & (len(f.slots) - 1); f.slots[i] != 0; i = (i + 1) & (len(f.slots) - 1) {
		if k := f.known[f.slots[i]-1]; k.hash == hash && bytes.Equal(f.bytes[k.start:k.end], own) {
			f.bytes = f.bytes[:start]
			return k.place, true
		}
	}
	f.known = append(f.known, known{hash, start, len(f.bytes), place})
	if 2*len(f.known) > len(f.slots) {
		f.resize(2 * len(f.slots))
	} else {
		f.put(len(f.known)-1, hash)
	}
	return 0, false
}

// appendFolded appends what [fold] makes of a text.
func appendFolded(out []byte, s string) []byte {
	start := len(out)
	for i := range len(s) {
		b := s[i]
		if b >= utf8.RuneSelf {
			return append(out[:start], fold(s)...)
		}
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		out = append(out, b)
	}
	return out
}
