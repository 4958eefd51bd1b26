// Reads Bicep with the grammar of tree-sitter.
'use strict';
const Parser = require('tree-sitter');
const language = require('tree-sitter-bicep');

const parser = new Parser();
parser.setLanguage(language);

// Returns the lines at which the text is no Bicep.
function bicepErrors(text) {
  // A long text has to be handed over in pieces.
  const tree = parser.parse((at) => text.slice(at, at + 8192) || null);
  const out = [];
  const walk = (node) => {
    if (node.isError || node.isMissing) out.push(node.startPosition.row + 1);
    else if (node.hasError) node.children.forEach(walk);
  };
  walk(tree.rootNode);
  return out;
}

module.exports = { bicepErrors };
