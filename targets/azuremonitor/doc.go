// Package azuremonitor is the target for Azure Monitor: log search alerts as bare KQL, as ARM templates and in Bicep.
//
// Every run of an alert rule counts the rows of its query and fires on more than the threshold. The query itself keeps
// what has arrived since the last run, so that an event is told once. A correlation with a baseline can be handed over
// to a dynamic threshold instead, which learns what is usual: see dynamic.go for what differs then.
//
// The limits here are those of the OpenAPI definition of scheduledQueryRules, stable 2026-03-01, and of the
// documentation of log search alerts: alerts-create-log-alert-rule, alerts-log-query and azure-monitor-limits-alerts.
package azuremonitor
