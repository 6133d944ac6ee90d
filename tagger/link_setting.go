package tagger

import (
	"slices"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
)

// setting is what linking knows of an article before its first link.
type setting struct {
	outlet    string                // ISO alpha-2 of the outlet, "" unknown
	focus     map[string]float64    // countries named beyond doubt → share
	spoken    map[string]bool       // countries of well-known people who are named
	longNames map[gazetteer.Ref]int // entries borne by names of several words → mention
	places    map[gazetteer.ID]bool // places named beyond doubt, and what contains them
	lowered   string                // the text in lower case, made when first needed
	has       map[string]bool       // words of conditions → whether the text has them
}

// newSetting reads the names of the article that leave no doubt.
func (t *Tagger) newSetting(d *document) setting {
	s := setting{
		focus:     make(map[string]float64),
		spoken:    make(map[string]bool),
		longNames: make(map[gazetteer.Ref]int),
		places:    make(map[gazetteer.ID]bool),
		has:       make(map[string]bool),
	}
	if t.gazetteer == nil {
		return s
	}
	s.outlet = t.outletCountry(d.article.Source)
	for i := range d.chains {
		t.readSure(&s, d, &d.chains[i])
	}
	sum := 0.0
	for _, v := range s.focus {
		sum += v
	}
	for c := range s.focus {
		s.focus[c] /= sum
	}
	return s
}

// readSure takes from a chain what is beyond doubt.
func (t *Tagger) readSure(s *setting, d *document, c *chain) {
	m := &d.mentions[c.fullest]
	if strings.IndexByte(d.of(m), ' ') > 0 {
		for _, b := range m.bearers {
			s.longNames[b.Ref] = c.fullest
		}
	}
	sure, identity, country := t.weighBearers(m)
	if c.placed != none {
		sure, identity, country = t.gazetteer.Head(c.placed), true, true
	}
	if sure.Type == gazetteer.Person && sure.Prior >= leaderPrior {
		s.spoken[sure.Country] = true
	}
	if !country || t.national(d.of(m), m.bearers) {
		return
	}
	weight := float64(len(c.mentions))
	if sure.Kind != gazetteer.Country {
		weight /= 3
	}
	if sure.Country != "" {
		s.focus[sure.Country] += weight
	}
	if identity && sure.Type == gazetteer.Place {
		s.places[sure.ID] = true
		if r, ok := t.gazetteer.Lookup(sure.ID); ok && sure.Kind != gazetteer.Country {
			for _, p := range t.gazetteer.Entry(r).Parents {
				s.places[p] = true
			}
		}
	}
}

// A bearer leaves no doubt when its prior exceeds that of all others by
// muchLikelier and no other is better known than a provincial town.
const (
	muchLikelier = 0.3
	townPrior    = 0.32
)

// sure is the bearer of a name that it can only mean: the single one, or one
// far better known than all others of its type. People's names never are
// beyond doubt.
func (t *Tagger) sure(m *mention) (gazetteer.Head, bool) {
	best, sure, _ := t.weighBearers(m)
	return best, sure
}

// weighBearers is the best known bearer of a name, and whether the name can
// only mean it, or at least something in its country: others of the same
// country, as the state and the capital of one name, cast no doubt on that.
func (t *Tagger) weighBearers(m *mention) (best gazetteer.Head, sure, sureCountry bool) {
	for _, b := range m.bearers {
		if h := t.gazetteer.Head(b.Ref); best.ID == "" || h.Prior > best.Prior {
			best = h
		}
	}
	if best.ID == "" || best.Type == gazetteer.Person {
		return best, false, false
	}
	second, abroad := 0.0, 0.0
	for _, b := range m.bearers {
		h := t.gazetteer.Head(b.Ref)
		if h.ID == best.ID || h.Type != best.Type {
			continue
		}
		second = max(second, h.Prior)
		if h.Country != best.Country || h.Country == "" {
			abroad = max(abroad, h.Prior)
		}
	}
	return best, beyondDoubt(best.Prior, second), beyondDoubt(best.Prior, abroad)
}

func beyondDoubt(best, second float64) bool {
	return second == 0 || best-second > muchLikelier && second < townPrior
}

// holds reports whether all filled fields of a condition hold.
func (l *linker) holds(c gazetteer.Condition) bool {
	date := l.article.PublishTime
	switch {
	case len(c.OutletCountry) > 0 && !slices.Contains(c.OutletCountry, l.outlet):
		return false
	case len(c.OutletDomain) > 0 && !slices.Contains(c.OutletDomain, domainOf(l.article.Source)):
		return false
	case !c.From.IsZero() && (date.IsZero() || date.Before(c.From)):
		return false
	case !c.To.IsZero() && (date.IsZero() || date.After(c.To)):
		return false
	}
	return len(c.TextHas) == 0 || slices.ContainsFunc(c.TextHas, l.textHas)
}

// textHas reports whether a word or phrase stands in the text, in any case.
func (l *linker) textHas(phrase string) bool {
	has, ok := l.has[phrase]
	if !ok {
		if l.lowered == "" {
			l.lowered = strings.ToLower(l.text)
		}
		has = containsWord(l.lowered, strings.ToLower(phrase))
		l.has[phrase] = has
	}
	return has
}

// containsWord reports whether a phrase stands in s between word borders.
func containsWord(s, phrase string) bool {
	if phrase == "" {
		return false
	}
	for i := 0; ; {
		k := strings.Index(s[i:], phrase)
		if k < 0 {
			return false
		}
		start, end := i+k, i+k+len(phrase)
		if (start == 0 || !wordByte(s[start-1])) && (end == len(s) || !wordByte(s[end])) {
			return true
		}
		i = start + 1
	}
}

// wordByte reports the bytes that words are made of, parts of runes included.
func wordByte(b byte) bool {
	return b >= 0x80 || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9'
}
