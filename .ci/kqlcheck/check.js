// Usage: node check.js SCHEMAS TESTDATA
//
// Reads every query in the golden files with Microsoft's parser and binds it against the tables that sigc knows. SCHEMAS
// is what "go run ./.ci/kqlcheck/schemas" printed. Exit 1 when a query has an error.
'use strict';
const fs = require('node:fs');
const { checker } = require('./kusto.js');
const { queries } = require('./goldens.js');

const [schemas, root] = process.argv.slice(2);
if (!root) {
  console.error('usage: node check.js SCHEMAS TESTDATA');
  process.exit(2);
}
const check = checker(JSON.parse(fs.readFileSync(schemas, 'utf8')));
const all = queries(root);
if (!all.some((q) => q.target)) {
  console.error(`no query of a target below ${root}: is it the right folder?`);
  process.exit(2);
}
let errors = 0;
for (const q of all) {
  for (const e of q.errors ?? []) {
    console.log(`${q.file}: ${e}`);
    errors++;
  }
  for (const e of check(q.text, q.target)) {
    console.log(`${q.file}:${q.line + e.line - 1}:${e.column}: ${e.message}`);
    errors++;
  }
}
const bound = all.filter((q) => q.target).length;
console.log(`${bound} queries bound, ${all.length - bound} parsed, ${errors} errors`);
process.exitCode = errors ? 1 : 0;
