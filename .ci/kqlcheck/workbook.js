// The queries of a workbook, as its reader runs them: with values in the place of parameters.
'use strict';

// Where a query is run, by its queryType.
const inLogs = 0;
const inResourceGraph = 1;

// What Azure Resource Graph has of the language: learn.microsoft.com/azure/governance/resource-graph/concepts/query-language.
const operators = new Set(['count', 'distinct', 'extend', 'join', 'limit', 'mv-expand', 'mvexpand', 'order', 'parse', 'project',
  'project-away', 'sort', 'summarize', 'take', 'top', 'union', 'where']);

// workbookQueries returns [{name, target, text, errors}] for every query of a workbook, those of its parameters among them.
function workbookQueries(text, target) {
  const items = [...flatten(JSON.parse(text).items)];
  const parameters = items.filter((i) => i.type === 9).flatMap((i) => i.content.parameters);
  const all = [
    ...parameters.filter((p) => p.query).map((p) => ({ ...p, name: `parameter ${p.name}` })),
    ...items.filter((i) => i.type === 3).map((i) => ({ ...i.content, name: i.name })),
  ];
  return all.map((q) => {
    const found = { name: q.name, errors: [], text: resolve(q.query, parameters) };
    switch (q.queryType) {
      case inLogs:
        return { ...found, target };
      case inResourceGraph:
        return { ...found, target: 'resourcegraph', errors: unsupported(found.text) };
      default:
        return { ...found, errors: [`nobody knows the queryType ${q.queryType}`] };
    }
  });
}

// flatten returns the items, those inside of groups instead of the groups.
function* flatten(items) {
  for (const i of items) {
    if (i.type === 12) yield* flatten(i.content.items);
    else yield i;
  }
}

// resolve puts values in the place of parameters, also in such values. What is no parameter stays, and is an error of the
// language.
function resolve(text, parameters) {
  return text.replace(/\{(\w+)(?::(\w+))?\}/g, (whole, name, format) => {
    const p = parameters.find((q) => q.name === name);
    return p ? valueOf(p, format, parameters) : whole;
  });
}

// valueOf returns what Azure writes for a parameter: learn.microsoft.com/azure/azure-monitor/visualize/workbooks-time.
function valueOf(p, format, parameters) {
  const words = p.jsonData ? JSON.parse(p.jsonData).map((c) => c.value) : ['x'];
  const times = { undefined: '> ago(7d)', start: 'datetime(2026-01-01)', end: 'datetime(2026-01-08)', grain: '1h' };
  switch (p.type) {
    case 1: return p.value === undefined ? 'x' : resolve(p.value, parameters);
    case 2: return words.map((w) => `${p.quote}${w}${p.quote}`).join(p.delimiter);
    case 4: return times[format] ?? `{no format ${format}}`;
    case 5: return '/subscriptions/x/resourceGroups/x/providers/Microsoft.OperationalInsights/workspaces/x';
    default: return `{no type ${p.type}}`;
  }
}

function unsupported(text) {
  const errors = [...text.matchAll(/\|\s*([a-z-]+)/g)].filter((m) => !operators.has(m[1])).map((m) => `Resource Graph has no operator "${m[1]}"`);
  if (/^\s*let\s|\bdatatable\b/m.test(text)) errors.push('Resource Graph has neither let nor datatable');
  return errors;
}

module.exports = { workbookQueries };
