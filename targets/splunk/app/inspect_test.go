package app_test

import (
	"archive/tar"
	"slices"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/targets/splunk/app"
	"github.com/sigc-rules/sigc/targets/splunk/apptest"
)

// TestInspection breaks the sample in one thing at a time: the check that is about it finds it.
func TestInspection(t *testing.T) {
	file := func(name, text string) func(*apptest.Package) {
		return func(p *apptest.Package) { p.Files[name] = []byte(text) }
	}
	set := func(file, stanza, key, value string) func(*apptest.Package) {
		return func(p *apptest.Package) {
			for _, s := range p.Confs[file] {
				if s.Name == stanza {
					s.Of[key] = value
				}
			}
		}
	}
	mode := func(kind byte, mode int64) func(*apptest.Package) {
		return func(p *apptest.Package) {
			i := slices.IndexFunc(p.Entries, func(e apptest.Entry) bool { return e.Typeflag == kind })
			p.Entries[i].Mode = mode
		}
	}
	entry := func(name string, kind byte) func(*apptest.Package) {
		return func(p *apptest.Package) {
			p.Entries = append(p.Entries, apptest.Entry{Header: tar.Header{Name: name, Typeflag: kind, Mode: 0o644}})
		}
	}
	saved := func(key, value string) func(*apptest.Package) {
		return set("default/savedsearches.conf", "A rule", key, value)
	}
	appConf := func(stanza, key, value string) func(*apptest.Package) {
		return set("default/app.conf", stanza, key, value)
	}
	view := "default/data/ui/views/overview.xml"
	for _, test := range []struct {
		check string
		spoil func(*apptest.Package)
	}{
		{"check_that_splunk_app_package_name_does_not_start_with_period", func(p *apptest.Package) { p.Archive = ".x.spl" }},
		{"check_that_splunk_app_package_extracts_to_visible_directory", func(p *apptest.Package) { p.ID = ".x" }},
		{"check_that_splunk_app_package_does_not_contain_files_outside_of_app", entry("other/x", tar.TypeReg)},
		{"check_that_splunk_app_package_does_not_contain_files_outside_of_app", entry("my_rules/../x", tar.TypeReg)},
		{"check_that_splunk_app_package_does_not_contain_files_outside_of_app", entry("my_rules/x", tar.TypeSymlink)},
		{"check_that_extracted_splunk_app_does_not_contain_prohibited_directories_or_files", entry("my_rules/.git", tar.TypeReg)},
		{"check_that_extracted_splunk_app_does_not_contain_invalid_directories", mode(tar.TypeDir, 0o644)},
		{"check_that_extracted_splunk_app_does_not_contain_files_with_invalid_permissions", mode(tar.TypeReg, 0o444)},
		{"check_for_bin_files", mode(tar.TypeReg, 0o755)},
		{"check_for_expansive_permissions", mode(tar.TypeReg, 0o666)},
		{"check_that_local_does_not_exist", file("local/macros.conf", "")},
		{"check_for_local_meta", file("metadata/local.meta", "")},
		{"check_filenames_for_spaces", file("default/data/ui/views/a b.xml", "<form version=\"1.1\"/>")},
		{"check_that_app_name_config_is_valid", func(p *apptest.Package) { p.ID = "1x" }},
		{"check_metadata_white_list", file("metadata/x.txt", "")},
		{"configuration files that Splunk Cloud refuses", file("default/limits.conf", "")},
		{"check_that_extracted_splunk_app_contains_default_app_conf_file", func(p *apptest.Package) { delete(p.Confs, "default/app.conf") }},
		{"check_app_version", appConf("launcher", "version", "1.2")},
		{"check_valid_version_number", appConf("id", "version", "1.2.4")},
		{"check_that_setup_has_not_been_performed", appConf("install", "is_configured", "1")},
		{"check_for_valid_package_id", appConf("package", "id", "another")},
		{"check_for_valid_package_id", appConf("id", "name", "another")},
		{"check_for_invalid_app_names", appConf("ui", "label", "Splunk app for X")},
		{"check_no_install_source_checksum", appConf("install", "install_source_checksum", "x")},
		{"check_for_trigger_stanza", func(p *apptest.Package) {
			p.Confs["default/app.conf"] = append(p.Confs["default/app.conf"], apptest.Stanza{Name: "triggers"})
		}},
		{"check_for_valid_ui_label", appConf("ui", "label", "Four")},
		{"app.conf.spec: a build, no search for updates, a short description", appConf("install", "build", "x")},
		{"check_no_default_stanzas", func(p *apptest.Package) {
			p.Confs["default/macros.conf"] = append(p.Confs["default/macros.conf"], apptest.Stanza{Name: "default"})
		}},
		{"check_kos_are_accessible", set("metadata/default.meta", "", "access", "read : [ * ], write : [ admin ]")},
		{"default.meta.spec: access and export", set("metadata/default.meta", "", "export", "all")},
		{"check_saved_search_specifies_a_search", saved("search", "")},
		{"check_for_emails_in_saved_search", saved("action.email.to", "a@b.example")},
		{"check_for_real_time_saved_searches", saved("dispatch.earliest_time", "rt-5m")},
		{"check_for_gratuitous_cron_scheduling", saved("cron_schedule", "0-59/4 * * * *")},
		{"check_for_gratuitous_cron_scheduling", saved("cron_schedule", "* * * * MON")},
		{"check_for_empty_saved_search_description", saved("description", "")},
		{"check_for_sched_saved_searches_earliest_time", saved("dispatch.earliest_time", "")},
		{"check_for_sched_saved_searches_latest_time", saved("dispatch.latest_time", "")},
		{"savedsearches.conf.spec: words and numbers", saved("enableSched", "true")},
		{"commands that do more than search", saved("search", "x | script python y")},
		{"check_lookup_csv_is_valid", file("lookups/admins.csv", "value\nalice\n")},
		{"check_lookup_csv_is_valid", file("lookups/admins.csv", "value,comment\nalice\n")},
		{"check_lookups_white_list", file("lookups/x.txt", "a,b\n")},
		{"check_all_lookups_are_used", file("lookups/other.csv", "a,b\n")},
		{"check_that_all_xml_files_are_well_formed", file(view, "<form version=\"1.1\"><a></form>")},
		{"check_for_xml_embedded_javascript", file(view, "<form version=\"1.1\"><script>x</script></form>")},
		{"check_validate_no_event_handler", file(view, "<form version=\"1.1\" onload=\"x\"/>")},
		{"check_simplexml_standards_version", file(view, "<form/>")},
		{"check_default_data_ui_file_white_list", file("default/data/ui/views/x.js", "")},
		{"check_basic_readme", file("README.txt", "\n")},
		{"check_app_icon_is_png", file("static/appIcon.png", "GIF")},
		{"check_app_icon_2x_is_png", file("static/appIcon_2x.png", "GIF")},
		{"check_static_directory_file_white_list", file("static/x.exe", "")},
		{"macros that nothing defines", saved("search", "`elsewhere` a=1")},
		{"macros that nothing defines", set("default/macros.conf", "logs", "definition", "`others(a, b)`")},
		{"lookups that nothing defines", saved("search", "`logs` | lookup others value AS x")},
		{"settings of Enterprise Security that are no JSON", saved("action.correlationsearch.annotations", "{mitre}")},
		{"columns that the results do not have", saved("alert.suppress.fields", "user,src_ip")},
		{"columns that the results do not have", saved("action.notable.param.nes_fields", "src_ip")},
		{"columns that the results do not have", saved("action.risk.param._risk", `[{"risk_object_field":"src_ip"}]`)},
		{"runs that do not touch", saved("dispatch.index_earliest", "-15m@m")},
		{"runs that do not touch", saved("dispatch.index_latest", "-2m@m")},
		{"runs that do not touch", saved("cron_schedule", "3 1-23/2 * * *")},
		{"runs that do not touch", saved("dispatch.earliest_time", "-10m@m")},
		{"runs that do not touch", saved("search", "`logs` | where _indextime>=info_max_time-1200 | table user")},
		{"tokens that nothing sets", file(view, `<form version="1.1"><title>$nobody$ costs $$5$$</title></form>`)},
	} {
		p := open(t, sample())
		test.spoil(p)
		if found := apptest.Inspect(p); !slices.ContainsFunc(found, func(s string) bool { return strings.HasPrefix(s, test.check) }) {
			t.Errorf("%s finds nothing; what is found: %q", test.check, found)
		}
	}
	// What the reader of configuration files refuses is reported too.
	const loose = "x/default/app.conf"
	a, err := app.NewArchive([]string{loose})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Add(app.File{Path: loose, Data: []byte("loose\n")}); err != nil {
		t.Fatal(err)
	}
	broken, err := a.Close()
	if err != nil {
		t.Fatal(err)
	}
	p, err := apptest.Open("x.spl", broken)
	if err != nil || !strings.HasPrefix(strings.Join(apptest.Inspect(p), "\n"), "check_that_extracted") {
		t.Errorf("%v %v", err, apptest.Inspect(p))
	}
	if _, err := apptest.Open("x.spl", []byte("no archive")); err == nil {
		t.Error("no archive is opened")
	}
}
