package server

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// A filter is the conjunctive part of AIP-160:
//
//	filter    = condition { "AND" condition }
//	condition = field operator value
//	operator  = "=" | ">="
//	value     = word | "quoted \"string\""
//
// such as: source = "ariananews.af" AND salience >= 0.2 AND about = true

// condition is one field of a filter with what it must be.
type condition struct {
	field, operator, value string
	at                     int // byte offset in the filter
}

// parseFilter splits a filter into conditions. Its error is an invalidError.
func parseFilter(filter string) ([]condition, error) {
	s := &filterScanner{rest: filter, whole: filter}
	var all []condition
	for s.next(); s.token != ""; {
		c, err := s.condition()
		if err != nil {
			return nil, err
		}
		all = append(all, c)
		if s.token == "" {
			break
		}
		if s.quoted || s.token != "AND" {
			return nil, s.unexpected("AND or the end")
		}
		if s.next(); s.token == "" {
			return nil, s.unexpected("a condition after AND")
		}
	}
	return all, nil
}

// filterScanner reads a filter token by token.
type filterScanner struct {
	whole, rest string
	token       string // "" at the end
	value       string // token without quotes
	quoted      bool
	at          int
}

func (s *filterScanner) condition() (condition, error) {
	c := condition{field: s.token, at: s.at}
	if s.quoted || !isWord(s.token) {
		return c, s.unexpected("a field name")
	}
	if s.next(); s.token != "=" && s.token != ">=" {
		return c, s.unexpected("= or >=")
	}
	c.operator = s.token
	if s.next(); s.token == "" || (!s.quoted && !isWord(s.token)) {
		return c, s.unexpected("a value")
	}
	c.value = s.value
	s.next()
	return c, nil
}

func (s *filterScanner) unexpected(want string) error {
	if s.token == "" {
		return invalid("filter", "the end", want)
	}
	return invalid("filter", fmt.Sprintf("%s at byte %d", quote(s.token), s.at), want)
}

// next reads one token: a quoted string, a run of word characters, an operator
// or any other single character.
func (s *filterScanner) next() {
	s.rest = strings.TrimLeft(s.rest, " \t\n")
	s.at = len(s.whole) - len(s.rest)
	s.token, s.quoted = s.scan(), false
	s.value = s.token
	if strings.HasPrefix(s.token, `"`) {
		var err error
		s.value, err = strconv.Unquote(s.token)
		s.quoted = err == nil
	}
	s.rest = s.rest[len(s.token):]
}

func (s *filterScanner) scan() string {
	switch {
	case s.rest == "":
		return ""
	case s.rest[0] == '"':
		if quoted, err := strconv.QuotedPrefix(s.rest); err == nil {
			return quoted
		}
		return s.rest
	case strings.HasPrefix(s.rest, ">="):
		return ">="
	}
	n := strings.IndexFunc(s.rest, func(r rune) bool { return !isWordRune(r) })
	switch {
	case n < 0:
		return s.rest
	case n == 0:
		return s.rest[:1]
	}
	return s.rest[:n]
}

func isWord(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !isWordRune(r) })
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_-./:", r)
}

// String writes a condition as it stands in a filter.
func (c condition) String() string { return c.field + " " + c.operator + " " + strconv.Quote(c.value) }
