// Package bicep writes Bicep, the language that Azure's resource manager is deployed with: a small tree of declarations
// and values, and its printer. Every text leaves through it as one inert literal. Targets for Azure build the tree.
package bicep
