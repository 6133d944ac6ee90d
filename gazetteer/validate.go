package gazetteer

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// Limits of an index. Text beyond them is matched all the same; entries beyond
// them are refused, but for the bearers of one name, of whom the most prominent
// are kept.
const (
	MaxNameWords = 15  // words of one name
	MaxAliases   = 255 // aliases of one entry
	MaxBearers   = 64  // entries that bear one name

	maxEntries = 1<<31 - 2
	maxKinds   = 250
	maxSources = 1<<16 - 256
)

// ErrEntry is wrapped by every error about an entry that cannot be indexed.
var ErrEntry = errors.New("bad gazetteer entry")

func entryErrorf(e *Entry, field, format string, args ...any) error {
	return fmt.Errorf("%w %s %q: %s: %s", ErrEntry, e.ID, e.Name, field, fmt.Sprintf(format, args...))
}

// Validate says what keeps an entry out of an index. The error wraps ErrEntry
// and names the field, what came and what was wanted.
func (e *Entry) Validate() error {
	switch {
	case !goodID(e.ID):
		return entryErrorf(e, "id", "got %q, want 1 to 256 bytes without white space and control characters", e.ID)
	case e.Type < Person || e.Type > Place:
		return entryErrorf(e, "type", "got %d, want person, organization or place", e.Type)
	case len(e.Aliases) > MaxAliases:
		return entryErrorf(e, "aliases", "got %d, want at most %d", len(e.Aliases), MaxAliases)
	case e.Country != "" && !isCountryCode(e.Country):
		return entryErrorf(e, "country", "got %q, want two capital letters of ISO 3166-1", e.Country)
	case !(e.Prior >= 0 && e.Prior <= 1):
		return entryErrorf(e, "prior", "got %g, want 0 to 1", e.Prior)
	case e.Point != nil && !(math.Abs(e.Point.Lat) <= 90 && math.Abs(e.Point.Lon) <= 180):
		return entryErrorf(e, "point", "got %g, %g, want latitude within 90 and longitude within 180 degrees", e.Point.Lat, e.Point.Lon)
	}
	if reason := badName(e.Name); reason != "" {
		return entryErrorf(e, "name", "%s", reason)
	}
	for _, a := range e.Aliases {
		if reason := badName(a.Name); reason != "" {
			return entryErrorf(e, "aliases", "%q: %s", a.Name, reason)
		}
	}
	for _, c := range e.When {
		if !(c.Weight >= 0 && c.Weight <= 20) {
			return entryErrorf(e, "when", "weight: got %g, want 0 to 20", c.Weight)
		}
	}
	return nil
}

// goodID also keeps out the bytes up to space, so that ids sort alike with and
// without something behind them.
func goodID(id ID) bool {
	return id != "" && len(id) <= 256 && utf8.ValidString(string(id)) &&
		!strings.ContainsFunc(string(id), func(r rune) bool { return r <= ' ' })
}

func isCountryCode(s string) bool {
	return len(s) == 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z'
}

// badName says why a name cannot be matched, "" when it can.
func badName(name string) string {
	if !utf8.ValidString(name) {
		return "it is not valid UTF-8"
	}
	n, long := 0, false
	var w word
	for s := (scanner{text: name}); s.next(&w); n++ {
		long = long || w.long
	}
	switch {
	case n == 0:
		return "it has no letter or digit"
	case n > MaxNameWords:
		return fmt.Sprintf("it has %d words, want at most %d", n, MaxNameWords)
	case long:
		return fmt.Sprintf("it has a word of more than %d bytes", maxWordBytes)
	}
	return ""
}
