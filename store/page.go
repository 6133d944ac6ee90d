package store

import (
	"encoding/base64"
	"encoding/binary"
)

// A page token is, in base 64: the query's hash 8 | number 8 | id 4, the last
// two being the place behind which the page goes on.
const pageTokenSize = 20

func pageToken(query, number uint64, id uint32) string {
	b := binary.BigEndian.AppendUint64(make([]byte, 0, pageTokenSize), query)
	b = binary.BigEndian.AppendUint64(b, number)
	b = binary.BigEndian.AppendUint32(b, id)
	return base64.RawURLEncoding.EncodeToString(b)
}

// readPageToken takes a token of the query apart. It refuses every other with
// ErrBadPage.
func readPageToken(token string, query uint64) (number uint64, id uint32, err error) {
	b, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(b) != pageTokenSize || binary.BigEndian.Uint64(b) != query {
		return 0, 0, bad(ErrBadPage, "page_token", token, "the next_page_token of this very query")
	}
	return binary.BigEndian.Uint64(b[8:]), binary.BigEndian.Uint32(b[16:]), nil
}
