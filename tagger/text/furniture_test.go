package text

import "testing"

func TestFurniture(t *testing.T) {
	for line, want := range map[string]bool{
		"Latest News": true, "CONTINUE READING": true, "Trending »": true, "on": true,
		"- Share this story:": true, "Published": true, "Read more…": true,
		"Read more: Tehran hosts talks on Afghanistan": true, "Follow us on Facebook": true,
		"Latest News from Kabul": false, "On Monday": false, "": false,
		"Share of Kazakhstan in trade grows": false,
	} {
		if got := Furniture(line); got != want {
			t.Errorf("%q: got %v", line, got)
		}
	}
}
