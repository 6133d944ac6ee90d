package server

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/dateline-news/dateline/gazetteer"
	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
)

// timelineService answers questions over time.
type timelineService struct {
	datelinev1.UnimplementedTimelineServiceServer
	s *Server
}

// bucketSizes are the store's words for the API's.
var bucketSizes = map[datelinev1.BucketSize]store.BucketSize{
	datelinev1.BucketSize_BUCKET_SIZE_UNSPECIFIED: store.ByDay,
	datelinev1.BucketSize_BUCKET_SIZE_HOUR:        store.ByHour,
	datelinev1.BucketSize_BUCKET_SIZE_DAY:         store.ByDay,
	datelinev1.BucketSize_BUCKET_SIZE_WEEK:        store.ByWeek,
	datelinev1.BucketSize_BUCKET_SIZE_MONTH:       store.ByMonth,
	datelinev1.BucketSize_BUCKET_SIZE_YEAR:        store.ByYear,
}

// relatedOrders likewise.
var relatedOrders = map[datelinev1.RelatedOrder]store.RelatedOrder{
	datelinev1.RelatedOrder_RELATED_ORDER_UNSPECIFIED:  store.BySignificance,
	datelinev1.RelatedOrder_RELATED_ORDER_SIGNIFICANCE: store.BySignificance,
	datelinev1.RelatedOrder_RELATED_ORDER_COUNT:        store.ByCount,
	datelinev1.RelatedOrder_RELATED_ORDER_PMI:          store.ByPMI,
}

// QueryTimeline counts in buckets.
func (t timelineService) QueryTimeline(ctx context.Context, req *datelinev1.QueryTimelineRequest) (*datelinev1.QueryTimelineResponse, error) {
	var p problems
	p.enum("bucket_size", int32(req.GetBucketSize()), datelinev1.BucketSize_name)
	q := store.TimelineQuery{
		Subjects: p.subjects("subjects", req.GetSubjects(), maxSubjects),
		Filter:   p.filter(req.GetFilter(), req.GetStartTime(), req.GetEndTime()),
		Size:     bucketSizes[req.GetBucketSize()],
		Zone:     p.zone(req.GetTimeZone()),
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	for i := range q.Subjects {
		var err error
		if q.Subjects[i], err = t.s.known(ctx, "subjects["+strconv.Itoa(i)+"]", q.Subjects[i]); err != nil {
			return nil, err
		}
	}
	lines, err := t.s.store.Timeline(ctx, q)
	if err != nil {
		return nil, err
	}
	resp := &datelinev1.QueryTimelineResponse{TimeZone: q.Zone.String()}
	for i := range lines {
		resp.Timelines = append(resp.Timelines, t.s.timelineProto(&lines[i]))
	}
	return resp, nil
}

// zone checks the name of a time zone.
func (p *problems) zone(name string) *time.Location {
	zone, err := time.LoadLocation(name) // "" is UTC
	if err != nil || name == "Local" {
		p.add("time_zone", quote(name), `an IANA name, such as "Asia/Kabul"`)
		return time.UTC
	}
	return zone
}

// ListAppearances pages through the articles in which a subject stands.
func (t timelineService) ListAppearances(ctx context.Context, req *datelinev1.ListAppearancesRequest) (*datelinev1.ListAppearancesResponse, error) {
	var p problems
	p.encoding(req.GetOffsetEncoding())
	q := store.ListQuery{
		Subject:     p.subject("subject", req.GetSubject()),
		Filter:      p.filter(req.GetFilter(), req.GetStartTime(), req.GetEndTime()),
		OldestFirst: p.oldestFirst(req.GetOrderBy()),
		PageSize:    p.page(req.GetPageSize(), 50, store.MaxPage),
		PageToken:   req.GetPageToken(),
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	var err error
	if q.Subject, err = t.s.known(ctx, "subject", q.Subject); err != nil {
		return nil, err
	}
	return fitting(q.PageSize, func(size int) (*datelinev1.ListAppearancesResponse, error) {
		q.PageSize = size
		page, err := t.s.store.Appearances(ctx, q)
		if err != nil {
			return nil, err
		}
		resp := &datelinev1.ListAppearancesResponse{NextPageToken: page.NextToken, TotalSize: int64(page.Total)}
		for i := range page.Appearances {
			resp.Appearances = append(resp.Appearances, appearanceProto(q.Subject, &page.Appearances[i], req.GetOffsetEncoding()))
		}
		return resp, nil
	})
}

// ListRelatedEntities ranks the entities that share articles with a subject.
func (t timelineService) ListRelatedEntities(ctx context.Context, req *datelinev1.ListRelatedEntitiesRequest) (*datelinev1.ListRelatedEntitiesResponse, error) {
	var p problems
	p.enum("type", int32(req.GetType()), datelinev1.EntityType_name)
	p.enum("order", int32(req.GetOrder()), datelinev1.RelatedOrder_name)
	q := store.RelatedQuery{
		Subject: p.subject("subject", req.GetSubject()),
		Filter:  p.filter(req.GetFilter(), req.GetStartTime(), req.GetEndTime()),
		Kind:    store.Entity,
		Type:    gazetteer.Type(req.GetType()),
		Order:   relatedOrders[req.GetOrder()],
		Limit:   p.page(req.GetPageSize(), 20, 100),
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	var err error
	if q.Subject, err = t.s.known(ctx, "subject", q.Subject); err != nil {
		return nil, err
	}
	related, err := t.s.store.Related(ctx, q)
	if err != nil {
		return nil, err
	}
	resp := &datelinev1.ListRelatedEntitiesResponse{}
	for _, r := range related {
		resp.Entities = append(resp.Entities, &datelinev1.RelatedEntity{
			Entity:       subjectName(r.Subject),
			DisplayName:  r.Name,
			Type:         datelinev1.EntityType(r.Type),
			ArticleCount: int64(r.Together),
			Pmi:          r.PMI,
			Significance: r.Significance,
		})
	}
	return resp, nil
}

// ListTrending ranks what exceeds its own past.
func (t timelineService) ListTrending(ctx context.Context, req *datelinev1.ListTrendingRequest) (*datelinev1.ListTrendingResponse, error) {
	var p problems
	p.enum("kind", int32(req.GetKind()), datelinev1.TrendingKind_name)
	p.enum("type", int32(req.GetType()), datelinev1.EntityType_name)
	p.moment("end_time", req.GetEndTime())
	p.number("window_hours", req.GetWindowHours(), 8760)
	p.number("baseline_windows", req.GetBaselineWindows(), 365)
	q := store.TrendingQuery{
		Kind:     store.Entity,
		Type:     gazetteer.Type(req.GetType()),
		End:      goTime(req.GetEndTime()),
		Window:   time.Duration(req.GetWindowHours()) * time.Hour,
		Baseline: int(req.GetBaselineWindows()),
		Limit:    p.page(req.GetPageSize(), 20, 100),
	}
	if req.GetKind() == datelinev1.TrendingKind_TRENDING_KIND_TOPIC {
		q.Kind = store.Topic
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	trends, err := t.s.store.Trending(ctx, q)
	if err != nil {
		return nil, err
	}
	resp := &datelinev1.ListTrendingResponse{}
	for _, tr := range trends {
		resp.Subjects = append(resp.Subjects, &datelinev1.TrendingSubject{
			Subject:      subjectName(tr.Subject),
			DisplayName:  tr.Name,
			ArticleCount: int64(tr.Count),
			Expected:     tr.Expected,
			Score:        tr.Score,
		})
	}
	return resp, nil
}

// number checks that a number is 0 to most.
func (p *problems) number(field string, n int32, most int32) {
	if n < 0 || n > most {
		p.add(field, strconv.Itoa(int(n)), fmt.Sprintf("0 to %d", most))
	}
}
