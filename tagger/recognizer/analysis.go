package recognizer

import (
	"math"

	"github.com/dateline-news/dateline/tagger/text"
)

// Analysis is a document, or a chunk of a long one, as features see it. Its
// buffers serve one document after another.
type Analysis struct {
	Base      int             // number of the first token of the chunk in the document
	Sentences []text.Sentence // of the chunk, counted from Base

	params     *Params
	vocabulary vocabulary
	keepForms  bool // for training, which asks for rows instead of sums

	index   []int32 // of each token's word in the vocabulary
	class   []class // as the sentence lets it be seen
	runs    []run   // of capitalized words, in order
	runOf   []int32 // of each token: index into runs, or -1
	members []Membership
	sport   int // how much the chunk speaks of sport, 0 to sportLevels-1

	seen  []occurrences // by folded word
	epoch uint32        // marks what of seen belongs to this chunk
	rows  []uint32
}

// run is a stretch of capitalized words [first, last), and the longer stretch
// [from, to) that small words such as "of" join it to.
type run struct{ first, last, from, to int32 }

// place tells where token i stands in a run: bit 0 when words of it stand
// before, bit 1 when some stand after.
func (r run) place(i int) (bits uint64) {
	if i > int(r.first) {
		bits |= 1
	}
	if i+1 < int(r.last) {
		bits |= 2
	}
	return bits
}

// occurrences are what a document shows of one folded word.
type occurrences struct {
	epoch   uint32
	lowered uint16 // times in small letters
	inner   uint16 // times capitalized inside a sentence that has small words too
	best    int32  // the token, of all its occurrences, in the longest run
	length  int32  // of that run
}

// NewAnalysis makes an analysis for training: it can name the rows of words
// too.
func NewAnalysis(p *Params) *Analysis {
	return &Analysis{params: p, vocabulary: newVocabulary(), keepForms: true}
}

// Read lays out sentences of a document. It reports whether it forgot the words
// of documents before.
func (a *Analysis) Read(in Input, sentences []text.Sentence) (forgot bool) {
	forgot = a.vocabulary.trim()
	a.Base = sentences[0].First
	a.Sentences = a.Sentences[:0]
	a.index, a.class, a.runOf = a.index[:0], a.class[:0], a.runOf[:0]
	a.runs = a.runs[:0]
	a.members = nil
	if in.Member != nil {
		a.members = in.Member[a.Base:sentences[len(sentences)-1].Last]
	}
	if a.epoch == math.MaxUint32 {
		clear(a.seen)
		a.epoch = 0
	}
	a.epoch++
	for _, s := range sentences {
		a.readSentence(in, s)
	}
	a.sport = a.sportLevel()
	for _, s := range a.Sentences {
		a.findRuns(s)
	}
	for _, s := range a.Sentences {
		a.count(s)
	}
	return forgot
}

func (a *Analysis) readSentence(in Input, s text.Sentence) {
	mode := readMode(in.Text, in.Tokens[s.First:s.Last])
	for _, span := range in.Tokens[s.First:s.Last] {
		k := a.wordIndex(span.Of(in.Text), mode == allCapitals)
		c := a.vocabulary.words[k].class
		if c == titled && mode == allTitled {
			c = headed
		}
		a.index = append(a.index, k)
		a.class = append(a.class, c)
		a.runOf = append(a.runOf, -1)
	}
	a.Sentences = append(a.Sentences, text.Sentence{First: s.First - a.Base, Last: s.Last - a.Base})
}

// wordIndex finds a word in the vocabulary or reads it into it.
func (a *Analysis) wordIndex(s string, shout bool) int32 {
	k, key, at := a.vocabulary.find(s, shout)
	if k >= 0 {
		return k
	}
	f := readForm(a.params.Lexicon, s, shout)
	w := word{lower: f.lower, entry: f.entry, class: f.class, function: functionWords[f.lower], sport: sportWords[f.lower]}
	w.fold = a.vocabulary.foldIndex(f.lower)
	w.net = f.netWord()
	if a.keepForms {
		a.vocabulary.forms = append(a.vocabulary.forms, f)
		return a.vocabulary.put(w, key, at)
	}
	for o := range w.sums {
		a.rows = wordRows(a.rows[:0], &f, o-window)
		w.counts[o] = uint8(len(a.rows))
		for _, r := range a.rows {
			w.sums[o].add(a.params.Rows[r])
		}
	}
	return a.vocabulary.put(w, key, at)
}

func (a *Analysis) word(i int) *word { return &a.vocabulary.words[a.index[i]] }

// mode is what the case of a whole sentence says.
type mode uint8

const (
	mixedCase   mode = iota
	allTitled        // a headline: nearly all long words are capitalized
	allCapitals      // SHOUTED
)

// readMode counts the words of a sentence by the case of their letters.
func readMode(t string, tokens []text.Span) mode {
	var capitals, titles, small, longSmall int
	for _, span := range tokens {
		word := span.Of(t)
		switch caseOf(word) {
		case upper:
			capitals += min(len(word)-1, 4)
		case titled:
			titles++
		case lowered:
			if small++; len(word) > 4 {
				longSmall++
			}
		}
	}
	switch {
	case capitals >= 6 && titles == 0 && small == 0,
		capitals >= 24 && titles+small <= capitals/24:
		return allCapitals
	case titles >= 4 && longSmall*6 <= titles:
		return allTitled
	}
	return mixedCase
}

// caseOf tells titled, upper and lowered words of ASCII letters apart, quickly;
// the rest is mixed.
func caseOf(word string) class {
	var up, low int
	for i := 0; i < len(word) && i < 16; i++ {
		switch c := word[i]; {
		case 'A' <= c && c <= 'Z':
			up++
		case 'a' <= c && c <= 'z':
			low++
		}
	}
	switch {
	case up == 0 && low > 0:
		return lowered
	case up > 0 && low == 0:
		return upper
	case up > 0 && word[0] <= 'Z' && word[0] >= 'A':
		return titled
	}
	return mixed
}

// findRuns finds the runs of capitalized words of a sentence.
func (a *Analysis) findRuns(s text.Sentence) {
	begin := len(a.runs)
	for i := s.First; i < s.Last; {
		if !a.inRun(s, i) {
			i++
			continue
		}
		j := i + 1
		for j < s.Last && (a.inRun(s, j) || j+1 < s.Last && a.hyphen(j) && a.inRun(s, j+1)) {
			j++
		}
		for k := i; k < j; k++ {
			a.runOf[k] = int32(len(a.runs))
		}
		a.runs = append(a.runs, run{int32(i), int32(j), int32(i), int32(j)})
		i = j
	}
	a.joinRuns(begin)
}

// inRun reports whether token i can be part of a run: capitalized, and not
// only because it is a small word that opens its sentence.
func (a *Analysis) inRun(s text.Sentence, i int) bool {
	return a.class[i].capitalized() && !(i == s.First && a.word(i).function)
}

func (a *Analysis) hyphen(i int) bool { return joiners[a.word(i).lower] == hyphenJoiner }

// joinRuns gives runs that small words join the extent of all of them.
func (a *Analysis) joinRuns(begin int) {
	for k := begin; k < len(a.runs); {
		end := k + 1
		for end < len(a.runs) && a.joined(a.runs[end-1].last, a.runs[end].first) {
			end++
		}
		from, to := a.runs[k].first, a.runs[end-1].last
		for ; k < end; k++ {
			a.runs[k].from, a.runs[k].to = from, to
		}
	}
}

// joined reports whether one or two joiners are all that stands from token i
// to token j.
func (a *Analysis) joined(i, j int32) bool {
	if j-i > 2 {
		return false
	}
	for ; i < j; i++ {
		if joiners[a.word(int(i)).lower] == noJoiner {
			return false
		}
	}
	return true
}

// count notes what the sentence shows of its words.
func (a *Analysis) count(s text.Sentence) {
	for i := s.First; i < s.Last; i++ {
		w := a.word(i)
		if w.class == mark || w.class == number {
			continue
		}
		o := a.occurrences(w)
		switch c := a.class[i]; {
		case c == lowered:
			o.lowered++
		case c != headed && c.capitalized() && i > s.First:
			o.inner++
		}
		if k := a.runOf[i]; k >= 0 && a.class[i] != headed {
			if r := a.runs[k]; r.last-r.first > o.length {
				o.length, o.best = r.last-r.first, int32(i)
			}
		}
	}
}

// occurrences finds what this chunk showed of a word so far.
func (a *Analysis) occurrences(w *word) *occurrences {
	for int(w.fold) >= len(a.seen) {
		a.seen = append(a.seen, occurrences{})
	}
	o := &a.seen[w.fold]
	if o.epoch != a.epoch {
		*o = occurrences{epoch: a.epoch, best: -1}
	}
	return o
}
