// Package apptest reads Splunk apps back and inspects them. It shares no code with what writes them: configuration files
// are read by the rules that Splunk documents (the specification of each file; "Configuration file structure" of the admin
// manual) and that AppInspect reads them by (2.36, configuration_parser), only stricter, and an archive is asked what
// AppInspect asks, check by check under its own names. AppInspect itself is a Python program that cannot run here.
//
// It is imported by tests only.
package apptest
