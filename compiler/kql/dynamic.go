package kql

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// Value gives what a dynamic literal holds, in the types of encoding/json with numbers as [json.Number]. The strings
// of a dynamic literal may be written in any way that KQL has.
func (d *Dynamic) Value() (any, error) {
	var diags diag.List
	toks, ok := lex(source.NewFile("dynamic", []byte(d.JSON)), &diags)
	if !ok {
		return nil, fmt.Errorf("dynamic literal: %s", diags.From(0)[0].Message)
	}
	var text strings.Builder
	end := 0
	for _, t := range toks.list {
		// Tokens that stand apart must not grow together.
		if t.Pos.Offset > end {
			text.WriteByte(' ')
		}
		end = t.Pos.Offset + len(t.Value)
		if err := jsonToken(&text, t); err != nil {
			return nil, err
		}
	}
	dec := json.NewDecoder(strings.NewReader(text.String()))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, fmt.Errorf("dynamic literal: %w", err)
	}
	if dec.More() {
		return nil, fmt.Errorf("dynamic literal: more than one value in %s", d.JSON)
	}
	return v, nil
}

func jsonToken(to *strings.Builder, t lexer.Token) error {
	switch t.Type {
	case tokenString:
		b, err := json.Marshal(unquote(t.Value))
		if err != nil {
			return err
		}
		to.Write(b)
	case tokenTimespan:
		return fmt.Errorf("dynamic literal: %s is no JSON value", t.Value)
	default:
		to.WriteString(t.Value)
	}
	return nil
}
