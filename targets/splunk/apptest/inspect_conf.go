package apptest

import (
	"path"
	"slices"
	"strconv"
	"strings"
)

// confs are the checks of all configuration files and of metadata. The reader has found duplicates, for which AppInspect
// has checks of their own (check_validate_no_duplicate_stanzas_in_conf_files and _meta_files).
var confs = []check{
	{"check_config_file_parsing", func(p *Package) []string {
		var out []string
		for _, err := range p.bad {
			out = append(out, err.Error())
		}
		slices.Sort(out)
		return out
	}},
	{"check_no_default_stanzas", func(p *Package) []string {
		var out []string
		for file, stanzas := range p.Confs {
			for _, s := range stanzas {
				if path.Ext(file) == ".conf" && slices.Contains([]string{"default", "general", "global", "stash"}, strings.ToLower(s.Name)) {
					out = append(out, file+" ["+s.Name+"]")
				}
			}
		}
		return out
	}},
	{"check_kos_are_accessible", func(p *Package) []string {
		var out []string
		for _, s := range p.Confs["metadata/default.meta"] {
			if access := s.Of["access"]; strings.Contains(access, "admin") && !strings.Contains(access, "sc_admin") {
				out = append(out, "["+s.Name+"] "+access)
			}
		}
		return out
	}},
	{"default.meta.spec: access and export", func(p *Package) []string {
		access, a := p.conf("metadata/default.meta", "", "access")
		export, _ := p.conf("metadata/default.meta", "", "export")
		return when(!a || export != "none" && export != "system", "access %q, export %q", access, export)
	}},
}

const searchFile = "default/savedsearches.conf"

// saved reports the saved searches of which a test holds.
func saved(test func(s Stanza) bool) func(*Package) []string {
	return func(p *Package) []string {
		var out []string
		for _, s := range p.Confs[searchFile] {
			if test(s) {
				out = append(out, "["+s.Name+"]")
			}
		}
		return out
	}
}

// searches are the checks of savedsearches.conf.
var searches = []check{
	{"check_saved_search_specifies_a_search", saved(func(s Stanza) bool { return s.Of["search"] == "" })},
	{"check_for_emails_in_saved_search", saved(func(s Stanza) bool { _, there := s.Of["action.email.to"]; return there })},
	{"check_for_real_time_saved_searches", saved(func(s Stanza) bool {
		return strings.HasPrefix(s.Of["dispatch.earliest_time"], "rt") || strings.HasPrefix(s.Of["dispatch.latest_time"], "rt")
	})},
	{"check_for_gratuitous_cron_scheduling", saved(func(s Stanza) bool {
		every, ok := minutesBetween(s.Of["cron_schedule"])
		return !ok || every < 5
	})},
	{"check_for_empty_saved_search_description", saved(func(s Stanza) bool { return s.Of["description"] == "" })},
	{"check_for_sched_saved_searches_earliest_time", saved(func(s Stanza) bool { return s.Of["dispatch.earliest_time"] == "" })},
	{"check_for_sched_saved_searches_latest_time", saved(func(s Stanza) bool { return s.Of["dispatch.latest_time"] == "" })},
	{"savedsearches.conf.spec: words and numbers", saved(func(s Stanza) bool {
		bit := func(key string) bool { return s.Of[key] == "0" || s.Of[key] == "1" }
		severity, err := strconv.Atoi(s.Of["alert.severity"])
		each := s.Of["alert.suppress"] == "1" && s.Of["alert.digest_mode"] == "0" && s.Of["alert.suppress.fields"] == ""
		return !bit("enableSched") || !bit("disabled") || !bit("alert.digest_mode") || !bit("alert.suppress") || each ||
			err != nil || severity < 1 || severity > 6 || s.Of["realtime_schedule"] != "0" || len(s.Name) > 99
	})},
	{"commands that do more than search", saved(func(s Stanza) bool {
		return slices.ContainsFunc(strings.Split(s.Of["search"], "|")[1:], func(command string) bool {
			word, _, _ := strings.Cut(strings.TrimSpace(command), " ")
			return slices.Contains([]string{"script", "runshellscript", "sendemail", "outputlookup", "collect"}, word)
		})
	})},
}
