package schema

// Type is the type of a column, in Kusto's words.
type Type string

const (
	String   Type = "string"
	Int      Type = "int"
	Long     Type = "long"
	Real     Type = "real"
	Bool     Type = "bool"
	Datetime Type = "datetime"
	Timespan Type = "timespan"
	GUID     Type = "guid"
	Dynamic  Type = "dynamic"
)

// Numeric reports whether values of the type are numbers.
func (t Type) Numeric() bool { return t == Int || t == Long || t == Real }

// Column is a column of a table, or a member of a value in a dynamic column.
type Column struct {
	Name    string   // canonical: the Log Analytics spelling
	Type    Type     // of a member: the type of the scalar, Dynamic for objects and arrays of objects
	Array   bool     // the value is an array; Type and Members describe its members
	JSON    bool     // the value is a text that holds JSON; Array and Members describe what it holds
	Open    bool     // an object whose members are not all known: every name below it is accepted
	Raw     string   // path in the Event Hub record, "properties.targetResources"; "" when the record has no such field. For a member: its key
	Else    string   // path to the value in records that have nothing at Raw
	Const   string   // the value that every row has, of a column that no record fills
	Pretty  bool     // the JSON text is written over several lines
	Aliases []string // further spellings in rules
	Members []*Column
	Beyond  bool // rules name it, and other products have it; the log itself does not
	Doc     string
	// Foreign are beginnings of values that rules write, though no event has them; the longer first.
	Foreign []Foreign
	// Shown is what viewers of the log show in place of values; nil where they show them as they are.
	Shown *Shown
}

// Shown is what viewers show in place of the values of a column.
type Shown struct {
	Names []ShownName
	List  bool // the value is a list of such texts, with blanks between them
	// Behind is what stands before every value and is not shown; "" when nothing.
	Behind string
	// GUID is how a value that is an identifier stands in the log, in which GUID is what is shown; "" when as it is.
	GUID string
}

// ShownName is what viewers show for a text of the log.
type ShownName struct{ Name, Is string }

// Foreign is a beginning of values that no event has, up to a backslash or the end.
type Foreign struct {
	Begins string
	Is     []string // how the events begin there, in which SID stands for the security identifier of any user
}

// Member returns the member of an object, or of the objects in an array, with exactly the given name; nil when there is
// none.
func (c *Column) Member(name string) *Column {
	for _, m := range c.Members {
		if m.Name == name {
			return m
		}
	}
	return nil
}

// Element returns what a member of the array is: the column itself when it is no array.
func (c *Column) Element() *Column {
	if !c.Array && !c.JSON {
		return c
	}
	e := *c
	e.Array, e.JSON, e.Raw, e.Aliases = false, false, "", nil
	if c.JSON && (len(c.Members) > 0 || c.Open) {
		e.Type = Dynamic
	}
	return &e
}

// Table is where a log is kept on a platform.
type Table struct {
	Name    string
	Time    string // the column that holds the time of the event
	Columns []*Column
	Log     *Log
}

// Step leads from one value to another below it.
type Step struct {
	Kind  StepKind
	Name  string // the key, for Member
	Index int    // the position, for At
	JSON  bool   // the value the step starts from is JSON text
}

// StepKind is the kind of a [Step].
type StepKind int

const (
	Member  StepKind = iota // a key of an object
	At                      // a position in an array
	Members                 // every member of an array
)
