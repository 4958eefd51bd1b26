// Package catalogue knows the values that services write into their logs, and the names that rules are classified with:
// the activities of the Entra audit log, result codes of sign-ins, risk detections, Microsoft's own applications, the
// operations of Azure, what has left MITRE ATT&CK, and the log sources of Windows.
//
// It is a shelf of facts beside the compiler: package check compares rules with them. Each file of data says in its first
// line where it comes from and of what date it is. Most lists are not closed by their owners; [Domain.Closed] says which
// are.
package catalogue
