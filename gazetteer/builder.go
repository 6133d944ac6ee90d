package gazetteer

import (
	"bytes"
	"io"

	"github.com/dateline-news/dateline/internal/extsort"
)

// Builder turns entries into an index. The zero value is ready; the same
// entries in any order make the same bytes. It is not safe for concurrent use.
//
// Entries are sorted outside of memory, and so are their names: whatever comes,
// a Builder holds some 200 MB, beside the distinct titles of offices. What does
// not fit lies in files of Dir, about as large as the index. The files of the
// package in the order of the work:
//
//	draft.go         an entry on its way through the sort
//	build_entries.go entries in order of id: heads, points, details, and their names
//	build_names.go   names in order of hash: bearers
//	build_words.go   the bitmaps of small words
//	build_table.go   beginnings of names in order of bucket: the table
//	section.go       a part of the file in the making
type Builder struct {
	// Notice is the attribution that the sources ask for; the index carries it.
	Notice string
	// Dir is the folder of files that are gone when the work is; "" is the
	// system's for temporary files.
	Dir string

	memory     int // of one sort, 0 for sortMemory
	entries    *extsort.Sorter
	added      uint64
	duplicates int
	kinds      map[string]struct{}
	sources    map[string]struct{}
	drafts     *atomTable // strings of the entries in the sort
	record     []byte
	words      map[string]WordList
}

// sortMemory is what one sort holds in memory. Two or three work at a time.
const sortMemory = 32 << 20

func (b *Builder) sorter() *extsort.Sorter {
	if b.memory == 0 {
		return extsort.New(b.Dir, sortMemory)
	}
	return extsort.New(b.Dir, b.memory)
}

// Add takes one entry; of entries with one id the first is kept. An error about
// the entry wraps ErrEntry and names the field, what came and what was wanted.
// Other errors are those of the disk, after which there is no index.
func (b *Builder) Add(e Entry) error {
	if err := e.Validate(); err != nil {
		return err
	}
	if b.entries == nil {
		b.entries, b.drafts = b.sorter(), newAtomTable("")
		b.kinds, b.sources = make(map[string]struct{}), make(map[string]struct{})
	}
	if !admit(b.kinds, string(e.Kind), maxKinds) {
		return entryErrorf(&e, "kind", "%q is one more than the %d kinds that an index holds", e.Kind, maxKinds)
	}
	if !admit(b.sources, e.Source, maxSources) {
		return entryErrorf(&e, "source", "%q is one more than the %d sources that an index holds", e.Source, maxSources)
	}
	b.record = appendDraft(b.record[:0], &e, b.added, b.drafts)
	b.added++
	return b.entries.Add(b.record)
}

// admit takes s into a set of at most this many.
func admit(set map[string]struct{}, s string, most int) bool {
	if _, ok := set[s]; !ok {
		if len(set) == most {
			return false
		}
		set[s] = struct{}{}
	}
	return true
}

// AddWord puts a single word on lists; see [Gazetteer.Word].
func (b *Builder) AddWord(w string, lists WordList) {
	if b.words == nil {
		b.words = make(map[string]WordList)
	}
	b.words[Fold(w)] |= lists
}

// Duplicates is how many entries the index left out because another had their
// id. It is known when the index has been made.
func (b *Builder) Duplicates() int { return b.duplicates }

// Close removes what the Builder has on disk. One that made an index has
// nothing any more.
func (b *Builder) Close() {
	if b.entries != nil {
		b.entries.Close()
	}
}

// Build makes a gazetteer in memory. It ends the Builder.
func (b *Builder) Build() (*Gazetteer, error) {
	x, err := b.index()
	if err != nil {
		return nil, err
	}
	return &Gazetteer{base: x}, nil
}

func (b *Builder) index() (*index, error) {
	var file bytes.Buffer
	if _, err := b.WriteTo(&file); err != nil {
		return nil, err
	}
	return parseIndex(file.Bytes())
}

// WriteTo writes the index file. It ends the Builder.
func (b *Builder) WriteTo(w io.Writer) (int64, error) {
	m := newMaking(b)
	defer m.close()
	for _, step := range []func() error{m.takeEntries, m.takeNames, m.takeWords, m.takePrefixes, m.takeRest} {
		if err := step(); err != nil {
			return 0, err
		}
	}
	return m.writeFile(w)
}

// making is an index in the making.
type making struct {
	*Builder
	atoms    *atomTable
	sections [numSections]section
	plain    section // the heads of entries without coordinates, which follow the others
	header   header

	names    *extsort.Sorter // see appendNamed
	starts   *extsort.Sorter // hashes of words, big-endian
	laters   *extsort.Sorter
	prefixes *extsort.Sorter // see appendPrefix
	buf      []byte
}

func newMaking(b *Builder) *making {
	if b.entries == nil {
		b.entries = b.sorter()
	}
	m := &making{Builder: b, atoms: b.finalAtoms(), names: b.sorter(), starts: b.sorter(), laters: b.sorter(), prefixes: b.sorter()}
	for i := range m.sections {
		m.sections[i].dir = b.Dir
	}
	m.plain.dir = b.Dir
	return m
}

// finalAtoms are kinds and sources in order, so that the file does not depend
// on the order of entries. Titles come when the entries do.
func (b *Builder) finalAtoms() *atomTable {
	t := newAtomTable(b.Notice)
	t.addAll(b.kinds)
	t.addAll(b.sources)
	return t
}

// takeRest encodes the small sections.
func (m *making) takeRest() error {
	_, err := m.sections[secAtoms].Write(m.atoms.encode())
	if err == nil {
		_, err = m.sections[secWords].Write(encodeWords(m.words))
	}
	if err == nil {
		err = m.plain.writeTo(&m.sections[secHeads])
	}
	return err
}

func (m *making) close() {
	for _, s := range []*extsort.Sorter{m.entries, m.names, m.starts, m.laters, m.prefixes} {
		s.Close()
	}
	for i := range m.sections {
		m.sections[i].close()
	}
	m.plain.close()
}
