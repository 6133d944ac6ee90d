package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"github.com/dateline-news/dateline/tagger"
)

const serveHelp = `Serve answers gRPC from an archive until it is stopped. SIGTERM or Ctrl-C lets
the calls in progress end first.

It listens on this machine only. To serve others, give --addr an address that
they reach, with --tls-cert and --tls-key and best with --token-file.`

const serveExamples = `  dateline serve --data ./archive
  dateline serve --data ./archive --http localhost:7448     web page, JSON, /metrics, /healthz
  dateline serve --data ./archive --addr :7447 --tls-cert c.pem --tls-key k.pem --token-file token`

func newServeCommand() *cobra.Command {
	var o serviceOptions
	var cert, key, tokenFile, logFormat string
	cmd := &cobra.Command{
		Use:     "serve",
		Short:   "Start the service",
		Long:    serveHelp,
		Example: serveExamples,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			if o.Log, err = newLog(cmd.ErrOrStderr(), logFormat); err != nil {
				return err
			}
			if o.TLS, err = loadTLS(cert, key); err != nil {
				return err
			}
			if tokenFile != "" {
				if o.Token, err = readToken(tokenFile); err != nil {
					return err
				}
			}
			return serve(cmd, o)
		},
	}
	o.Files.addFlags(cmd)
	flags := cmd.Flags()
	flags.StringVar(&o.Data, "data", "data", "`FOLDER` of the archive, made when it is not there")
	flags.StringVar(&o.Addr, "addr", defaultAddr, "`HOST:PORT` to answer gRPC on; port 0 takes any free one")
	flags.StringVar(&o.HTTPAddr, "http", "", "`HOST:PORT` of the web page and JSON over HTTP, with /metrics and /healthz; none when empty")
	flags.StringVar(&cert, "tls-cert", "", "PEM `FILE` of the certificate")
	flags.StringVar(&key, "tls-key", "", "PEM `FILE` of its key")
	flags.StringVar(&tokenFile, "token-file", "", "`FILE` with a bearer token that every call must carry")
	flags.StringVar(&logFormat, "log", "text", "`FORMAT` of the log on standard error: text, json or none")
	flags.IntVar(&o.MaxArticle, "max-bytes", tagger.DefaultMaxBytes, "refuse a longer title and body")
	flags.DurationVar(&o.Drain, "drain", 20*time.Second, "how long calls in progress may last after a stop")
	return cmd
}

// serve opens the service, says where it is and runs it until the command's
// context is done.
func serve(cmd *cobra.Command, o serviceOptions) error {
	boundGarbage()
	s, err := openService(o)
	if err != nil {
		return err
	}
	if err := announce(outputOf(cmd), s, o.Data); err != nil {
		return errors.Join(err, s.close())
	}
	return s.run(cmd.Context())
}

// boundGarbage has the collector run when the heap has grown by half rather
// than to twice its size, unless GOGC says otherwise. Most of a server's heap is
// the archive's memory, which lives on: collecting it is cheap, since it holds
// hardly a pointer, and twice its size is what a machine would have to have.
func boundGarbage() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
}

// announce says how to reach the service. A program that started it with port
// 0 reads the address from the first line, or from the JSON.
func announce(out output, s *service, data string) error {
	folder, err := filepath.Abs(data)
	if err != nil {
		return err
	}
	addr, http := s.grpc.Addr().String(), ""
	if s.http != nil {
		http = s.http.Addr().String()
	}
	if out.format != "text" {
		l, err := encodeLine(map[string]string{"addr": addr, "http": http, "data": folder})
		if err != nil {
			return err
		}
		_, err = out.Write(l)
		return err
	}
	_, _ = fmt.Fprintf(out, "Dateline answers gRPC on %s\n", out.paint(bold, addr))
	if http != "" {
		_, _ = fmt.Fprintf(out, "The web page, JSON over HTTP, /metrics and /healthz are on http://%s\n", http)
	}
	_, _ = fmt.Fprintf(out, "The archive is in %s\n", folder)
	_, err = fmt.Fprintf(out, "Try: dateline publish%s story.txt\nCtrl-C stops it.\n", addrFlag(addr))
	return err
}

// addrFlag is the flag with which a client finds addr, empty when it is where
// clients look anyway.
func addrFlag(addr string) string {
	_, port, err := net.SplitHostPort(addr)
	_, usual, _ := net.SplitHostPort(defaultAddr)
	if err == nil && port == usual {
		return ""
	}
	return " --addr " + addr
}

// newLog is the log on standard error.
func newLog(w io.Writer, format string) (*slog.Logger, error) {
	switch format {
	case "text":
		return slog.New(slog.NewTextHandler(w, nil)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, nil)), nil
	case "none":
		return slog.New(slog.DiscardHandler), nil
	}
	return nil, usagef("--log: got %q, want text, json or none", format)
}

// loadTLS reads a certificate with its key; nil without both.
func loadTLS(cert, key string) (*tls.Config, error) {
	if cert == "" && key == "" {
		return nil, nil
	}
	if cert == "" || key == "" {
		return nil, usagef("--tls-cert and --tls-key: got one of them, want both")
	}
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		return nil, fmt.Errorf("--tls-cert: %w", err)
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}, nil
}
