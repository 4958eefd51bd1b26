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
