package explain

import "github.com/sigc-rules/sigc/compiler/diag"

// regressionTests are the files of the examples that are about tests in the form of SigmaHQ; the description of the tests
// follows.
const regressionTests = `-- rule.yml --
title: Example
id: 5f0c7f4e-3d0b-4d55-9d9c-0a3a7a0f6b11
logsource: {category: process_creation, product: windows}
detection:
    selection:
        Image|endswith: \whoami.exe
    condition: selection
regression_tests_path: regression_data/whoami/info.yml
-- regression_data/whoami/whoami.json --
{"EventID": 1, "Channel": "Microsoft-Windows-Sysmon/Operational", "EventTime": "2026-03-02T10:00:00Z", "Image": "C:\\Windows\\System32\\whoami.exe"}
`

const regressionInfo = regressionTests + `-- regression_data/whoami/info.yml --
rule_metadata:
    - id: 5f0c7f4e-3d0b-4d55-9d9c-0a3a7a0f6b11
regression_tests_info:
`

// testChecks are about the tests that rules of SigmaHQ name.
var testChecks = []Check{{
	ID: "test/missing", Severity: diag.Error, Settings: true,
	Summary: "a rule names tests, or a test names events, that are not there",
	Why: "The rule would pass for tested. Paths start from the folder of the rule or one above it. Where even the first folder of the " +
		"path is missing, rules have been copied without their tests: that is a warning, said once.",
	Bad:  regressionTests,
	Good: regressionInfo + "    - {name: Positive, type: json, match_count: 1, path: regression_data/whoami/whoami.json}\n",
}, {
	ID: "test/unknown-key", Severity: diag.Warning, Settings: true,
	Summary: "a description of tests has a key that means nothing there",
	Why:     "What it says does not count. With \"match_count\" misspelled, one event that matches is enough.",
	Bad:     regressionInfo + "    - {name: Positive, type: json, match_cuont: 2, path: regression_data/whoami/whoami.json}\n",
	Good:    regressionInfo + "    - {name: Positive, type: json, match_count: 1, path: regression_data/whoami/whoami.json}\n",
}, {
	ID: "test/value", Severity: diag.Error, Settings: true,
	Summary: "a description of tests has a value that is not what belongs there",
	Why: "It needs \"rule_metadata\" with the id of the rule, and \"regression_tests_info\" with the type, the path and the count of the " +
		"events that match. The events must be such as can be read.",
	Bad:  regressionInfo + "    - {name: Positive, type: csv, match_count: 1, path: regression_data/whoami/whoami.json}\n",
	Good: regressionInfo + "    - {name: Positive, type: json, match_count: 1, path: regression_data/whoami/whoami.json}\n",
}}
