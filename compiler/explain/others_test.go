package explain_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/explain"
)

// others are the checks of other tools by the headings of compiler/check/README.md, as their documentation listed them in
// November 2026. What they call sections of a detection strategy is eleven checks of rsigma.
var others = map[string]string{
	"pySigma, core": `all_of_them_condition attacktag cartag control_character custom_attributes cvetag d3_fendtag
		dangling_condition dangling_detection detection_tag double_wildcard duplicate_filename duplicate_references
		duplicate_tag duplicate_title escaped_wildcard fieldname_logsource filename_length identifier_existence
		identifier_uniqueness invalid_modifier_combinations namespace_tag number_as_string
		specific_instead_of_generic_logsource stptag tag_format them_condition tlptag tlpv1_tag tlpv2_tag
		wildcards_instead_of_modifiers sigmacontainer status`,
	"pySigma-validators-sigmaHQ": `AuthorExistence CategoryEventId CategoryWindowsProviderName CorrelationFilenamePrefix
		CorrelationGroupByExistence CorrelationRulesMinimum DateExistence DescriptionExistence DescriptionLength
		FalsepositivesBannedWord FalsepositivesCapital FalsepositivesTypoWord FieldDuplicateValue FieldUser FieldnameCast
		FieldsExistence FilenameConvention FilenamePrefix GithubLink InvalidAllModifier InvalidFieldname InvalidHashKv
		LevelExistence LinkInDescription LogsourceUnknown MissingAsteriskCondition MitreLink ModifiedDateOrder
		ModifiedWithoutDate OfselectionCondition OfthemCondition RedundantField RedundantModified SpaceFieldName
		StatusExistence Status StatusToHigh SysmonMissingEventid TagsDetection TagsTechniquesWithoutTactics TagsTlp
		TagsUniqueDetection TagsUniqueTlp TitleCase TitleEnd TitleLength TitleStart UnknownField
		UnsupportedRegexGroupConstruct`,
	"rsigma": `yaml_parse_error not_a_mapping file_read_error schema_violation missing_title empty_title title_too_long
		name_too_long missing_author missing_description description_too_long invalid_status invalid_level missing_level
		invalid_date invalid_modified modified_before_date invalid_id taxonomy_too_long non_lowercase_key unknown_key
		missing_detection empty_detection missing_condition missing_logsource logsource_value_not_lowercase
		duplicate_fields duplicate_references duplicate_tags invalid_tag unknown_tag_namespace falsepositive_too_short
		scope_too_short wildcard_only_value null_in_value_list empty_value_list condition_references_unknown
		deprecated_aggregation_syntax flattened_array_correlation missing_correlation missing_correlation_type
		invalid_correlation_type missing_correlation_rules empty_correlation_rules missing_correlation_timespan
		invalid_timespan_format invalid_window_mode missing_session_gap gap_without_session invalid_gap_format
		missing_correlation_condition missing_condition_field condition_value_not_numeric missing_group_by
		generate_not_boolean invalid_condition_operator missing_filter missing_filter_logsource missing_filter_rules
		missing_filter_selection missing_filter_condition filter_has_level filter_has_status empty_filter_rules
		single_value_all_modifier all_with_re incompatible_modifiers invalid_related_id invalid_related_type
		related_missing_required deprecated_without_related unsupported_sigma_version array_matching_without_version
		sigma_version_mismatch unknown_rule_reference missing_goal missing_categorization missing_strategy
		missing_technical_context missing_blind_spots missing_false_positives missing_validation missing_priority
		missing_response empty_section unknown_section`,
}

var (
	namedCheck = regexp.MustCompile(`\w+`)
	quotedID   = regexp.MustCompile("`([a-z0-9]+/[a-z0-9*-]+)`")
)

// TestOthers: compiler/check/README.md answers for every check of the other tools, with ids that there are or a reason.
func TestOthers(t *testing.T) {
	text, err := os.ReadFile("../check/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range quotedID.FindAllStringSubmatch(string(text), -1) {
		_, exists := explain.Find(m[1])
		for _, c := range explain.All() {
			area, isFamily := strings.CutSuffix(m[1], "*")
			exists = exists || isFamily && strings.HasPrefix(c.ID, area)
		}
		if !exists {
			t.Errorf("no finding has the id %q", m[1])
		}
	}
	for tool, list := range others {
		_, section, ok := strings.Cut(string(text), "\n### "+tool+"\n")
		if !ok {
			t.Errorf("no section about %s", tool)
		}
		section, _, _ = strings.Cut(section, "\n### ")
		answered := map[string]bool{}
		for _, line := range strings.Split(section, "\n") {
			cells := strings.Split(line, " | ")
			if len(cells) != 2 {
				continue
			}
			answer := quotedID.MatchString(cells[1]) || strings.Contains(cells[1], "not ") || strings.Contains(cells[1], "ends the command")
			for _, name := range namedCheck.FindAllString(cells[0], -1) {
				answered[name] = answer
			}
		}
		for _, name := range strings.Fields(list) {
			if !answered[name] {
				t.Errorf("%s: %s is not answered for", tool, name)
			}
		}
	}
	if len(explain.All()) < 120 {
		t.Errorf("only %d findings", len(explain.All()))
	}
}
