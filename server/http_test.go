package server

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

// post calls a method as a CMS without gRPC would.
func post(t *testing.T, url, kind, body string) (status int, header http.Header, answer map[string]any) {
	t.Helper()
	req, err := http.NewRequest(http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	answer = map[string]any{}
	_ = json.Unmarshal(b, &answer)
	return resp.StatusCode, resp.Header, answer
}

func TestJSON(t *testing.T) {
	p := start(t)
	web := httptest.NewServer(p.Handler())
	defer http.DefaultClient.CloseIdleConnections()
	defer web.Close()
	const kind = "application/json"
	for _, c := range []struct {
		name, path, kind, body string
		status                 int
		code                   float64 // of google.rpc.Status
		message                string
	}{
		{"good", v1 + "TaggingService/TagArticle", kind, `{"article":{"body":"Leaders met in Kabul."}}`, 200, 0, ""},
		{"charset", v1 + "TaggingService/TagArticle", kind + "; charset=utf-8", `{"article":{"body":"Leaders met in Kabul."}}`, 200, 0, ""},
		{"empty text", v1 + "TaggingService/TagArticle", kind, `{}`, 400, 3, "article.body: got no text, want text in article.title or article.body"},
		{"no JSON", v1 + "TaggingService/TagArticle", kind, `{"article"`, 400, 3, "request: got"},
		{"unknown field", v1 + "TaggingService/TagArticle", kind, `{"artikel":{}}`, 400, 3, `unknown field "artikel"`},
		{"form of another site", v1 + "TaggingService/TagArticle", "text/plain", `{}`, 400, 3, `Content-Type: got "text/plain", want application/json`},
		{"not there", v1 + "TopicService/GetTopic", kind, `{"name":"topics/1"}`, 404, 5, "name: got"},
		{"unknown method", v1 + "TopicService/Dance", kind, `{}`, 501, 12, "want a method"},
		{"many requests", v1 + "TaggingService/BatchTagArticles", kind, `{}`, 501, 12, "want a method with one request"},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, header, answer := post(t, web.URL+c.path, c.kind, c.body)
			code, _ := answer["code"].(float64)
			message, _ := answer["message"].(string)
			if status != c.status || code != c.code || !strings.Contains(message, c.message) {
				t.Errorf("got %d %v, want %d with code %v and %q", status, answer, c.status, c.code, c.message)
			}
			if header.Get("Content-Type") != kind {
				t.Errorf("answered %q", header.Get("Content-Type"))
			}
		})
	}
}

func TestHealthAndMetrics(t *testing.T) {
	p := start(t)
	web := httptest.NewServer(p.Handler())
	defer http.DefaultClient.CloseIdleConnections()
	defer web.Close()
	post(t, web.URL+v1+"TaggingService/TagArticle", "application/json", `{"article":{"body":"Leaders met in Kabul."}}`)
	for _, c := range []struct{ path, want string }{
		{"/healthz", "serving"},
		{"/metrics", `dateline_call_seconds_count{code="OK",method="/dateline.v1.TaggingService/TagArticle"} 1`},
		{"/metrics", "dateline_articles 0"},
	} {
		resp, err := http.Get(web.URL + c.path)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if !strings.Contains(string(b), c.want) {
			t.Errorf("%s has no %q:\n%s", c.path, c.want, b)
		}
	}
}

// TestConsole: the page and all that it asks for are there, and no more.
func TestConsole(t *testing.T) {
	p := start(t)
	web := httptest.NewServer(p.Handler())
	defer http.DefaultClient.CloseIdleConnections()
	defer web.Close()
	for path, want := range map[string]int{"/": 200, "/console.js": 200, "/console.css": 200, "/console.go": 404, "/../server.go": 404} {
		resp, err := http.Get(web.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		script, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err != nil || resp.StatusCode != want || !strings.Contains(resp.Header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: got %d %v, want %d with a content security policy", path, resp.StatusCode, err, want)
		}
		if path != "/console.js" {
			continue
		}
		for _, m := range regexp.MustCompile(`ask\("(\w+/\w+)"`).FindAllStringSubmatch(string(script), -1) {
			if _, ok := p.methods.unary[v1+m[1]]; !ok {
				t.Errorf("the page asks for %s, which is not there", m[1])
			}
		}
	}
}
