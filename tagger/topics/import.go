package topics

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// sameSubject leads retired codes to the topic in use that means the same,
// where the nearest ancestor in use would lose it. Chosen by hand from names
// and definitions; IPTC's own table of replacements is not in its file.
var sameSubject = map[Code]Code{
	"20000030": "20001133", // music theatre → musical
	"20000064": "20000105", // war crime action → war crime
	"20000160": "20000139", // emergency incident → accident and emergency incident
	"20000162": "20000143", // transport incident → transportation accident and incident
	"20000163": "20000144", // air and space incident
	"20000164": "20000145", // maritime incident
	"20000165": "20000146", // railway incident
	"20000166": "20000147", // road incident
	"20000167": "20000168", // emergency planning → emergency response
	"20000171": "20000183", // business finance → business financing
	"20000184": "20001366", // restructuring and recapitalisation → business restructuring
	"20000220": "20001248", // health and beauty product → cosmetics
	"20000229": "20000225", // computer security
	"20000239": "20001368", // house building → residential real estate
	"20000244": "20000324", // beverage → beverage and grocery
	"20000248": "20000324", // grocery
	"20000250": "20000247", // mail order → online shopping
	"20000271": "20001370", // financial and business service → financial service
	"20000285": "20000287", // personal finance
	"20000286": "20000287", // personal income
	"20000309": "20001372", // news agency → news industry
	"20000310": "20001372", // newspaper and magazine
	"20000323": "20000324", // distiller and brewer
	"20000328": "20000324", // soft drinks
	"20000329": "20000245", // textile and clothing → clothing
	"20000394": "20000396", // securities → stocks and securities
	"20000436": "20000257", // renewable energy
	"20000475": "20001239", // physical fitness → exercise and fitness
	"20000493": "20000494", // non-human diseases → animal disease
	"20000519": "20000518", // employee benefits → wages and benefits
	"20000534": "20000189", // job layoffs → layoffs and downsizing
	"20000564": "20000563", // tourism → travel and tourism
	"20000967": "20001155", // inline skating → roller sports
	"20001169": "20000330", // e-cigarette → tobacco and nicotine
}

// mediaTopicsHead opens the file that ImportMediaTopics writes.
const mediaTopicsHead = `# IPTC Media Topics, names and definitions in British English.
# Copyright International Press Telecommunications Council (IPTC), https://iptc.org,
# licensed CC BY 4.0. Made by "dateline topics import"; do not edit.
# code	parent	retired	replaced by	name	definition
`

// ImportMediaTopics reads IPTC Media Topics as JSON, an object with a list
// "topics" of {code, parent, name, definition, retired}, and writes them in the
// format of ReadTaxonomy. A retired topic is replaced by the topic in use of
// the same meaning, else by its nearest ancestor in use.
func ImportMediaTopics(w io.Writer, r io.Reader) error {
	var in struct {
		Topics []struct{ Code, Parent, Name, Definition, Retired string }
	}
	if err := json.NewDecoder(r).Decode(&in); err != nil {
		return fmt.Errorf("media topics: %w", err)
	}
	all := map[Code]Topic{}
	var codes []Code
	for _, t := range in.Topics {
		day, _, _ := strings.Cut(t.Retired, "T")
		all[Code(t.Code)] = Topic{Code: Code(t.Code), Parent: Code(t.Parent), Retired: day, Name: t.Name,
			Definition: strings.Join(strings.Fields(t.Definition), " ")}
		codes = append(codes, Code(t.Code))
	}
	out := bufio.NewWriter(w)
	_, _ = out.WriteString(mediaTopicsHead)
	for _, c := range codes {
		t := all[c]
		_, _ = fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\n", t.Code, t.Parent, t.Retired, replacement(all, t), t.Name, t.Definition)
	}
	return out.Flush()
}

// replacement is what to use for a retired topic, "" for one in use.
func replacement(all map[Code]Topic, t Topic) Code {
	if t.Retired == "" {
		return ""
	}
	if c, ok := sameSubject[t.Code]; ok {
		return c
	}
	for range len(all) {
		if t = all[t.Parent]; t.Retired == "" {
			break
		}
	}
	return t.Code
}
