package train

import (
	"github.com/dateline-news/dateline/tagger/conll"
	"github.com/dateline-news/dateline/tagger/recognizer"
	"github.com/dateline-news/dateline/tagger/text"
)

// labels are the types of names that are learned; all others are no names.
var labels = map[string]recognizer.Label{
	"PER": recognizer.PER, "ORG": recognizer.ORG, "LOC": recognizer.LOC,
}

// input lays a document out for the recognizer, its words as the tokens.
func input(d *conll.Document) recognizer.Input {
	t, words := d.Text()
	in := recognizer.Input{Text: t}
	for i, w := range words {
		if w.Sentence == len(in.Sentences) {
			in.Sentences = append(in.Sentences, text.Sentence{First: i})
		}
		in.Sentences[w.Sentence].Last = i + 1
		in.Tokens = append(in.Tokens, text.Span{Start: w.Start, End: w.End})
	}
	return in
}

// tagsOf are the tags of a sentence's words.
func tagsOf(s *conll.Sentence) []uint8 {
	t := make([]uint8, len(s.Words))
	for _, n := range s.Names {
		for i := n.First; i < n.Last; i++ {
			t[i] = recognizer.Tag(labels[n.Type], i == n.First)
		}
	}
	return t
}

// reader turns documents into sentences to learn from.
type reader struct {
	analysis *recognizer.Analysis
	members  func(recognizer.Input) []recognizer.Membership
	data     []sentence
	net      []netSentence
}

func (r *reader) read(d *conll.Document, weight float32) {
	in := input(d)
	in.Member = r.members(in)
	r.analysis.Read(in, in.Sentences)
	for k, s := range r.analysis.Sentences {
		out := sentence{tags: tagsOf(&d.Sentences[k]), weight: weight}
		r.net = append(r.net, netSentence{r.netTokens(s), out.tags, weight})
		for i := s.First; i < s.Last; i++ {
			out.rows = r.analysis.Rows(out.rows, s, i)
			out.ends = append(out.ends, uint32(len(out.rows)))
		}
		r.data = append(r.data, out)
	}
}

// netTokens lays out what the net sees of a sentence.
func (r *reader) netTokens(s text.Sentence) []netToken {
	tokens := make([]netToken, 0, s.Last-s.First)
	for i := s.First; i < s.Last; i++ {
		var t netToken
		if r.analysis.NetActive(s, i) {
			t = netToken{true, r.analysis.NetWords(s, i), r.analysis.NetRows(nil, s, i)}
			for place, w := range t.words {
				t.rows = w.Rows(t.rows, place)
			}
		}
		tokens = append(tokens, t)
	}
	return tokens
}
