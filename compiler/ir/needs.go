package ir

import (
	"fmt"
	"math/bits"
	"net/netip"
	"slices"

	"github.com/sigc-rules/sigc/compiler/source"
)

// Feature is a set of abilities that an expression asks of a target.
type Feature uint32

const (
	FeatureWildcard   Feature = 1 << iota // patterns of shape General
	FeatureCased                          // comparison that minds case
	FeatureRegex                          // regular expressions of RE2
	FeatureLookaround                     // regular expressions that only PCRE knows
	FeatureCIDR4                          // networks of IPv4
	FeatureCIDR6                          // networks of IPv6
	FeatureCompare                        // < <= > >= of numbers
	FeatureTimePart                       // parts of a point in time
	FeatureFieldRef                       // comparison of two fields
	FeatureExists                         // presence of a field, whatever its value
	FeatureNull                           // absence of a value
	FeatureKeyword                        // search over the whole event
	FeatureEach                           // several conditions on the same member of an array
	FeatureIndex                          // a position in an array
	FeatureSchedule                       // hours of the week in a time zone
	featureEnd
)

// AllFeatures are all features that there are.
const AllFeatures = featureEnd - 1

var featureNames = []string{
	"wildcards inside a value", "case-sensitive comparison", "regular expressions", "look-around and back-references in regular expressions",
	"IPv4 networks", "IPv6 networks", "comparison of numbers", "parts of a point in time", "comparison of two fields",
	"existence of a field", "null", "keywords", "conditions on the same member of an array", "positions in an array",
	"a schedule of hours",
}

// String names a single feature as messages do.
func (f Feature) String() string {
	if bits.OnesCount32(uint32(f)) != 1 || f > AllFeatures {
		return fmt.Sprintf("feature %#x", uint32(f))
	}
	return featureNames[bits.TrailingZeros32(uint32(f))]
}

// Features returns the single features of a set.
func (f Feature) Features() []Feature {
	var out []Feature
	for b := Feature(1); b < featureEnd; b <<= 1 {
		if f&b != 0 {
			out = append(out, b)
		}
	}
	return out
}

// Need is a feature and the place in the rule that asks for it.
type Need struct {
	Feature Feature
	At      source.Span
}

// Needs lists what the rule asks of a target, in the order of the rule, each place for itself.
func Needs(r *Rule) []Need {
	var needs []Need
	for _, c := range r.Conditions {
		needs = append(needs, NeedsOf(c)...)
	}
	return needs
}

// NeedsOf lists what a condition asks of a target.
func NeedsOf(c Expr) []Need {
	var needs []Need
	Walk(c, func(e Expr) bool {
		if set := FeaturesIn(e); set != 0 {
			for _, f := range set.Features() {
				needs = append(needs, Need{Feature: f, At: e.Span()})
			}
		}
		return true
	})
	return needs
}

// FeaturesOf returns the set of the features that a condition asks of a target.
func FeaturesOf(c Expr) Feature {
	var set Feature
	Walk(c, func(e Expr) bool {
		set |= FeaturesIn(e)
		return true
	})
	return set
}

// FeaturesIn returns what an expression asks by itself, without those below it.
func FeaturesIn(e Expr) Feature {
	set := need(e)
	if f, other := FieldsOf(e); f.indexed() || other.indexed() {
		set |= FeatureIndex
	}
	return set
}

func (f *Field) indexed() bool {
	return f != nil && slices.ContainsFunc(f.Segments, func(s Segment) bool { return s.Indexed })
}

func need(e Expr) Feature {
	switch e := e.(type) {
	case *Like:
		return patternNeed(e.Pattern)
	case *Compare:
		if e.Part != Whole {
			return FeatureTimePart
		}
		return FeatureCompare
	case *Regex:
		return regexNeed(e)
	case *CIDR:
		return prefixNeed(e.Prefix)
	case *SameAs:
		if e.Cased {
			return FeatureFieldRef | FeatureCased
		}
		return FeatureFieldRef
	case *Exists:
		return FeatureExists
	case *Null:
		return FeatureNull
	case *Keyword:
		if e.Regex != nil {
			return FeatureKeyword | regexNeed(e.Regex)
		}
		return FeatureKeyword | patternNeed(e.Pattern)
	case *Each:
		return FeatureEach
	case *Within:
		return FeatureSchedule
	case *And, *Or, *Not, *Const, *Listed:
		return 0
	default:
		panic(fmt.Sprintf("ir: no case for %T", e))
	}
}

func patternNeed(p Pattern) Feature {
	var f Feature
	if s, _ := p.Shape(); s == General {
		f |= FeatureWildcard
	}
	if p.Cased {
		f |= FeatureCased
	}
	return f
}

func regexNeed(e *Regex) Feature {
	if e.RE == nil {
		return FeatureRegex | FeatureLookaround
	}
	return FeatureRegex
}

func prefixNeed(p netip.Prefix) Feature {
	if p.Addr().Is4() {
		return FeatureCIDR4
	}
	return FeatureCIDR6
}
