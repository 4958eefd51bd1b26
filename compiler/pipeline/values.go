package pipeline

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
)

// retold returns the value with another text.
func retold(v sigma.Value, text string) sigma.Value {
	return sigma.Value{Kind: sigma.String, Text: text, Quoted: true, Made: true, At: v.At}
}

func (e *entry) setValues(values []sigma.Value) {
	e.List = e.List || len(values) > 1
	e.Values = values
}

// wildcards writes what the modifiers contains, startswith and endswith mean into the values.
func (s *state) wildcards(e *entry) {
	values := slices.Clone(e.Values)
	for i, v := range values {
		if text, as := e.full(v); as == str && text != v.Text {
			values[i] = retold(v, text)
		}
	}
	e.Values = values
	e.Modifiers = slices.DeleteFunc(slices.Clone(e.Modifiers), func(m sigma.Text) bool { return slices.Contains(wildModifiers, m.Value) })
}

// mapValues is the transformation that changes values. change returns what becomes of one, and false where it stays.
func mapValues(change func(s *state, text string, as form, v sigma.Value) ([]sigma.Value, bool)) transformation {
	return func(s *state, i *item) {
		s.each(i, func(e *entry) []*entry {
			made := e.with(e.Item)
			s.wildcards(made)
			var values []sigma.Value
			changed := false
			for _, v := range e.Values {
				text, as := e.full(v)
				if as == unknown {
					s.inexact(e, "what the value is after its modifiers is not known to a pipeline")
					return nil
				}
				next, ok := change(s, text, as, v)
				if !ok {
					if as == str && text != v.Text {
						v = retold(v, text)
					}
					next = []sigma.Value{v}
				}
				if s.exhausted {
					return nil
				}
				changed = changed || ok
				values = append(values, next...)
			}
			if !changed {
				return nil
			}
			if len(values) == 0 {
				return []*entry{}
			}
			made.setValues(values)
			return []*entry{made}
		})
	}
}

func readReplaceString(r *reader, _ *yaml.Node, keys map[string]*yaml.Node) transformation {
	re := r.pattern(keys["regex"], false)
	r.groups(re, keys["replacement"])
	to := replacement(r.text(keys["replacement"]))
	parts, special := r.bool(keys["skip_special"]), r.bool(keys["interpret_special"])
	return mapValues(func(s *state, text string, as form, v sigma.Value) ([]sigma.Value, bool) {
		if as != str && as != number {
			return nil, false
		}
		replaced := func(text string) string {
			if !s.grow(v.At, 0, longest(re, text, to)-len(text)) {
				return text
			}
			return re.ReplaceAllString(text, to)
		}
		var out string
		if parts {
			out = betweenWildcards(text, func(part string) string {
				part = replaced(part)
				if special {
					return written(part)
				}
				return literal(part)
			})
		} else {
			out = written(replaced(plain(text)))
			if plain(text) == plain(out) {
				return nil, false
			}
		}
		return []sigma.Value{retold(v, out)}, out != text
	})
}

// reference is a group in a replacement of Python: \1 or \g<name>.
var reference = regexp.MustCompile(`\\(?:g<(\w+)>|([0-9]+)|\\)`)

// groups refuses a replacement that speaks of a group which the expression does not have.
func (r *reader) groups(re *regexp.Regexp, n *yaml.Node) {
	if re == nil || n == nil {
		return
	}
	for _, m := range reference.FindAllStringSubmatch(n.Value, -1) {
		number, err := strconv.Atoi(m[1] + m[2])
		if m[1]+m[2] != "" && (err == nil && number > re.NumSubexp() || err != nil && re.SubexpIndex(m[1]) < 0) {
			r.fail(n, "the regular expression has no group %q", m[1]+m[2])
		}
	}
}

// replacement writes a replacement of Python as one of Go.
func replacement(python string) string {
	return reference.ReplaceAllStringFunc(strings.ReplaceAll(python, "$", "$$"), func(m string) string {
		sub := reference.FindStringSubmatch(m)
		switch {
		case sub[1] != "":
			return "${" + sub[1] + "}"
		case sub[2] != "":
			return "${" + sub[2] + "}"
		default:
			return `\`
		}
	})
}

// literal writes a text so that all of it counts as it stands.
func literal(text string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`).Replace(text)
}

// betweenWildcards changes the parts of a text between its wildcards.
func betweenWildcards(text string, change func(part string) string) string {
	var out, part strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text) && strings.IndexByte(`\*?`, text[i+1]) >= 0:
			i++
			part.WriteByte(text[i])
		case c == '*' || c == '?':
			out.WriteString(change(part.String()))
			out.WriteByte(c)
			part.Reset()
		default:
			part.WriteByte(c)
		}
	}
	out.WriteString(change(part.String()))
	return out.String()
}

func readMapString(r *reader, _ *yaml.Node, keys map[string]*yaml.Node) transformation {
	to := r.mapping(keys["mapping"])
	return mapValues(func(s *state, text string, as form, v sigma.Value) ([]sigma.Value, bool) {
		texts, ok := to[plain(text)]
		if !ok || as != str {
			return nil, false
		}
		bytes := -len(text)
		for _, t := range texts {
			bytes += len(t)
		}
		if !s.grow(v.At, len(texts)-1, bytes) {
			return nil, false
		}
		out := []sigma.Value{}
		for _, t := range texts {
			out = append(out, retold(v, t))
		}
		return out, true
	})
}

func readSetValue(r *reader, _ *yaml.Node, keys map[string]*yaml.Node) transformation {
	n := keys["value"]
	if n.Kind != yaml.ScalarNode {
		r.fail(n, "a value belongs here")
		return nil
	}
	set := sigma.Value{Kind: sigma.String, Text: n.Value, Quoted: true, Made: true}
	tag := n.ShortTag()
	switch force := keys["force_type"]; {
	case force != nil:
		tag = map[string]string{"str": "!!str", "num": "!!float"}[r.word(force, "str", "num")]
	}
	switch tag {
	case "!!int", "!!float":
		v, ok := asNumber(set)
		if !ok {
			r.fail(n, "%q is no number", n.Value)
		}
		set = v
	case "!!bool":
		set.Kind, set.Text = sigma.Bool, strings.ToLower(n.Value)
	case "!!null":
		set.Kind, set.Text = sigma.Null, ""
	}
	return func(s *state, i *item) {
		s.each(i, func(e *entry) []*entry {
			made := e.with(e.Item)
			for _, m := range e.Modifiers {
				if !slices.Contains(wildModifiers, m.Value) && !slices.Contains(plainModifiers, m.Value) {
					s.inexact(e, fmt.Sprintf("a value that is set has no modifier %q", m.Value))
					return nil
				}
			}
			made.Modifiers = nil
			v := set
			v.At = e.At
			if len(e.Values) > 0 {
				v.At = e.Values[0].At
			}
			made.Values = []sigma.Value{v}
			return []*entry{made}
		})
	}
}

// numeric reports whether YAML takes a scalar for a number.
func numeric(n *yaml.Node) bool { return n.ShortTag() == "!!int" || n.ShortTag() == "!!float" }

// asNumber is a value that is a number, if its text is one.
func asNumber(v sigma.Value) (sigma.Value, bool) {
	if !ir.IsNumber(v.Text) || math.IsInf(ir.Number(v.Text).Float(), 0) {
		return v, false
	}
	v.Kind = sigma.Float
	if !strings.ContainsAny(v.Text, ".eE") {
		v.Kind = sigma.Int
	}
	v.Text = ir.Canon(v.Text)
	return v, true
}

func readConvertType(r *reader, _ *yaml.Node, keys map[string]*yaml.Node) transformation {
	if r.word(keys["target_type"], "str", "num") == "str" {
		return mapValues(func(_ *state, text string, as form, v sigma.Value) ([]sigma.Value, bool) {
			if as != number && as != truth {
				return nil, false
			}
			return []sigma.Value{retold(v, text)}, true
		})
	}
	return mapValues(func(s *state, text string, as form, v sigma.Value) ([]sigma.Value, bool) {
		if as != str {
			return nil, false
		}
		n, ok := asNumber(retold(v, text))
		if !ok {
			s.error("pipeline/failure", v.At, "%q is no number, and the pipeline makes one of it", text)
		}
		return []sigma.Value{n}, ok
	})
}

func readCase(r *reader, _ *yaml.Node, keys map[string]*yaml.Node) transformation {
	change := strings.ToLower
	switch r.word(keys["method"], "lower", "upper", "snake_case") {
	case "upper":
		change = strings.ToUpper
	case "snake_case":
		change = snake
	}
	return mapValues(func(_ *state, text string, as form, v sigma.Value) ([]sigma.Value, bool) {
		if as != str || change(text) == text {
			return nil, false
		}
		return []sigma.Value{retold(v, change(text))}, true
	})
}

// snake writes a name of several words in lower case with _ between them.
func snake(text string) string {
	var b strings.Builder
	before := rune('_')
	for _, r := range text {
		if unicode.IsUpper(r) && (unicode.IsLower(before) || unicode.IsDigit(before)) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
		before = r
	}
	return b.String()
}

// hashLengths tell a hash without the name of its algorithm.
var hashLengths = map[int]string{32: "MD5", 40: "SHA1", 64: "SHA256", 128: "SHA512"}

// readHashes makes of hashes in one field a field for each algorithm.
func readHashes(r *reader, _ *yaml.Node, keys map[string]*yaml.Node) transformation {
	known, prefix := r.texts(keys["valid_hash_algos"]), ""
	if n := keys["field_prefix"]; n != nil {
		prefix = r.text(n)
	}
	drop := r.bool(keys["drop_algo_prefix"])
	return func(s *state, i *item) {
		s.each(i, func(e *entry) []*entry {
			if slices.ContainsFunc(e.Modifiers, func(m sigma.Text) bool { return m.Value == "all" }) {
				s.inexact(e, `of several fields any is meant, and not "all"`)
				return nil
			}
			by := map[string]*entry{}
			out := []*entry{}
			for _, v := range e.Values {
				text, as := e.full(v)
				if as != str {
					return nil
				}
				algorithm, hash, said := strings.Cut(strings.ReplaceAll(text, "|", "="), "=")
				algorithm = strings.ToUpper(strings.TrimLeft(algorithm, "*"))
				if !said {
					hash = text
					algorithm = hashLengths[len(strings.Trim(text, "*"))]
				}
				if !slices.Contains(known, algorithm) {
					s.inexact(e, fmt.Sprintf("%q is no hash of %s", v.Text, strings.Join(known, ", ")))
					return nil
				}
				name := prefix + algorithm
				if drop {
					name = prefix
				}
				if by[name] == nil {
					by[name] = e.with(e.Item)
					by[name].Field, by[name].Modifiers, by[name].Values = sigma.Text{Value: name, At: e.Field.At}, nil, nil
					by[name].mapped = true
					out = append(out, by[name])
				}
				by[name].setValues(append(by[name].Values, retold(v, hash)))
			}
			return out
		})
	}
}
