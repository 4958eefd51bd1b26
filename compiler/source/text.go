package source

// Text is a scalar of a file, decoded, and its place. The zero Text is absent.
type Text struct {
	Value string
	At    Span
}
