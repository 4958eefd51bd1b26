package eval

import (
	"errors"
	"fmt"
	"time"
)

func now(r *run, a []value) (value, error) {
	if len(a) == 0 {
		return moment(r.now), nil
	}
	return arithmetic("+", moment(r.now), a[0])
}

func ago(r *run, a []value) (value, error) { return arithmetic("-", moment(r.now), a[0]) }

// IngestionTime is the name of a column that only ingestion_time() sees: when the row arrived. It belongs to the rows of
// a table and is gone where an operator makes new ones.
const IngestionTime = "ingestion_time()"

// ingestionTime: docs: ingestion-time-function. It must stand on the rows of a table.
func ingestionTime(s *scope) (value, error) {
	if s.table != nil && s.group == nil {
		if i := s.table.index(IngestionTime); i >= 0 {
			return s.row[i], nil
		}
	}
	return value{}, errors.New("ingestion_time: these are not the rows of a table that knows it")
}

// at takes a datetime.
func at(v value) (t time.Time, null bool, err error) {
	v = v.plain()
	if v.typ != "datetime" && !(v.typ == "dynamic" && v.null()) {
		return t, false, fmt.Errorf("a %s is no datetime", v.typ)
	}
	t, ok := v.v.(time.Time)
	return t, !ok, nil
}

func part(name string) function {
	return function{1, 1, func(_ *run, a []value) (value, error) {
		t, isNull, err := at(a[0])
		if err != nil || isNull {
			return null("int"), err
		}
		v, _ := datetimePart(name, t)
		return v, nil
	}}
}

func datetimePartOf(_ *run, a []value) (value, error) {
	name, ok := a[0].v.(string)
	t, isNull, err := at(a[1])
	if err != nil {
		return value{}, err
	}
	v, known := datetimePart(name, t)
	if !ok || !known {
		return value{}, fmt.Errorf("no part %q", name)
	}
	if isNull {
		return null("int"), nil
	}
	return v, nil
}

// dayOfWeek is a timespan since Sunday.
func dayOfWeek(_ *run, a []value) (value, error) {
	t, isNull, err := at(a[0])
	if err != nil || isNull {
		return null("timespan"), err
	}
	return span(time.Duration(t.Weekday()) * 24 * time.Hour), nil
}

// utcToLocal: docs: datetime-utc-to-local-function. The result is what the clocks of the zone show, as if it were UTC.
func utcToLocal(_ *run, a []value) (value, error) {
	name, ok := a[1].plain().v.(string)
	if !ok || name == "" || name == "Local" {
		return value{}, errors.New("datetime_utc_to_local: no time zone")
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return value{}, fmt.Errorf("datetime_utc_to_local: no time zone %q", name)
	}
	t, isNull, err := at(a[0])
	if err != nil || isNull {
		return null("datetime"), err
	}
	_, offset := t.In(zone).Zone()
	return moment(t.Add(time.Duration(offset) * time.Second)), nil
}
