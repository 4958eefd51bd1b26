package bicep

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
)

// String prints the file. It is total, and the same file always prints the same text.
func (f *File) String() string {
	p := &printer{}
	for _, param := range f.Params {
		p.doc(param.Doc)
		p.write("param ", param.Name, " ", cmp.Or(param.Type, "string"))
		if param.Default != nil {
			p.write(" = ")
			p.value(param.Default, 0)
		}
		p.write("\n\n")
	}
	for _, r := range f.Resources {
		p.doc(r.Doc)
		p.write("resource ", r.Symbol, " ", Quote(r.Type))
		if r.Existing {
			p.write(" existing")
		}
		p.write(" = ")
		p.value(r.Body, 0)
		p.write("\n\n")
	}
	for _, m := range f.Modules {
		p.write("module ", m.Symbol, " ", Quote(m.Path), " = ")
		p.value(m.Body, 0)
		p.write("\n\n")
	}
	return strings.TrimSuffix(p.b.String(), "\n")
}

type printer struct{ b strings.Builder }

func (p *printer) write(parts ...string) {
	for _, s := range parts {
		p.b.WriteString(s)
	}
}

func (p *printer) doc(text string) {
	if text != "" {
		p.write("@description(", Quote(text), ")\n")
	}
}

func (p *printer) line(depth int) { p.write("\n", strings.Repeat("  ", depth)) }

func (p *printer) value(v Value, depth int) {
	switch v := v.(type) {
	case String:
		p.write(Text(string(v)))
	case Number:
		p.write(string(v))
	case Bool:
		p.write(fmt.Sprint(bool(v)))
	case Symbol:
		p.write(string(v))
	case Expression:
		p.write(string(v))
	case Array:
		p.write("[")
		for _, x := range v {
			p.line(depth + 1)
			p.value(x, depth+1)
		}
		if len(v) > 0 {
			p.line(depth)
		}
		p.write("]")
	case Object:
		p.write("{")
		for _, x := range v {
			p.line(depth + 1)
			p.write(key(x.Name), ": ")
			p.value(x.Value, depth+1)
		}
		if len(v) > 0 {
			p.line(depth)
		}
		p.write("}")
	default:
		panic(fmt.Sprintf("bicep: no case for %T", v))
	}
}

var identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// keywords would be read as something else where a name is expected.
var keywords = map[string]bool{"true": true, "false": true, "null": true, "if": true, "for": true}

func key(name string) string {
	if identifier.MatchString(name) && !keywords[name] {
		return name
	}
	return Quote(name)
}
