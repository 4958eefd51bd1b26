// Package app writes Splunk apps: their configuration files, lookups, dashboard and README, as a folder and as the
// archive that Splunk installs. It knows how an app is laid out and knows nothing of rules; package splunk tells it what
// the searches are.
//
// Facts are graded as in package splunk: D for documented by Splunk (the specification of each file), C for read in what
// Splunk publishes (AppInspect 2.36, contentctl), U for believed and not confirmed.
//
// # Stable
//
// The same app is the same bytes on every build: files are in the order of their names, and the archive tells no time, no
// owner and no machine. What a customer changes goes to the folder local, which is never written here, so that an update
// of the app leaves it alone.
package app
