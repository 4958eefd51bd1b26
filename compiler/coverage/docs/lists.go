package docs

import (
	"fmt"
	"strings"

	"github.com/sigc-rules/sigc/compiler/coverage"
)

// lists are what the rule compares with and a tenant has to fill.
func (p *page) lists() {
	if len(p.rule.Lists) == 0 {
		return
	}
	p.heading(2, "Lists to fill")
	for _, l := range p.rule.Lists {
		p.line("- %s", describe(l))
	}
	p.line("\nGive them in a `sigc.yml` beside or above your rules, or in one that extends that of the pack:\n")
	p.WriteString(block("yaml", declare(p.rule.Lists)))
}

// describe says what a list is and what is in it now.
func describe(l coverage.List) string {
	out := code(l.Name)
	if l.Doc != "" {
		out += ": " + text(l.Doc)
	}
	switch {
	case l.Hours != "":
		out += " Now " + text(l.Hours) + "."
	case l.Type == "":
		out += " Nobody gives it values."
	default:
		out += fmt.Sprintf(" Its type is %s; it has %s now%s.", text(l.Type), count(l.Values, "value"), from(l))
	}
	for _, k := range l.In {
		out += fmt.Sprintf(" %s has it as a %s.", text(k.Target), text(k.As))
	}
	return out
}

func from(l coverage.List) string {
	if l.From == "" {
		return ""
	}
	return ", from " + code(l.From)
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// declare writes what a configuration says of lists. A template that stands in a file is named by it.
func declare(lists []coverage.List) string {
	var b strings.Builder
	b.WriteString("lists:\n")
	for _, l := range lists {
		if l.Hours != "" {
			fmt.Fprintf(&b, "    %s:\n        type: schedule\n        time_zone: Europe/Rome\n        days: [mon, tue, wed, thu, fri]\n        from: '07:00'\n        to: '19:00'\n", scalar(l.Name))
			continue
		}
		file, _, _ := strings.Cut(l.From, ",")
		if strings.HasSuffix(file, ".csv") {
			fmt.Fprintf(&b, "    %s:\n        file: %s # a copy of %s\n", scalar(l.Name), scalar("lists/"+base(file)), oneLine(file))
			continue
		}
		fmt.Fprintf(&b, "    %s:\n        values: [first, second]\n", scalar(l.Name))
	}
	return b.String()
}

// scalar writes a name as YAML does where it is not a plain word.
func scalar(s string) string {
	plain := s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./") == ""
	if plain {
		return s
	}
	return "'" + strings.ReplaceAll(oneLine(s), "'", "''") + "'"
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func base(s string) string { return s[strings.LastIndexByte(s, '/')+1:] }
