package biceptest

import (
	"encoding/json"

	"github.com/sigc-rules/sigc/targets/bicep"
)

// Plain is a value as the decoder of JSON gives it, with what text and symbol say stands for a text and for a symbol.
func Plain(v bicep.Value, text, symbol func(string) string) any {
	switch v := v.(type) {
	case bicep.String:
		return text(string(v))
	case bicep.Number:
		n, _ := json.Number(v).Float64()
		return n
	case bicep.Bool:
		return bool(v)
	case bicep.Symbol:
		return symbol(string(v))
	case bicep.Array:
		out := []any{}
		for _, x := range v {
			out = append(out, Plain(x, text, symbol))
		}
		return out
	default:
		out := map[string]any{}
		for _, p := range v.(bicep.Object) {
			out[p.Name] = Plain(p.Value, text, symbol)
		}
		return out
	}
}
