package sigma

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/source"
)

// Detection is the detection part of a rule, or the body of an array block that has a condition of its own.
// Searches and Conditions are in file order; several conditions are alternatives (spec section 8.1).
type Detection struct {
	Searches   []*Search
	Conditions []*Condition
	At         source.Span
}

// Search returns the search of the given name, or nil.
func (d *Detection) Search(name string) *Search {
	for _, s := range d.Searches {
		if s.Name.Value == name {
			return s
		}
	}
	return nil
}

// Search is a named search: any one of its alternatives must hold.
type Search struct {
	Name Text
	Body []Alternative
	At   source.Span // name and body
}

// Alternative is a map of items, all of which must hold, or a single keyword. Exactly one of the two is set.
type Alternative struct {
	Items   []*Item
	Keyword *Value
	At      source.Span
}

// Item is one "field|modifier|…: values" line. Keywords with modifiers ("'|all': […]") are an item without a field name.
type Item struct {
	Field     Text   // the name before the first "|", as written
	Modifiers []Text // in the order written
	Values    []Value
	List      bool        // the values were written as a list
	Block     *Block      // set instead of Values when the value is a map: array matching, spec section 17
	Key       source.Span // the whole key
	At        source.Span // key and value
}

// Block binds several items to the same member of an array (spec section 17.3). A basic body has Body alone; an
// extended body, one with a condition, has Detection alone.
type Block struct {
	Body      []Alternative
	Detection *Detection
	At        source.Span
}

// Kind is the YAML type of a value, decided from how it was written (spec section 1.6).
type Kind uint8

// The kinds of value.
const (
	String Kind = iota
	Int
	Float
	Bool
	Null
)

func (k Kind) String() string {
	switch k {
	case String:
		return "string"
	case Int:
		return "integer"
	case Float:
		return "number"
	case Bool:
		return "boolean"
	default:
		return "null"
	}
}

// Value is one value of an item, or a keyword.
type Value struct {
	Text   string // the decoded scalar: for numbers and booleans their source text
	At     source.Span
	Kind   Kind
	Quoted bool // written in quotes or as a block, so certainly meant as text
	Made   bool // the text does not stand in the file: a pipeline has made it, as [Value.Canon] returns it
}

// Canon returns the text to compare with: 0x17 is "23", 1.50 is "1.5", True is "true", null is ""; strings are as they are.
func (v *Value) Canon() string {
	switch {
	case v.Made || v.Kind == String:
		return v.Text
	case v.Kind == Null:
		return ""
	case v.Kind == Bool:
		return strings.ToLower(v.Text)
	default:
		_, text := parseNumber(v.Text)
		return text
	}
}
