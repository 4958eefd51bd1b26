package main

import "github.com/spf13/cobra"

// newConfigHelp is a page of help about the configuration, not a command.
func newConfigHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "config",
		Short: "What sigc.yml says",
		Long: `The configuration is the file sigc.yml in the folder of the first PATH or above it; --config names another.

  extends: base.yml              # or several: what they say holds unless this file says otherwise
  lists:
    admins: [alice@contoso.example, bob@contoso.example]
    office:
      doc: networks of our offices
      type: ip                   # text, upn, ip, guid, country or domain; values are checked
      file: lists/office.csv     # from the folder of this file; or values: [...]
      column: Network            # of the file; without it, the first
      as: {sentinel: watchlist, splunk: lookup}
    business_hours:
      type: schedule             # no values, but hours of the week
      time_zone: Europe/Rome     # by its name in the IANA database
      days: [mon, tue, wed, thu, fri]
      from: '08:00'
      to: '18:00'                # itself outside; before "from", it is on the next day
  targets:                       # options, as "sigc list options" shows them
    sentinel:
      OPTION: VALUE
  mappings: logs                 # logs of yours: a file, a folder, or the map itself, below
  schemas: tables                # tables of Log Analytics, JSON or CSV as getschema returns it, named by the file: files or folders
  pipelines: acme.yml            # processing pipelines of pySigma, as with -p
  lang: ja                       # of titles and descriptions, where lang/ja.yaml beside this file translates them
  env:
    test:                        # may have lists and targets of its own
      lists:
        admins: [carol@contoso.example]

A list is what rules mean by the placeholder %admins% under the modifier "expand". Nothing is in an empty list; what is
not in it is everything. Values may hold the wildcards * and ?, and a backslash before one makes it text. A file of values
begins with the names of its columns; its empty lines and those that begin with # do not count.

A schedule is for fields that are points in time: CreatedDateTime|expand: '%business_hours%' holds within its hours, and its
negation outside of them. A schedule is said whole in one place, and --var cannot give one.

A log of yours has the logsources by which rules mean it, its fields with their types, and for each platform where it is
and what the fields are called there:

  mappings:
    AcmeProxy:
      logsources: [{category: proxy, product: acme}]
      time: when                 # the field with the time; without it, TimeGenerated
      columns:                   # string, int, long, real, bool, datetime, timespan, guid, dynamic (any object); [] for an array
        c-ip: string
        c-uri: {is: string, aliases: [url]}
        sc-status: long
      loganalytics:
        table: AcmeProxy_CL
        columns: {string: SourceIP_s Uri_s Kind_s, real: Status_d} # or below "schemas"
        where: {Kind_s: request} # the rows of the log; "unless" says which are not
        fields: {c-ip: SourceIP_s, c-uri: 'tolower(Uri_s)', sc-status: Status_d}
      splunk:
        index: proxy
        sourcetype: acme:proxy
        fields: {c-ip: src_ip}   # others have the name of the log

"windows: {channel: NAME, events: [ID]}" says instead of "time" that it is a channel of the event log of Windows, and
"like: LOG" with "same: NAMES" takes fields of another log; "lines: true" says that its events are lines of text, of which
rules ask for words: in the column RawData, unless "fields: {message: COLUMN}" names another. A log that sigc knows ("sigc list tables") gets further
"logsources", "columns" and "aliases" (spelling: field), and sections for platforms that go before what sigc knows of them;
a section about a table that is known to keep the log adds fields and columns to it.
Where no columns of a table are said, its columns have the types of the fields they keep. "same: true" finds fields in the
columns of their names. A field may also be an expression of Kusto, which has the type that Kusto gives it, {is: COLUMN,
none: TEXT}, where the log writes the text for no value, or {missing: REASON}; "records: {FIELD: VALUE}" selects the records
of a log in Splunk, and {is: FIELD, take: REGEX} is the part of a field there that the one group of the expression for the
whole of it has; "matches: {FIELD: REGEX}" selects rows of a table.

"as" says how a target gets the list. With "inline", which holds where nothing is said, the values stand in every query.
With "watchlist" or "lookup" the query reads them where the target keeps them; "sigc build" writes the files to deploy,
and whoever may edit the list there changes what the rules mean without deploying them. Such a list holds plain values:
wildcards count only inline, and so do comparisons that a target can make with no list of its own, which a note tells.

Options that "sigc list options" marks so can also be set in a rule, which then goes before all else; other tools take the
key for the author's own:

  sigc:
    targets:
      sentinel:
        OPTION: VALUE

With --env NAME, what stands below the name holds instead of the same above it. --var and -O go before both.`,
	}
}
