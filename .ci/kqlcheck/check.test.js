// A check that cannot fail is worth nothing: each kind of mistake is made once.
'use strict';
const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const test = require('node:test');
const { checker } = require('./kusto.js');
const { queries } = require('./goldens.js');
const { workbookQueries } = require('./workbook.js');

const tables = { SigninLogs: [['TimeGenerated', 'datetime'], ['IPAddress', 'string'], ['Status', 'dynamic']] };
const check = checker(tables);
const right = 'SigninLogs\n| where IPAddress =~ "10.0.0.1" and tostring(Status.errorCode) == "0"\n';

test('a right query', () => {
  assert.deepEqual(check(right, 'sentinel'), []);
  assert.deepEqual(check(right, 'azuremonitor'), []);
});

const wrong = {
  'an unknown column': ['SigninLogs\n| where IpAdress == "x"', 2, 9, /IpAdress.*KS142/],
  'an unknown table': ['Signins | take 1', 1, 1, /Signins.*KS204/],
  'a wrong type': ['SigninLogs\n| where TimeGenerated has "x"', 2, 23, /KS106/],
  'a syntax error': ['SigninLogs\n| where (IPAddress == "x"', 2, 26, /KS005/],
  'no query': ['', 1, 1, /no rows/],
  'nothing but a definition': ['let x = 1;', 1, 1, /no rows/],
};
for (const [name, [query, line, column, message]] of Object.entries(wrong)) {
  test(name, () => {
    const [first] = check(query, 'sentinel');
    assert.ok(first, 'no error');
    assert.deepEqual([first.line, first.column], [line, column]);
    assert.match(first.message, message);
  });
}

test('watchlists are of Sentinel alone', () => {
  const query = 'SigninLogs | where IPAddress in ((_GetWatchlist("vips") | project SearchKey))';
  assert.deepEqual(check(query, 'sentinel'), []);
  assert.match(check(query, 'azuremonitor')[0].message, /_GetWatchlist/);
});

test('without a target, only the syntax counts', () => {
  assert.deepEqual(check('Signins | where x == 1'), []);
  assert.equal(check('Signins | where').length, 1);
});

function golden(files) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'kqlcheck-'));
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.join(root, path.dirname(name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  }
  return root;
}

test('queries are found where they stand', () => {
  const root = golden({
    'compile/a.txtar': `a case\n-- rule.yml --\ntitle: x\n-- out/sentinel --\n${right}-- out/splunk --\nindex=x\n-- out/azuremonitor --\nT\n`,
    'kql/b.txtar': '-- query.kql --\nT|\n-- out/print --\nT\n',
    'pack/sentinel/applications/c.kql': right,
    'pack/splunk/d.kql': 'T',
    'pack/sentinel/e.json': '{}',
    'pack/azuremonitor/workbook/gallery.json': '{"items": [{"type": 3, "name": "one", "content": {"query": "T", "queryType": 0}}]}',
    'compile/f.txtar': `-- out/sentinel --\n${right}-- out/azuremonitor --\nsame as sentinel\n`,
    'compile/h.txtar': '-- out/sentinel --\n// one\nT\n| count\n\n// two\nU\n',
    'compile/g.txtar': '-- out/azuremonitor --\nsame as sentinel\n',
  });
  assert.deepEqual(queries(root).map((q) => [path.relative(root, q.file), q.line, q.target, q.text]), [
    ['compile/a.txtar', 5, 'sentinel', right.trimEnd()],
    ['compile/a.txtar', 10, 'azuremonitor', 'T\n'],
    ['compile/f.txtar', 2, 'sentinel', right.trimEnd()],
    ['compile/g.txtar', 2, 'azuremonitor', 'same as sentinel\n'], // there is no other: an error
    ['compile/h.txtar', 2, 'sentinel', '// one\nT\n| count'],
    ['compile/h.txtar', 6, 'sentinel', '// two\nU\n'],
    ['kql/b.txtar', 4, undefined, 'T\n'],
    ['pack/azuremonitor/workbook/gallery.json (one)', 1, 'azuremonitor', 'T'],
    ['pack/sentinel/applications/c.kql', 1, 'sentinel', right],
    ['pack/splunk/d.kql', 1, undefined, 'T'],
  ]);
  fs.rmSync(root, { recursive: true });
});

// book is a workbook with one query, and parameters of every kind.
const book = (query, queryType) => JSON.stringify({ items: [
  { type: 1, content: { json: '# {Title}' } },
  { type: 9, content: { parameters: [
    { name: 'Rules', type: 1, value: 'datatable(Rule: string)["{Severity}"]' },
    { name: 'Severity', type: 2, quote: "'", delimiter: ',', jsonData: '[{"value":"High"},{"value":"Low"}]' },
    { name: 'TimeRange', type: 4 },
    { name: 'Workspace', type: 5, query: 'resources | project id', queryType: 1 },
  ] } },
  { type: 12, content: { items: [{ type: 3, name: 'one', content: { query, queryType } }] } },
] });

test('the queries of a workbook have values for its parameters', () => {
  const query = 'let Rules = {Rules}; SecurityAlert | where TimeGenerated {TimeRange} and AlertSeverity in ({Severity}) | summarize count() by bin(TimeGenerated, {TimeRange:grain})';
  const all = workbookQueries(book(query, 0), 'sentinel');
  assert.deepEqual(all.map((q) => [q.name, q.target, q.errors]), [['parameter Workspace', 'resourcegraph', []], ['one', 'sentinel', []]]);
  assert.match(all[1].text, /^let Rules = datatable\(Rule: string\)\["'High','Low'"\]; .* > ago\(7d\) and AlertSeverity in \('High','Low'\) .*, 1h\)$/);
  for (const q of all) assert.deepEqual(check(q.text, q.target), []);
});

test('mistakes in the queries of a workbook', () => {
  for (const [query, type, message] of [
    ['SecurityAlert | where Nothing == 1', 0, /Nothing.*KS142/],
    ['SecurityAlert | where TimeGenerated {Time}', 0, /KS/],
    ['SigninLogs | where TimeGenerated > {TimeRange:nothing}', 0, /KS/],
    ['SigninLogs | count', 1, /SigninLogs.*KS204/],
    ['let x = 1; resources | where name == x', 1, /neither let/],
    ['resources | mv-apply properties on (count)', 1, /no operator "mv-apply"/],
    ['resources | count', 7, /queryType 7/],
  ]) {
    const q = workbookQueries(book(query, type), 'sentinel').at(-1);
    const found = [...q.errors, ...check(q.text, q.target).map((e) => e.message)].join('\n');
    assert.match(found, message, query);
  }
});

test('alerts and incidents are of Sentinel alone', () => {
  assert.deepEqual(check('SecurityAlert | join SecurityIncident on $left.AlertName == $right.Title', 'sentinel'), []);
  assert.match(check('SecurityIncident', 'azuremonitor')[0].message, /SecurityIncident/);
});

test('the command fails, and says where', () => {
  const root = golden({ 'compile/a.txtar': '-- out/sentinel --\nSigninLogs\n| where Nothing == 1\n', 'schemas.json': JSON.stringify(tables) });
  const run = () => spawnSync(process.execPath, [path.join(__dirname, 'check.js'), path.join(root, 'schemas.json'), root], { encoding: 'utf8' });
  const failed = run();
  assert.equal(failed.status, 1);
  assert.match(failed.stdout, /a\.txtar:3:9: .*Nothing.*\n1 queries bound, 0 parsed, 1 errors/);
  fs.writeFileSync(path.join(root, 'compile/a.txtar'), '-- out/sentinel --\nSigninLogs\n');
  assert.equal(run().status, 0);
  fs.rmSync(path.join(root, 'compile'), { recursive: true });
  assert.equal(run().status, 2);
  fs.rmSync(root, { recursive: true });
});
