package form

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// element is an element of XML.
type element struct {
	name     string
	attrs    map[string]any
	children []*element
	text     string
}

// maxXMLDepth bounds how deeply elements may stand in each other; events of Windows need four levels.
const maxXMLDepth = 50

// parseXML reads all elements at the top of a text, also where there are several.
func parseXML(text []byte) ([]*element, error) {
	d := xml.NewDecoder(bytes.NewReader(text))
	root := &element{}
	open := []*element{root}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			if len(open) > 1 {
				return nil, errors.New("unexpected end")
			}
			return root.children, nil
		}
		if err != nil {
			return nil, err
		}
		at := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			e := &element{name: t.Name.Local, attrs: map[string]any{}}
			for _, a := range t.Attr {
				if a.Name.Local != "xmlns" {
					e.attrs[a.Name.Local] = a.Value
				}
			}
			at.children = append(at.children, e)
			if open = append(open, e); len(open) > maxXMLDepth {
				return nil, errors.New("elements stand too deeply in each other")
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if at == root && strings.Trim(string(t), " \t\r\n\ufeff") != "" {
				return nil, errors.New("a text stands where an event of Windows belongs")
			}
			at.text += string(t)
		}
	}
}

// ReadXML reads events of Windows in XML: one, several one after the other, or several in an element such as "Events". They
// are returned as the tools that read EVTX files write them in JSON.
func ReadXML(text []byte) ([]map[string]any, error) {
	top, err := parseXML(text)
	if err != nil {
		return nil, err
	}
	var out []map[string]any
	for _, e := range top {
		events := []*element{e}
		if e.name != "Event" {
			events = e.children
		}
		for _, e := range events {
			if e.name != "Event" {
				return nil, fmt.Errorf("an element %q stands where an event of Windows belongs", e.name)
			}
			out = append(out, e.event())
		}
	}
	return out, nil
}

func (e *element) event() map[string]any {
	event := map[string]any{}
	for _, part := range e.children {
		switch part.name {
		case "EventData":
			event[part.name] = part.data()
		case "UserData":
			wrapped := map[string]any{}
			for _, inner := range part.children {
				wrapped[inner.name] = inner.data()
			}
			event[part.name] = wrapped
		default:
			event[part.name] = part.object()
		}
	}
	return map[string]any{"Event": event}
}

// data are the named values below an element, or its children by their names.
func (e *element) data() map[string]any {
	out := map[string]any{}
	var unnamed []any
	for _, c := range e.children {
		name, ok := c.attrs["Name"].(string)
		switch {
		case c.name == "Data" && ok:
			out[name] = c.text
		case c.name == "Data":
			unnamed = append(unnamed, c.text)
		default:
			out[c.name] = c.text
		}
	}
	if len(unnamed) == 1 {
		out["Data"] = unnamed[0]
	} else if unnamed != nil {
		out["Data"] = unnamed
	}
	return out
}

// object is an element as JSON: its text, or its attributes and children.
func (e *element) object() any {
	text := strings.TrimSpace(e.text)
	if len(e.attrs) == 0 && len(e.children) == 0 {
		return text
	}
	out := map[string]any{}
	for _, c := range e.children {
		out[c.name] = c.object()
	}
	if len(e.attrs) > 0 {
		out["#attributes"] = e.attrs
	}
	if text != "" {
		out["#text"] = text
	}
	return out
}

// readDataXML reads the data of an event from a field that holds it alone, as the table Event has it.
func readDataXML(text string) (map[string]any, error) {
	top, err := parseXML([]byte(text))
	if err != nil {
		return nil, fmt.Errorf("the XML in \"EventData\" cannot be read: %w", err)
	}
	for _, e := range top {
		for _, c := range append([]*element{e}, e.children...) {
			if c.name == "EventData" {
				return c.data(), nil
			}
		}
	}
	return map[string]any{}, nil
}
