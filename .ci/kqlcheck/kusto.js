// Microsoft's parser and binder, as a function from a query to what is wrong with it.
'use strict';
const path = require('node:path');
const more = require('./tables.js');

// The package is compiled from C# for browsers: two scripts, in this order, which put their names into the global scope.
const dir = path.dirname(require.resolve('@kusto/language-service-next/package.json'));
require(path.join(dir, 'bridge.min.js'));
require(path.join(dir, 'Kusto.Language.Bridge.min.js'));
const { Bridge, Kusto } = globalThis;
const { Symbols } = Kusto.Language;

// Functions that a workspace has besides those of the language. Watchlists belong to Microsoft Sentinel.
const functions = {
  sentinel: [['_GetWatchlist', '(watchlistAlias:string, keys:dynamic=dynamic([]))',
    '(SearchKey:string, _DTItemId:string, LastUpdatedTimeUTC:datetime, WatchlistItem:dynamic)']],
  azuremonitor: [],
  resourcegraph: [],
};

function* each(list) {
  for (const e = Bridge.getEnumerator(list); e.moveNext();) yield e.Current;
}

// checker returns a function that finds the errors of a query for a target: [{line, column, message}], both 1-based.
// tables: {"SigninLogs": [["TimeGenerated", "datetime"], ...]}.
function checker(tables) {
  const known = { sentinel: { ...tables, ...more.sentinel }, azuremonitor: tables, resourcegraph: more.resourcegraph };
  const globals = Object.fromEntries(Object.entries(functions).map(([target, list]) => {
    // The columns of a watchlist are those of its file, so any other name may follow.
    const calls = list.map(([name, parameters, result]) => new Symbols.FunctionSymbol.$ctor6(
      name, Symbols.TableSymbol.From(result).WithIsOpen(true), Symbols.Parameter.ParseList(parameters), null));
    const database = new Symbols.DatabaseSymbol.ctor('workspace', [...Object.entries(known[target]).map(tableOf), ...calls]);
    return [target, Kusto.Language.GlobalState.Default.WithDatabase(database)];
  }));

  return (query, target) => {
    const code = target
      ? Kusto.Language.KustoCode.ParseAndAnalyze(query, globals[target])
      : Kusto.Language.KustoCode.Parse(query);
    const found = [...each(code.GetDiagnostics())]
      .filter((d) => d.Severity === 'Error')
      .map((d) => ({ ...position(query, d.Start), message: `${d.Message} (${d.Code})` }));
    // An empty text is no error to the parser, but it is no query either.
    if (target && !found.length && !(code.ResultType instanceof Symbols.TableSymbol)) {
      found.push({ line: 1, column: 1, message: 'the query has no rows as its result' });
    }
    return found;
  };
}

function tableOf([name, columns]) {
  return Symbols.TableSymbol.From(`(${columns.map(([c, type]) => `['${c}']:${type}`).join(', ')})`).WithName(name);
}

function position(text, offset) {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1).length + 1 };
}

module.exports = { checker };
