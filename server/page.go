package server

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"slices"

	"github.com/cespare/xxhash/v2"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// A page token is, in unpadded URL-safe base64,
//
//	| query 8 bytes | cursor … |
//
// query is the hash of the request without page token and page size, which
// binds the token to the question it continues; cursor is the store's.

// queryHash identifies what a request asks, whatever the page.
func queryHash(req proto.Message) uint64 {
	asked := proto.Clone(req)
	m := asked.ProtoReflect()
	for _, paging := range []protoreflect.Name{"page_token", "page_size"} {
		if fd := m.Descriptor().Fields().ByName(paging); fd != nil {
			m.Clear(fd)
		}
	}
	wire, err := proto.MarshalOptions{Deterministic: true}.Marshal(asked)
	if err != nil { // only invalid UTF-8 fails, and that was refused before
		return 0
	}
	h := xxhash.New()
	_, _ = h.WriteString(string(m.Descriptor().FullName()))
	_, _ = h.Write(wire)
	return h.Sum64()
}

// pageToken makes the token of the page that begins at cursor, "" when there is
// none.
func pageToken(req proto.Message, cursor []byte) string {
	if len(cursor) == 0 {
		return ""
	}
	b := binary.BigEndian.AppendUint64(nil, queryHash(req))
	return base64.RawURLEncoding.EncodeToString(append(b, cursor...))
}

// cursor reads a token back; nil for the first page.
func (p *problems) cursor(req proto.Message, token string) []byte {
	if token == "" {
		return nil
	}
	b, err := base64.RawURLEncoding.DecodeString(token)
	switch {
	case err != nil || len(b) <= 8:
		p.add("page_token", quote(token), "a next_page_token as it was returned")
		return nil
	case binary.BigEndian.Uint64(b) != queryHash(req):
		p.add("page_token", "the token of another query", "the next_page_token of this query, all fields but page_size unchanged")
		return nil
	}
	return b[8:]
}

// maxPage is the most bytes of one page: gRPC clients take 4 MiB unless they say
// otherwise.
const maxPage = 3 << 20

// fitting asks for a page of a size, and for half of it as long as the answer is
// too long; one result is always given.
func fitting[R proto.Message](size int, ask func(size int) (R, error)) (R, error) {
	for {
		resp, err := ask(size)
		if err != nil || size <= 1 || proto.Size(resp) <= maxPage {
			return resp, err
		}
		size /= 2
	}
}

// pageOf cuts one page out of a list, sorted by its keys, and returns the cursor
// of the next: the last key shown, so that what comes or goes between two pages
// hides nothing and shows nothing twice.
func pageOf[T any](all []T, after []byte, size int, key func(T) []byte) (page []T, next []byte) {
	if len(after) > 0 {
		start, shown := slices.BinarySearchFunc(all, after, func(x T, after []byte) int { return bytes.Compare(key(x), after) })
		if shown {
			start++
		}
		all = all[start:]
	}
	if len(all) <= size {
		return all, nil
	}
	return all[:size], key(all[size-1])
}

// ascending is the key of lists whose first numbers are the lowest.
func ascending(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// descending is the key of lists whose first numbers are the highest.
func descending(n uint64) []byte { return ascending(^n) }
