package explain

import "github.com/sigc-rules/sigc/compiler/diag"

// settingsRule is the rule of the examples that are about settings.
const settingsRule = `-- rule.yml --
title: Example
logsource: {product: azure, service: auditlogs}
detection:
    selection:
        OperationName: Add user
    condition: selection
`

// configChecks are about sigc.yml and the files that it names. With such a mistake nothing is done: half of a
// configuration is another one.
var configChecks = []Check{{
	ID: "config/unknown-key", Severity: diag.Error, Settings: true,
	Summary: "sigc.yml has a key that means nothing there",
	Why: "What stands below a key that is misspelled would be lost: a list would be empty, an option at its default. All keys are " +
		"told by sigc config --help.",
	Bad:  settingsRule + "-- sigc.yml --\nlsits:\n    admins: [alice@contoso.example]\n",
	Good: settingsRule + "-- sigc.yml --\nlists:\n    admins: [alice@contoso.example]\n",
}, {
	ID: "config/value", Severity: diag.Error, Settings: true,
	Summary: "a value in sigc.yml is not what belongs there",
	Why:     "Nothing is guessed from a value of another kind, or one that is none of those that are allowed. The message says what is.",
	Bad:     settingsRule + "-- sigc.yml --\nlint:\n    severity:\n        rule/near-key: loud\n",
	Good:    settingsRule + "-- sigc.yml --\nlint:\n    severity:\n        rule/near-key: error\n",
}, {
	ID: "config/unreadable", Severity: diag.Error, Settings: true,
	Summary: "sigc.yml names a file or folder that cannot be read",
	Why:     "Paths start from the folder of the file that names them, wherever sigc is started.",
	Bad:     settingsRule + "-- sigc.yml --\nlists:\n    admins: {file: lists/admins.csv}\n",
	Good:    settingsRule + "-- sigc.yml --\nlists:\n    admins: {file: admins.csv}\n-- admins.csv --\nName\nalice@contoso.example\n",
}, {
	ID: "config/list", Severity: diag.Error, Settings: true,
	Summary: "a list has a value that is not of its type, or cannot be kept where it should be",
	Why: "A value of another kind equals nothing, so a rule about the list would never match, or, under \"not\", always. " +
		"A watchlist or lookup needs a name that the platform takes.",
	Bad:  settingsRule + "-- sigc.yml --\nlists:\n    office:\n        type: ip\n        values: [10.0.0]\n",
	Good: settingsRule + "-- sigc.yml --\nlists:\n    office:\n        type: ip\n        values: [10.0.0.0/24]\n",
}, {
	ID: "config/log", Severity: diag.Error, Settings: true,
	Summary: "the declaration of a log speaks of a field or column that there is not",
	Why: "Queries would ask for what is not there. A field must be among \"columns\" of the log, and what it is in a table among " +
		"the columns of the table, which are said there or below \"schemas\".",
	Bad: settingsRule + `-- sigc.yml --
mappings:
    AcmeProxy:
        logsources: [{category: proxy, product: acme}]
        columns: {c-ip: string}
        loganalytics:
            table: AcmeProxy_CL
            columns: {string: SourceIP_s}
            fields: {c-ip: SourceIP}
`,
	Good: settingsRule + `-- sigc.yml --
mappings:
    AcmeProxy:
        logsources: [{category: proxy, product: acme}]
        columns: {c-ip: string}
        loganalytics:
            table: AcmeProxy_CL
            columns: {string: SourceIP_s}
            fields: {c-ip: SourceIP_s}
`,
}, {
	ID: "config/expression", Severity: diag.Error, Settings: true,
	Summary: "the expression for a field is not valid in the Kusto query language",
	Why: "It would stand so in every query about the field, and each of them would be refused when it is deployed. Functions, how " +
		"many arguments they take and what types they give are looked at.",
	Bad: settingsRule + `-- sigc.yml --
mappings:
    AcmeProxy:
        logsources: [{category: proxy, product: acme}]
        columns: {c-uri: string}
        loganalytics:
            table: AcmeProxy_CL
            columns: {string: Uri_s}
            fields: {c-uri: toLower(Uri_s)}
`,
	Good: settingsRule + `-- sigc.yml --
mappings:
    AcmeProxy:
        logsources: [{category: proxy, product: acme}]
        columns: {c-uri: string}
        loganalytics:
            table: AcmeProxy_CL
            columns: {string: Uri_s}
            fields: {c-uri: tolower(Uri_s)}
`,
}, {
	ID: "config/table", Severity: diag.Error, Settings: true,
	Summary: "a file below \"schemas\" is no schema of a table",
	Why: "Without its columns, what fields are there would not be known. The result of getschema as JSON is a schema, and so are " +
		"the CustomTables of Azure-Sentinel.",
	Bad:  settingsRule + "-- sigc.yml --\nschemas: Acme_CL.json\n-- Acme_CL.json --\n{\"Name\": \"Acme_CL\", \"Properties\": [{\"Name\": \"A\", \"Type\": \"text\"}]}\n",
	Good: settingsRule + "-- sigc.yml --\nschemas: Acme_CL.json\n-- Acme_CL.json --\n{\"Name\": \"Acme_CL\", \"Properties\": [{\"Name\": \"A\", \"Type\": \"string\"}]}\n",
}, {
	ID: "config/language", Severity: diag.Error, Settings: true,
	Summary: "\"lang\" in sigc.yml names a language into which nothing is translated",
	Why:     "Titles would stay in the language of the rules. Translations stand in lang/TAG.yaml beside sigc.yml.",
	Bad:     settingsRule + "-- sigc.yml --\nlang: it\n",
	Good:    settingsRule + "-- sigc.yml --\nlang: en\n",
}, {
	ID: "config/translation", Severity: diag.Error, Settings: true,
	Summary: "a file of translations has something that is no translation",
	Why:     "lang/TAG.yaml holds, by the id of a rule, its title, its description and its steps of triage, each with what it was made of.",
	Bad:     settingsRule + "-- sigc.yml --\n-- lang/it.yaml --\n0e1d3a54-7c7e-4c19-9c9e-5b1b3d2c4a10:\n    level: {of: b9c4848c, text: alto}\n",
	Good:    settingsRule + "-- sigc.yml --\n-- lang/it.yaml --\n0e1d3a54-7c7e-4c19-9c9e-5b1b3d2c4a10:\n    title: {of: b9c4848c, text: Esempio}\n",
}, {
	ID: "yaml/second-document", Severity: diag.Error, Settings: true,
	Summary: "a file of settings goes on after a line \"---\"",
	Why:     "Such a file is one document, and what stands in the next would be lost. Put it into a file of its own, or into the first.",
	Bad:     settingsRule + "-- sigc.yml --\nlists:\n    admins: [alice@contoso.example]\n---\nlists:\n    owners: [bob@contoso.example]\n",
	Good:    settingsRule + "-- sigc.yml --\nlists:\n    admins: [alice@contoso.example]\n    owners: [bob@contoso.example]\n",
}}
