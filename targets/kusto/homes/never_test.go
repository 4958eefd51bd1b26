package homes

import (
	"testing"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/source"
)

// A column of numbers or of yes and no is never equal to other texts; what stands for nothing in the log is none of those.
func TestNeverFound(t *testing.T) {
	home := Of(schema.Named("ZeekConn"))[0]
	many := ir.Part{Wild: ir.Many}
	for _, c := range []struct {
		column string
		value  ir.Pattern
		none   string
		want   string
	}{
		{"id_orig_p", ir.Text("4624"), "", ""},
		{"id_orig_p", ir.Text("-1"), "", ""},
		{"id_orig_p", ir.Text("0x3"), "", `the column id_orig_p of Corelight_v3_conn_CL holds whole numbers, and none of them is written "0x3": the value is never found`},
		{"id_orig_p", ir.Text("03"), "", `the column id_orig_p of Corelight_v3_conn_CL holds whole numbers, and none of them is written "03": the value is never found`},
		{"id_orig_p", ir.Text("-"), "", `the column id_orig_p of Corelight_v3_conn_CL holds whole numbers, and none of them is written "-": the value is never found`},
		{"id_orig_p", ir.Text("-"), "-", ""},
		{"id_orig_p", ir.Text("x"), "-", `the column id_orig_p of Corelight_v3_conn_CL holds whole numbers, and none of them is written "x": the value is never found`},
		{"id_orig_p", ir.Pattern{}.Append(ir.Part{Text: "x"}, many), "", ""}, // the query asks, as for any text
		{"local_orig", ir.Text("True"), "", ""},
		{"local_orig", ir.Text("yes"), "", `the column local_orig of Corelight_v3_conn_CL holds true and false, and "yes" is neither: the value is never found`},
		{"uid", ir.Text("yes"), "", ""},
	} {
		f, to := ir.NewField("F", source.Span{}), &Field{Column: c.column, Special: &Special{None: c.none}}
		m := &mover{Home: home, last: f, to: to, became: ir.NewField(c.column, f.At)}
		for n := range 2 { // the second time nothing is added
			m.put(&ir.Like{Field: f, Pattern: c.value, At: source.Span{}.Part(n, n+1)}, f, to)
		}
		got := ""
		for _, p := range m.never {
			got += p.why
		}
		if got != c.want {
			t.Errorf("%s = %s: %q, want %q", c.column, c.value.String(), got, c.want)
		}
	}
}
