package recognizer

// A row of the weight table is one 64-bit word: seven weights, one for each
// tag, as bytes from the lowest up, biased so that zeroByte is no weight; the
// top byte is unused. Rows are added in two halves of four 16-bit lanes, the
// even tags and the odd ones, so that two additions add seven weights. A lane
// holds 257 rows before it could overflow; a token has fewer than maxRows.
const (
	zeroByte = 128
	laneMask = 0x00FF00FF00FF00FF
	maxRows  = 200
)

// zeroRow is a row of no weight.
const zeroRow = 0x0080808080808080

// lanes are sums of rows.
type lanes struct{ even, odd uint64 }

func (l *lanes) add(row uint64) {
	l.even += row & laneMask
	l.odd += row >> 8 & laneMask
}

func (l *lanes) addLanes(o lanes) {
	l.even += o.even
	l.odd += o.odd
}

// emission are the scores of the tags of one token, in nats.
type emission [tagCount]float32

// emission turns the sum of n rows into scores.
func (l lanes) emission(n int, scale float32) emission {
	bias := int32(n * zeroByte)
	var e emission
	for t := 0; t < tagCount; t++ {
		half := l.even
		if t&1 != 0 {
			half = l.odd
		}
		e[t] = float32(int32(half>>(t>>1*16)&0xFFFF)-bias) * scale
	}
	return e
}
