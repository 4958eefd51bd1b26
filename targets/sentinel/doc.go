// Package sentinel is the target for Microsoft Sentinel: scheduled analytics rules as bare KQL, in the YAML of the
// Azure-Sentinel repository, and as ARM templates.
package sentinel
