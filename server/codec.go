package server

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"google.golang.org/grpc/encoding"
	_ "google.golang.org/grpc/encoding/gzip" // lets clients compress requests and ask for compressed answers
	grpcproto "google.golang.org/grpc/encoding/proto"
	"google.golang.org/grpc/mem"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// codec is grpc's own codec for protobuf, but for strings that are not UTF-8.
// Protobuf refuses the whole message then, and grpc answers Internal and ends
// the stream. A caller who scrapes the web deserves better: the codec leaves the
// bad string out and notes the complaint in the message, where wireProblems
// finds it.
type codec struct{ encoding.CodecV2 }

func newCodec() codec { return codec{encoding.GetCodecV2(grpcproto.Name)} }

// complaint is the number of an unknown field, the highest there is, that
// carries a note "path\x00got" from codec to wireProblems.
const complaint protowire.Number = protowire.MaxValidNumber

// Unmarshal decodes a message.
func (c codec) Unmarshal(data mem.BufferSlice, v any) error {
	err := c.CodecV2.Unmarshal(data, v)
	m, ok := v.(proto.Message)
	if err == nil || !ok {
		return err
	}
	clean, notes := dropInvalid(data.Materialize(), m.ProtoReflect().Descriptor(), "")
	if len(notes) == 0 {
		return err
	}
	for _, n := range notes {
		clean = protowire.AppendTag(clean, complaint, protowire.BytesType)
		clean = protowire.AppendString(clean, n)
	}
	return proto.Unmarshal(clean, m)
}

// dropInvalid copies a message's wire form without the strings that are not
// UTF-8 and returns a note on each. A malformed rest is copied as it is.
func dropInvalid(b []byte, d protoreflect.MessageDescriptor, path string) (clean []byte, notes []string) {
	for len(b) > 0 {
		num, typ, n := protowire.ConsumeField(b)
		if n < 0 {
			return append(clean, b...), notes
		}
		field := b[:n]
		b = b[n:]
		fd := d.Fields().ByNumber(num)
		if typ != protowire.BytesType || fd == nil {
			clean = append(clean, field...)
			continue
		}
		_, _, tag := protowire.ConsumeTag(field)
		value, _ := protowire.ConsumeBytes(field[tag:])
		name := path + string(fd.Name())
		switch {
		case fd.Kind() == protoreflect.MessageKind:
			inner, more := dropInvalid(value, fd.Message(), name+".")
			clean = protowire.AppendBytes(append(clean, field[:tag]...), inner)
			notes = append(notes, more...)
		case fd.Kind() == protoreflect.StringKind && !utf8.Valid(value):
			notes = append(notes, name+"\x00"+firstInvalid(value))
		default:
			clean = append(clean, field...)
		}
	}
	return clean, notes
}

// firstInvalid describes the first byte that is not UTF-8.
func firstInvalid(b []byte) string {
	for at := 0; at < len(b); {
		r, size := utf8.DecodeRune(b[at:])
		if r == utf8.RuneError && size == 1 {
			return fmt.Sprintf("byte 0x%02x at %d", b[at], at)
		}
		at += size
	}
	return "valid UTF-8"
}

// wireProblems returns what codec noted on a message.
func wireProblems(m proto.Message) problems {
	var p problems
	for b := m.ProtoReflect().GetUnknown(); len(b) > 0; {
		num, typ, n := protowire.ConsumeField(b)
		if n < 0 {
			break
		}
		if num == complaint && typ == protowire.BytesType {
			p.note(b[:n])
		}
		b = b[n:]
	}
	return p
}

// note reads one complaint.
func (p *problems) note(field []byte) {
	_, _, tag := protowire.ConsumeTag(field)
	note, _ := protowire.ConsumeBytes(field[tag:])
	path, got, _ := strings.Cut(string(note), "\x00")
	p.add(path, got, "valid UTF-8")
}
