package sentinel

import (
	"strings"
	"unicode"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
)

// textTokens writes a text of several lines as a heredoc, which keeps it readable, and any other as a literal in quotes.
// A heredoc ends with a line break, which chomp takes away. In it only the beginnings of templates are escaped.
func textTokens(s, mark string) hclwrite.Tokens {
	plain := !strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) })
	for strings.Contains(s, mark) {
		mark += "_"
	}
	if !strings.Contains(s, "\n") || !plain || strings.HasSuffix(s, "\n") {
		return hclwrite.TokensForValue(cty.StringVal(s))
	}
	body := strings.NewReplacer("${", "$${", "%{", "%%{").Replace(s)
	return hclwrite.Tokens{
		{Type: hclsyntax.TokenIdent, Bytes: []byte("chomp")},
		{Type: hclsyntax.TokenOParen, Bytes: []byte("(")},
		{Type: hclsyntax.TokenOHeredoc, Bytes: []byte("<<" + mark + "\n")},
		{Type: hclsyntax.TokenStringLit, Bytes: []byte(body + "\n")},
		{Type: hclsyntax.TokenCHeredoc, Bytes: []byte(mark)},
		{Type: hclsyntax.TokenNewline, Bytes: []byte("\n")},
		{Type: hclsyntax.TokenCParen, Bytes: []byte(")")},
	}
}

func setText(b *hclwrite.Body, name, s string) {
	if s != "" {
		b.SetAttributeRaw(name, textTokens(s, "TEXT"))
	}
}

func setList(b *hclwrite.Body, name string, texts []string) {
	if len(texts) == 0 {
		return
	}
	var values []cty.Value
	for _, t := range texts {
		values = append(values, cty.StringVal(t))
	}
	b.SetAttributeValue(name, cty.TupleVal(values))
}

func setMap(b *hclwrite.Body, name string, texts map[string]string) {
	if len(texts) == 0 {
		return
	}
	values := map[string]cty.Value{}
	for key, t := range texts {
		values[key] = cty.StringVal(t)
	}
	b.SetAttributeValue(name, cty.ObjectVal(values))
}

// reference is a path such as var.workspace.
func reference(root string, names ...string) hclwrite.Tokens {
	path := hcl.Traversal{hcl.TraverseRoot{Name: root}}
	for _, n := range names {
		path = append(path, hcl.TraverseAttr{Name: n})
	}
	return hclwrite.TokensForTraversal(path)
}

func workspaceID() hclwrite.Tokens {
	return reference("data", "azurerm_log_analytics_workspace", "sentinel", "id")
}

// comment writes a remark of ours, which has no line break.
func comment(b *hclwrite.Body, text string) {
	b.AppendUnstructuredTokens(hclwrite.Tokens{{Type: hclsyntax.TokenComment, Bytes: []byte("# " + text + "\n")}})
}

var punctuation = map[string]hclsyntax.TokenType{
	"{": hclsyntax.TokenOBrace, "}": hclsyntax.TokenCBrace, ":": hclsyntax.TokenColon, "=>": hclsyntax.TokenFatArrow,
}

func symbolTokens(s string) hclwrite.Tokens {
	return hclwrite.Tokens{{Type: punctuation[s], Bytes: []byte(s)}}
}

// beside is the path of a file that stands beside the module.
func beside(path string) hclwrite.Tokens {
	out := hclwrite.Tokens{
		{Type: hclsyntax.TokenOQuote, Bytes: []byte(`"`)}, {Type: hclsyntax.TokenTemplateInterp, Bytes: []byte("${")},
	}
	out = append(out, reference("path", "module")...)
	literal := hclwrite.TokensForValue(cty.StringVal("/" + path)) // in quotes
	out = append(out, &hclwrite.Token{Type: hclsyntax.TokenTemplateSeqEnd, Bytes: []byte("}")})
	return append(out, literal[1:]...)
}

// noteTexts says where Terraform changes a query: it composes characters, so that e with an accent of its own becomes é.
func noteTexts(rules []*target.Compiled, diags *diag.List) {
	for _, c := range rules {
		if query := queryText(c); cty.StringVal(query).AsString() != query {
			d := diags.Notef("sentinel/terraform-text", c.Title.At, "Terraform composes characters of the query, which then finds other texts")
			d.Target, d.Hint = c.Target.Name, "deploy this rule in another form, such as bicep or arm"
		}
	}
}
