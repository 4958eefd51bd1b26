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

// page is a document in XML.
type page struct {
	bytes.Buffer
	room []byte
}

// text writes a text. A pair of dollar signs would be read as a token, so each is doubled (D: Simple XML, tokens).
func (p *page) text(s string) {
	p.room = p.room[:0]
	for {
		before, after, more := strings.Cut(s, "$")
		p.room = append(p.room, before...)
		if !more {
			break
		}
		p.room, s = append(p.room, "$$"...), after
	}
	_ = xml.EscapeText(p, p.room) // a buffer has no errors; what XML cannot hold becomes the replacement character
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
	p := &page{}
	size := len(overview)
	for _, s := range a.Searches {
		size += 4*len(s.Name) + len(s.Query)*5/4 + len(choiceForm) + len(conditionForm) // quotes become longer
	}
	p.Grow(size)
	a.fill(p, overview, nil)
	return p.Bytes()
}

const (
	choiceForm = `      <choice value="{name}">{name}</choice>
`
	conditionForm = `        <condition value="{name}">
          <set token="spl">{query}</set>
        </condition>
`
)

// fill writes a form with its words in braces filled in; those of a search where there is one.
func (a *App) fill(p *page, form string, of *Search) {
	for {
		before, after, more := strings.Cut(form, "{")
		p.WriteString(before)
		if !more {
			return
		}
		word, rest, _ := strings.Cut(after, "}")
		form = rest
		switch word {
		case "label":
			p.text(OneLine(a.Label))
		case "description":
			p.text(OneLine(a.Description))
		case "id":
			p.text(a.ID)
		case "first":
			if len(a.Searches) > 0 {
				p.text(a.Searches[0].Name)
			}
		case "choices":
			for i := range a.Searches {
				a.fill(p, choiceForm, &a.Searches[i])
			}
		case "conditions":
			for i := range a.Searches {
				a.fill(p, conditionForm, &a.Searches[i])
			}
		case "name":
			p.text(of.Name)
		case "query":
			p.text(of.Query)
		default:
			panic("app: no word " + word)
		}
	}
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
{choices}      <default>{first}</default>
      <change>
{conditions}      </change>
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
