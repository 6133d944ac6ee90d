package main

import (
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
)

// defaultAddr is where serve listens and clients call: this machine only.
const defaultAddr = "localhost:7447"

// maxAnswer is the largest message that a client accepts: an article at the
// server's limit with all its tags.
const maxAnswer = 64 << 20

// addClientFlags gives a command the flags that say which server to call.
func addClientFlags(cmd *cobra.Command) {
	flags := cmd.PersistentFlags()
	flags.String("addr", defaultAddr, "`HOST:PORT` of the server")
	flags.Bool("tls", false, "call the server over TLS, checked against the system's authorities")
	flags.String("token-file", "", "`FILE` with the bearer token that the server asks for")
}

// withServer runs f with a connection to the server that the flags name.
func withServer(cmd *cobra.Command, f func(*grpc.ClientConn) error) error {
	addr := flagValue(cmd, "addr")
	conn, err := connect(addr, flagValue(cmd, "tls") == "true", flagValue(cmd, "token-file"))
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }() // every answer has been read
	return readableError(f(conn), addr)
}

// connect prepares a connection; it is made by the first call.
func connect(addr string, overTLS bool, tokenFile string) (*grpc.ClientConn, error) {
	options := []grpc.DialOption{
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(maxAnswer)),
	}
	if overTLS {
		options[0] = grpc.WithTransportCredentials(credentials.NewTLS(&tls.Config{MinVersion: tls.VersionTLS12}))
	}
	if tokenFile != "" {
		token, err := readToken(tokenFile)
		if err != nil {
			return nil, err
		}
		options = append(options, grpc.WithPerRPCCredentials(bearer{token, overTLS}))
	}
	return grpc.NewClient(addr, options...)
}

// readToken reads a bearer token from a file, so that it stands in no list of
// processes.
func readToken(file string) (string, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("--token-file: %w", err)
	}
	token := string(bytes.TrimSpace(b))
	if token == "" || strings.ContainsAny(token, " \r\n\t") {
		return "", fmt.Errorf("--token-file: got %d words in %s, want one token", len(strings.Fields(token)), file)
	}
	return token, nil
}

// readableError says a status in words: its code is for programs.
func readableError(err error, addr string) error {
	st, ok := status.FromError(err)
	switch {
	case err == nil || !ok:
		return err
	case st.Code() == codes.Unavailable:
		return fmt.Errorf("cannot reach %s: %s; is `dateline serve` running?", addr, st.Message())
	default:
		return errors.New(st.Message())
	}
}
