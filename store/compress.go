package store

import (
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// maxText bounds what a damaged row can make a reader allocate.
const maxText = 64 << 20

// codec compresses texts and tags, which are too short for the engine's own
// block compression to see much of. It is safe for all goroutines.
type codec struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
}

func newCodec() (codec, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(256<<10), zstd.WithEncoderConcurrency(4))
	if err != nil {
		return codec{}, err
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(4), zstd.WithDecoderMaxMemory(maxText))
	return codec{enc, dec}, err
}

func (c codec) pack(b []byte) []byte { return c.enc.EncodeAll(b, nil) }

func (c codec) unpack(b []byte) ([]byte, error) {
	out, err := c.dec.DecodeAll(b, nil)
	if err != nil {
		return nil, fmt.Errorf("unpack a row: %w", err)
	}
	return out, nil
}

func (c codec) close() {
	c.enc.Close()
	c.dec.Close()
}
