package sigma

import (
	"github.com/sigc-rules/sigc/compiler/source"

	sigmago "github.com/bradleyjkemp/sigma-go"
	"gopkg.in/yaml.v3"
)

// Text is a scalar of the header and its place. The zero Text stands for an attribute that is absent.
type Text = source.Text

// Rule is one detection rule as it was written.
type Rule struct {
	File   *source.File
	At     source.Span // the title's value, or the first key of the document: where messages about the whole rule point to
	Doc    int         // index of the document in the stream
	Broken bool        // an error was reported for the rule: it can be looked at but not compiled

	Header  sigmago.Rule // the header in sigma-go's terms; its Detection is empty, see [Rule.SigmaGo]
	Version int          // the major number of sigma-version (spec section 17), 0 when absent

	Title, ID, Name, Status, Level Text
	Description, Author, License   Text
	Date, Modified, Taxonomy       Text
	References, Tags               []Text
	Fields, FalsePositives, Scope  []Text
	Related                        []Related
	Logsource                      Logsource
	Detection                      *Detection // nil only when the rule is broken
	Custom                         []Custom   // every further key, in file order
}

// Related is an entry of the attribute related.
type Related struct {
	ID, Type Text
	At       source.Span
}

// Logsource says where the events of a rule come from.
type Logsource struct {
	Category, Product, Service, Definition Text
	Extra                                  []Pair // further keys that hold a scalar, in file order
	At                                     source.Span
}

// Pair is a key with a scalar value.
type Pair struct {
	Key, Value Text
}

// Custom is a key of the document that Sigma leaves to the author. Aliases and merge keys in Node are resolved.
type Custom struct {
	Key  Text
	Node *yaml.Node
}
