package topics

import (
	"bytes"
	"strings"
	"testing"

	"github.com/dateline-news/dateline/gazetteer"
)

// trained is a small model: quakes are disasters, goals are sport.
func trained(t testing.TB) []byte {
	t.Helper()
	c, err := RulesOnly()
	if err != nil {
		t.Fatal(err)
	}
	var texts []Labelled
	for range 30 {
		texts = append(texts,
			Labelled{Text: "The quake left many houses in ruins", Top: []Code{"03000000"}},
			Labelled{Text: "The goal won them the cup in the final", Top: []Code{"15000000"}})
	}
	var out bytes.Buffer
	if err := c.Train(&out, texts, TrainOptions{}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestTrain(t *testing.T) {
	file := trained(t)
	if again := trained(t); !bytes.Equal(file, again) {
		t.Error("the same texts and seed gave another model")
	}
	m, err := ReadModel(file)
	if err != nil {
		t.Fatal(err)
	}
	c := assemble(classifier(t).rules, m, combiner{}, "")
	a := newAnalysis(c)
	a.read(c, Input{Text: "houses in ruins"})
	disaster, _ := a.opinion(c, c.rules.index["03000000"])
	sport, _ := a.opinion(c, c.rules.index["15000000"])
	if disaster <= sport || disaster <= 0 {
		t.Errorf("ruins: log odds of disaster %.2f, of sport %.2f", disaster, sport)
	}
}

func TestReadModelDamaged(t *testing.T) {
	file := trained(t)
	for name, data := range map[string][]byte{
		"empty": nil, "magic": []byte("something else"), "cut": file[:len(file)-1], "short": file[:20],
	} {
		if _, err := ReadModel(data); err == nil || !strings.HasPrefix(err.Error(), "topics model: ") {
			t.Errorf("%s: got error %v", name, err)
		}
	}
	for i := len(modelMagic); i < len(file); i += 97 {
		damaged := bytes.Clone(file)
		damaged[i] ^= 0x40
		if _, err := ReadModel(damaged); err == nil {
			t.Errorf("a changed byte at %d went unnoticed", i)
		}
	}
}

// FuzzReadModel signs whatever comes, so that the reader behind the checksum is
// tried too.
func FuzzReadModel(f *testing.F) {
	file := trained(f)
	f.Add(file[len(modelMagic) : len(file)-8])
	f.Add([]byte{0, 0, 0, 128, 63, 0})
	f.Add([]byte{255, 255, 255, 255, 255, 255, 255, 255, 255, 1})
	f.Fuzz(func(t *testing.T, body []byte) {
		data := append([]byte(modelMagic), body...)
		m, err := ReadModel(append(data, checksum(data)...))
		if err != nil {
			return
		}
		a := newActivation(m)
		a.begin()
		for h := range uint64(100) {
			a.add(h, gazetteer.Span{})
		}
	})
}
