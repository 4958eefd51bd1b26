package kql

import "strings"

// keywords are the names that Microsoft's parser refuses without brackets in at least one place where a name may
// stand: as a column, a property, a table or the left side of an assignment.
var keywords = set(`
	__contextual_datatable __crossCluster __crossDB __executeAndCache __id __isFuzzy __noWithSource __packedColumn
	__projectAway __sourceColumnIndex accumulate and anomalychart areachart as asc bagexpansion barchart between
	bin_legacy boolean by byte cachingpolicy callout cancel card char columnchart contains contains_cs containscs cycles
	dataexport datascope datatable date datetime decimal decodeblocks desc double dynamic earliest encodingpolicy
	endswith endswith_cs expandoutput extent_tags_retention external_data externaldata false find first flags float
	force_remote harddelete hardretention has has_all has_any has_cs hasprefix hasprefix_cs hassuffix hassuffix_cs
	hotcache in int int16 int32 int64 int8 invoke isfuzzy journal kind ladderchart last latest like likecs limit
	linechart long materialize mdm missing nooptimization notcontains notcontainscs notlike notlikecs null of or others
	pathformat piechart pivotchart print project queries query_results real relaxed restricted_view_access
	row_level_security rowstore rowstore_references rowstore_sealinfo rowstorepolicy rowstores sample scatterchart seal
	seals search set shards simple softdelete softretention sql stackedareachart startswith startswith_cs statistics
	storedqueryresultcontainers string tablepurge time timechart timeline timepivot timespan title to toscalar totable
	treemap true uint uint16 uint32 uint64 uint8 ulong union uniqueid unrestrictedviewers verbose viewers views where
	with_itemindex with_match_id with_source with_step_name withsource writeaheadlog
`)

// isKeyword reports whether a name is one of the keywords, none of which begins with a capital.
func isKeyword(name string) bool {
	return (name[0] < 'A' || name[0] > 'Z') && keywords[name]
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
