package recognizer

import "strings"

// functionWords are the words that open a sentence in a capital without being
// part of a name, by the hash of their folded form.
var functionWords = hashSet(`a an the this that these those some any each every all both no
	i you he she it we they his her its our their my your who what when where why how which
	in on at by for from with without to of off into onto over under after before since until during while
	as if but and or so nor yet though although because however moreover meanwhile also then thus there here
	is are was were be been has have had do does did will would can could may might must shall should
	not only just even still now today yesterday tomorrow more most many much several few other another such
	one two three four five six seven eight nine ten first last next
	according among between against about despite amid like unlike than per via`)

func hashSet(words string) map[uint64]bool {
	set := map[uint64]bool{}
	for _, w := range strings.Fields(words) {
		set[foldHash(w)] = true
	}
	return set
}

// joiner is a small word that stands inside names.
type joiner uint8

const (
	noJoiner joiner = iota
	wordJoiner
	hyphenJoiner
)

var joiners = func() map[uint64]joiner {
	set := map[uint64]joiner{foldHash("-"): hyphenJoiner, foldHash("'"): hyphenJoiner}
	for w := range hashSet("of for the and & on in de la le du des der von van al el bin ibn to") {
		set[w] = wordJoiner
	}
	return set
}()
