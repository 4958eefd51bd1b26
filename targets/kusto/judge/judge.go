package judge

import (
	"fmt"
	"time"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/kql/eval"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
)

// Judge counts the rows that the query of a rule finds in the tables that hold the events. Events of logs that the rule
// does not read are in none of them.
func Judge(c *target.Compiled, events []map[string]any) (found int, ok bool, err error) {
	q, err := Parse(c.Text)
	if err != nil {
		return 0, false, err
	}
	db, last, ok, err := database(c, events)
	if !ok || err != nil {
		return 0, false, err
	}
	found, err = count(q, db, last)
	if err != nil {
		return 0, false, err
	}
	// The page of mv-apply says that it runs the subquery on no rows for an empty array, users report that the row is
	// gone: a query must not depend on it.
	dropped, err := count(dropping(q), db, last)
	if err == nil && dropped != found {
		err = fmt.Errorf("the query finds %d rows, and %d when mv-apply drops rows with an empty array", found, dropped)
	}
	return found, err == nil, err
}

func count(q *kql.Query, db map[string]eval.Table, now time.Time) (int, error) {
	result, err := eval.RunAt(q, db, now)
	if err != nil {
		return 0, fmt.Errorf("the query cannot be run: %w", err)
	}
	return len(result.Rows), nil
}

// Parse reads a query.
func Parse(text string) (*kql.Query, error) {
	var diags diag.List
	q := kql.Parse(source.NewFile("query.kql", []byte(text)), &diags)
	if q == nil || diags.Errors() > 0 {
		return nil, fmt.Errorf("the query cannot be read back: %v", diags.Sorted())
	}
	return q, nil
}

// database returns the tables and watchlists that a query reads, and the time of the last row. It is not ok when no event
// is in any of the tables, or the log of one is not known.
func database(c *target.Compiled, events []map[string]any) (db map[string]eval.Table, last time.Time, ok bool, err error) {
	db = map[string]eval.Table{}
	last = eval.Clock
	placed := make([]bool, len(events)) // what may be of several tables stands in one
	for _, log := range c.Logs() {
		if log == nil {
			return nil, last, false, nil
		}
		var rows []map[string]any
		for i, event := range events {
			row, isRow, err := rowOf(log, event)
			if err != nil {
				return nil, last, false, err
			}
			if !isRow || placed[i] {
				continue
			}
			placed[i] = true
			if at, err := time.Parse(time.RFC3339Nano, fmt.Sprint(row[log.Time])); err == nil && (!ok || at.After(last)) {
				last = at
			}
			rows, ok = append(rows, row), true
		}
		if db[log.Name], err = Table(log, rows...); err != nil {
			return nil, last, false, err
		}
	}
	Watchlists(c, db)
	return db, last, ok, nil
}

// Table returns the table of a log with the given rows.
func Table(log *schema.Log, rows ...map[string]any) (eval.Table, error) {
	var table eval.Table
	for _, c := range log.Columns {
		table.Columns = append(table.Columns, eval.Column{Name: c.Name, Type: string(typeOf(c))})
	}
	for _, row := range rows {
		cells := make([]any, 0, len(log.Columns))
		for _, c := range log.Columns {
			v := row[c.Name]
			if s, ok := v.(string); ok && typeOf(c) == schema.Datetime {
				at, err := time.Parse(time.RFC3339Nano, s)
				if err != nil {
					return table, fmt.Errorf("column %s: %w", c.Name, err)
				}
				v = at
			}
			cells = append(cells, v)
		}
		table.Rows = append(table.Rows, cells)
	}
	return table, nil
}

func typeOf(c *schema.Column) schema.Type {
	if c.Array && !c.JSON {
		return schema.Dynamic // Type is that of the members
	}
	return c.Type
}

// Watchlists adds the watchlists that the query of a rule reads to a database.
func Watchlists(c *target.Compiled, db map[string]eval.Table) {
	for _, use := range c.ListUses() {
		rows, _, _ := use.List.Rows()
		table := eval.Table{Columns: []eval.Column{{Name: "SearchKey", Type: "string"}}}
		for _, s := range rows {
			table.Rows = append(table.Rows, []any{s})
		}
		db[fmt.Sprintf("_GetWatchlist(%q)", use.List.Name)] = table
	}
}
