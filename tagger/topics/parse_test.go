package topics

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestRuleErrors(t *testing.T) {
	const open = "topic 20000153 earthquake\n"
	for _, tc := range []struct{ name, in, want string }{
		{"clause first", "3: quake", "r.rules:1: clause"},
		{"no colon", open + "quake", "r.rules:2: got \"quake\""},
		{"no name", "topic 20000153", "want a code and its name"},
		{"wrong name", "topic 20000153 flood\n 3: x", `is named "earthquake", the rule says "flood"`},
		{"unknown code", "topic 99 nothing\n 3: x", "r.rules:1: topic 99 is unknown"},
		{"retired", "topic 20000239 house building\n 3: x", "was retired on"},
		{"no patterns", "\n" + open, "r.rules:2: topic 20000153: the rule has no weighted patterns"},
		{"weight", open + "0: x", "want all, any, none or a weight"},
		{"huge weight", open + "1e9: x", "want all, any, none or a weight"},
		{"not a number", open + "NaN: x", "want all, any, none or a weight"},
		{"empty", open + "3: a,, b", "r.rules:2: 3: got an empty pattern"},
		{"sign", open + "3: a/b", "want letters and digits"},
		{"prefix", open + "3: ab*", "want at least 3 letters"},
		{"one side", open + "3: quake .. ", "want a phrase on both sides"},
		{"distance", open + "3: quake ..x dead", "got distance \"x\""},
		{"alternatives", open + "3: a|b|c|d|e a|b|c|d|e a|b|c|d|e", "more than 64 phrases"},
		{"long", open + "3: a b c d e f g h i", "want 1 to 8"},
		{"entity", open + "3: @color:red", "want @id:"},
		{"twice", open + "3: quake, quakes", `"quakes" stands twice`},
		{"define code", "define ferries \"f\" under 04000000", "want one with a prefix"},
		{"define name", "define a:f ferries under 04000000", "want a name in double quotes"},
		{"define parent", "define a:f \"f\" under 99", "r.rules:1: define a:f: parent \"99\" is no topic"},
		{"define cycle", "define a:f \"f\" under a:g\ndefine a:g \"g\" under a:f", "r.rules:1: define a:f: its parents form a cycle"},
		{"define twice", "define a:f \"f\" under 04000000\ndefine a:f \"f\" under 04000000", "r.rules:2: topic a:f is defined already at r.rules:1"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := ReadRules(mediaTopics(t), fstest.MapFS{"r.rules": {Data: []byte(tc.in)}})
			if err == nil || !strings.Contains(err.Error(), tc.want) || !strings.Contains(err.Error(), "r.rules:") {
				t.Errorf("got error %v, want one with %q", err, tc.want)
			}
		})
	}
}

// TestPatterns tries single patterns on single texts.
func TestPatterns(t *testing.T) {
	for _, tc := range []struct {
		pattern string
		matches []string
		not     []string
	}{
		{"quake", []string{"A quake struck.", "QUAKES", "the quake's epicentre"}, []string{"earthquake", "quaking"}},
		{"kill~", []string{"kill", "kills", "killed", "killing"}, []string{"killer"}},
		{"terror*", []string{"terrorist", "terrorism", "terror"}, []string{"territory"}},
		{"=arms", []string{"arms"}, []string{"arm"}},
		{"WHO", []string{"the WHO said"}, []string{"who said", "Who said"}},
		{"Ramadan", []string{"Ramadan began", "RAMADAN", "ramadan began"}, []string{"Before ramadan"}},
		{"UN", []string{"The U.N. said"}, []string{"Le un"}},
		{"cease-fire", []string{"a cease-fire", "a cease fire"}, []string{"cease, fire"}},
		{"missile|rocket test~", []string{"missile tests", "rocket testing"}, []string{"missile launch", "Test rockets. Missile"}},
		{"troops .. withdraw~", []string{"troops will soon withdraw", "withdrawing its troops"},
			[]string{"Troops came. They withdraw.", "troops a b c d e f g h i withdraw"}},
		{"vote ..2 parliament", []string{"parliament to vote"}, []string{"parliament will now vote"}},
		{"São Tomé", []string{"Sao Tome", "São Tomé"}, []string{"sao tome, Brazil"}},
	} {
		rules, err := ReadRules(mediaTopics(t), fstest.MapFS{"r.rules": {Data: []byte("topic 20000153 earthquake\n3: " + tc.pattern)}})
		if err != nil {
			t.Fatal(err)
		}
		for want, texts := range map[bool][]string{true: tc.matches, false: tc.not} {
			for _, text := range texts {
				if got := found(rules, text); got != want {
					t.Errorf("%q in %q: got %v, want %v", tc.pattern, text, got, want)
				}
			}
		}
	}
}

func found(r *Rules, text string) bool {
	a := newAnalysis(assemble(r, nil, combiner{}, ""))
	c := assemble(r, nil, combiner{}, "")
	a.read(c, Input{Text: text})
	return len(a.match.hits.touched) > 0
}

func TestConditions(t *testing.T) {
	rules, err := ReadRules(mediaTopics(t), fstest.MapFS{"r.rules": {Data: []byte(
		"topic 20000153 earthquake\n3: quake\nall: rubble\nany: dead, hurt\nnone: film\n2: @kind:volcano")}})
	if err != nil {
		t.Fatal(err)
	}
	c := assemble(rules, nil, combiner{}, "")
	for text, want := range map[string]bool{
		"quake rubble dead": true, "quake rubble hurt": true, "quake dead": false,
		"quake rubble": false, "quake rubble dead in film": false,
	} {
		a := newAnalysis(c)
		a.read(c, Input{Text: text})
		if got := a.scores.topic[rules.index["20000153"]] > 0; got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
	a := newAnalysis(c)
	a.read(c, Input{Text: "rubble and dead", Entities: []Entity{{ID: "Q1", Kind: "volcano", Salience: 0.9}}})
	if a.scores.topic[rules.index["20000153"]] <= 0 {
		t.Error("an entity of kind volcano did not speak")
	}
}

func FuzzParseRules(f *testing.F) {
	f.Add("topic 20000153 earthquake\n3: quake~ .. a|b, @kind:x\nnone: =c")
	f.Add(ferries)
	f.Add("define a:b \"\\x00\" under")
	f.Fuzz(func(t *testing.T, text string) {
		in, err := parseRules("f.rules", text)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "f.rules:") {
				t.Errorf("error %q names no file and line", err)
			}
			return
		}
		_, _ = compileRules(mediaTopics(t), in)
	})
}
