package gazetteer

// window is how many words of the text are held at a time: those of the
// longest name and one more. A power of two.
const window = 16

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
	var ring [window]word
	var hits [MaxNameWords]hit
	s := scanner{text: text}
	read := 0 // words scanned so far; word i is ring[i%window]
	for i := 0; ; i++ {
		for read < i+window && s.next(&ring[read%window]) {
			read++
		}
		if i == read {
			return dst
		}
		start := ring[i%window].start
		for n := g.follow(text, &ring, i, read, &hits); n > 0; n-- {
			if m, ok := g.verify(text, start, &hits[n-1]); ok {
				dst = append(dst, m)
				break
			}
		}
	}
}

// hit is a run of words whose hash is that of a name.
type hit struct {
	end        int // of its last word
	hash       uint64
	base, over slot
	small      smallness
}

// follow looks up the words from word i on, as far as names go on, and fills
// hits, shortest first.
func (g *Gazetteer) follow(text string, ring *[window]word, i, read int, hits *[MaxNameWords]hit) (n int) {
	w := &ring[i%window]
	if w.possessive || w.ampersand(text) {
		return 0
	}
	base, over, small := g.base, g.over, noSmall
	if w.letters == lower {
		base, over, small = base.startingLower(w.hash), over.startingLower(w.hash), firstSmall
	}
	var h uint64
	for j := i; j < min(read, i+MaxNameWords) && (base != nil || over != nil); j++ {
		w := &ring[j%window]
		if w.long || j > i && !w.joined {
			break
		}
		if w.letters == lower {
			small = max(small, laterSmall)
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

// verify makes a match of a hit when one of the bearers may be written so.
func (g *Gazetteer) verify(text string, start int, h *hit) (Match, bool) {
	m := Match{Span: Span{start, h.end}, Flags: ^AliasFlags(0), hash: h.hash}
	if g.blocks(h.hash) {
		return m, false
	}
	if h.base&slotName != 0 {
		m.name = h.base.bearer()
		if g.hidden == nil && h.base.rule().allows(h.small) {
			m.agree, m.Flags = 1, h.base.flags()
		} else {
			m.agree = g.agreeing(g.base, m.name, &m, text, h.small)
		}
	}
	if h.over&slotName != 0 {
		m.nameOver = h.over.bearer()
		m.agreeOver = g.agreeing(g.over, m.nameOver, &m, text, h.small)
	}
	return m, m.agree|m.agreeOver != 0
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
