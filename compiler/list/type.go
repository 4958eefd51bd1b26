package list

import (
	"net/netip"
	"strings"
	"unicode"
)

// Type is what the values of a list are.
type Type string

const (
	Text    Type = "text"
	UPN     Type = "upn"
	IP      Type = "ip"
	GUID    Type = "guid"
	Country Type = "country"
	Domain  Type = "domain"
	// Schedule is hours of the week: see [Hours].
	Schedule Type = "schedule"
)

// Types returns the names of all types.
func Types() []string {
	return []string{string(Text), string(UPN), string(IP), string(GUID), string(Country), string(Domain), string(Schedule)}
}

// Check says what a value of the type must be when this is none, "" when it is. A value may hold wildcards where a part
// of one can stand for several.
func (t Type) Check(value string) string {
	switch t {
	case UPN:
		name, domain, ok := strings.Cut(value, "@")
		if !ok || name == "" || domain == "" || strings.ContainsFunc(value, unicode.IsSpace) {
			return "a user principal name, such as alice@contoso.example"
		}
	case IP:
		if !isAddress(value) {
			return "an address or a network, such as 192.0.2.1 or 10.0.0.0/8"
		}
	case GUID:
		if !isGUID(value) {
			return "a GUID, such as 00000003-0000-0000-c000-000000000000"
		}
	case Country:
		if code := strings.ToUpper(value); len(code) != 2 || !strings.Contains(countries, " "+code+" ") {
			return "a country's two letters by ISO 3166, such as DE"
		}
	case Schedule:
		return "a value, of which a schedule has none"
	case Domain:
		if !isDomain(value) {
			return "a domain, such as contoso.example"
		}
	}
	return ""
}

func isAddress(s string) bool {
	if p, err := netip.ParsePrefix(s); err == nil {
		return p.Addr().Zone() == ""
	}
	a, err := netip.ParseAddr(s)
	return err == nil && a.Zone() == ""
}

func isGUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i, c := range []byte(s) {
		switch i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if strings.IndexByte(digits+"abcdefABCDEF", c) < 0 {
				return false
			}
		}
	}
	return true
}

// isDomain takes labels of letters, digits and hyphens, also in other scripts, and wildcards in place of them.
func isDomain(s string) bool {
	labels := strings.Split(s, ".")
	if len(labels) < 2 {
		return false
	}
	for _, l := range labels {
		bad := func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '-' && r != '_' && r != '*' && r != '?'
		}
		if l == "" || strings.HasPrefix(l, "-") || strings.HasSuffix(l, "-") || strings.ContainsFunc(l, bad) {
			return false
		}
	}
	return true
}

// countries are the codes of ISO 3166-1, and XK, which logs have for Kosovo.
const countries = " AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW " +
	"BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO " +
	"FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO " +
	"JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS " +
	"MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU " +
	"RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA " +
	"UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW "
