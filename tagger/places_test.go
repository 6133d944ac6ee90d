package tagger

import (
	"slices"
	"strings"
	"testing"

	"github.com/dateline-news/dateline/gazetteer"
)

// placesOf are the places of a text in order, each as it is called, then what it
// is and what contains it: "Paris: Paris city, Texas, United States". Demonyms
// are left out, and of containers those above the country.
func placesOf(t *testing.T, tagger *Tagger, a Article) []string {
	t.Helper()
	d := newDocument(a)
	if err := tagger.pipeline.run(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	var list []string
	for i := range d.mentions {
		m := &d.mentions[i]
		if m.typ != PlaceMention {
			continue
		}
		e := d.entities[d.chains[m.chain].entity]
		line := d.of(m) + ": " + strings.TrimSpace(e.Name+" "+string(e.Kind))
		for _, id := range e.Parents {
			if r, ok := tagger.gazetteer.Lookup(id); ok && tagger.gazetteer.Head(r).Kind != gazetteer.Region {
				line += ", " + tagger.gazetteer.Head(r).Name
			}
		}
		list = append(list, line)
	}
	return list
}

// TestPlaces tags sentences whose places have namesakes that the world knows
// better, or stand in forms of their own.
func TestPlaces(t *testing.T) {
	tagger := embeddedTagger(t)
	for _, c := range []struct {
		source, text string
		want         []string
	}{
		{"", "A fire broke out in Paris, Texas, on Monday.", []string{
			"Paris: Paris city, Texas, United States", "Texas: Texas admin1, United States"}},
		{"", "The Texas town of Paris has a tower of its own.", []string{
			"Texas: Texas admin1, United States", "Paris: Paris city, Texas, United States"}},
		{"", "In Moscow, Ukraine was accused of sabotage.", []string{
			"Moscow: Moscow capital, Moscow, Russia", "Ukraine: Ukraine country"}},
		{"", "Police in Durham, N.C., and Athens, Ga., looked for a man from Rome, N.Y.", []string{
			"Durham: Durham city, North Carolina, United States", "N.C.: North Carolina admin1, United States",
			"Athens: Athens city, Georgia, United States", "Ga.: Georgia admin1, United States",
			"Rome: Rome city, New York, United States", "N.Y.: New York admin1, United States"}},
		{"", "BIRMINGHAM, Ala. (AP) — A jury convicted a former sheriff.", []string{
			"BIRMINGHAM: Birmingham city, Alabama, United States", "Ala.: Alabama admin1, United States"}},
		{"", "The office in Portland, OR 97201, is closed.", []string{
			"Portland: Portland city, Oregon, United States", "OR: Oregon admin1, United States"}},
		{"", "WASHINGTON (AP) — President Trump will travel to Rome, Georgia, on Friday.", []string{
			"WASHINGTON: Washington, D.C. capital, Washington, D.C., United States",
			"Rome: Rome city, Georgia, United States", "Georgia: Georgia admin1, United States"}},
		{"", "Vienna, Va., is close to the capital.", []string{
			"Vienna: Vienna city, Virginia, United States", "Va.: Virginia admin1, United States"}},
		{"", "The mayor of Valencia, Venezuela, resigned; in Valencia, Spain, it rained.", []string{
			"Valencia: Valencia city, Carabobo, Venezuela", "Venezuela: Venezuela country",
			"Valencia: Valencia city, Valencia, Spain", "Spain: Spain country"}},
		{"", "The Libyan capital, Tripoli, was calm. The Lebanese city of Tripoli was not.", []string{
			"Tripoli: Tripoli capital, Tripoli, Libya", "Tripoli: Tripoli city, Liban-Nord, Lebanon"}},
		{"", "Farmers in Punjab, Pakistan, and in the Indian state of Punjab burn stubble.", []string{
			"Punjab: Punjab admin1, Pakistan", "Pakistan: Pakistan country", "Punjab: Punjab admin1, India"}},
		{"", "A man from London, Ontario, won. He has lived in London for 20 years.", []string{
			"London: London city, Ontario, Canada", "Ontario: Ontario admin1, Canada", "London: London city, Ontario, Canada"}},
		{"", "A bus overturned near Hyderabad, Pakistan, rescue workers said.", []string{
			"Hyderabad: Hyderabad city, Sindh, Pakistan", "Pakistan: Pakistan country"}},
		{"", "Drones struck a depot in the Belgorod region, and troops left Sumy region.", []string{
			"Belgorod: Belgorod Oblast admin1, Russia", "Sumy: Sumy Oblast admin1, Ukraine"}},
		{"", "Workers were kidnapped in Kirkuk province on Tuesday, Iraqi police said.", []string{
			"Kirkuk: Kirkuk admin1, Iraq"}},
		{"", "El Fasher, the capital of North Darfur state, is under siege.", []string{
			"El Fasher: El Fasher city, Northern Darfur, Sudan", "North Darfur: Northern Darfur admin1, Sudan"}},
		{"", "A quake struck west of Petrolia, California, on Monday.", []string{
			"Petrolia: Petrolia, California, United States", "California: California admin1, United States"}},
		{"abc.net.au", "The government of Victoria will spend more on trains in Melbourne.", []string{
			"Victoria: Victoria admin1, Australia", "Melbourne: Melbourne city, Victoria, Australia"}},
		{"", "Premier David Eby spoke in Victoria, British Columbia, on Monday.", []string{
			"Victoria: Victoria city, British Columbia, Canada", "British Columbia: British Columbia admin1, Canada"}},
		{"", "A power cut left Santiago de Cuba in the dark on Sunday.", []string{
			"Santiago de Cuba: Santiago de Cuba city, Santiago de Cuba, Cuba"}},
		{"", "He visited Paris, London and Rome, and Moscow, Belarus, Iran and China.", []string{
			"Paris: Paris capital, Île-de-France, France", "London: London capital, England, United Kingdom",
			"Rome: Rome capital, Lazio, Italy", "Moscow: Moscow capital, Moscow, Russia",
			"Belarus: Belarus country", "Iran: Iran country", "China: China country"}},
		{"", "A ferry sank in Lake Victoria near Mwanza, Tanzania.", []string{
			"Lake Victoria: Lake Victoria water", "Mwanza: Mwanza city, Mwanza, Tanzania", "Tanzania: Tanzania country"}},
	} {
		got := placesOf(t, tagger, Article{Body: c.text, Source: c.source, PublishTime: day(2025, 5, 1)})
		if !slices.Equal(got, c.want) {
			t.Errorf("%s\ngot  %s\nwant %s", c.text, strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
		}
	}
}
