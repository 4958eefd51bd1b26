package homes

import (
	"testing"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/source"
)

// What is looked for in a path as the table has it is found when, and only when, it is found in the path of the log.
func TestAlike(t *testing.T) {
	many, one := ir.Part{Wild: ir.Many}, ir.Part{Wild: ir.One}
	contains := func(s string) ir.Pattern { return ir.Pattern{}.Append(many, ir.Part{Text: s}, many) }
	f := &Field{Special: &Special{}}
	for _, path := range []string{"HKLM", "HKEY_LOCAL_MACHINE", "CurrentControlSet", "ControlSet001", `SOFTWARE\Classes`} {
		f.Differs = append(f.Differs, segments(path))
	}
	for _, c := range []struct {
		pattern ir.Pattern
		alike   bool
	}{
		{contains(`\CurrentVersion\Run\`), true},
		{contains(`\Software\Microsoft\`), true},
		{contains(`Microsoft\Windows`), true},
		{ir.Pattern{}.Append(many, ir.Part{Text: `\Run\x`}), true},
		{contains(`\Software\`), false},          // before Classes
		{contains(`\Software\Classes\x`), false}, // below the machine
		{contains(`LM\Software\Microsoft`), false},
		{contains(`MACHINE\Software\Microsoft`), false},
		{contains("KEY"), false},
		{contains(`\CurrentControlSet\Services`), false},
		{contains(`\Services\x`), true},
		{contains(`\Control`), false}, // may go on with Set001
		{contains(`\Control\Lsa`), true},
		{contains(`001\Services`), false},
		{contains("ControlSet"), false},
		{ir.Text(`HKLM\Software\Microsoft\x`), false},
		{ir.Pattern{}.Append(ir.Part{Text: "HK"}, many), false},
		{ir.Pattern{}.Append(many, one, ir.Part{Text: `\Microsoft\`}, many), false},
		{ir.Pattern{}.Append(many, ir.Part{Text: `\a\`}, many, ir.Part{Text: `\b`}), true},
	} {
		e := &ir.Like{Field: ir.NewField("TargetObject", source.Span{}), Pattern: c.pattern}
		if got := f.alike(e); got != c.alike {
			t.Errorf("%s: alike %v, want %v", c.pattern.String(), got, c.alike)
		}
	}
}

// Numbers are written otherwise, in signs that most texts have more of.
func TestAlikeSigns(t *testing.T) {
	many := ir.Part{Wild: ir.Many}
	f := &Field{Special: &Special{Signs: "0123456789abcdefinmopqrtwxy ()-"}}
	for _, c := range []struct {
		pattern ir.Pattern
		alike   bool
	}{
		{ir.Text("powershell"), true},
		{ir.Pattern{}.Append(ir.Part{Text: `C:\Users\`}, many), true},
		{ir.Pattern{}.Append(many, ir.Part{Text: ".dll"}), true},
		{ir.Pattern{}.Append(many, ir.Part{Text: "1"}, many, ir.Part{Text: "s"}), true},
		{ir.Text("DWORD (0x00000001)"), false},
		{ir.Text("Binary Data"), false},
		{ir.Text("(Empty)"), false},
		{ir.Text(""), false},
		{ir.Text("1"), false},
		{ir.Pattern{}.Append(many, ir.Part{Text: "0x00000001"}, many), false},
		{ir.Pattern{}.Append(many, ir.Part{Text: "wmic"}, many), false},
	} {
		e := &ir.Like{Field: ir.NewField("Details", source.Span{}), Pattern: c.pattern}
		if got := f.alike(e); got != c.alike {
			t.Errorf("%s: alike %v, want %v", c.pattern.String(), got, c.alike)
		}
	}
	if f.alike(&ir.Null{Field: ir.NewField("Details", source.Span{})}) {
		t.Error("no value at all is another question")
	}
}
