package server

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// Limits of single fields, in bytes unless said otherwise.
const (
	maxID          = 256
	maxTitle       = 4 << 10
	maxURI         = 2 << 10
	maxLabel       = 256 // source, section, a name to look up
	maxFilter      = 4 << 10
	maxRequestID   = 128
	maxCorrelation = 256
	maxSubjects    = 20  // subjects of one timeline
	maxWatched     = 100 // subjects of one watch
)

// problems is everything that is wrong with one request, so that a caller mends
// it in one go.
type problems []*errdetails.BadRequest_FieldViolation

// add notes that a field is wrong: what came and what was wanted.
func (p *problems) add(field, got, want string) {
	*p = append(*p, &errdetails.BadRequest_FieldViolation{
		Field:       field,
		Description: fmt.Sprintf("got %s, want %s", got, want),
	})
}

// err is nil when nothing was wrong.
func (p problems) err() error {
	if len(p) == 0 {
		return nil
	}
	return invalidError{violations: p}
}

// invalidError refuses a request for what stands in it.
type invalidError struct{ violations problems }

func (e invalidError) Error() string {
	var lines []string
	for _, v := range e.violations {
		lines = append(lines, v.Field+": "+v.Description)
	}
	return strings.Join(lines, "; ")
}

// invalid refuses one field.
func invalid(field, got, want string) error {
	var p problems
	p.add(field, got, want)
	return p.err()
}

// quote shows what came, cut where it is long: the caller knows the rest.
func quote(s string) string {
	const most = 80
	if len(s) <= most {
		return strconv.Quote(s)
	}
	return fmt.Sprintf("%q… of %d bytes", strings.ToValidUTF8(s[:most], ""), len(s))
}

// size checks the length of a string.
func (p *problems) size(field, s string, least, most int) bool {
	if len(s) >= least && len(s) <= most {
		return true
	}
	got := "nothing"
	if s != "" {
		got = fmt.Sprintf("%d bytes", len(s))
	}
	p.add(field, got, fmt.Sprintf("%d to %d bytes", least, most))
	return false
}

// name checks a resource name and returns the id in it.
func (p *problems) name(field, name, collection string) string {
	id, ok := strings.CutPrefix(name, collection+"/")
	want := fmt.Sprintf("%q and an id of 1 to %d bytes without control characters", collection+"/", maxID)
	switch {
	case name == "":
		p.add(field, "nothing", want)
	case !ok, id == "", len(id) > maxID, strings.ContainsFunc(id, unicode.IsControl):
		p.add(field, quote(name), want)
	}
	return id
}

// page checks a page size and returns it with its default filled in.
func (p *problems) page(size int32, usual, most int) int {
	switch {
	case size < 0 || int(size) > most:
		p.add("page_size", strconv.Itoa(int(size)), fmt.Sprintf("0 to %d", most))
		return usual
	case size == 0:
		return usual
	}
	return int(size)
}

// enum checks that a value is one of the declared ones.
func (p *problems) enum(field string, value int32, names map[int32]string) {
	if _, ok := names[value]; !ok {
		p.add(field, strconv.Itoa(int(value)), fmt.Sprintf("0 to %d", len(names)-1))
	}
}

// years that a moment may lie in: the store's keys and the calendars of
// timelines are exact within them.
const firstYear, lastYear = 1600, 2200

// moment checks a time; nil is good.
func (p *problems) moment(field string, t *timestamppb.Timestamp) {
	if t == nil {
		return
	}
	year := 0
	if t.IsValid() {
		year = t.AsTime().Year()
	}
	if year < firstYear || year >= lastYear {
		got := fmt.Sprintf("%d s %d ns", t.GetSeconds(), t.GetNanos())
		if t.IsValid() {
			got = t.AsTime().Format(time.RFC3339)
		}
		p.add(field, got, fmt.Sprintf("a time in the years %d to %d", firstYear, lastYear-1))
	}
}

// between checks both ends of a range and that it runs forward.
func (p *problems) between(start, end *timestamppb.Timestamp) {
	before := len(*p)
	p.moment("start_time", start)
	p.moment("end_time", end)
	if len(*p) > before || start == nil || end == nil {
		return
	}
	if !start.AsTime().Before(end.AsTime()) {
		p.add("end_time", end.AsTime().Format(time.RFC3339),
			"a time after start_time, "+start.AsTime().Format(time.RFC3339))
	}
}

// checkTag checks an article to tag.
func (s *Server) checkTag(req *datelinev1.TagArticleRequest) error {
	var p problems
	p.enum("offset_encoding", int32(req.GetOffsetEncoding()), datelinev1.OffsetEncoding_name)
	if req.GetArticle().GetName() != "" {
		p.name("article.name", req.GetArticle().GetName(), articles)
	}
	s.article(&p, req.GetArticle())
	return p.err()
}

// checkPublish checks an article to store.
func (s *Server) checkPublish(req *datelinev1.PublishArticleRequest) error {
	var p problems
	p.enum("offset_encoding", int32(req.GetOffsetEncoding()), datelinev1.OffsetEncoding_name)
	p.size("request_id", req.GetRequestId(), 0, maxRequestID)
	p.name("article.name", req.GetArticle().GetName(), articles)
	s.article(&p, req.GetArticle())
	return p.err()
}

// article checks all of an article but its name.
func (s *Server) article(p *problems, a *datelinev1.Article) {
	if strings.TrimSpace(a.GetTitle()) == "" && strings.TrimSpace(a.GetBody()) == "" {
		p.add("article.body", "no text", "text in article.title or article.body")
	}
	p.size("article.title", a.GetTitle(), 0, maxTitle)
	if n := len(a.GetTitle()) + len(a.GetBody()); n > s.maxArticle {
		p.add("article.body", fmt.Sprintf("%d bytes with the title", n), fmt.Sprintf("at most %d bytes", s.maxArticle))
	}
	p.size("article.source", a.GetSource(), 0, maxLabel)
	p.size("article.section", a.GetSection(), 0, maxLabel)
	p.uri("article.uri", a.GetUri())
	p.enum("article.body_format", int32(a.GetBodyFormat()), datelinev1.BodyFormat_name)
	p.enum("article.publish_time_origin", int32(a.GetPublishTimeOrigin()), datelinev1.PublishTimeOrigin_name)
	p.moment("article.publish_time", a.GetPublishTime())
	p.origin(a)
	for _, f := range []struct{ name, text string }{
		{"article.source", a.GetSource()}, {"article.section", a.GetSection()},
	} {
		if strings.ContainsFunc(f.text, unicode.IsControl) {
			p.add(f.name, quote(f.text), "no control characters")
		}
	}
}

// origin checks that an article's time and its origin agree.
func (p *problems) origin(a *datelinev1.Article) {
	const missing = datelinev1.PublishTimeOrigin_PUBLISH_TIME_ORIGIN_MISSING
	origin := a.GetPublishTimeOrigin()
	switch {
	case origin == missing && a.GetPublishTime() != nil:
		p.add("article.publish_time_origin", "PUBLISH_TIME_ORIGIN_MISSING beside a publish_time", "another origin, or no publish_time")
	case origin != missing && origin != 0 && a.GetPublishTime() == nil:
		p.add("article.publish_time", "nothing", "a time, or publish_time_origin PUBLISH_TIME_ORIGIN_MISSING")
	}
}

// uri checks an address; none is good.
func (p *problems) uri(field, s string) {
	if s == "" || !p.size(field, s, 0, maxURI) {
		return
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		p.add(field, quote(s), "an address with http or https")
	}
}
