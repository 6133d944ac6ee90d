// Package server is the edge of Dateline: it turns gRPC and JSON over HTTP into
// calls of the tagger and the store, and their answers back.
//
// A request passes, in this order:
//
//	codec.go      bytes to a message, invalid UTF-8 kept as a complaint
//	call.go       request id, recovery, log line, metrics, token
//	validate.go   every field: what came, what was wanted
//	*_service.go  a handler of a few lines
//	convert.go    to and from the types of tagger and store
//	status.go     an error to a code, a reason and details
//
// Protobuf goes no further than this package.
package server
