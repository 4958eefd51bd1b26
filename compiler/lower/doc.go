// Package lower turns a Sigma rule as it was written into what it means: sigma.Rule into ir.Rule.
//
// All modifiers end here. A chain such as "wide|base64offset|contains" first turns each written value into texts
// ([operand]), in the order of the chain; then the one operator of the chain makes an ir expression of each; then
// "all", "neq" and the selectors in the field's name put these together. The rows of the table in modifiers.go are the
// only place that knows a modifier's name.
package lower
