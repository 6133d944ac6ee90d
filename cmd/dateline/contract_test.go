package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

type buffer = bytes.Buffer

// contractInput has a title, runes of one to four bytes and HTML, so that a
// wrong unit or a wrong field shows.
var contractInput = []map[string]any{
	{"id": "plain", "text": "“Naïve” 😀 President Emomali Rahmon met Kassym-Jomart Tokayev in Dushanbe on Monday."},
	{
		"id": "titled", "title": "Tajikistan 😀 greets Kazakhstan", "text": "Talks were held in Astana.", "source": "example.af",
		"publish_time": "2026-05-03T08:30:00+04:30",
	},
	{"id": "html", "html": true, "text": "<p>The people of <b>Afghanistan</b> &amp; of Tajikistan 😀 met in Kabul.</p>"},
	{"id": 17, "text": "nothing to see here, and an unknown field", "language": "en"},
}

var (
	articleKeys = []string{"entities", "id", "mentions", "topics"}
	mentionKeys = []string{"confidence", "end", "entity", "field", "start", "text", "type"}
	entityKeys  = []string{"confidence", "id", "linked", "name", "salience", "type"}
	topicKeys   = []string{"code", "name", "score", "top"}
)

// TestContract holds `dateline tag --format jsonl` to what its help promises,
// whatever the models find.
func TestContract(t *testing.T) {
	units := map[string]func(text string, start, end int) string{
		"utf8": func(text string, start, end int) string { return text[start:end] },
		"utf16": func(text string, start, end int) string {
			return string(utf16.Decode(utf16.Encode([]rune(text))[start:end]))
		},
		"utf32": func(text string, start, end int) string { return string([]rune(text)[start:end]) },
	}
	var in bytes.Buffer
	for _, a := range contractInput {
		if err := json.NewEncoder(&in).Encode(a); err != nil {
			t.Fatal(err)
		}
	}
	for unit, cut := range units {
		t.Run(unit, func(t *testing.T) {
			code, stdout, stderr := dateline(t, bytes.NewReader(in.Bytes()), "tag", "--format", "jsonl", "--offsets", unit)
			if code != exitOK || stderr != "" {
				t.Fatalf("exit code %d, stderr %q", code, stderr)
			}
			answers := strings.Split(strings.TrimSuffix(stdout, "\n"), "\n")
			if len(answers) != len(contractInput) {
				t.Fatalf("got %d lines, want %d", len(answers), len(contractInput))
			}
			mentions := 0
			for i, l := range answers {
				mentions += checkAnswer(t, l, contractInput[i], cut)
			}
			if mentions < 5 {
				t.Errorf("got %d mentions in all, too few for the test to mean anything", mentions)
			}
		})
	}
}

// checkAnswer checks one line and counts its mentions.
func checkAnswer(t *testing.T, l string, in map[string]any, cut func(string, int, int) string) int {
	t.Helper()
	var answer struct {
		Mentions, Entities, Topics []map[string]any
	}
	var fields map[string]any
	for _, v := range []any{&answer, &fields} {
		if err := json.Unmarshal([]byte(l), v); err != nil {
			t.Fatal(err)
		}
	}
	checkKeys(t, "article", fields, articleKeys)
	if got, want := fmt.Sprint(fields["id"]), fmt.Sprint(in["id"]); got != want {
		t.Errorf("id: got %s, want %s", got, want)
	}
	entities := map[string]bool{}
	for _, e := range answer.Entities {
		delete(e, "lat") // where known
		delete(e, "lon")
		checkKeys(t, "entity", e, entityKeys)
		checkOneOf(t, e, "type", "PERSON", "ORGANIZATION", "PLACE")
		entities[e["id"].(string)] = true
	}
	for _, k := range answer.Topics {
		checkKeys(t, "topic", k, topicKeys)
	}
	for _, m := range answer.Mentions {
		checkKeys(t, "mention", m, mentionKeys)
		checkOneOf(t, m, "type", "PERSON", "ORGANIZATION", "PLACE", "DEMONYM")
		checkOneOf(t, m, "field", "title", "text")
		if id := m["entity"].(string); !entities[id] {
			t.Errorf("mention %v: entity %q is not among the entities", m["text"], id)
		}
		text, _ := in[m["field"].(string)].(string)
		if got := cut(text, int(m["start"].(float64)), int(m["end"].(float64))); got != m["text"] || got == "" {
			t.Errorf("%s[%v:%v] is %q, but text is %q", m["field"], m["start"], m["end"], got, m["text"])
		}
	}
	return len(answer.Mentions)
}

func checkKeys(t *testing.T, what string, got map[string]any, want []string) {
	t.Helper()
	if keys := slices.Sorted(maps.Keys(got)); !slices.Equal(keys, want) {
		t.Errorf("%s has fields %v, want %v", what, keys, want)
	}
}

func checkOneOf(t *testing.T, v map[string]any, key string, want ...string) {
	t.Helper()
	if got, _ := v[key].(string); !slices.Contains(want, got) {
		t.Errorf("%s: got %v, want one of %v", key, v[key], want)
	}
}
