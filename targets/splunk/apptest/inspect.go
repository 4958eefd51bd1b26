package apptest

import (
	"archive/tar"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// check is a check of AppInspect: it returns what AppInspect would report as a failure, an error or a warning.
type check struct {
	name string
	run  func(p *Package) []string
}

// Inspect asks everything and returns what was found, the name of the check first.
func Inspect(p *Package) []string {
	var out []string
	for _, c := range slices.Concat(packaging, appConf, confs, searches, content, names) {
		for _, found := range c.run(p) {
			out = append(out, c.name+": "+found)
		}
	}
	return out
}

// entries reports the entries of which a test holds.
func entries(what string, test func(Entry) bool) func(*Package) []string {
	return func(p *Package) []string {
		var out []string
		for _, e := range p.Entries {
			if test(e) {
				out = append(out, e.Name+" "+what)
			}
		}
		return out
	}
}

// files reports the files of a folder of which a test holds.
func files(folder, what string, test func(name string, data []byte) bool) func(*Package) []string {
	return func(p *Package) []string {
		var out []string
		for _, name := range p.in(folder) {
			if test(name, p.Files[name]) {
				out = append(out, name+" "+what)
			}
		}
		return out
	}
}

func when(bad bool, format string, args ...any) []string {
	if bad {
		return []string{fmt.Sprintf(format, args...)}
	}
	return nil
}

// packaging are the checks of the package and of the folders in it.
var packaging = []check{
	{"check_that_splunk_app_package_name_does_not_start_with_period", func(p *Package) []string {
		return when(strings.HasPrefix(path.Base(p.Archive), "."), "%s", p.Archive)
	}},
	{"check_that_splunk_app_package_extracts_to_visible_directory", func(p *Package) []string {
		return when(p.ID == "" || strings.HasPrefix(p.ID, "."), "%q", p.ID)
	}},
	{"check_that_splunk_app_package_does_not_contain_files_outside_of_app", func(p *Package) []string {
		return entries("is outside", func(e Entry) bool {
			return !strings.HasPrefix(e.Name, p.ID+"/") || path.Clean("/"+e.Name) != "/"+strings.TrimSuffix(e.Name, "/") ||
				e.Typeflag != tar.TypeReg && e.Typeflag != tar.TypeDir
		})(p)
	}},
	{"check_that_extracted_splunk_app_does_not_contain_prohibited_directories_or_files", entries("is hidden", func(e Entry) bool {
		return strings.Contains("/"+e.Name, "/.") || strings.Contains(e.Name, "__MACOSX")
	})},
	{"check_that_extracted_splunk_app_does_not_contain_invalid_directories", entries("cannot be used by its owner", func(e Entry) bool {
		return e.Typeflag == tar.TypeDir && e.Mode&0o700 != 0o700
	})},
	{"check_that_extracted_splunk_app_does_not_contain_files_with_invalid_permissions", entries("cannot be read and written by its owner", func(e Entry) bool {
		return e.Typeflag == tar.TypeReg && e.Mode&0o600 != 0o600
	})},
	{"check_for_bin_files", entries("can be executed", func(e Entry) bool {
		return e.Typeflag == tar.TypeReg && (e.Mode&0o111 != 0 || path.Ext(e.Name) == ".exe")
	})},
	{"check_for_expansive_permissions", entries("can be written by everybody", func(e Entry) bool { return e.Mode&0o002 != 0 })},
	{"check_that_local_does_not_exist", files("local/", "is local", func(string, []byte) bool { return true })},
	{"check_for_local_meta", func(p *Package) []string {
		_, there := p.Files["metadata/local.meta"]
		return when(there, "it is there")
	}},
	{"check_filenames_for_spaces", files("default/", "has a space", func(name string, _ []byte) bool { return strings.Contains(name, " ") })},
	{"check_that_app_name_config_is_valid", func(p *Package) []string {
		return when(p.ID != "" && p.ID[0] >= '0' && p.ID[0] <= '9', "%s begins with a digit", p.ID)
	}},
	{"check_metadata_white_list", files("metadata/", "is not of metadata", func(name string, _ []byte) bool { return path.Ext(name) != ".meta" })},
	// The checks of one configuration file each, such as check_audit_conf_black_list; an app of searches needs these alone.
	{"configuration files that Splunk Cloud refuses", files("default/", "is another", func(name string, _ []byte) bool {
		return path.Ext(name) == ".conf" && !slices.Contains([]string{
			"default/app.conf", "default/macros.conf", "default/savedsearches.conf", "default/transforms.conf",
		}, name)
	})},
}

const appFile = "default/app.conf"

var (
	packageID = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.]*$`)
	devices   = []string{"CON", "PRN", "AUX", "NUL"}
	version   = regexp.MustCompile(`^\d+\.\d+\.\d+$`)
	splunkFor = regexp.MustCompile(`(?i)splunk\s*(add(\s*|-*)on|app)(s*)\s*for`)
)

// appConf are the checks of app.conf.
var appConf = []check{
	{"check_that_extracted_splunk_app_contains_default_app_conf_file", func(p *Package) []string {
		return when(len(p.Confs[appFile]) == 0, "no %s", appFile)
	}},
	{"check_app_version", func(p *Package) []string {
		v, _ := p.conf(appFile, "launcher", "version")
		return when(!version.MatchString(v), "%q", v)
	}},
	{"check_valid_version_number", func(p *Package) []string {
		launcher, _ := p.conf(appFile, "launcher", "version")
		id, _ := p.conf(appFile, "id", "version")
		return when(launcher != id, "%q and %q", launcher, id)
	}},
	{"check_that_setup_has_not_been_performed", func(p *Package) []string {
		v, there := p.conf(appFile, "install", "is_configured")
		return when(there && v != "0" && v != "false", "is_configured = %s", v)
	}},
	{"check_for_valid_package_id", func(p *Package) []string {
		id, _ := p.conf(appFile, "package", "id")
		name, _ := p.conf(appFile, "id", "name")
		ends := slices.ContainsFunc([]string{".", ".tar", ".tar.gz", ".tgz", ".spl"}, func(s string) bool { return strings.HasSuffix(id, s) })
		bad := !packageID.MatchString(id) || ends || slices.Contains(devices, id) || id != p.ID || name != id
		return when(bad, "folder %q, package %q, name %q", p.ID, id, name)
	}},
	{"check_for_invalid_app_names", func(p *Package) []string {
		label, _ := p.conf(appFile, "ui", "label")
		description, _ := p.conf(appFile, "launcher", "description")
		return when(splunkFor.MatchString(label) || splunkFor.MatchString(description), "%q, %q", label, description)
	}},
	{"check_no_install_source_checksum", func(p *Package) []string {
		_, a := p.conf(appFile, "install", "install_source_checksum")
		_, b := p.conf(appFile, "install", "install_source_local_checksum")
		return when(a || b, "a checksum is set")
	}},
	{"check_for_trigger_stanza", func(p *Package) []string {
		return when(slices.ContainsFunc(p.Confs[appFile], func(s Stanza) bool { return s.Name == "triggers" }), "[triggers]")
	}},
	{"check_for_valid_ui_label", func(p *Package) []string {
		label, _ := p.conf(appFile, "ui", "label")
		n := len([]rune(label))
		return when(n < 5 || n > 80, "%q", label)
	}},
	{"app.conf.spec: a build, no search for updates, a short description", func(p *Package) []string {
		build, _ := p.conf(appFile, "install", "build")
		updates, _ := p.conf(appFile, "package", "check_for_updates")
		description, _ := p.conf(appFile, "launcher", "description")
		bad := !regexp.MustCompile(`^[1-9][0-9]*$`).MatchString(build) || updates != "0" || len([]rune(description)) > 200
		return when(bad, "build %q, updates %q, description %q", build, updates, description)
	}},
}
