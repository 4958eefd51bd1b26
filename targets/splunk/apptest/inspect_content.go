package apptest

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"image/png"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// content are the checks of lookups, views, images and words.
var content = []check{
	{"check_lookup_csv_is_valid", files("lookups/", "is no valid CSV of two columns", func(_ string, data []byte) bool {
		r := csv.NewReader(bytes.NewReader(data)) // all rows must be as long as the first
		rows, err := r.ReadAll()
		return err != nil || len(rows) == 0 || len(rows[0]) < 2 || len(strings.Join(rows[0], ",")) > 4096 ||
			bytes.ContainsRune(data, '\r') || !utf8.Valid(data)
	})},
	{"check_lookups_white_list", files("lookups/", "is no CSV", func(name string, _ []byte) bool { return path.Ext(name) != ".csv" })},
	{"check_all_lookups_are_used", func(p *Package) []string {
		used := map[string]bool{}
		for _, s := range p.Confs["default/transforms.conf"] {
			used["lookups/"+s.Of["filename"]] = true
		}
		out := files("lookups/", "is not used", func(name string, _ []byte) bool { return !used[name] })(p)
		for name := range used {
			if _, there := p.Files[name]; !there {
				out = append(out, name+" is not there")
			}
		}
		return out
	}},
	{"check_that_all_xml_files_are_well_formed", files("", "is not well formed", func(name string, data []byte) bool {
		return path.Ext(name) == ".xml" && wellFormed(data) != nil
	})},
	{"check_for_xml_embedded_javascript", files("", "has a script", func(name string, data []byte) bool {
		return path.Ext(name) == ".xml" && bytes.Contains(bytes.ToLower(data), []byte("<script"))
	})},
	{"check_validate_no_event_handler", files("", "handles an event", func(name string, data []byte) bool {
		return path.Ext(name) == ".xml" && slices.ContainsFunc(elements(data), func(e xml.StartElement) bool {
			return slices.ContainsFunc(e.Attr, func(a xml.Attr) bool { return strings.HasPrefix(strings.ToLower(a.Name.Local), "on") })
		})
	})},
	{"check_simplexml_standards_version", files("default/data/ui/views/", "is not of version 1.1", func(_ string, data []byte) bool {
		all := elements(data)
		return len(all) == 0 || !slices.Contains(all[0].Attr, xml.Attr{Name: xml.Name{Local: "version"}, Value: "1.1"})
	})},
	{"check_default_data_ui_file_white_list", files("default/data/ui/", "is no view", func(name string, _ []byte) bool { return path.Ext(name) != ".xml" })},
	{"check_basic_readme", func(p *Package) []string {
		return when(len(bytes.TrimSpace(p.Files["README.txt"])) == 0, "README.txt is empty or not there")
	}},
	{"check_app_icon_is_png, check_app_icon_dimensions", icon("static/appIcon.png", 36)},
	{"check_app_icon_2x_is_png, check_app_icon_2x_dimensions", icon("static/appIcon_2x.png", 72)},
	{"check_static_directory_file_white_list", files("static/", "is no image", func(name string, _ []byte) bool { return path.Ext(name) != ".png" })},
}

func wellFormed(data []byte) error {
	for d := xml.NewDecoder(bytes.NewReader(data)); ; {
		if _, err := d.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// elements are those of an XML file, in their order.
func elements(data []byte) []xml.StartElement {
	var out []xml.StartElement
	for d := xml.NewDecoder(bytes.NewReader(data)); ; {
		token, err := d.Token()
		if err != nil {
			return out
		}
		if e, ok := token.(xml.StartElement); ok {
			out = append(out, e.Copy())
		}
	}
}

func icon(name string, size int) func(*Package) []string {
	return func(p *Package) []string {
		c, err := png.DecodeConfig(bytes.NewReader(p.Files[name]))
		return when(err != nil || c.Width > size || c.Height > size, "%s: %v, %d x %d", name, err, c.Width, c.Height)
	}
}
