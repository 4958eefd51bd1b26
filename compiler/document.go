package compiler

import (
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// Tree is a document of YAML that knows where its nodes stand.
type Tree = sigma.Tree

// Document reads a file that is one document and no rule, such as a configuration. The root of an empty file is nil; false
// says that diags tell what is wrong.
func Document(f *source.File, diags *diag.List) (Tree, bool) { return sigma.Document(f, diags) }
