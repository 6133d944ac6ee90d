package topics

import "bytes"

// Two reductions of a folded word. Both map a rule's word and a text's word to
// the same bytes, which need not be English. They work in place and cut or
// change the end of w only.

// singular takes the plural from a noun: crises is left, quakes → quake,
// armies → army, crashes → crash. After Harman's S stemmer ("How effective is
// suffixing?", JASIS 42, 1991), with the sibilant plurals added.
func singular(w []byte) []byte {
	n := len(w)
	if n < 4 || w[n-1] != 's' || string(w) == "news" {
		return w
	}
	switch w[n-2] {
	case 's', 'u', 'i':
		return w
	case 'e':
		switch {
		case n > 4 && w[n-3] == 'i' && w[n-4] != 'e' && w[n-4] != 'a':
			w[n-3] = 'y'
			return w[:n-2]
		case w[n-3] == 'x' || bytes.HasSuffix(w[:n-2], []byte("ss")),
			bytes.HasSuffix(w[:n-2], []byte("sh")), bytes.HasSuffix(w[:n-2], []byte("ch")):
			return w[:n-2]
		}
	}
	return w[:n-1]
}

// stem takes inflection from a verb or noun: kills, killed, killing → kil;
// denies, denied → deni. It is coarse on purpose: rules ask for it word by
// word, with ~.
func stem(w []byte) []byte {
	w = singular(w)
	switch n := len(w); {
	case n >= 6 && bytes.HasSuffix(w, []byte("ing")):
		w = w[:n-3]
	case n >= 5 && bytes.HasSuffix(w, []byte("ed")):
		w = w[:n-2]
	}
	if n := len(w); n > 3 && w[n-1] == w[n-2] {
		w = w[:n-1]
	}
	switch n := len(w); {
	case n > 3 && w[n-1] == 'e':
		w = w[:n-1]
	case n > 2 && w[n-1] == 'y':
		w[n-1] = 'i'
	}
	return w
}

// hash64 is FNV-1a. Words are told apart by 64 bits alone: among the ten
// thousand words of the rules and any text's, two that collide are not to be
// expected in the life of the program.
func hash64(w []byte) uint64 {
	h := uint64(fnvOffset)
	for _, c := range w {
		h = (h ^ uint64(c)) * fnvPrime
	}
	return h
}

const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)
