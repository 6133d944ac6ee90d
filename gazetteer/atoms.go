package gazetteer

import (
	"encoding/binary"
	"maps"
	"slices"
)

// atoms are strings that many entries share: kinds, sources, titles of
// offices, and the notice. Their section holds
//
//	count    uint32
//	ends     count × uint32, where each string ends in what follows
//	strings
//
// Atom 0 is the empty string, atom 1 the notice.
type atoms struct {
	ends, text []byte
}

const noticeAtom = 1

func parseAtoms(b []byte) (atoms, error) {
	if len(b) < 4 {
		return atoms{}, formatErrorf("the shared strings are missing")
	}
	n := uint64(binary.LittleEndian.Uint32(b))
	if 4*n > uint64(len(b)-4) {
		return atoms{}, formatErrorf("%d shared strings do not fit into their section", n)
	}
	return atoms{ends: b[4 : 4+4*n], text: b[4+4*n:]}, nil
}

// get returns the i-th string, "" when there is none.
func (a atoms) get(i uint64) string {
	if i >= uint64(len(a.ends)/4) {
		return ""
	}
	start, end := uint32(0), binary.LittleEndian.Uint32(a.ends[4*i:])
	if i > 0 {
		start = binary.LittleEndian.Uint32(a.ends[4*i-4:])
	}
	if start > end || uint64(end) > uint64(len(a.text)) {
		return ""
	}
	return bytesString(a.text[start:end])
}

// atomTable collects atoms for writing.
type atomTable struct {
	list []string
	at   map[string]int
}

func newAtomTable(notice string) *atomTable {
	t := &atomTable{at: make(map[string]int)}
	t.add("")
	t.list = append(t.list, notice)
	return t
}

func (t *atomTable) add(s string) int {
	i, ok := t.at[s]
	if !ok {
		i = len(t.list)
		t.at[s] = i
		t.list = append(t.list, s)
	}
	return i
}

// addAll adds strings in order.
func (t *atomTable) addAll(set map[string]struct{}) {
	for _, s := range slices.Sorted(maps.Keys(set)) {
		t.add(s)
	}
}

func (t *atomTable) encode() []byte {
	b := binary.LittleEndian.AppendUint32(nil, uint32(len(t.list)))
	end := 0
	for _, s := range t.list {
		end += len(s)
		b = binary.LittleEndian.AppendUint32(b, uint32(end))
	}
	for _, s := range t.list {
		b = append(b, s...)
	}
	return b
}
