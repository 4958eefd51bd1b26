// Package workbook writes the Azure workbook of a pack: its rules and what they found, who is behind it, and whether the
// tables that they read have data. It is no target; both Azure targets give it their compiled rules.
//
// A workbook is JSON in the form of the gallery of templates, described by
// github.com/microsoft/Application-Insights-Workbooks, schema/workbook.json. Its queries are KQL with parameters in
// braces, which Azure replaces by what the reader has chosen.
package workbook
