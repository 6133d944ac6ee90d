package recognizer

import "github.com/dateline-news/dateline/tagger/text"

// Reports of sport call clubs by their towns, "Leeds beat Watford", which only
// the rest of the report tells from places.

// sportWords are frequent in reports of sport and rare in others.
var sportWords = hashSet(`match matches game games goal goals goalless striker strikers midfielder defender goalkeeper
	keeper winger forward fullback playmaker coach coaches manager league cup season fixture fixtures kickoff kick
	penalty penalties shootout header stoppage halftime derby relegation relegated promoted standings playoff
	playoffs semi-final semi-finals quarter-final quarter-finals semifinal quarterfinal knockout round rounds
	scored scorers scorer equaliser equalizer equalised levelled hat-trick assist winner win wins won lose loses lost
	beat beaten defeat defeated draw drew unbeaten champions championship title player players squad captain
	substitute bench referee var innings wicket wickets runs overs batsman bowler quarterback touchdown touchdowns
	pitcher homer inning nba nfl nhl mlb rebounds puck goaltender try tries scrum prop fly-half lap laps pole podium
	sprint stage peloton marathon medal medals gold silver bronze tournament seed seeded set sets serve final finals
	transfer loan signing club clubs team teams fans stadium points leg`)

// sportLevels is how many degrees of sport a document is told apart by, none
// of it among them.
const sportLevels = 3

// sportLevel tells how much the chunk speaks of sport: not at all, by a word
// here and there, or by two words in a hundred and more, and two at least.
func (a *Analysis) sportLevel() int {
	n := 0
	for _, k := range a.index {
		if a.vocabulary.words[k].sport {
			n++
		}
	}
	switch {
	case n == 0:
		return 0
	case n == 1 || n*50 < len(a.index):
		return 1
	}
	return 2
}

// sportRows appends what the words around a name say of it where the document
// speaks of sport.
func (a *Analysis) sportRows(dst []uint32, s text.Sentence, i int, c uint64) []uint32 {
	level := uint64(a.sport)
	add := func(t template, value uint64) { dst = append(dst, row(uint64(t)*8, value<<2|level)) }
	w, _ := a.at(s, i)
	before, cBefore := a.at(s, i-1)
	after, cAfter := a.at(s, i+1)
	if a.members != nil {
		add(tSportMember, uint64(a.members[i]))
	}
	add(tSportCase, cBefore<<16|c<<8|cAfter)
	add(tSportBefore, before.lower)
	add(tSportAfter, after.lower)
	add(tSportCluster, w.cluster(of256))
	return dst
}
