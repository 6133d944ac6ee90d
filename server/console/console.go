// Package console is the analysts' web page: search for someone or something,
// see its timeline, where it appears and with whom. One static page, which asks
// the server by JSON over HTTP like every other caller.
package console

import (
	"embed"
	"net/http"
)

//go:embed index.html console.css console.js
var files embed.FS

// policy lets the page run its own script and talk to its own server, nothing
// else: the names and sentences that it shows come from the web.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Handler serves the page and its files.
func Handler() http.Handler {
	serve := http.FileServerFS(files)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Referrer-Policy", "no-referrer")
		serve.ServeHTTP(w, r)
	})
}
