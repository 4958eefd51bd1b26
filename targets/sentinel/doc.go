// Package sentinel is the target for Microsoft Sentinel: analytics rules, scheduled or near real time, as bare KQL, in the
// YAML of the Azure-Sentinel repository, as ARM templates, in Bicep and as modules of Terraform.
//
// All forms are written from one rule, which rule.go makes of a compiled one and of the options: so they say the same.
// Tests read each form back, hold it against the template, and the templates against a schema.
package sentinel
