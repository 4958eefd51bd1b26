package azuremonitor

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// A dynamic threshold is learnt by Azure Monitor from ten days of data or more. That is another question than a
// baseline asks: it knows weekdays and hours, and nothing of a percentage. It is taken only where the user asks for it,
// and only for what it is made for: the number of events in a window, compared with what is usual. Then the query has a
// row for each event, and the platform counts those of a window, which begins with the run that looks at it and not with
// an event.

// asksDynamic reports whether the option is on for a correlation that has a baseline. For others it says nothing.
func asksDynamic(t *target.Target, c *ir.Correlation) bool {
	return c.Baseline != nil && t.SettingFor(c.Meta, "dynamic") != "off"
}

func dynamic(c *target.Compiled) bool {
	return c.Correlation != nil && asksDynamic(c.Target, c.Correlation.Correlation)
}

// timespan is the window of the correlation in minutes.
func timespan(c *target.Compiled) int {
	return int(c.Correlation.Correlation.Window / time.Minute)
}

// runsWithin is how often a rule runs that looks at one window: often enough to miss none.
func runsWithin(c *target.Compiled, window int) int {
	set, _ := kusto.Minutes(c.Setting("frequency"))
	out := frequencies[0]
	for _, f := range frequencies {
		if f <= min(set, window) {
			out = f
		}
	}
	return out
}

// refuseDynamic reports a correlation that no dynamic threshold can stand for.
func refuseDynamic(t *target.Target, b *target.BoundCorrelation, diags *diag.List) {
	c := b.Correlation
	refuse := func(at source.Span, format string, args ...any) {
		d := diags.Errorf("azuremonitor/dynamic", at, format, args...)
		d.Target = t.Name
		d.Hint = `the option "dynamic" is on; without it the rule keeps its own baseline`
	}
	switch {
	case c.Kind != ir.EventCount:
		refuse(c.At, "a dynamic threshold counts events, and cannot do what a %s does", c.Kind)
	case c.Window%time.Minute != 0 || !slices.Contains(windows, int(c.Window/time.Minute)):
		refuse(c.WindowAt, "a dynamic threshold has no window of %s: allowed are %s", ir.Timespan(c.Window), inWords(windows))
	case len(c.GroupBy) > maxDimensions:
		refuse(c.GroupBy[maxDimensions].At, "a dynamic threshold is learnt for %d fields together at most", maxDimensions)
	}
}

// noteDynamic says what a dynamic threshold asks and the rule does not, and the other way round.
func noteDynamic(c *target.Compiled, diags *diag.List) {
	d := diags.Notef("azuremonitor/dynamic-differs", c.Correlation.Correlation.Baseline.At, "%s", differs(c))
	d.Target = c.Target.Name
	d.Hint = "it needs three days of data before it fires, and three weeks for the pattern of a week"
}

func differs(c *target.Compiled) string {
	rule := c.Correlation.Correlation
	past := "the window before"
	if n := rule.Baseline.Periods; n > 1 {
		past = fmt.Sprintf("the average of %d windows", n)
	}
	out := "the dynamic threshold of Azure Monitor stands for the baseline: it learns what is usual instead of comparing with " + past
	var lost []string
	for _, t := range rule.Thresholds {
		op := t.Op.String()
		if t.Not {
			op = "!="
		}
		lost = append(lost, fmt.Sprintf("%s %s", op, t.Number))
	}
	if len(lost) > 0 {
		out += ", and does not ask whether the number is " + strings.Join(lost, " and ")
	}
	return out
}

// dynamicRemark is the same for whoever reads the deployed rule.
func dynamicRemark(c *target.Compiled) string {
	if !dynamic(c) {
		return ""
	}
	text := differs(c)
	return "\n\n" + strings.ToUpper(text[:1]) + text[1:] + "."
}

// periodsOf reads how many of how many windows must exceed a dynamic threshold.
func periodsOf(value string) (failing, of int, ok bool) {
	a, b, _ := strings.Cut(value, "/")
	failing, err1 := strconv.Atoi(a)
	of, err2 := strconv.Atoi(b)
	return failing, of, err1 == nil && err2 == nil && 1 <= failing && failing <= of && of <= maxPeriods
}
