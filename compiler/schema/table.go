package schema

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ReadTable reads the columns of a table of Log Analytics, from JSON in one of the forms in which they are handed around:
// what "T | getschema" returns, the custom tables of the Azure-Sentinel repository ("Name", "Properties"), the reference
// of Azure Monitor and the API of workspaces. name is that of a table whose schema does not say it.
func ReadTable(name string, text []byte) (table string, columns []*Column, err error) {
	list, said, err := columnsIn(text)
	if err != nil {
		return "", nil, err
	}
	if said != "" {
		name = said
	}
	for _, item := range list {
		var c struct{ Name, Type, ColumnName, ColumnType string }
		if err := json.Unmarshal(item, &c); err != nil {
			return "", nil, err
		}
		if c.Name == "" {
			c.Name, c.Type = c.ColumnName, c.ColumnType
		}
		t, ok := written[strings.ToLower(c.Type)]
		if c.Name == "" || !ok {
			return "", nil, fmt.Errorf("the column %q has the type %q, which Kusto does not have", c.Name, c.Type)
		}
		if slices.ContainsFunc(columns, func(k *Column) bool { return k.Name == c.Name }) {
			return "", nil, fmt.Errorf("the column %q twice", c.Name)
		}
		columns = append(columns, &Column{Name: c.Name, Type: t, Open: t == Dynamic})
	}
	if len(columns) == 0 {
		return "", nil, errors.New("no columns in it: the result of getschema as JSON is one form of a schema")
	}
	return name, columns, nil
}

// columnsIn finds the list of columns, and the name of the table if it stands there.
func columnsIn(text []byte) (list []json.RawMessage, name string, err error) {
	if begins := bytes.TrimLeft(text, "\ufeff \t\r\n"); len(begins) > 0 && !bytes.ContainsRune([]byte("[{"), rune(begins[0])) && bytes.Contains(begins, []byte("ColumnName")) {
		list, err = columnsInCSV(begins)
		return list, "", err
	}
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("[")) {
		err = json.Unmarshal(text, &list)
		return list, "", err
	}
	var o struct {
		Name, Table, TableName                       string
		Properties, Columns, StandardColumns, Schema json.RawMessage
	}
	if err := json.Unmarshal(text, &o); err != nil {
		return nil, "", err
	}
	for _, inner := range []json.RawMessage{o.Properties, o.Schema, o.Columns, o.StandardColumns} {
		if inner == nil {
			continue
		}
		found, said, err := columnsIn(inner)
		if err != nil {
			return nil, "", err
		}
		list, name = append(list, found...), cmp.Or(name, said)
	}
	return list, cmp.Or(o.TableName, o.Table, o.Name, name), nil
}

// columnsInCSV reads the result of getschema as the portal exports it: a table with a row for each column.
func columnsInCSV(text []byte) ([]json.RawMessage, error) {
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return nil, err
	}
	var out []json.RawMessage
	for _, row := range rows[1:] {
		column := map[string]string{}
		for i, name := range rows[0] {
			column[name] = row[i]
		}
		item, err := json.Marshal(column)
		if err != nil {
			return nil, err
		}
		out = append(out, item)
	}
	return out, nil
}

// written are the words for types in schemas.
var written = map[string]Type{
	"string": String, "int": Int, "long": Long, "real": Real, "double": Real, "bool": Bool, "boolean": Bool,
	"datetime": Datetime, "date": Datetime, "timespan": Timespan, "guid": GUID, "uniqueid": GUID, "dynamic": Dynamic, "decimal": Real,
	"bigint": Long, "integer": Int, "object": Dynamic,
}
