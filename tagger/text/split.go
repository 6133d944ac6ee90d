package text

import (
	"sync"
	"unicode"
	"unicode/utf8"
)

// Bounds on what prose is given, so that its cost stays linear in the text.
const (
	maxPiece = 128     // bytes of one piece; longer words are cut
	maxMarks = 8       // ASCII marks in a row inside a piece; longer runs are one token
	maxBlock = 8 << 10 // bytes of one block; longer lines are cut between pieces
)

// Splitter finds the tokens and sentences of working texts. It is safe for
// all goroutines.
type Splitter struct {
	prose prose
	pool  sync.Pool // of *splitting
}

// NewSplitter loads the sentence model; it fails only if that is damaged.
func NewSplitter() (*Splitter, error) {
	p, err := loadProse()
	if err != nil {
		return nil, err
	}
	return &Splitter{prose: p, pool: sync.Pool{New: func() any { return new(splitting) }}}, nil
}

// Split finds the tokens of a text, in order and never overlapping, and its
// sentences, which tile the tokens. No sentence reaches over a line break,
// unless the next line goes on with a small letter. It takes time linear in
// len(text), whatever the text.
func (s *Splitter) Split(text string) ([]Span, []Sentence) {
	w := s.pool.Get().(*splitting)
	defer s.pool.Put(w)
	w.prose, w.text = s.prose, text
	w.tokens = make([]Span, 0, len(text)/5+8)
	w.sentences = make([]Sentence, 0, len(text)/100+4)
	for at := 0; at < len(text); {
		at = w.readBlock(at)
		w.segment()
		w.tokenize()
	}
	tokens, sentences := w.tokens, w.sentences
	w.text, w.tokens, w.sentences = "", nil, nil
	return tokens, sentences
}

// splitting is the state of one Split and the buffers that the next one
// reuses.
type splitting struct {
	prose     prose
	text      string
	tokens    []Span
	sentences []Sentence

	pieces []piece
	view   []byte
	spans  []Span // of tokens in view
	starts []int  // of sentences in view
}

// piece is a stretch of a line without white space.
type piece struct {
	start, end int
	view       int  // where it stands in the view
	mixed      bool // more than letters: prose decides where to cut it
	stops      bool // holds a full stop, an exclamation or a question mark
	opens      bool // begins a sentence
}

// readBlock collects the pieces of the line that starts at byte i, or of the
// first part of a long one, and returns where the next block starts.
func (w *splitting) readBlock(i int) int {
	w.pieces = w.pieces[:0]
	for begin := i; i < len(w.text); {
		r, size := decode(w.text[i:])
		switch {
		case isLineBreak(r):
			i += size
			if !w.wrapped(begin, i) {
				return i
			}
		case isBlank(r):
			i += size
		case i-begin > maxBlock:
			return i
		default:
			p := readPiece(w.text, i)
			w.pieces = append(w.pieces, p)
			i = p.end
		}
	}
	return i
}

// minWrapped is how many bytes a line has at least that goes on in the next.
const minWrapped = 30

// wrapped reports whether the line that ends before byte i goes on behind it:
// it is no short heading, and the next begins with a small letter.
func (w *splitting) wrapped(begin, i int) bool {
	if i-begin < minWrapped {
		return false
	}
	if w.text[i-1] == '\r' && i < len(w.text) && w.text[i] == '\n' {
		i++
	}
	r, _ := utf8.DecodeRuneInString(w.text[i:])
	return unicode.IsLower(r)
}

// readPiece reads one piece at byte i, which is not blank: a word with the
// marks that cling to it, or a run of marks that cling to nothing.
func readPiece(text string, i int) piece {
	p := piece{start: i, end: i}
	limit := min(len(text), i+maxPiece)
	for marks := 0; p.end < limit; {
		r, size := decode(text[p.end:])
		switch {
		case isBlank(r) || isLineBreak(r) || p.end > i && p.end+size > limit || partsWords(text, i, p.end):
			return p
		case isMark(r):
			if marks++; marks > maxMarks {
				return cutMarks(text, p, marks)
			}
			p.mixed = true
			p.stops = p.stops || isStop(r)
		case isBreaker(r):
			if p.end == i {
				return readBreakers(text, i, limit)
			}
			return p
		default:
			marks = 0
			p.mixed = p.mixed || r < 'A' || r >= utf8.RuneSelf && !unicode.IsLetter(r)
		}
		p.end += size
	}
	return p
}

// partsWords reports whether the piece that began at byte start ends before
// byte i although no blank stands there: before and after brackets, on both
// sides of a slash between words, and where the blank after a sentence was
// forgotten. Addresses stay whole.
func partsWords(text string, start, i int) bool {
	if i == start || i+1 >= len(text) {
		return false
	}
	before, after := text[i-1], text[i]
	switch {
	case after == '(' || after == '[':
		return isWordByte(before)
	case before == ')' || before == ']':
		return isWordByte(after)
	case after == '/':
		return isLetter(before) && isUpper(text[i+1]) && isWord(text[start:i])
	case before == '/':
		return i-1 == start && isUpper(after)
	case before == '.' || before == '!' || before == '?':
		return isUpper(after) && isLower(text[i+1]) && i-2 > start && isLower(text[i-2]) && isWord(text[start:i-1])
	}
	return false
}

// cutMarks ends a piece before its long run of marks, or reads the run whole
// when the piece is nothing else.
func cutMarks(text string, p piece, marks int) piece {
	start := p.end
	for n := marks - 1; n > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:start])
		start -= size
	}
	if start > p.start {
		p.end = start
		return p
	}
	limit := min(len(text), p.start+maxPiece)
	for p.end < limit {
		r, size := decode(text[p.end:])
		if !isMark(r) || p.end+size > limit {
			break
		}
		p.end += size
	}
	p.mixed = false
	return p
}

// readBreakers reads a run of one repeated breaker: dashes, dots, emoji.
func readBreakers(text string, i, limit int) piece {
	p := piece{start: i, end: i}
	first, _ := decode(text[i:])
	p.stops = isStop(first)
	for p.end < limit {
		r, size := decode(text[p.end:])
		if r != first || p.end > i && p.end+size > limit {
			break
		}
		p.end += size
	}
	return p
}

// segment marks the pieces of the block that begin a sentence.
func (w *splitting) segment() {
	if len(w.pieces) == 0 {
		return
	}
	w.pieces[0].opens = true
	if !w.stopsInside() {
		return
	}
	w.view = w.view[:0]
	for k := range w.pieces {
		w.startPiece(k)
		w.view = appendASCII(w.view, w.text[w.pieces[k].start:w.pieces[k].end])
	}
	w.starts = w.prose.sentences(w.starts[:0], string(w.view))
	k := 0
	for _, start := range w.starts {
		for k < len(w.pieces)-1 && w.pieces[k].view < start {
			k++
		}
		w.pieces[k].opens = k == 0 || !w.inInitials(k)
	}
}

// inInitials reports whether piece k goes on after initials within a name,
// "George W. Bush", where prose may see the end of a sentence.
func (w *splitting) inInitials(k int) bool {
	if k < 2 || !isInitial(w.word(k-1)) {
		return false
	}
	return isUpper(w.word(k - 2)[0]) && isUpper(w.word(k)[0])
}

// word is the text of piece k.
func (w *splitting) word(k int) string { return w.text[w.pieces[k].start:w.pieces[k].end] }

// stopsInside reports whether the block may hold more than one sentence.
func (w *splitting) stopsInside() bool {
	for _, p := range w.pieces[:len(w.pieces)-1] {
		if p.stops {
			return true
		}
	}
	return false
}

// startPiece notes that the next bytes of the view are piece k.
func (w *splitting) startPiece(k int) {
	if len(w.view) > 0 {
		w.view = append(w.view, ' ')
	}
	w.pieces[k].view = len(w.view)
}

// tokenize cuts the block's pieces into tokens. Words of letters are tokens as
// they stand, which is what prose makes of them; prose cuts the rest, all of a
// block in one call.
func (w *splitting) tokenize() {
	w.view = w.view[:0]
	for k, p := range w.pieces {
		if p.mixed {
			w.startPiece(k)
			w.view = appendQuotes(w.view, w.text[p.start:p.end])
		}
	}
	w.spans = w.spans[:0]
	if len(w.view) > 0 {
		w.spans = w.prose.tokens(w.spans, string(w.view))
	}
	next := 0
	for k, p := range w.pieces {
		if p.opens {
			w.endSentence()
			w.sentences = append(w.sentences, Sentence{First: len(w.tokens)})
		}
		if !p.mixed {
			w.tokens = append(w.tokens, Span{Start: p.start, End: p.end})
			continue
		}
		next = w.place(p, next)
		if k == len(w.pieces)-1 || w.pieces[k+1].opens {
			w.cutFinalStop()
		}
	}
	w.endSentence()
}

// endSentence closes the sentence that is open, if one is.
func (w *splitting) endSentence() {
	if n := len(w.sentences); n > 0 {
		w.sentences[n-1].Last = len(w.tokens)
	}
}

// place leads prose's tokens of a mixed piece from the view back to the text,
// from token next on, and returns the next piece's first.
func (w *splitting) place(p piece, next int) int {
	at, seen := p.start, p.view
	advance := func(to int) int {
		for seen < to {
			r, size := decode(w.text[at:])
			if asciiQuote(r) != 0 {
				seen++
			} else {
				seen += size
			}
			at += size
		}
		return at
	}
	for next < len(w.spans) {
		t := w.spans[next]
		start := advance(t.Start)
		if start >= p.end {
			break
		}
		w.tokens = append(w.tokens, Span{Start: start, End: advance(t.End)})
		next++
	}
	return next
}

// cutFinalStop mends a token that ends a sentence. Prose keeps the full stop
// on any capitalized word of two or three letters, for the sake of "Dr." and
// "Inc.", and so glues it to Xi, Kim and Goa as well.
func (w *splitting) cutFinalStop() {
	last := &w.tokens[len(w.tokens)-1]
	word := last.Of(w.text)
	n := len(word)
	short := n >= 3 && n <= 4 && word[n-1] == '.' && isLower(word[1]) && !shortForms[word]
	if !short && !isInitial(word) {
		return
	}
	last.End--
	w.tokens = append(w.tokens, Span{Start: last.End, End: last.End + 1})
}

// shortForms keep their full stop at the end of a sentence.
var shortForms = map[string]bool{
	"Co.": true, "Inc.": true, "Jr.": true, "Sr.": true, "Ltd.": true,
	"Bro.": true, "St.": true, "Mt.": true, "Ave.": true, "No.": true,
}
