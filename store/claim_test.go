package store

import (
	"math/rand/v2"
	"testing"
)

// The log of claims may take an unchanged band for a changed one, which costs a
// look; never the other way round, which would cost a story.
func TestClaimLog(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	log := newClaimLog(10, 20)
	changed := map[string]Revision{}
	spared := 0
	for now := Revision(11); now < 400; now++ {
		for range r.IntN(8) {
			key := bandKey(r.IntN(bands), uint64(r.IntN(5)))
			log.changed(key, now)
			changed[string(key)] = now
		}
		for range 20 {
			key, seen := bandKey(r.IntN(bands), uint64(r.IntN(5))), now-Revision(r.IntN(12))
			got, want := log.changedSince(key, seen), changed[string(key)] > seen
			if want && !got {
				t.Fatalf("revision %d: a band changed at %d, the log denies it since %d", now, changed[string(key)], seen)
			}
			if !got {
				spared++
			}
		}
	}
	if spared < 1000 {
		t.Errorf("the log spared %d looks of 7780, want some 1000", spared)
	}
}
