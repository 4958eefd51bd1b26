package compiler_test

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/source"
)

// A rule is read, and tried on an event as it comes out of an Event Hub.
func Example() {
	rule := source.NewFile("lockout.yml", []byte(`title: Account locked out
logsource:
    product: azure
    service: signinlogs
detection:
    selection:
        ResultType: '50053'
    condition: selection
`))
	program := compiler.Load([]compiler.Input{{File: rule, Path: "lockout.yml"}}, compiler.Options{})
	events, err := compiler.ReadEvents([]byte(`{"category": "SignInLogs", "resultType": "50053", "properties": {}}`), "auto")
	if err != nil {
		panic(err)
	}
	for _, r := range program.Rules {
		fmt.Println(r.Title, r.Match(events[0]))
	}
	// Output: Account locked out true
}
