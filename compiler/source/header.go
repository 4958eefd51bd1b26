package source

// Header is what a rule or correlation says about itself. Nothing is done to it on the way from how it is written to what
// it means, so both have the same.
type Header struct {
	Title, ID, Name, Status, Level, Description, Author, License, Date, Modified Text

	References, Tags, FalsePositives []Text

	// Settings are the options of targets that the rule sets for itself.
	Settings []Setting

	// At is where messages about the rule as a whole point: the title's value, or the first key of the document.
	At Span
}

// Setting is an option of a target that a rule sets for itself: sigc, targets, the target, the option.
type Setting struct {
	Target, Option, Value Text
}

// Key names the rule in messages and output: its id, or its title when it has none.
func (h *Header) Key() string {
	if h.ID.Value != "" {
		return h.ID.Value
	}
	return h.Title.Value
}
