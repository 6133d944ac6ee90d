package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/mail"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/timestamppb"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

// readItemLines reads one article a line: `dateline publish`, ninjs or `dateline
// export`, told apart by the fields that only one of them has.
func readItemLines(name string, in io.Reader) iter.Seq[item] {
	return func(yield func(item) bool) {
		for l, err := range lines(in) {
			it := item{where: fmt.Sprintf("%s:%d", name, l.number), err: errors.Join(err, l.err)}
			if it.err == nil {
				it.article, it.err = readItemLine(l.text)
			}
			if !yield(it) {
				return
			}
		}
	}
}

func readItemLine(l []byte) (*datelinev1.Article, error) {
	var has struct {
		ID   json.RawMessage `json:"id"`
		Name string          `json:"name"`
	}
	if err := json.Unmarshal(l, &has); err != nil {
		return nil, err
	}
	switch {
	case has.ID != nil:
		req, err := parsePublishRequest(l)
		if err != nil {
			return nil, err
		}
		return req.message()
	case strings.HasPrefix(has.Name, "articles/"):
		a := &datelinev1.Article{}
		if err := protojson.Unmarshal(l, a); err != nil {
			return nil, err
		}
		// When the other archive stored it, and what it called its story, is not
		// this one's.
		a.Etag, a.CreateTime, a.UpdateTime, a.Story, a.Corrections = "", nil, nil, "", nil
		return a, nil
	}
	return parseNinjs(l)
}

// readNinjs reads a ninjs item, or an array of them.
func readNinjs(name string, text []byte) iter.Seq[item] {
	return func(yield func(item) bool) {
		text = bytes.TrimSpace(text)
		if !bytes.HasPrefix(text, []byte("[")) {
			a, err := parseNinjs(text)
			yield(item{name, a, err})
			return
		}
		var all []json.RawMessage
		if err := json.Unmarshal(text, &all); err != nil {
			yield(item{name, nil, err})
			return
		}
		for i, one := range all {
			a, err := parseNinjs(one)
			if !yield(item{fmt.Sprintf("%s[%d]", name, i), a, err}) {
				return
			}
		}
	}
}

// ninjsIn is what an import reads of a ninjs item: versions 1 (headline,
// body_text, body_xhtml), 2 and 3 (headlines, bodies).
type ninjsIn struct {
	URI             string      `json:"uri"`
	Headline        string      `json:"headline"`
	BodyText        string      `json:"body_text"`
	BodyXHTML       string      `json:"body_xhtml"`
	VersionCreated1 string      `json:"versioncreated"`
	FirstCreated1   string      `json:"firstcreated"`
	Published       string      `json:"contentCreated"`
	VersionCreated  string      `json:"versionCreated"`
	FirstCreated    string      `json:"firstCreated"`
	Headlines       []ninjsText `json:"headlines"`
	Bodies          []ninjsText `json:"bodies"`
}

func parseNinjs(text []byte) (*datelinev1.Article, error) {
	var n ninjsIn
	if err := json.Unmarshal(text, &n); err != nil {
		return nil, err
	}
	a := &datelinev1.Article{Title: n.Headline, Body: n.BodyText}
	if len(n.Headlines) > 0 {
		a.Title = n.Headlines[0].Value
	}
	if a.Body == "" && n.BodyXHTML != "" {
		a.Body, a.BodyFormat = n.BodyXHTML, datelinev1.BodyFormat_BODY_FORMAT_HTML
	}
	if len(n.Bodies) > 0 {
		a.Body = n.Bodies[0].Value
		if strings.Contains(n.Bodies[0].ContentType, "html") {
			a.BodyFormat = datelinev1.BodyFormat_BODY_FORMAT_HTML
		}
	}
	if n.URI == "" {
		return nil, errors.New("uri: got none, want the item's, which names the article")
	}
	when := cmp.Or(n.FirstCreated, n.FirstCreated1, n.Published, n.VersionCreated, n.VersionCreated1)
	return a, errors.Join(setAddress(a, n.URI), setTime(a, when, datelinev1.PublishTimeOrigin_PUBLISH_TIME_ORIGIN_GIVEN))
}

// feed is RSS 2.0 or Atom, whichever its elements fill.
type feed struct {
	XMLName xml.Name
	Items   []feedItem `xml:"channel>item"`
	Entries []feedItem `xml:"entry"`
}

// feedItem is an item of RSS or an entry of Atom.
type feedItem struct {
	Title     string     `xml:"title"`
	GUID      string     `xml:"guid"`
	ID        string     `xml:"id"`
	Links     []feedLink `xml:"link"`
	PubDate   string     `xml:"pubDate"`
	Date      string     `xml:"date"` // Dublin Core
	Published string     `xml:"published"`
	Updated   string     `xml:"updated"`
	Encoded   string     `xml:"encoded"` // content:encoded
	Content   feedText   `xml:"content"`
	Summary   feedText   `xml:"summary"`
	About     string     `xml:"description"`
}

type feedLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Text string `xml:",chardata"`
}

type feedText struct {
	Text  string `xml:",chardata"`
	Inner string `xml:",innerxml"`
	Type  string `xml:"type,attr"`
}

// value is the text, which XHTML holds as elements.
func (t feedText) value() string {
	if t.Type == "xhtml" {
		return t.Inner
	}
	return t.Text
}

func readFeed(name string, text []byte) iter.Seq[item] {
	return func(yield func(item) bool) {
		var f feed
		d := xml.NewDecoder(bytes.NewReader(text))
		d.CharsetReader = charset.NewReaderLabel
		if err := d.Decode(&f); err != nil {
			yield(item{name, nil, err})
			return
		}
		if root := f.XMLName.Local; root != "rss" && root != "feed" && root != "RDF" {
			yield(item{name, nil, fmt.Errorf("got XML of <%s>, want RSS or Atom", root)})
			return
		}
		for i, e := range append(f.Items, f.Entries...) {
			a, err := e.article()
			if !yield(item{fmt.Sprintf("%s[%d]", name, i), a, err}) {
				return
			}
		}
	}
}

func (e feedItem) article() (*datelinev1.Article, error) {
	a := &datelinev1.Article{
		Title:      strings.TrimSpace(html.UnescapeString(e.Title)),
		Body:       cmp.Or(e.Encoded, e.Content.value(), e.Summary.value(), e.About),
		BodyFormat: datelinev1.BodyFormat_BODY_FORMAT_HTML,
	}
	id := cmp.Or(e.link(), strings.TrimSpace(e.GUID), strings.TrimSpace(e.ID))
	if id == "" {
		return nil, errors.New("link: got none, nor a guid, want one, which names the article")
	}
	when := cmp.Or(e.PubDate, e.Published, e.Date, e.Updated)
	return a, errors.Join(setAddress(a, id), setTime(a, strings.TrimSpace(when), datelinev1.PublishTimeOrigin_PUBLISH_TIME_ORIGIN_GIVEN))
}

func (e feedItem) link() string {
	for _, l := range e.Links {
		if l.Rel == "" || l.Rel == "alternate" {
			if at := cmp.Or(l.Href, strings.TrimSpace(l.Text)); at != "" {
				return at
			}
		}
	}
	return ""
}

// setAddress names an article by its address and reads the outlet from that.
func setAddress(a *datelinev1.Article, address string) error {
	const most = 240
	if len(address) > most {
		return fmt.Errorf("address: got %d bytes, want at most %d, since it names the article", len(address), most)
	}
	a.Name = articleName(address)
	if u, err := url.Parse(address); err == nil && (u.Scheme == "http" || u.Scheme == "https") {
		a.Uri = address
		a.Source = strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	}
	return nil
}

// setTime reads a time as RFC 3339 and RFC 5322 write it.
func setTime(a *datelinev1.Article, when string, origin datelinev1.PublishTimeOrigin) error {
	if when == "" {
		return nil
	}
	at, err := time.Parse(time.RFC3339, when)
	if err != nil {
		at, err = mail.ParseDate(when)
	}
	if err != nil {
		at, err = time.Parse("2006-01-02T15:04:05-0700", when)
	}
	if err != nil {
		return fmt.Errorf("publish time: got %q, want RFC 3339 or RFC 5322", when)
	}
	a.PublishTime, a.PublishTimeOrigin = timestamppb.New(at), origin
	return nil
}

// readPage reads one page. It is named by its canonical address, else by its
// file; a publish time that its head does not state stays missing.
func readPage(name string, text []byte) iter.Seq[item] {
	return func(yield func(item) bool) {
		a, err := parsePage(name, text)
		yield(item{name, a, err})
	}
}

func parsePage(name string, text []byte) (*datelinev1.Article, error) {
	enc, _, _ := charset.DetermineEncoding(text, "")
	text, err := enc.NewDecoder().Bytes(text)
	if err != nil {
		return nil, err
	}
	head, err := readHead(text)
	if err != nil {
		return nil, err
	}
	a := &datelinev1.Article{
		Title: cmp.Or(head["og:title"], head["title"]), Body: string(text),
		BodyFormat: datelinev1.BodyFormat_BODY_FORMAT_HTML, Section: head["article:section"],
	}
	id := cmp.Or(head["canonical"], head["og:url"], filepath.ToSlash(filepath.Clean(name)))
	return a, errors.Join(setAddress(a, id), setTime(a, head["article:published_time"], datelinev1.PublishTimeOrigin_PUBLISH_TIME_ORIGIN_GIVEN))
}

// readHead collects the title, the canonical address and the meta properties
// of a page.
func readHead(text []byte) (map[string]string, error) {
	root, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	head := map[string]string{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "title":
			if n.FirstChild != nil && head["title"] == "" {
				head["title"] = strings.TrimSpace(n.FirstChild.Data)
			}
		case "meta":
			head[cmp.Or(attribute(n, "property"), attribute(n, "name"))] = attribute(n, "content")
		case "link":
			head[attribute(n, "rel")] = attribute(n, "href")
		case "body":
			return head, nil
		}
	}
	return head, nil
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}
