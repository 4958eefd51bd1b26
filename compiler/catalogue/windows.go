package catalogue

import (
	"strings"
	"sync"
)

// WindowsCategory is a category of log sources of the product "windows".
type WindowsCategory struct {
	Name   string
	Sysmon []string // the ids of the events of Sysmon that it stands for
	Other  []string // the ids of other events that it stands for
	Fields []string // none when they are not known
}

// WindowsCategories returns the categories by name.
func WindowsCategories() map[string]WindowsCategory { return windows().categories }

// WindowsServices returns the services of the product "windows".
func WindowsServices() []string { return windows().services }

// WindowsCommon returns the fields that every event of Windows has.
func WindowsCommon() []string { return windows().common }

type windowsLogs struct {
	categories       map[string]WindowsCategory
	services, common []string
}

var windows = sync.OnceValue(func() windowsLogs {
	w := windowsLogs{categories: map[string]WindowsCategory{}}
	for _, line := range lines("windows") {
		cells := strings.Split(line, " ")
		switch cells[0] {
		case "common":
			w.common = list(cells[1])
		case "service":
			w.services = append(w.services, cells[1])
		case "category":
			w.categories[cells[1]] = WindowsCategory{Name: cells[1], Sysmon: list(cells[2]), Other: list(cells[3]), Fields: list(cells[4])}
		default:
			panic("catalogue: windows: " + line)
		}
	}
	return w
})
