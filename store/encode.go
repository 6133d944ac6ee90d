package store

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/dateline-news/dateline/gazetteer"
	storagev1 "github.com/dateline-news/dateline/proto/dateline/storage/v1"
	"github.com/dateline-news/dateline/tagger"
)

// This file is all that knows protobuf: every row whose value is a message is
// written and read here.

// marshal writes equal messages as equal bytes, so that rows can be compared.
func marshal(m proto.Message) []byte {
	b, err := proto.MarshalOptions{Deterministic: true}.Marshal(m)
	if err != nil {
		panic("store: a record cannot be encoded: " + err.Error()) // invalid UTF-8 is refused long before
	}
	return b
}

func encodeArticle(a Article) []byte {
	return marshal(&storagev1.Article{
		Title: a.Title, Body: a.Body, Html: a.HTML, Source: a.Source, Section: a.Section,
		Url: a.URL, Language: a.Language, Authors: a.Authors, TimeOrigin: uint32(a.TimeOrigin),
	})
}

// decodeArticle leaves name and publish time, which stand in the head, to the
// caller.
func decodeArticle(b []byte) (Article, error) {
	var m storagev1.Article
	if err := proto.Unmarshal(b, &m); err != nil {
		return Article{}, err
	}
	return Article{
		Article:    tagger.Article{Title: m.Title, Body: m.Body, HTML: m.Html, Source: m.Source},
		TimeOrigin: TimeOrigin(m.TimeOrigin), URL: m.Url, Section: m.Section, Language: m.Language, Authors: m.Authors,
	}, nil
}

func encodeHead(h *head) []byte {
	m := &storagev1.Head{
		Name: h.name, Story: h.story, Revision: uint64(h.revision), Created: h.created, Updated: h.updated,
		Content: h.content, Tags: h.tags, Versions: toVersions(h.versions),
	}
	if h.time != undated {
		m.Time = &h.time
	}
	for _, s := range h.stands {
		m.Subjects = append(m.Subjects, s.subject)
		m.Mentions = append(m.Mentions, s.mentions)
		m.Saliences = append(m.Saliences, uint32(s.salience))
		m.Flags = append(m.Flags, byte(s.flags))
	}
	return marshal(m)
}

func decodeHead(b []byte) (*head, error) {
	var m storagev1.Head
	if err := proto.Unmarshal(b, &m); err != nil {
		return nil, err
	}
	if n := len(m.Subjects); len(m.Mentions) != n || len(m.Saliences) != n || len(m.Flags) != n {
		return nil, errDamaged
	}
	h := &head{
		name: m.Name, time: undated, story: m.Story, revision: Revision(m.Revision), created: m.Created,
		updated: m.Updated, content: m.Content, tags: m.Tags, versions: fromVersions(m.Versions),
		stands: make([]standing, len(m.Subjects)),
	}
	if m.Time != nil {
		h.time = *m.Time
	}
	for i, n := range m.Subjects {
		h.stands[i] = standing{n, m.Mentions[i], uint16(m.Saliences[i]), flags(m.Flags[i])}
	}
	return h, nil
}

func toVersions(v tagger.Versions) *storagev1.Versions {
	return &storagev1.Versions{Tagger: v.Tagger, Recognizer: v.Recognizer, Gazetteer: v.Gazetteer, Topics: v.Topics}
}

func fromVersions(m *storagev1.Versions) tagger.Versions {
	return tagger.Versions{Tagger: m.GetTagger(), Recognizer: m.GetRecognizer(), Gazetteer: m.GetGazetteer(), Topics: m.GetTopics()}
}

// encodeTags leaves out the versions, which stand in the head.
func encodeTags(r *tagger.Result) []byte {
	m := &storagev1.Tags{
		Mentions: convert(r.Mentions, toMention), Entities: convert(r.Entities, toEntity),
		Topics: convert(r.Topics, toTopic), Countries: convert(r.Countries, toFocus),
	}
	var ends [2]int
	for _, s := range r.Sentences {
		m.Sentences = append(m.Sentences, uint32(s.Field), uint32(s.Span.Start-ends[s.Field&1]), uint32(s.Span.Len()))
		ends[s.Field&1] = s.Span.End
	}
	return marshal(m)
}

func decodeTags(b []byte, v tagger.Versions) (*tagger.Result, error) {
	var m storagev1.Tags
	if err := proto.Unmarshal(b, &m); err != nil {
		return nil, err
	}
	r := &tagger.Result{
		Versions: v, Mentions: convert(m.Mentions, fromMention), Entities: convert(m.Entities, fromEntity),
		Topics: convert(m.Topics, fromTopic), Countries: convert(m.Countries, fromFocus),
	}
	var ends [2]int
	for s := range slices.Chunk(m.Sentences, 3) {
		if len(s) < 3 {
			return nil, errDamaged
		}
		start := ends[s[0]&1] + int(int32(s[1]))
		ends[s[0]&1] = start + int(s[2])
		r.Sentences = append(r.Sentences, tagger.Sentence{Field: tagger.Field(s[0]), Span: gazetteer.Span{Start: start, End: ends[s[0]&1]}})
	}
	return r, nil
}

func convert[A, B any](list []A, one func(A) B) []B {
	if len(list) == 0 {
		return nil
	}
	out := make([]B, len(list))
	for i, a := range list {
		out[i] = one(a)
	}
	return out
}

func toMention(m tagger.Mention) *storagev1.Mention {
	return &storagev1.Mention{
		Field: uint32(m.Field), Start: uint32(m.Span.Start), Length: uint32(m.Span.Len()), Type: uint32(m.Type),
		Entity: uint32(m.Entity), Confidence: m.Confidence, Reason: uint32(m.Reason),
	}
}

func fromMention(m *storagev1.Mention) tagger.Mention {
	return tagger.Mention{
		Field: tagger.Field(m.Field), Span: spanOf(m.Start, m.Length), Type: tagger.MentionType(m.Type),
		Entity: int(m.Entity), Confidence: m.Confidence, Reason: tagger.Reason(m.Reason),
	}
}

func spanOf(start, length uint32) gazetteer.Span {
	return gazetteer.Span{Start: int(start), End: int(start + length)}
}

func toEntity(e tagger.Entity) *storagev1.Entity {
	return &storagev1.Entity{
		Id: string(e.ID), Name: e.Name, Type: uint32(e.Type), Kind: string(e.Kind), Country: e.Country,
		Point: toPoint(e.Point), Parents: convert(e.Parents, toString[gazetteer.ID]), Linked: e.Linked,
		Confidence: e.Confidence, Salience: e.Salience, About: e.About,
		Candidates: convert(e.Candidates, func(c tagger.Candidate) *storagev1.Candidate {
			return &storagev1.Candidate{Id: string(c.ID), Name: c.Name, Score: c.Score, Reasons: c.Reasons}
		}),
	}
}

func fromEntity(m *storagev1.Entity) tagger.Entity {
	return tagger.Entity{
		ID: gazetteer.ID(m.Id), Name: m.Name, Type: gazetteer.Type(m.Type), Kind: gazetteer.Kind(m.Kind), Country: m.Country,
		Point: fromPoint(m.Point), Parents: convert(m.Parents, fromString[gazetteer.ID]), Linked: m.Linked,
		Confidence: m.Confidence, Salience: m.Salience, About: m.About,
		Candidates: convert(m.Candidates, func(c *storagev1.Candidate) tagger.Candidate {
			return tagger.Candidate{ID: gazetteer.ID(c.Id), Name: c.Name, Score: c.Score, Reasons: c.Reasons}
		}),
	}
}

func toString[S ~string](s S) string   { return string(s) }
func fromString[S ~string](s string) S { return S(s) }

func toPoint(p *gazetteer.Point) *storagev1.Point {
	if p == nil {
		return nil
	}
	return &storagev1.Point{Lat: p.Lat, Lon: p.Lon}
}

func fromPoint(m *storagev1.Point) *gazetteer.Point {
	if m == nil {
		return nil
	}
	return &gazetteer.Point{Lat: m.Lat, Lon: m.Lon}
}

func toTopic(t tagger.Topic) *storagev1.Topic {
	return &storagev1.Topic{
		Code: t.Code, Top: t.Top, Name: t.Name, Score: t.Score, How: uint32(t.How),
		Evidence: convert(t.Evidence, func(e tagger.Evidence) *storagev1.Evidence {
			return &storagev1.Evidence{Rule: e.Rule, Field: uint32(e.Field), Start: uint32(e.Span.Start),
				Length: uint32(e.Span.Len()), Entity: string(e.Entity), Weight: e.Weight}
		}),
	}
}

func fromTopic(m *storagev1.Topic) tagger.Topic {
	return tagger.Topic{
		Code: m.Code, Top: m.Top, Name: m.Name, Score: m.Score, How: tagger.How(m.How),
		Evidence: convert(m.Evidence, func(e *storagev1.Evidence) tagger.Evidence {
			return tagger.Evidence{Rule: e.Rule, Field: tagger.Field(e.Field), Span: spanOf(e.Start, e.Length),
				Entity: gazetteer.ID(e.Entity), Weight: e.Weight}
		}),
	}
}

func toFocus(f tagger.Focus) *storagev1.Focus {
	return &storagev1.Focus{Country: f.Country, Score: f.Score}
}

func fromFocus(m *storagev1.Focus) tagger.Focus {
	return tagger.Focus{Country: m.Country, Score: m.Score}
}

func encodeSubject(s *subject) []byte {
	return marshal(&storagev1.Subject{
		Kind: uint32(s.Kind), Id: s.ID, Name: s.name, Type: uint32(s.class), Fine: string(s.fine), Country: s.country,
		Point: toPoint(s.point), Linked: s.linked, Forms: s.forms,
	})
}

func decodeSubject(b []byte) (*subject, error) {
	var m storagev1.Subject
	if err := proto.Unmarshal(b, &m); err != nil {
		return nil, err
	}
	return &subject{
		Subject: Subject{SubjectKind(m.Kind), m.Id}, name: m.Name, class: gazetteer.Type(m.Type), fine: gazetteer.Kind(m.Fine),
		country: m.Country, point: fromPoint(m.Point), linked: m.Linked, forms: m.Forms,
	}, nil
}

// remembered is the answer to a request id.
type remembered struct {
	content uint64
	name    string
	outcome Outcome
}

func encodeRequest(r remembered) []byte {
	return marshal(&storagev1.Request{Content: r.content, Name: r.name, Outcome: uint32(r.outcome)})
}

func decodeRequest(b []byte) (remembered, error) {
	var m storagev1.Request
	err := proto.Unmarshal(b, &m)
	return remembered{m.Content, m.Name, Outcome(m.Outcome)}, err
}

// logged is one entry of the log of changes.
type logged struct {
	article       uint32
	name          string
	before, after []uint32 // subjects, entities and topics only
	deleted       bool
	tagsOnly      bool
}

func encodeChange(c logged) []byte {
	return marshal(&storagev1.Change{Article: c.article, Name: c.name, Before: c.before, After: c.after,
		Deleted: c.deleted, TagsOnly: c.tagsOnly})
}

func decodeChange(b []byte) (logged, error) {
	var m storagev1.Change
	err := proto.Unmarshal(b, &m)
	return logged{m.Article, m.Name, m.Before, m.After, m.Deleted, m.TagsOnly}, err
}

// meta is the row of bookkeeping.
type meta struct {
	schema                   uint32
	nextArticle, nextSubject uint32
	nextCorrection, nextJob  uint64
}

func encodeMeta(m meta) []byte {
	return marshal(&storagev1.Meta{Schema: m.schema, NextArticle: m.nextArticle, NextSubject: m.nextSubject,
		NextCorrection: m.nextCorrection, NextJob: m.nextJob})
}

func decodeMeta(b []byte) (meta, error) {
	var m storagev1.Meta
	err := proto.Unmarshal(b, &m)
	return meta{m.Schema, m.NextArticle, m.NextSubject, m.NextCorrection, m.NextJob}, err
}

func encodeCorrection(c Correction, withdrawn bool) []byte {
	return marshal(&storagev1.Correction{
		Kind: uint32(c.Kind), Article: c.Article, Entity: string(c.Entity), To: string(c.To), Name: c.Name, Type: uint32(c.Type),
		Field: uint32(c.Field), Start: uint32(c.Span.Start), Length: uint32(c.Span.Len()), Author: c.Author, Note: c.Note,
		Time: c.Time.UnixMicro(), Withdrawn: withdrawn,
	})
}

func decodeCorrection(id uint64, b []byte) (c Correction, withdrawn bool, err error) {
	var m storagev1.Correction
	if err := proto.Unmarshal(b, &m); err != nil {
		return Correction{}, false, err
	}
	return Correction{
		ID: id, Kind: CorrectionKind(m.Kind), Article: m.Article, Entity: gazetteer.ID(m.Entity), To: gazetteer.ID(m.To),
		Name: m.Name, Type: gazetteer.Type(m.Type), Field: tagger.Field(m.Field), Span: spanOf(m.Start, m.Length),
		Author: m.Author, Note: m.Note, Time: time.UnixMicro(m.Time).UTC(),
	}, m.Withdrawn, nil
}

func encodeBlobs(r blobs) []byte {
	m := &storagev1.Blobs{Note: r.note, Time: r.time}
	for _, key := range slices.Sorted(maps.Keys(r.values)) {
		m.Blobs = append(m.Blobs, &storagev1.Blob{Key: key, Value: r.values[key]})
	}
	return marshal(m)
}

func decodeBlobs(b []byte) (blobs, error) {
	var m storagev1.Blobs
	if err := proto.Unmarshal(b, &m); err != nil {
		return blobs{}, err
	}
	r := blobs{note: m.Note, time: m.Time, values: map[string][]byte{}}
	for _, x := range m.Blobs {
		r.values[x.Key] = x.Value
	}
	return r, nil
}

// job is a Job and what a restart needs of it.
type job struct {
	Job
	number     uint64
	checkpoint uint32 // every article below it is done
	end        uint32 // articles from here on came after the job
}

func encodeJob(j *job) []byte {
	o, s := j.Options, j.Summary
	m := &storagev1.Job{
		Selection: &storagev1.Selection{
			Subject: toKey(o.Subject), From: toMicros(o.Filter.From), To: toMicros(o.Filter.To), With: convert(o.Filter.With, toKey),
			MinSalience: o.Filter.MinSalience, AboutOnly: o.Filter.AboutOnly, OnlyOutdated: o.OnlyOutdated, DryRun: o.DryRun, MaxRate: o.MaxRate, Force: o.Force,
		},
		State: uint32(j.State), Total: int64(j.Total), Done: int64(j.Done), Changed: int64(j.Changed), Failures: int64(j.Failures),
		Rate: j.Rate, Created: j.Created.UnixMicro(), Updated: j.Updated.UnixMicro(), Error: j.Err, Checkpoint: j.checkpoint, End: j.end,
		Summary: &storagev1.Summary{
			EntitiesGained: int64(s.EntitiesGained), EntitiesLost: int64(s.EntitiesLost),
			TopicsGained: int64(s.TopicsGained), TopicsLost: int64(s.TopicsLost),
			Entities: convert(s.Entities, func(e EntityChange) *storagev1.EntityChange {
				return &storagev1.EntityChange{Entity: string(e.Entity), Gained: int64(e.Gained), Lost: int64(e.Lost)}
			}),
			Samples: convert(s.Samples, func(d Diff) *storagev1.Diff {
				return &storagev1.Diff{Article: d.Article, EntitiesGained: convert(d.EntitiesGained, toString), EntitiesLost: convert(d.EntitiesLost, toString),
					TopicsGained: d.TopicsGained, TopicsLost: d.TopicsLost}
			}),
		},
	}
	return marshal(m)
}

func decodeJob(number uint64, b []byte) (*job, error) {
	var m storagev1.Job
	if err := proto.Unmarshal(b, &m); err != nil {
		return nil, err
	}
	o, s := m.GetSelection(), m.GetSummary()
	return &job{
		number: number, checkpoint: m.Checkpoint, end: m.End,
		Job: Job{
			ID: fmt.Sprint(number), State: JobState(m.State), Total: int(m.Total), Done: int(m.Done), Changed: int(m.Changed), Failures: int(m.Failures),
			Rate: m.Rate, Created: timeOf(m.Created), Updated: timeOf(m.Updated), Err: m.Error,
			Options: RetagOptions{
				Subject: fromKey(o.GetSubject()), OnlyOutdated: o.GetOnlyOutdated(), DryRun: o.GetDryRun(), MaxRate: o.GetMaxRate(), Force: o.GetForce(),
				Filter: Filter{From: fromMicros(o.From), To: fromMicros(o.To), With: convert(o.GetWith(), fromKey),
					MinSalience: o.GetMinSalience(), AboutOnly: o.GetAboutOnly()},
			},
			Summary: Summary{
				EntitiesGained: int(s.GetEntitiesGained()), EntitiesLost: int(s.GetEntitiesLost()),
				TopicsGained: int(s.GetTopicsGained()), TopicsLost: int(s.GetTopicsLost()),
				Entities: convert(s.GetEntities(), func(e *storagev1.EntityChange) EntityChange {
					return EntityChange{gazetteer.ID(e.Entity), int(e.Gained), int(e.Lost)}
				}),
				Samples: convert(s.GetSamples(), func(d *storagev1.Diff) Diff {
					return Diff{d.Article, convert(d.EntitiesGained, fromString[gazetteer.ID]), convert(d.EntitiesLost, fromString[gazetteer.ID]),
						d.TopicsGained, d.TopicsLost}
				}),
			},
		},
	}, nil
}

func toKey(s Subject) *storagev1.SubjectKey {
	return &storagev1.SubjectKey{Kind: uint32(s.Kind), Id: s.ID}
}

func fromKey(m *storagev1.SubjectKey) Subject { return Subject{SubjectKind(m.GetKind()), m.GetId()} }

func toMicros(t time.Time) *int64 {
	if t.IsZero() {
		return nil
	}
	return proto.Int64(ceilMicros(t))
}

func fromMicros(t *int64) time.Time {
	if t == nil {
		return time.Time{}
	}
	return timeOf(*t)
}
