package topics

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The limits of a rule file keep a slip of the pen from building a huge matcher.
const (
	maxPhrase  = 8   // words of a phrase
	maxChoices = 64  // phrases that alternatives may expand to
	maxNear    = 50  // words of a proximity
	maxWeight  = 100 // of a pattern
	defNear    = 8
)

// parser reads one rule file line by line.
type parser struct {
	file string
	line int
	out  ruleFile
	rule *rule // the open one
}

// parseRules reads a rule file. Errors name the file and the line.
func parseRules(file, text string) (ruleFile, error) {
	p := parser{file: file}
	for line := range strings.Lines(text) {
		p.line++
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if err := p.parseLine(line); err != nil {
			return ruleFile{}, fmt.Errorf("%s:%d: %w", file, p.line, err)
		}
	}
	return p.out, nil
}

func (p *parser) parseLine(line string) error {
	keyword, rest, _ := strings.Cut(line, " ")
	switch keyword {
	case "topic":
		return p.openRule(rest)
	case "define":
		return p.define(rest)
	}
	key, list, ok := strings.Cut(line, ":")
	if !ok {
		return fmt.Errorf("got %q, want topic, define or a clause such as \"3:\" or \"none:\"", line)
	}
	if p.rule == nil {
		return fmt.Errorf("clause %q stands before the first topic", key)
	}
	return p.clause(key, list)
}

// openRule reads "20000153 earthquake".
func (p *parser) openRule(rest string) error {
	code, name, _ := strings.Cut(strings.TrimSpace(rest), " ")
	if code == "" || strings.TrimSpace(name) == "" {
		return fmt.Errorf("topic: got %q, want a code and its name", rest)
	}
	p.rule = &rule{file: p.file, line: p.line, topic: Code(code), name: strings.TrimSpace(name)}
	p.out.rules = append(p.out.rules, p.rule)
	return nil
}

// define reads `acme:ferries "island ferries" under 20000343`.
func (p *parser) define(rest string) error {
	code, rest, _ := strings.Cut(strings.TrimSpace(rest), " ")
	prefix, local, colon := strings.Cut(code, ":")
	if !colon || prefix == "" || local == "" {
		return fmt.Errorf("define: got code %q, want one with a prefix such as acme:%s", code, code)
	}
	quoted, err := strconv.QuotedPrefix(strings.TrimSpace(rest))
	if err != nil {
		return fmt.Errorf("define %s: got %q, want a name in double quotes", code, rest)
	}
	name, _ := strconv.Unquote(quoted)
	parent, ok := strings.CutPrefix(strings.TrimSpace(strings.TrimSpace(rest)[len(quoted):]), "under ")
	if parent = strings.TrimSpace(parent); !ok || parent == "" || strings.TrimSpace(name) == "" {
		return fmt.Errorf(`define %s: got %q, want "a name" under CODE`, code, rest)
	}
	p.out.defines = append(p.out.defines, define{Topic: Topic{Code: Code(code), Parent: Code(parent), Name: name}, file: p.file, line: p.line})
	p.rule = nil
	return nil
}

// clause reads the patterns behind "3:" or "none:".
func (p *parser) clause(key, list string) error {
	patterns, err := p.patterns(list)
	if err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	switch key {
	case "all":
		p.rule.all = append(p.rule.all, patterns...)
	case "any":
		p.rule.any = append(p.rule.any, patterns...)
	case "none":
		p.rule.none = append(p.rule.none, patterns...)
	default:
		weight, err := strconv.ParseFloat(key, 32)
		if err != nil || weight == 0 || !(weight >= -maxWeight && weight <= maxWeight) {
			return fmt.Errorf("got clause %q, want all, any, none or a weight from -%d to %d other than 0", key, maxWeight, maxWeight)
		}
		for _, pat := range patterns {
			p.rule.terms = append(p.rule.terms, weighted{pat, float32(weight)})
		}
	}
	return nil
}

func (p *parser) patterns(list string) ([]pattern, error) {
	var out []pattern
	for s := range strings.SplitSeq(list, ",") {
		s = strings.Join(strings.Fields(s), " ")
		if s == "" {
			return nil, fmt.Errorf("got an empty pattern in %q", strings.TrimSpace(list))
		}
		pat, err := parsePattern(s)
		if err != nil {
			return nil, fmt.Errorf("pattern %q: %w", s, err)
		}
		pat.line = p.line
		out = append(out, pat)
	}
	return out, nil
}

func parsePattern(s string) (pattern, error) {
	if rest, ok := strings.CutPrefix(s, "@"); ok {
		return pattern{source: s, entity: rest}, checkEntity(rest)
	}
	left, right, isNear := strings.Cut(s, " ..")
	a, err := parsePhrase(left)
	if err != nil || !isNear {
		return pattern{source: s, phrase: a}, err
	}
	distance, right, ok := strings.Cut(right, " ")
	if !ok {
		return pattern{}, fmt.Errorf("want a phrase on both sides of the dots")
	}
	within := defNear
	if distance != "" {
		if within, err = strconv.Atoi(distance); err != nil || within < 1 || within > maxNear {
			return pattern{}, fmt.Errorf("got distance %q, want a number of words from 1 to %d", distance, maxNear)
		}
	}
	b, err := parsePhrase(right)
	return pattern{source: s, near: &near{a, b, within}}, err
}

func checkEntity(s string) error {
	kind, value, _ := strings.Cut(s, ":")
	switch kind {
	case "id", "kind", "type", "country":
		if value != "" {
			return nil
		}
	}
	return fmt.Errorf("want @id:…, @kind:…, @type:… or @country:…")
}

// parsePhrase reads words separated by spaces, each perhaps with alternatives,
// and multiplies the alternatives out.
func parsePhrase(s string) (phrase, error) {
	out := phrase{nil}
	for field := range strings.FieldsSeq(s) {
		var longer phrase
		for alt := range strings.SplitSeq(field, "|") {
			words, err := parseWords(alt)
			if err != nil {
				return nil, err
			}
			for _, run := range out {
				longer = append(longer, slices.Concat(run, words))
			}
		}
		if out = longer; len(out) > maxChoices {
			return nil, fmt.Errorf("its alternatives make more than %d phrases", maxChoices)
		}
	}
	for _, run := range out {
		if len(run) == 0 || len(run) > maxPhrase {
			return nil, fmt.Errorf("got a phrase of %d words, want 1 to %d", len(run), maxPhrase)
		}
	}
	return out, nil
}

// parseWords reads a word with its mark; of a compound the mark is the last
// word's, and a leading = is every word's.
func parseWords(s string) ([]wordPattern, error) {
	body, isExact := strings.CutPrefix(s, "=")
	last := anyNumber
	switch {
	case strings.HasSuffix(body, "~"):
		last, body = inflected, body[:len(body)-1]
	case strings.HasSuffix(body, "*"):
		last, body = prefixed, body[:len(body)-1]
	}
	if strings.ContainsAny(body, `~*=@"<>{}\/:;!?()[]`) || isExact && last != anyNumber {
		return nil, fmt.Errorf("got %q, want letters and digits, one mark at most: word~ word* =word", s)
	}
	var out []wordPattern
	scan := scanner{text: body}
	for w, ok := scan.next(); ok; w, ok = scan.next() {
		f := anyNumber
		switch {
		case isExact:
			f = exact
		case w.end == len(body):
			f = last
		}
		out = append(out, wordPattern{form: f, letters: w.letters, reduced: string(f.reduce(w.folded))})
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("got %q, want a word", s)
	}
	if w := out[len(out)-1]; last == prefixed && len(w.reduced) < minPrefix {
		return nil, fmt.Errorf("got %q, want at least %d letters before *", s, minPrefix)
	}
	return out, nil
}

// reduce is a folded word as the form compares it.
func (f form) reduce(w []byte) []byte {
	switch f {
	case anyNumber:
		return singular(w)
	case inflected:
		return stem(w)
	}
	return w
}

// minPrefix is the least number of bytes before a *.
const minPrefix = 3
