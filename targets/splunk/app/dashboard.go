package app

import (
	"bytes"
	"encoding/xml"
	"strings"
)

// The dashboard is Simple XML of version 1.1, the only one that AppInspect lets through (C:
// check_simplexml_standards_version). Its first row is from the log of the scheduler, which tells of every run how much it
// has found; below, the user chooses a rule, whose search is run for the time that the user chooses. It does not call the
// saved search, because that may be disabled and then cannot run (D: savedsearches.conf), and because the one of a
// correlation tells only what is new.

// text writes a text into XML. A pair of dollar signs would be read as a token, so each is doubled (D: Simple XML, tokens).
func text(s string) string {
	var b bytes.Buffer
	// The writer of a buffer has no errors; what XML cannot hold becomes the replacement character.
	_ = xml.EscapeText(&b, []byte(strings.ReplaceAll(s, "$", "$$")))
	return b.String()
}

func (a *App) nav() []byte {
	return []byte(`<nav search_view="search">
  <view name="overview" default="true"/>
  <view name="search"/>
  <view name="reports"/>
  <view name="alerts"/>
</nav>
`)
}

// overview is the dashboard of all rules.
func (a *App) overview() []byte {
	var choices, conditions strings.Builder
	for _, s := range a.Searches {
		name := text(s.Name)
		choices.WriteString(`      <choice value="` + name + `">` + name + "</choice>\n")
		conditions.WriteString(`        <condition value="` + name + `">
          <set token="spl">` + text(s.Query) + `</set>
        </condition>
`)
	}
	first := ""
	if len(a.Searches) > 0 {
		first = text(a.Searches[0].Name)
	}
	return []byte(strings.NewReplacer(
		"{label}", text(OneLine(a.Label)), "{description}", text(OneLine(a.Description)), "{id}", text(a.ID), "{first}", first,
		"{choices}\n", choices.String(), "{conditions}\n", conditions.String(),
	).Replace(overview))
}

const overview = `<form version="1.1">
  <label>{label}</label>
  <description>{description}</description>
  <search id="found">
    <query>$spl$</query>
    <earliest>$time.earliest$</earliest>
    <latest>$time.latest$</latest>
  </search>
  <fieldset submitButton="false">
    <input type="time" token="time">
      <label>Time</label>
      <default>
        <earliest>-24h@h</earliest>
        <latest>now</latest>
      </default>
    </input>
    <input type="dropdown" token="rule">
      <label>Rule</label>
{choices}
      <default>{first}</default>
      <change>
{conditions}
      </change>
    </input>
  </fieldset>
  <row>
    <panel>
      <title>Results of the scheduled runs, by rule</title>
      <chart>
        <search>
          <query>index=_internal sourcetype=scheduler app="{id}" savedsearch_name=* result_count&gt;0 | timechart limit=0 useother=f sum(result_count) AS results BY savedsearch_name</query>
          <earliest>$time.earliest$</earliest>
          <latest>$time.latest$</latest>
        </search>
        <option name="charting.chart">column</option>
        <option name="charting.chart.stackMode">stacked</option>
        <option name="charting.drilldown">all</option>
        <drilldown>
          <set token="form.rule">$click.name2$</set>
        </drilldown>
      </chart>
    </panel>
    <panel>
      <title>Runs of the rules</title>
      <table>
        <search>
          <query>index=_internal sourcetype=scheduler app="{id}" savedsearch_name=* | stats count AS runs count(eval(status!="success")) AS not_successful sum(result_count) AS results max(scheduled_time) AS last_run BY savedsearch_name | convert ctime(last_run) | sort - results</query>
          <earliest>$time.earliest$</earliest>
          <latest>$time.latest$</latest>
        </search>
        <option name="drilldown">row</option>
        <drilldown>
          <set token="form.rule">$row.savedsearch_name$</set>
        </drilldown>
      </table>
    </panel>
  </row>
  <row>
    <panel>
      <title>Found by the rule: $rule$</title>
      <chart>
        <search base="found">
          <query>timechart count</query>
        </search>
        <option name="charting.chart">column</option>
        <option name="charting.legend.placement">none</option>
        <option name="charting.drilldown">none</option>
      </chart>
    </panel>
  </row>
  <row>
    <panel>
      <title>Users</title>
      <table>
        <search base="found">
          <query>top limit=10 showperc=f user</query>
        </search>
        <option name="drilldown">none</option>
      </table>
    </panel>
    <panel>
      <title>Applications</title>
      <table>
        <search base="found">
          <query>top limit=10 showperc=f app</query>
        </search>
        <option name="drilldown">none</option>
      </table>
    </panel>
    <panel>
      <title>Addresses</title>
      <table>
        <search base="found">
          <query>top limit=10 showperc=f src_ip</query>
        </search>
        <option name="drilldown">none</option>
      </table>
    </panel>
  </row>
  <row>
    <panel>
      <title>Results (a click opens the search)</title>
      <table>
        <search base="found">
          <query>sort - _time</query>
        </search>
        <option name="count">20</option>
        <option name="drilldown">row</option>
        <drilldown>
          <link target="_blank">search?q=$spl|u$&amp;earliest=$time.earliest|u$&amp;latest=$time.latest|u$</link>
        </drilldown>
      </table>
    </panel>
  </row>
</form>
`
