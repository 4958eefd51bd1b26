package ir

import (
	"math/big"
	"strconv"
	"strings"
)

// rational is an exact number: sums of decimal fractions, and what is compared with them, must not depend on an order.
type rational = *big.Rat

func whole(n int) rational { return new(big.Rat).SetInt64(int64(n)) }

// parseNumber reads a decimal number. One of more than some hundred digits is none, as no platform could calculate with
// it.
func parseNumber(s string) (rational, bool) {
	if !IsNumber(s) {
		return nil, false
	}
	canon := Canon(s)
	if strings.ContainsAny(canon, "eE") {
		return nil, false
	}
	return new(big.Rat).SetString(canon)
}

// exact returns the value of the number.
func (n Number) exact() rational {
	if r, ok := parseNumber(string(n)); ok {
		return r
	}
	return new(big.Rat)
}

// percent is a percentage as a part of one: just what was written, which the nearest float64 stands for.
func percent(p float64) rational {
	r, _ := new(big.Rat).SetString(strconv.FormatFloat(p, 'f', -1, 64))
	return r.Quo(r, whole(100))
}
