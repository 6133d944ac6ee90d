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
	s := scanner{text: text}
	read := 0 // words scanned so far; word i is ring[i%window]
	for i := 0; ; i++ {
		for read < i+window && s.next(&ring[read%window]) {
			read++
		}
		if i == read {
			return dst
		}
		if m, ok := g.longest(text, &ring, i, read); ok {
			dst = append(dst, m)
		}
	}
}

// longest finds the longest name that starts at word i.
func (g *Gazetteer) longest(text string, ring *[window]word, i, read int) (Match, bool) {
	var found Match
	w := &ring[i%window]
	if w.possessive || w.ampersand(text) {
		return found, false
	}
	x, over := g.base, g.over
	if w.letters == lower && !x.startsLower(w.hash) {
		x = nil
	}
	if over != nil && w.letters == lower && !over.startsLower(w.hash) {
		over = nil
	}
	var h uint64
	for j := i; j < min(read, i+MaxNameWords) && (x != nil || over != nil); j++ {
		w := &ring[j%window]
		if w.long || j > i && !w.joined {
			break
		}
		h = prefixHash(h, w.hash)
		m := Match{Span: Span{ring[i%window].start, w.end}}
		x = g.step(&m, x, h, text)
		over = g.stepOver(&m, over, h, text)
		if m.agree|m.agreeOver != 0 {
			found = m
		}
	}
	return found, found.agree|found.agreeOver != 0
}

// step follows the base from the words before to those hashed in h, and
// returns nil when no longer name goes on from there.
func (g *Gazetteer) step(m *Match, x *index, h uint64, text string) *index {
	if x == nil {
		return nil
	}
	s := x.lookup(h)
	if s&slotName != 0 {
		m.name = s.bearer()
		m.agree, m.Flags = g.agreeing(x, m.name, m.Span.Of(text), h)
	}
	if s&slotMore == 0 {
		return nil
	}
	return x
}

// stepOver does the same in the overlay, whose bearers join those of the base.
func (g *Gazetteer) stepOver(m *Match, over *index, h uint64, text string) *index {
	if over == nil {
		return nil
	}
	s := over.lookup(h)
	if s&slotName != 0 {
		var flags AliasFlags
		m.nameOver = s.bearer()
		m.agreeOver, flags = g.agreeing(over, m.nameOver, m.Span.Of(text), h)
		switch {
		case m.agree == 0:
			m.Flags = flags
		case m.agreeOver != 0:
			m.Flags &= flags
		}
	}
	if s&slotMore == 0 {
		return nil
	}
	return over
}

// agreeing returns which of a name's bearers may be meant by the words as
// written, a bit each, and the flags that all of those have.
func (g *Gazetteer) agreeing(x *index, first uint32, written string, h uint64) (agree uint64, flags AliasFlags) {
	if g.blocks(h) {
		return 0, 0
	}
	flags = ^AliasFlags(0)
	for i := range uint32(MaxBearers) {
		b := x.bearer(first + i)
		if !(x == g.base && g.isHidden(b.ref)) && agrees(x.alias(b.ref, b.ordinal), written, b.flags, x.typ(b.ref)) {
			agree |= 1 << i
			flags &= b.flags
		}
		if b.last {
			break
		}
	}
	return agree, flags
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
