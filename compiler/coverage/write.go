package coverage

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// line is a line of the JSON form, which is a contract.
type line struct {
	Row     string          `json:"row"`
	Status  Status          `json:"status"`
	Rules   []string        `json:"rules"`
	Targets json.RawMessage `json:"targets"` // in the order of the targets
	Tested  bool            `json:"tested"`
	Reason  string          `json:"reason"`
}

// JSON writes a line for every row.
func (r *Report) JSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, s := range r.States {
		l := line{Row: s.ID, Status: s.Status, Rules: []string{}, Targets: r.targetsOf(s), Tested: s.Tested, Reason: s.Reason}
		for _, rule := range s.Rules {
			l.Rules = append(l.Rules, rule.Key)
		}
		if err := e.Encode(l); err != nil {
			return err
		}
	}
	return nil
}

func (r *Report) targetsOf(s State) json.RawMessage {
	var parts []string
	for _, t := range r.Targets {
		parts = append(parts, fmt.Sprintf("%q:%v", t, s.Targets[t]))
	}
	return json.RawMessage("{" + strings.Join(parts, ",") + "}")
}

// Text writes the rows as a table, and below it what to do about those that logs do not answer.
func (r *Report) Text(w io.Writer) error {
	var b strings.Builder
	width := len(NotInLog)
	fmt.Fprintf(&b, "%-*s  RULES  TESTED  ", width, "STATUS")
	for _, t := range r.Targets {
		fmt.Fprintf(&b, "%s  ", strings.ToUpper(t))
	}
	b.WriteString("ROW\n")
	for _, s := range r.States {
		fmt.Fprintf(&b, "%-*s  %5d  %-6s  ", width, s.Status, len(s.Rules), yes(s.Tested))
		for _, t := range r.Targets {
			fmt.Fprintf(&b, "%-*s  ", len(t), yes(s.Targets[t]))
		}
		b.WriteString(s.ID + "\n")
	}
	b.WriteString("\n" + r.Counts() + "\n")
	for _, s := range r.States {
		if s.Status == Covered || s.Status == Missing {
			continue
		}
		fmt.Fprintf(&b, "\n%s (%s)\n  %s\n", s.ID, s.Status, s.Reason)
		if s.Gap != nil {
			fmt.Fprintf(&b, "  %s\n  %s\n", s.Gap.Do, s.Gap.Query)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "-"
}

// Markdown writes a page with a table for every section of the articles.
func (r *Report) Markdown(w io.Writer) error {
	var b strings.Builder
	b.WriteString("# Coverage of Microsoft's monitoring tables\n\n" + r.Counts() + ".\n")
	for _, a := range Articles {
		fmt.Fprintf(&b, "\n## [%s](%s)\n", a.Title, a.URL)
		section := ""
		for _, s := range r.States {
			if s.Article != a.ID {
				continue
			}
			if s.Section != section {
				section = s.Section
				fmt.Fprintf(&b, "\n### %s\n\n| row | risk | status |", Heading(section))
				for _, t := range r.Targets {
					b.WriteString(" " + t + " |")
				}
				b.WriteString(" rules |\n|---|---|---|" + strings.Repeat("---|", len(r.Targets)+1) + "\n")
			}
			fmt.Fprintf(&b, "| %s | %s | %s |", cell(s.Title["en"]), cell(s.Levels()), s.Status)
			for _, t := range r.Targets {
				b.WriteString(" " + yes(s.Targets[t]) + " |")
			}
			var rules []string
			for _, rule := range s.Rules {
				rules = append(rules, cell(rule.Title))
			}
			b.WriteString(" " + strings.Join(rules, "<br>") + " |\n")
		}
	}
	b.WriteString("\n## What rules and logs leave open\n")
	for _, s := range r.States {
		if s.Status == Covered || s.Status == Missing {
			continue
		}
		fmt.Fprintf(&b, "\n### %s: %s\n\n%s\n", Heading(s.Section), s.Title["en"], s.Reason)
		if s.Gap != nil {
			fmt.Fprintf(&b, "%s\n\n```http\n%s\n```\n", s.Gap.Do, s.Gap.Query)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Heading writes a name with hyphens as words.
func Heading(name string) string {
	words := strings.ReplaceAll(name, "-", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}

// cell keeps a text from ending its cell of a table or starting a tag.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "\n", " ", "*", `\*`, "`", "\\`", "[", `\[`).Replace(s)
}
