package recognizer

import (
	mathbits "math/bits"

	"github.com/dateline-news/dateline/tagger/text"
)

// NetWindow is how many words the net sees at once, the token in the middle.
const NetWindow = 2*window + 1

// The tables of word endings and beginnings that the net learns, each of
// AffixDim numbers.
const (
	AffixRows = 4096
	AffixDim  = 16
	WordDim   = VectorDim + 2*AffixDim // what the net knows of a word by itself
)

// NetWord is a word as the net sees it.
type NetWord struct {
	Vector         uint32 // Lexeme.Vector
	Prefix, Suffix uint16 // rows of the tables
	Names          uint8  // Lexeme.Names
	Known          bool   // false beyond the sentence
}

// Rows appends the sparse inputs that a word at one place of the window is by
// itself.
func (w NetWord) Rows(dst []uint16, place int) []uint16 {
	if !w.Known {
		return dst
	}
	dst = bits(dst, netNames+place*8, uint32(w.Names))
	if w.Vector == 0 {
		dst = append(dst, uint16(netUnseen+place))
	}
	return dst
}

// The sparse inputs of the net: each is a row of its own of the first layer.
const (
	netClass    = 0                       // the case of each word of the window
	netNames    = netClass + NetWindow*16 // the name bits of each
	netMember   = netNames + NetWindow*8  // the lists of the word before, the word and the one after
	netSeen     = netMember + 3*16        // what the document tells of the word
	netRun      = netSeen + 16            // length of the run and place in it
	netFirst    = netRun + 32             // the token opens its sentence
	netUnseen   = netFirst + 1            // the word has no vector
	netSport    = netUnseen + NetWindow   // how much the document speaks of sport
	NetRowCount = (netSport + sportLevels - 1 + 7) &^ 7
)

// NetActive reports whether the net is asked about token i of sentence s: it
// has a capital or stands beside one that has. All others are left to the
// linear model.
func (a *Analysis) NetActive(s text.Sentence, i int) bool {
	for k := max(i-1, s.First); k < min(i+2, s.Last); k++ {
		if a.runOf[k] >= 0 || a.class[k] == shouted || a.class[k].capitalized() {
			return true
		}
	}
	return false
}

// NetWords are the words around token i.
func (a *Analysis) NetWords(s text.Sentence, i int) (words [NetWindow]NetWord) {
	for o := range words {
		if j := i + o - window; j >= s.First && j < s.Last {
			words[o] = a.word(j).net
		}
	}
	return words
}

// NetRows appends the sparse inputs that the sentence and the document make of
// token i.
func (a *Analysis) NetRows(dst []uint16, s text.Sentence, i int) []uint16 {
	for o := range NetWindow {
		_, c := a.at(s, i+o-window)
		dst = append(dst, uint16(netClass+o*16+int(c)))
	}
	if a.members != nil {
		for j := max(i-1, s.First); j < min(i+2, s.Last); j++ {
			dst = bits(dst, netMember+(j-i+1)*16, uint32(a.members[j]))
		}
	}
	if i == s.First {
		dst = append(dst, netFirst)
	}
	if a.sport > 0 {
		dst = append(dst, uint16(netSport+a.sport-1))
	}
	if k := a.runOf[i]; k >= 0 {
		dst = append(dst, uint16(netRun+a.runs[k].netPlace(i)), uint16(netSeen+a.seenBits(s, i)))
	}
	return dst
}

// netPlace tells the length of a run and where token i stands in it: 0…31.
func (r run) netPlace(i int) int { return int(min(r.last-r.first, 7))*4 + int(r.place(i)) }

// bits appends a row for each bit of set.
func bits(dst []uint16, base int, set uint32) []uint16 {
	for ; set != 0; set &= set - 1 {
		dst = append(dst, uint16(base+mathbits.TrailingZeros32(set)))
	}
	return dst
}

// seenBits tells how often the word stands in small letters and how often
// capitalized inside sentences, elsewhere in the document: 0…15.
func (a *Analysis) seenBits(s text.Sentence, i int) int {
	o := a.occurrences(a.word(i))
	return int(min(o.lowered, 3))<<2 | int(min(a.innerElsewhere(o, s, i), 3))
}

// netWord is what the net sees of a word.
func (f *form) netWord() NetWord {
	last := func(affixes *[5]uint64) uint16 {
		for k := 2; k > 0; k-- {
			if affixes[k] != 0 {
				return uint16(affixes[k] * lexiconSpread >> 52)
			}
		}
		return uint16(affixes[0] * lexiconSpread >> 52)
	}
	return NetWord{Vector: f.entry.Vector, Prefix: last(&f.prefix), Suffix: last(&f.suffix), Names: f.entry.Names, Known: true}
}
