package eval

import (
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"
)

// list takes an array; null is none. Anything else but a dynamic value is a mistake.
func list(v value) ([]any, bool, error) {
	if v.typ != "dynamic" {
		return nil, false, fmt.Errorf("a %s is no array", v.typ)
	}
	l, ok := v.v.([]any)
	return l, ok, nil
}

// arrayLength is null of what is no array (docs: array-length-function).
func arrayLength(_ *run, a []value) (value, error) {
	l, ok, err := list(a[0])
	if err != nil || !ok {
		return null("long"), err
	}
	return long(int64(len(l))), nil
}

func arrayIndexOf(_ *run, a []value) (value, error) {
	l, ok, err := list(a[0])
	if err != nil || !ok {
		return null("long"), err
	}
	return long(int64(find(l, a[1]))), nil
}

func find(l []any, x value) int {
	return slices.IndexFunc(l, func(m any) bool {
		hit, err := equal(dynamic(m), dynamic(x.v))
		return err == nil && hit.v == true
	})
}

// setHasElement: docs: set-has-element-function.
func setHasElement(_ *run, a []value) (value, error) {
	l, ok, err := list(a[0])
	if err != nil || !ok {
		return null("bool"), err
	}
	return boolean(find(l, a[1]) >= 0), nil
}

// rangeOf: docs: range-function. Only whole numbers are run; with too many of them Kusto cuts the array, which is not.
func rangeOf(_ *run, a []value) (value, error) {
	step := 1
	var bounds [3]int
	for i, v := range a {
		n, err := whole(v)
		if err != nil {
			return value{}, err
		}
		bounds[i] = n
	}
	if len(a) == 3 {
		step = bounds[2]
	}
	if step == 0 {
		return value{}, errors.New("a step of zero leads nowhere")
	}
	out := []any{}
	for n := bounds[0]; step > 0 && n <= bounds[1] || step < 0 && n >= bounds[1]; n += step {
		if out = append(out, int64(n)); len(out) > mostRows {
			return value{}, errTooMany
		}
	}
	return dynamic(out), nil
}

// packArray: docs: pack-array-function.
func packArray(_ *run, a []value) (value, error) {
	out := make([]any, len(a))
	for i, v := range a {
		out[i] = v.v
	}
	return dynamic(out), nil
}

// bagPack: docs: pack-function.
func bagPack(_ *run, a []value) (value, error) {
	if len(a)%2 != 0 {
		return value{}, fmt.Errorf("%d arguments do not make pairs", len(a))
	}
	out := map[string]any{}
	for i := 0; i < len(a); i += 2 {
		out[toString(a[i])] = a[i+1].v
	}
	return dynamic(out), nil
}

// bagHasKey: docs: bag-has-key-function. Keys mind the case. A key that starts with $ is a path, which is not known here.
func bagHasKey(_ *run, a []value) (value, error) {
	key, ok := a[1].plain().v.(string)
	if !ok || strings.HasPrefix(key, "$") || strings.HasPrefix(key, "[") {
		return value{}, fmt.Errorf("the key %v is not known", a[1].v)
	}
	if a[0].typ != "dynamic" {
		return value{}, fmt.Errorf("a %s is no property bag", a[0].typ)
	}
	bag, ok := a[0].v.(map[string]any)
	if !ok {
		return null("bool"), nil
	}
	_, has := bag[key]
	return boolean(has), nil
}

// bagKeys: docs: bag-keys-function. The order is not documented; it is by name here.
func bagKeys(_ *run, a []value) (value, error) {
	bag, ok := a[0].v.(map[string]any)
	if !ok {
		return null("dynamic"), nil
	}
	out := []any{}
	for _, k := range slices.Sorted(maps.Keys(bag)) {
		out = append(out, k)
	}
	return dynamic(out), nil
}

// getType: docs: gettype-function.
func getType(_ *run, a []value) (value, error) {
	if a[0].null() {
		return text("null"), nil
	}
	switch a[0].v.(type) {
	case []any:
		return text("array"), nil
	case map[string]any:
		return text("dictionary"), nil
	}
	return text(a[0].plain().typ), nil
}

// prefix reads an address or a range. An address is a range of itself.
func prefix(v value, six bool) (netip.Prefix, bool) {
	s, ok := v.plain().v.(string)
	if !ok {
		return netip.Prefix{}, false
	}
	p, err := netip.ParsePrefix(s)
	if err != nil {
		a, err := netip.ParseAddr(s)
		if err != nil || a.Zone() != "" {
			return netip.Prefix{}, false
		}
		p = netip.PrefixFrom(a, a.BitLen())
	}
	if !six {
		return p, p.Addr().Is4()
	}
	// ipv6_... take IPv4 addresses too, as the last bits of an IPv6 address (docs: ipv6-is-in-range-function).
	if p.Addr().Is4() {
		p = netip.PrefixFrom(netip.AddrFrom16(p.Addr().As16()), p.Bits()+96)
	}
	return p, true
}

func inRange(ip, r value, six bool) value {
	a, ok := prefix(ip, six)
	b, okRange := prefix(r, six)
	if !ok || !okRange {
		return null("bool")
	}
	return boolean(a.Bits() >= b.Bits() && b.Masked().Contains(a.Addr()))
}

// ipInRange is null of what is no address (docs: ipv4-is-in-range-function), and null is not true.
func ipInRange(six bool) func(*run, []value) (value, error) {
	return func(_ *run, a []value) (value, error) {
		if _, err := words(a...); err != nil {
			return value{}, err
		}
		return inRange(a[0], a[1], six), nil
	}
}

// ipInAnyRange takes the ranges as arguments or as one array (docs: ipv4-is-in-any-range-function,
// ipv6-is-in-any-range-function).
func ipInAnyRange(six bool) func(*run, []value) (value, error) {
	return func(_ *run, a []value) (value, error) {
		if _, err := words(a...); err != nil {
			return value{}, err
		}
		ranges := a[1:]
		if l, ok := a[1].v.([]any); ok && len(a) == 2 {
			ranges = nil
			for _, m := range l {
				ranges = append(ranges, dynamic(m))
			}
		}
		out := boolean(false)
		for _, r := range ranges {
			switch hit := inRange(a[0], r, six); {
			case hit.v == true:
				return hit, nil
			case hit.null():
				out = hit
			}
		}
		return out, nil
	}
}

// arraySlice gives the members from one position to another, the last included; negative positions count from the end.
// What lies outside of the array is left out (docs: array-slice-function).
func arraySlice(_ *run, a []value) (value, error) {
	l, ok, err := list(a[0])
	if err != nil || !ok {
		return null("dynamic"), err
	}
	start, err := whole(a[1])
	if err != nil {
		return value{}, err
	}
	end, err := whole(a[2])
	if err != nil {
		return value{}, err
	}
	if start < 0 {
		start += len(l)
	}
	if end < 0 {
		end += len(l)
	}
	start, end = max(start, 0), min(end, len(l)-1)
	if start > end {
		return dynamic([]any{}), nil
	}
	return dynamic(l[start : end+1]), nil
}
