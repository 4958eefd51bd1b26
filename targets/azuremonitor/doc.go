// Package azuremonitor is the target for Azure Monitor: log search alerts as bare KQL and as ARM templates.
package azuremonitor
