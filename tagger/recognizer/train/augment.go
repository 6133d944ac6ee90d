package train

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/tagger/conll"
)

// augmenter makes further sentences out of those of the corpora: the same in
// another case, with other names, behind a dateline.
type augmenter struct {
	random *rand.Rand
	names  *names
}

// copies appends to dst the copies that chance makes of a sentence, each a
// document of its own.
func (a *augmenter) copies(dst []conll.Document, s conll.Sentence, share float64) []conll.Document {
	for _, change := range []struct {
		share float64
		apply func(conll.Sentence) conll.Sentence
	}{
		{0.04, shout},
		{0.04, headline},
		{0.15, a.rename},
		{0.03, a.dateline},
		{0.02, a.byline},
	} {
		if len(s.Names) > 0 && a.random.Float64() < change.share*share {
			dst = append(dst, conll.Document{Sentences: []conll.Sentence{change.apply(s)}})
		}
	}
	return dst
}

// clone copies a sentence so that its words may be changed.
func clone(s conll.Sentence) conll.Sentence {
	return conll.Sentence{Words: slices.Clone(s.Words), Names: slices.Clone(s.Names)}
}

func shout(s conll.Sentence) conll.Sentence {
	s = clone(s)
	for i, w := range s.Words {
		s.Words[i] = strings.ToUpper(w)
	}
	return s
}

var smallInHeadlines = set(`a an the and or but of in on at to by for from with as is 's n't`)

// headline writes a sentence in title case, without its full stop.
func headline(s conll.Sentence) conll.Sentence {
	s = clone(s)
	if n := len(s.Words); n > 1 && s.Words[n-1] == "." && (len(s.Names) == 0 || s.Names[len(s.Names)-1].Last < n) {
		s.Words = s.Words[:n-1]
	}
	for i, w := range s.Words {
		if i == 0 || !smallInHeadlines[w] {
			s.Words[i] = capitalize(w)
		}
	}
	return s
}

func capitalize(w string) string {
	r, size := utf8.DecodeRuneInString(w)
	return string(unicode.ToUpper(r)) + w[size:]
}

// rename puts other names in place of those of a sentence.
func (a *augmenter) rename(s conll.Sentence) conll.Sentence {
	var out conll.Sentence
	at := 0
	for _, n := range s.Names {
		out.Words = append(out.Words, s.Words[at:n.First]...)
		first := len(out.Words)
		out.Words = append(out.Words, a.another(n, s.Words[n.First:n.Last])...)
		out.Names = append(out.Names, conll.Name{First: first, Last: len(out.Words), Type: n.Type})
		at = n.Last
	}
	out.Words = append(out.Words, s.Words[at:]...)
	return out
}

// another picks a name of the same type: a family name for a single word of a
// person, and never a long name for an acronym.
func (a *augmenter) another(n conll.Name, words []string) []string {
	var from []string
	switch n.Type {
	case "PER":
		from = a.names.people
	case "ORG":
		from = a.names.organizations
	case "LOC":
		from = a.names.places
	}
	if len(from) == 0 || n.Type == "ORG" && len(words) == 1 {
		return words
	}
	name := tokens(from[a.random.IntN(len(from))])
	if n.Type == "PER" && len(words) == 1 {
		return name[len(name)-1:]
	}
	return name
}

// tokens parts a name as the corpora do: at spaces and before commas and
// closing marks.
func tokens(name string) []string {
	for _, m := range []string{",", "(", ")", "'s ", "\""} {
		name = strings.ReplaceAll(name, m, " "+strings.TrimSpace(m)+" ")
	}
	return strings.Fields(name)
}

var (
	agencies = strings.Fields("Reuters AP AFP UPI Xinhua Bloomberg TASS IANS ANI PTI Interfax CNN BBC EFE dpa ANSA")
	months   = strings.Fields("January Jan. February Feb. March April May June July August Aug. September Sept. October Oct. November Nov. December Dec.")
)

// dateline begins a sentence as the news of an agency does.
func (a *augmenter) dateline(s conll.Sentence) conll.Sentence {
	city := tokens(a.names.places[a.random.IntN(len(a.names.places))])
	if a.random.IntN(2) == 0 {
		for i := range city {
			city[i] = strings.ToUpper(city[i])
		}
	}
	var d conll.Sentence
	d.Words = append(d.Words, city...)
	d.Names = append(d.Names, conll.Name{Last: len(city), Type: "LOC"})
	if a.random.IntN(3) > 0 {
		d.Words = append(d.Words, ",", months[a.random.IntN(len(months))], []string{"3", "14", "29", "8"}[a.random.IntN(4)])
	}
	if a.random.IntN(3) > 0 {
		d.Words = append(d.Words, "(")
		d.Names = append(d.Names, conll.Name{First: len(d.Words), Last: len(d.Words) + 1, Type: "ORG"})
		d.Words = append(d.Words, agencies[a.random.IntN(len(agencies))], ")")
	}
	d.Words = append(d.Words, []string{"-", "--", "—", "–", ":"}[a.random.IntN(5)])
	return concat(d, s)
}

// byline puts the author before a sentence.
func (a *augmenter) byline(s conll.Sentence) conll.Sentence {
	person := tokens(a.names.people[a.random.IntN(len(a.names.people))])
	b := conll.Sentence{Words: append([]string{[]string{"By", "by", "BY", "Written by", "Photo :"}[a.random.IntN(3)]}, person...)}
	b.Names = []conll.Name{{First: 1, Last: len(b.Words), Type: "PER"}}
	if a.random.IntN(2) == 0 {
		b.Words = append(b.Words, ",")
		b.Names = append(b.Names, conll.Name{First: len(b.Words), Last: len(b.Words) + 1, Type: "ORG"})
		b.Words = append(b.Words, agencies[a.random.IntN(len(agencies))])
	}
	if a.random.IntN(2) == 0 {
		return b
	}
	return concat(b, s)
}

func concat(a, b conll.Sentence) conll.Sentence {
	for _, n := range b.Names {
		n.First += len(a.Words)
		n.Last += len(a.Words)
		a.Names = append(a.Names, n)
	}
	a.Words = append(a.Words, b.Words...)
	return a
}

// joinHyphens joins the parts of hyphenated words that some corpora split and
// our tokenizer does not, at half of the places, so that both are learned.
func (a *augmenter) joinHyphens(s conll.Sentence) conll.Sentence {
	if !slices.Contains(s.Words, "-") {
		return s
	}
	inside := map[int]bool{} // words that go on in a name
	for _, n := range s.Names {
		for i := n.First + 1; i < n.Last; i++ {
			inside[i] = true
		}
	}
	var out conll.Sentence
	at := make([]int, len(s.Words)+1) // new number of each word
	for i := 0; i < len(s.Words); i++ {
		at[i] = len(out.Words)
		if i > 0 && i+1 < len(s.Words) && s.Words[i] == "-" && inside[i] == inside[i+1] &&
			isWord(s.Words[i-1]) && isWord(s.Words[i+1]) && a.joinable(s, i, inside[i]) && a.random.IntN(2) == 0 {
			out.Words[len(out.Words)-1] += "-" + s.Words[i+1]
			at[i], at[i+1] = len(out.Words)-1, len(out.Words)-1
			i++
			continue
		}
		out.Words = append(out.Words, s.Words[i])
	}
	at[len(s.Words)] = len(out.Words)
	for _, n := range s.Names {
		last := at[n.Last-1] + 1
		out.Names = append(out.Names, conll.Name{First: at[n.First], Last: last, Type: n.Type})
	}
	return out
}

// joinable reports whether the hyphen at word i stands in a name wholly or not
// beside one at all.
func (a *augmenter) joinable(s conll.Sentence, i int, inside bool) bool {
	if inside {
		return true
	}
	for _, n := range s.Names {
		if n.First <= i+1 && i-1 < n.Last {
			return false
		}
	}
	return true
}

func isWord(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
