package main

import "context"

// bearer sends a token with every call.
type bearer struct {
	token string
	tls   bool // refuse to send it in the clear
}

// GetRequestMetadata makes the authorization header.
func (b bearer) GetRequestMetadata(context.Context, ...string) (map[string]string, error) {
	return map[string]string{"authorization": "Bearer " + b.token}, nil
}

// RequireTransportSecurity reports whether the token may go over TLS only.
func (b bearer) RequireTransportSecurity() bool { return b.tls }
