package bicep

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// File is a Bicep file: what it asks for, and what it deploys.
type File struct {
	Params    []Param
	Resources []Resource
	Modules   []Module
}

// Param is a parameter.
type Param struct {
	Name, Doc string
	Type      string // "" for a text
	Default   Value  // nil for none
}

// Resource is a resource that is deployed, or one that exists and is referred to.
type Resource struct {
	Symbol, Doc string
	Type        string // with its version: Microsoft.SecurityInsights/alertRules@2025-09-01
	Existing    bool
	Body        Object
}

// Module is a further template that is deployed with the file.
type Module struct {
	Symbol, Path string
	Body         Object
}

// Value is a value of a property: [String], [Number], [Bool], [Array], [Object], [Symbol] or
// [Expression].
type Value interface{ value() }

type (
	String string
	Number json.Number
	Bool   bool
	Array  []Value
	Object []Property
	Symbol string // the name of a parameter or of a resource
	// Expression is written as it is: resourceGroup().location.
	Expression string
)

// Property is a key of an object and its value.
type Property struct {
	Name  string
	Value Value
}

func (String) value() {}
func (Number) value() {}
func (Bool) value()   {}
func (Array) value()  {}
func (Object) value() {}
func (Symbol) value() {}

func (Expression) value() {}

// Of returns the value that v is as JSON, with the properties in their order there. What JSON calls null is not known
// here.
func Of(v any) (Value, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	d := json.NewDecoder(&b)
	d.UseNumber()
	return read(d)
}

// read reads the next value. What it reads has been written a moment before, so that its brackets match.
func read(d *json.Decoder) (Value, error) {
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch t := t.(type) {
	case string:
		return String(t), nil
	case json.Number:
		return Number(t), nil
	case bool:
		return Bool(t), nil
	case json.Delim:
		if t == '[' {
			return array(d)
		}
		return object(d)
	default:
		return nil, fmt.Errorf("bicep: no value for %v", t)
	}
}

func array(d *json.Decoder) (Value, error) {
	out := Array{}
	for d.More() {
		v, err := read(d)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	_, err := d.Token()
	return out, err
}

func object(d *json.Decoder) (Value, error) {
	out := Object{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		v, err := read(d)
		if err != nil {
			return nil, err
		}
		out = append(out, Property{key.(string), v})
	}
	_, err := d.Token()
	return out, err
}
