// Where queries stand in the golden files.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { workbookQueries } = require('./workbook.js');

const targets = ['sentinel', 'azuremonitor'];

// queries returns [{file, line, target, text}] for every query below a testdata folder, or one that sigc has built. line is that of the first line
// of the text. Without a target, only the syntax is of interest. errors are those that are known without parsing.
function queries(root) {
  const found = [];
  const names = fs.readdirSync(root, { recursive: true }).map((n) => n.split(path.sep).join('/')).sort();
  for (const name of names) {
    const file = path.join(root, name);
    if (name.endsWith('.kql')) {
      found.push({ file, line: 1, target: targetOf(name), text: fs.readFileSync(file, 'utf8') });
    } else if (targetOf(name) && name.endsWith('/workbook/gallery.json')) {
      const all = workbookQueries(fs.readFileSync(file, 'utf8'), targetOf(name));
      found.push(...all.map((q) => ({ file: `${file} (${q.name})`, line: 1, target: q.target, text: q.text, errors: q.errors })));
    } else if (name.endsWith('.txtar')) {
      found.push(...sections(fs.readFileSync(file, 'utf8')).map((s) => ({ file, ...s })));
    }
  }
  return found;
}

// targetOf finds the target in the path of an exported rule: <target>/... in a folder that sigc has built, pack/<target>/...
// in the golden files.
function targetOf(name) {
  const [top, below] = name.split('/');
  const target = top === 'pack' ? below : top;
  return targets.includes(target) ? target : undefined;
}

// sections returns the parts of a txtar file that hold queries written by sigc. What the printer of the language makes
// of a query (out/print of the cases in testdata/kql) names tables of all kinds.
function sections(text) {
  const found = [];
  let current;
  text.split('\n').forEach((line, i) => {
    const name = /^-- (.+) --$/.exec(line)?.[1].trim();
    if (!name) {
      current?.lines.push(line);
      return;
    }
    current = { name, line: i + 2, lines: [] };
    found.push(current);
  });
  const wanted = new Map([...targets.map((t) => [`out/${t}`, t]), ['out/print', undefined]]);
  const names = found.map((s) => s.name);
  return found.filter((s) => wanted.has(s.name))
    .map((s) => ({ name: s.name, line: s.line, target: wanted.get(s.name), text: s.lines.join('\n') }))
    .filter((s) => !isReference(s.text, names))
    .flatMap(single);
}

// single returns the queries of a section: several stand apart by an empty line, and each begins with a comment.
function single({ line, target, text }) {
  const out = [];
  for (const part of text.split(/\n\n(?=\/\/ )/)) {
    out.push({ line, target, text: part });
    line += part.split('\n').length + 1;
  }
  return out;
}

// isReference reports whether a section says, instead of a query, that it is that of another target of the case.
function isReference(text, names) {
  const target = /^same as (\w+)$/.exec(text.trim())?.[1];
  return target !== undefined && names.includes(`out/${target}`);
}

module.exports = { queries, sections };
