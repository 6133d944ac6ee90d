package main

import (
	"bytes"
	"encoding/json"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// messageJSON is a message in protobuf's JSON mapping under the names of the
// .proto files, with empty fields written out, so that readers of the answer
// need not know the defaults.
func messageJSON(m proto.Message) ([]byte, error) {
	return protojson.MarshalOptions{UseProtoNames: true, EmitDefaultValues: true}.Marshal(m)
}

// message prints one message as an indented document. The detour takes out
// the random spaces by which protojson keeps readers from comparing bytes.
func (o output) message(m proto.Message) error {
	b, err := messageJSON(m)
	if err != nil {
		return err
	}
	return o.json(json.RawMessage(b))
}

// messageLines prints one message a line.
func messageLines[M proto.Message](o output, messages []M) error {
	for _, m := range messages {
		b, err := messageJSON(m)
		if err != nil {
			return err
		}
		var line bytes.Buffer
		if err := json.Compact(&line, b); err != nil {
			return err
		}
		line.WriteByte('\n')
		if _, err := o.Write(line.Bytes()); err != nil {
			return err
		}
	}
	return nil
}
