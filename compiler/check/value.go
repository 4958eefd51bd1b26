package check

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// valueChecks are about single values, whatever the log.
var valueChecks = []Check{{
	ID: "value/control-character", Severity: diag.Warning, Odd: valueControl,
	Doc: Doc{
		Summary: "a value holds a control character",
		Why:     `A sequence such as \t in double quotes becomes a tab. In single quotes it stays what it is, as paths of Windows want it.`,
		Bad:     "detection:\n    selection:\n        OperationName: \"Add\\tuser\"\n    condition: selection\n",
		Good:    "detection:\n    selection:\n        OperationName: 'Add user'\n    condition: selection\n",
	},
}, {
	ID: "value/invisible", Severity: diag.Warning, Odd: valueInvisible,
	Doc: Doc{
		Summary: "a value holds a character that cannot be seen, such as a blank of no width or a blank that does not break",
		Why:     "Such characters come with text that is copied from a web page. The value looks right and fits nothing.",
		Bad:     "detection:\n    selection:\n        OperationName: \"Add\\u00a0user\"\n    condition: selection\n",
		Good:    "detection:\n    selection:\n        OperationName: 'Add user'\n    condition: selection\n",
	},
}, {
	ID: "value/double-wildcard", Severity: diag.Note, Odd: valueDouble,
	Doc: Doc{
		Summary: "two stars stand side by side",
		Why:     "Two mean the same as one; perhaps one was meant to be escaped.",
		Bad:     "detection:\n    selection:\n        OperationName: 'Add**user'\n    condition: selection\n",
		Good:    "detection:\n    selection:\n        OperationName: 'Add*user'\n    condition: selection\n",
	},
}, {
	ID: "value/escaped-wildcard", Severity: diag.Note, Odd: valueEscaped,
	Doc: Doc{
		Summary: "a backslash before a star or question mark at the end of a path takes its meaning away",
		Why:     `In "C:\Temp\*" the star is a plain one, and no file has such a name. With two backslashes it is a wildcard.`,
		Bad:     "detection:\n    selection:\n        OperationName: 'C:\\Temp\\*'\n    condition: selection\n",
		Good:    "detection:\n    selection:\n        OperationName: 'C:\\Temp\\\\*'\n    condition: selection\n",
	},
}, {
	ID: "value/only-wildcard", Severity: diag.Note, Odd: valueOnlyWildcard,
	Doc: Doc{
		Summary: "a field is compared with nothing but a star",
		Why:     `It asks whether the field has a value, and "exists" says so.`,
		Bad:     "detection:\n    selection:\n        OperationName: '*'\n    condition: selection\n",
		Good:    "detection:\n    selection:\n        OperationName|exists: true\n    condition: selection\n",
	},
}, {
	ID: "value/redundant-wildcard", Severity: diag.Note, Odd: valueRedundantWildcard,
	Doc: Doc{
		Summary: `a star stands where "contains", "startswith" or "endswith" means one already`,
		Why:     "The modifier adds the star itself.",
		Bad:     "detection:\n    selection:\n        OperationName|contains: '*user*'\n    condition: selection\n",
		Good:    "detection:\n    selection:\n        OperationName|contains: 'user'\n    condition: selection\n",
	},
}, {
	ID: "style/wildcard-for-modifier", Severity: diag.Note, Item: valueWildcardForModifier,
	Doc: Doc{
		Summary: "all values have a star at their beginning or end, where a modifier would say it better",
		Why:     `"contains", "startswith" and "endswith" are how Sigma's rules are written today, and their values need no escaping of wildcards.`,
		Bad:     "detection:\n    selection:\n        OperationName: '*user*'\n    condition: selection\n",
		Good:    "detection:\n    selection:\n        OperationName|contains: 'user'\n    condition: selection\n",
	},
}, {
	ID: "value/duplicate", Severity: diag.Warning, Sigma: keywordDuplicate, Item: valueDuplicate,
	Doc: Doc{
		Summary: "a list holds the same value twice",
		Why:     "Another value may have been meant. Case does not count unless the rule says so.",
		Bad:     "detection:\n    selection:\n        OperationName:\n            - Add user\n            - Delete user\n            - add user\n    condition: selection\n",
		Good:    "detection:\n    selection:\n        OperationName:\n            - Add user\n            - Delete user\n    condition: selection\n",
	},
}, {
	ID: "value/covered", Severity: diag.Note, Item: valueCovered,
	Doc: Doc{
		Summary: "a value of a list is covered by a shorter one",
		Why:     "What contains the longer text contains the shorter one too: the longer one makes no difference.",
		Bad:     "detection:\n    selection:\n        OperationName|contains:\n            - user\n            - 'Add user'\n    condition: selection\n",
		Good:    "detection:\n    selection:\n        OperationName|contains:\n            - user\n            - 'Add device'\n    condition: selection\n",
	},
}, {
	ID: "value/bad-hash", Severity: diag.Warning, Item: valueHash,
	Doc: Doc{
		Summary: "a hash has the wrong number of digits for its kind",
		Why:     "An MD5 has 32 hexadecimal digits, SHA1 40, SHA256 64, IMPHASH 32. A digit too few, and nothing is ever found.",
		Bad:     "logsource: {product: windows, category: process_creation}\ndetection:\n    selection:\n        Hashes|contains: 'MD5=00112233445566778899AABBCCDDEE'\n    condition: selection\n",
		Good:    "logsource: {product: windows, category: process_creation}\ndetection:\n    selection:\n        Hashes|contains: 'MD5=00112233445566778899AABBCCDDEEFF'\n    condition: selection\n",
	},
}, {
	ID: "value/localized-account", Severity: diag.Note, Item: valueAccount,
	Doc: Doc{
		Summary: "an account of Windows is named in English, which it is only on an English Windows",
		Why:     `The account SYSTEM is called "AUTORITE NT\Système" in French and "NT-AUTORITÄT\SYSTEM" in German. SigmaHQ compares parts that most languages have in common.`,
		Bad:     "logsource: {product: windows, category: process_creation}\ndetection:\n    selection:\n        User: 'NT AUTHORITY\\SYSTEM'\n    condition: selection\n",
		Good:    "logsource: {product: windows, category: process_creation}\ndetection:\n    selection:\n        User|contains:\n            - AUTHORI\n            - AUTORI\n    condition: selection\n",
	},
}}

// printable reports whether a text is made of printable ASCII alone, as nearly all values are: there is nothing to look for
// in them.
func printable(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

func valueControl(p *Pass, _ *sigma.Item, v *sigma.Value) {
	if i := strings.IndexFunc(v.Text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' }); i >= 0 {
		p.report(v.Map().Span(i, i+1), "the value holds the control character %U", rune(v.Text[i]))
	}
}

// invisible are characters that take no room, or look like a blank and are none. The tag characters of Unicode and
// those that change the direction of text are how attackers hide things: a rule may look for them with intent.
func invisible(r rune) bool {
	switch r {
	case 0x00a0, 0x00ad, 0x2007, 0x202f, 0x200b, 0x2060, 0xfeff:
		return true
	}
	return false
}

func valueInvisible(p *Pass, item *sigma.Item, v *sigma.Value) {
	if printable(v.Text) || has(item, "re") {
		return
	}
	i := strings.IndexFunc(v.Text, invisible)
	if i < 0 || strings.TrimFunc(v.Text, func(r rune) bool { return invisible(r) || unicode.IsSpace(r) }) == "" {
		return // a value of nothing but blanks is about blanks
	}
	r, n := utf8.DecodeRuneInString(v.Text[i:])
	p.report(v.Map().Span(i, i+n), "the value holds the invisible character %U", r)
}

// stars returns the offsets of the wildcards "*" in a value as it is written.
func stars(text string) []int {
	var out []int
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			if i+1 < len(text) && strings.IndexByte(`\*?`, text[i+1]) >= 0 {
				i++
			}
		case '*':
			out = append(out, i)
		}
	}
	return out
}

func valueDouble(p *Pass, item *sigma.Item, v *sigma.Value) {
	if !strings.Contains(v.Text, "**") || !plain(item) {
		return
	}
	at := stars(v.Text)
	for i := 1; i < len(at); i++ {
		if at[i] == at[i-1]+1 {
			d := p.report(v.Map().Span(at[i-1], at[i]+1), "two wildcards side by side mean the same as one")
			d.Fixes = diag.Replace(d.Span, "*")
			return
		}
	}
}

// pathEnd is a path of Windows that ends with an escaped star.
var pathEnd = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:[A-Za-z]:\\|%[A-Za-z]+%\\).*[^\\]\\\*$|^(?:[A-Za-z]:|%[A-Za-z]+%)\\\*$`)
})

func valueEscaped(p *Pass, item *sigma.Item, v *sigma.Value) {
	if strings.HasSuffix(v.Text, `\*`) && plain(item) && pathEnd().MatchString(v.Text) {
		p.report(v.Map().Span(len(v.Text)-2, len(v.Text)), `the backslash makes a plain star of the wildcard`).Hint = `write two backslashes before the star`
	}
}

func valueOnlyWildcard(p *Pass, item *sigma.Item, v *sigma.Value) {
	if item != nil && item.Field.Value != "" && strings.Trim(v.Text, "*") == "" && plain(item) {
		p.report(v.At, "every value fits the wildcard").Hint = `the modifier "exists" asks whether there is one`
	}
}

func valueRedundantWildcard(p *Pass, item *sigma.Item, v *sigma.Value) {
	if len(v.Text) < 2 || !has(item, "contains", "startswith", "endswith") || has(item, "re", "base64offset") {
		return
	}
	at := stars(v.Text)
	if len(at) == 0 {
		return
	}
	leads, trails := at[0] == 0, at[len(at)-1] == len(v.Text)-1
	if leads && has(item, "contains", "endswith") {
		redundantStar(p, v.Map().Span(0, 1))
	} else if trails && has(item, "contains", "startswith") {
		redundantStar(p, v.Map().Span(len(v.Text)-1, len(v.Text)))
	}
}

func redundantStar(p *Pass, at source.Span) {
	if d := p.report(at, "the modifier adds this wildcard itself"); at.Text() == "*" {
		d.Fixes = []diag.Fix{{Title: "remove it", Edits: []diag.Edit{{Span: at}}}}
	}
}

func valueWildcardForModifier(p *Pass, item *sigma.Item) {
	if len(item.Values) == 0 || item.Field.Value == "" {
		return
	}
	word := modifierFor(&item.Values[0])
	if word == "" || !plain(item) || has(item, "contains", "startswith", "endswith", "expand") {
		return
	}
	for i := range item.Values {
		if modifierFor(&item.Values[i]) != word {
			return
		}
	}
	p.report(item.Values[0].At, "the modifier %q says this better than wildcards", word).Fixes = modifierForStars(item, word)
}

// modifierForStars is the fix that writes a modifier in place of the wildcards around values that stand in the file as they
// are.
func modifierForStars(item *sigma.Item, word string) []diag.Fix {
	name := item.Field.At.File.Span(item.Field.At.End(), item.Field.At.End())
	if item.Field.At.Text() != item.Field.Value {
		return nil
	}
	edits := []diag.Edit{{Span: name, Text: "|" + word}}
	for _, v := range item.Values {
		last := len(v.Text) - 1
		if word != "startswith" {
			edits = append(edits, diag.Edit{Span: v.Map().Span(0, 1)})
		}
		if word != "endswith" {
			edits = append(edits, diag.Edit{Span: v.Map().Span(last, last+1)})
		}
	}
	for _, e := range edits[1:] {
		if e.Span.Text() != "*" {
			return nil
		}
	}
	return []diag.Fix{{Title: "write the modifier " + word, Edits: edits}}
}

// modifierFor returns the modifier that the wildcards of a value stand for.
func modifierFor(v *sigma.Value) string {
	if v.Kind != sigma.String || !odd(v.Text) {
		return ""
	}
	at := stars(v.Text)
	if len(at) == 0 || len(at) > 2 || strings.Contains(v.Text, "?") || len(v.Text) < 3 {
		return ""
	}
	leads, trails := at[0] == 0, at[len(at)-1] == len(v.Text)-1
	switch {
	case len(at) == 2 && leads && trails:
		return "contains"
	case len(at) == 1 && leads:
		return "endswith"
	case len(at) == 1 && trails:
		return "startswith"
	}
	return ""
}

// hashDigits are how many digits a hash of each kind has.
var hashDigits = map[string]int{"MD5": 32, "SHA1": 40, "SHA256": 64, "IMPHASH": 32}

func valueHash(p *Pass, item *sigma.Item) {
	if f := item.Field.Value; !strings.EqualFold(f, "hashes") && !strings.EqualFold(f, "hash") || has(item, "re") {
		return
	}
	for i := range item.Values {
		v := &item.Values[i]
		name, digits, _ := strings.Cut(strings.TrimPrefix(v.Text, "*"), "=")
		kind := strings.ToUpper(name)
		want, known := hashDigits[kind]
		if last := len(digits) - 1; last >= 0 && (digits[last] == ',' || digits[last] == '*') {
			digits = digits[:last]
		}
		if !known || v.Kind != sigma.String || digits == "" || strings.ContainsAny(digits, ",*") {
			continue
		}
		switch n := len(digits); {
		case strings.Trim(digits, "0123456789abcdefABCDEF") != "":
			p.report(v.At, "a hash has only hexadecimal digits")
		case n > want || n < want && !has(item, "contains", "startswith"),
			n < want && n > want-4: // a part of a hash may be meant, but hardly one that lacks a few digits
			p.report(v.At, "%s has %d digits, not %d", kind, want, n)
		}
	}
}

// accountOwners are what stands before the backslash in the name of an account of the system, in lower case.
var accountOwners = []string{"nt authority", "nt-autorität", "autorite nt"}

func valueAccount(p *Pass, item *sigma.Item) {
	if !isUser(item.Field.Value) || p.Rule == nil || p.Rule.Logsource.Product.Value != "windows" || !plain(item) {
		return
	}
	for i := range item.Values {
		if v := &item.Values[i]; v.Kind == sigma.String && isAccount(v.Text) {
			p.report(v.At, "the account has another name in other languages of Windows").Hint = `compare with "contains" and "AUTHORI", "AUTORI"`
		}
	}
}

// isAccount reports whether a text is the whole name of an account of the system.
func isAccount(text string) bool {
	owner, name, _ := strings.Cut(text, `\`)
	name = strings.TrimLeft(name, `\`)
	return name != "" && slices.Contains(accountOwners, fold(owner)) && strings.Trim(fold(name), "abcdefghijklmnopqrstuvwxyz ") == ""
}

// isUser reports whether a field is called a user, as most are that hold one.
func isUser(field string) bool {
	n := len(field) - len("user")
	return n >= 0 && strings.EqualFold(field[n:], "user")
}
