package eval

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// value is what an expression gives: null, a text, a number, a boolean or several texts.
type value struct {
	kind kind
	text string // of a text, and of a number as it is written
	num  float64
	bool bool
	list []string
}

type kind int

const (
	null kind = iota
	text
	num
	boolean
	multi
)

func (v value) isNull() bool { return v.kind == null }

func str(s string) value { return value{kind: text, text: s} }

func number(f float64) value {
	return value{kind: num, num: f, text: strconv.FormatFloat(f, 'f', -1, 64)}
}

// moment is a point in time, in seconds.
func moment(t time.Time) value {
	text := fmt.Sprintf("%d.%09d", t.Unix(), t.Nanosecond())
	f, _ := strconv.ParseFloat(text, 64)
	return value{kind: num, num: f, text: strings.TrimRight(strings.TrimRight(text, "0"), ".")}
}

func truth(b bool) value { return value{kind: boolean, bool: b} }

// several is a multivalue: one value alone is an ordinary one, none is null.
func several(list []string) value {
	switch len(list) {
	case 0:
		return value{}
	case 1:
		return str(list[0])
	default:
		return value{kind: multi, list: list}
	}
}

// values are the single values of a text or a multivalue.
func (v value) values() []string {
	switch v.kind {
	case multi:
		return v.list
	case null:
		return nil
	default:
		return []string{v.text}
	}
}

// numeral reads a text as a number.
func numeral(s string) (float64, bool) {
	if s == "" || strings.Trim(s, "+-0123456789.eE") != "" {
		return 0, false
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil
}

// sameNumber compares the numbers of two texts exactly.
func sameNumber(a, b string) bool {
	x, okX := new(big.Rat).SetString(a)
	y, okY := new(big.Rat).SetString(b)
	return okX && okY && x.Cmp(y) == 0
}
