package gazetteer

// blockWords is how many words are looked up together. More do not make
// waiting for memory shorter.
const blockWords = 64

// block is a stretch of text: the words at which names are looked for and, as
// far as the text goes on, those that the longest of these names may have.
type block struct {
	words   [blockWords + MaxNameWords - 1]word
	starts  [blockWords]uint8 // the words that a name may start with
	touched uint8             // what touch read
}

// Match appends to dst the longest name starting at each word of text, in
// order; matches of different starts may overlap and are all kept. It
// allocates nothing when dst has room, and takes time linear in len(text)
// for any text: each word is scanned once and looked up at most MaxNameWords
// times.
//
// Spelling is folded as told at [Fold]. Case decides further:
//
//   - a name written with a capital is not found in a word that begins small,
//     but for the later words of organizations of three words or more
//     (Ministry of foreign affairs);
//   - an [Acronym] is found as written, with or without dots, and from four
//     letters on also as Nato, unless it needs context;
//   - a [CaseSensitive] name is found as written.
func (g *Gazetteer) Match(dst []Match, text string) []Match {
	var b block
	s := scanner{text: text}
	for n := 0; ; n = copy(b.words[:], b.words[blockWords:n]) {
		for n < len(b.words) && s.next(&b.words[n]) {
			n++
		}
		dst = g.matchBlock(dst, text, &b, n)
		if n <= blockWords {
			return dst
		}
	}
}

// matchBlock finds the names that start in a block of n words.
func (g *Gazetteer) matchBlock(dst []Match, text string, b *block, n int) []Match {
	starts := b.starts[:g.findStarts(b, min(n, blockWords))]
	words := b.words[:n]
	for _, i := range starts {
		b.touched ^= g.base.touch(words[i:])
	}
	var hits [MaxNameWords]hit
	for _, i := range starts {
		run := words[i:]
		for k := g.follow(run, &hits); k > 0; k-- {
			h := &hits[k-1]
			dst = append(dst, Match{Span: Span{run[0].start, h.end}, Flags: ^AliasFlags(0), hash: h.hash})
			if g.verify(&dst[len(dst)-1], text, h) {
				break
			}
			dst = dst[:len(dst)-1]
		}
	}
	return dst
}

// findStarts lists which of the first words of a block may start a name, and
// returns how many they are.
func (g *Gazetteer) findStarts(b *block, last int) (n int) {
	for i := range b.words[:last] {
		w := &b.words[i]
		if !w.inner && (w.letters != lower || g.base.starts.has(w.hash) || g.over != nil && g.over.starts.has(w.hash)) {
			b.starts[n] = uint8(i)
			n++
		}
	}
	return n
}

// touchWords is how many words of a run are touched: few names are longer.
const touchWords = 3

// touch reads a byte of what looking up the first words of a run will read. It
// waits for nothing and decides nothing by what it reads: so the processor asks
// memory for many buckets at once, where looking up asks for one after the
// other. With ten million names that saves two fifths of the time.
func (x *index) touch(run []word) (read uint8) {
	var h uint64
	for j := range run[:min(len(run), touchWords)] {
		w := &run[j]
		if j > 0 && (!w.joined || w.letters == lower && !x.laters.has(w.hash)) {
			break
		}
		h = prefixHash(h, w.hash)
		b, _ := x.place(h)
		read ^= x.table[b*bucketSize]
	}
	return read
}

// hit is a run of words whose hash is that of a name.
type hit struct {
	end        int // of its last word
	hash       uint64
	base, over slot
	small      smallness
}

// follow looks up the first words of a run, as far as names go on, and fills
// hits, shortest first.
func (g *Gazetteer) follow(run []word, hits *[MaxNameWords]hit) (n int) {
	base, over, small := g.base, g.over, noSmall
	var h uint64
	for j := 0; j < min(len(run), MaxNameWords) && (base != nil || over != nil); j++ {
		w := &run[j]
		if w.long || j > 0 && !w.joined {
			break
		}
		if w.letters == lower {
			base, over = base.mayBeSmall(w.hash, j), over.mayBeSmall(w.hash, j)
			small = max(small, smallAt(j))
		}
		h = prefixHash(h, w.hash)
		hits[n] = hit{end: w.end, hash: h, small: small}
		base, hits[n].base = base.step(h)
		over, hits[n].over = over.step(h)
		if (hits[n].base|hits[n].over)&slotName != 0 {
			n++
		}
	}
	return n
}

// mayBeSmall is the index when the j-th word of a run may begin with a small
// letter in a name, else nil.
func (x *index) mayBeSmall(word uint64, j int) *index {
	if x == nil || j == 0 && !x.starts.has(word) || j > 0 && !x.laters.has(word) {
		return nil
	}
	return x
}

// step looks up a run of words. The index comes back as nil when no name goes
// on after them; of nil there is nothing to look up.
func (x *index) step(h uint64) (*index, slot) {
	if x == nil {
		return nil, 0
	}
	s := x.lookup(h)
	if s&slotMore == 0 {
		return nil, s
	}
	return x, s
}

// verify completes the match of a hit, and reports whether one of the bearers
// may be written so.
func (g *Gazetteer) verify(m *Match, text string, h *hit) bool {
	if g.blocks(h.hash) {
		return false
	}
	if h.base&slotName != 0 {
		m.name = h.base.bearer()
		if g.hidden == nil && h.base.rule().allows(h.small) {
			m.agree, m.Flags = 1, h.base.flags()
		} else {
			m.agree = g.agreeing(g.base, m.name, m, text, h.small)
		}
	}
	if h.over&slotName != 0 {
		m.nameOver = h.over.bearer()
		m.agreeOver = g.agreeing(g.over, m.nameOver, m, text, h.small)
	}
	return m.agree|m.agreeOver != 0
}

// agreeing returns which of a name's bearers may be meant by the words as
// written, a bit each, and leaves in m the flags that all of those have.
func (g *Gazetteer) agreeing(x *index, first uint32, m *Match, text string, small smallness) (agree uint64) {
	check := checkOf(m.hash)
	for i := range uint32(MaxBearers) {
		b := x.bearer(first + i)
		if b.check == check && !(x == g.base && g.isHidden(b.ref)) &&
			(b.rule.allows(small) || agrees(x.alias(b.ref, b.ordinal), m.Span.Of(text), b.flags, x.typ(b.ref))) {
			agree |= 1 << i
			m.Flags &= b.flags
		}
		if b.last {
			break
		}
	}
	return agree
}

// agrees reports whether the words written are the name, folded, in letters
// that its flags and type allow.
func agrees(name, written string, flags AliasFlags, typ Type) bool {
	if name == written {
		return true
	}
	names, texts := scanner{text: name}, scanner{text: written}
	var n, t word
	var buf, buf2 [4 * maxWordBytes]byte
	for i := 0; ; i++ {
		more := names.next(&n)
		if texts.next(&t) != more {
			return false
		}
		if !more {
			return i > 0
		}
		if n.hash != t.hash {
			return false
		}
		if n.possessive || n.hash == andHash {
			continue
		}
		nw, tw := name[n.start:n.end], written[t.start:t.end]
		if string(appendFold(buf[:0], nw)) != string(appendFold(buf2[:0], tw)) {
			return false
		}
		small := typ == Organization && i > 0
		if !caseAgrees(nw, tw, &n, &t, flags, small) {
			return false
		}
	}
}

// caseAgrees compares the letters of one word. small allows a small letter
// for a capital.
func caseAgrees(name, written string, n, t *word, flags AliasFlags, small bool) bool {
	switch {
	case flags&(Acronym|CaseSensitive) == 0:
		return n.letters != capital && n.letters != capitals || t.letters != lower || small
	case n.letters == t.letters && n.letters != capital:
		return true
	case flags&(CaseSensitive|NeedsContext) == 0 && n.letters == capitals && t.letters == capital:
		return n.end-n.start >= 4 && !n.dotted
	}
	return n.letters == t.letters && sameCapitals(name, written)
}

// sameCapitals compares the case of the letters one by one; both words fold
// to the same letters.
func sameCapitals(a, b string) bool {
	if len(a) != len(b) {
		return true // a diacritic more or less
	}
	for i := range len(a) {
		if a[i] != b[i] && a[i]|0x20 == b[i]|0x20 && asciiFold[a[i]&0x7f] >= 'a' {
			return false
		}
	}
	return true
}
