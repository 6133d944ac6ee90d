package server

import (
	"fmt"

	"github.com/dateline-news/dateline/gazetteer"
	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
	"github.com/dateline-news/dateline/tagger"
)

// Tagged puts an article with the tags that it brings, as ExportArticles sends
// it, into the terms of the store: tagsProto back.
func Tagged(a *datelinev1.Article) (store.PutRequest, error) {
	r := store.PutRequest{Article: storeArticle(a), Result: &tagger.Result{}}
	t := a.GetTags()
	if t == nil {
		return r, invalid("article.tags", "none", "the article's tags")
	}
	v := t.GetVersions()
	r.Result.Versions = tagger.Versions{Tagger: v.GetTagger(), Recognizer: v.GetRecognizer(), Gazetteer: v.GetGazetteer(), Topics: v.GetTopics()}
	at := newSpans(&r.Article.Article, t.OffsetEncoding)
	numbers := map[string]int{}
	for i, e := range t.Entities {
		numbers[e.Entity] = i
		r.Result.Entities = append(r.Result.Entities, taggedEntity(e))
	}
	for i, m := range t.Mentions {
		field := fmt.Sprintf("article.tags.mentions[%d]", i)
		n, ok := numbers[m.Entity]
		if !ok {
			return r, invalid(field+".entity", m.Entity, "one of the entities of the tags")
		}
		f, span, err := at.back(field+".span", m.Span)
		if err != nil {
			return r, err
		}
		r.Result.Mentions = append(r.Result.Mentions, tagger.Mention{
			Field: f, Span: span, Type: tagger.MentionType(m.Type), Entity: n, Confidence: m.Confidence, Reason: tagger.Reason(m.Reason),
		})
	}
	for i, s := range t.Sentences {
		f, span, err := at.back(fmt.Sprintf("article.tags.sentences[%d]", i), s)
		if err != nil {
			return r, err
		}
		r.Result.Sentences = append(r.Result.Sentences, tagger.Sentence{Field: f, Span: span})
	}
	for _, c := range t.Countries {
		r.Result.Countries = append(r.Result.Countries, tagger.Focus{Country: c.Country, Score: c.Score})
	}
	return r, taggedTopics(r.Result, t.Topics, at)
}

func taggedEntity(p *datelinev1.TaggedEntity) tagger.Entity {
	e := tagger.Entity{
		ID: gazetteer.ID(idOf(p.Entity, entities)), Name: p.DisplayName, Type: gazetteer.Type(p.Type), Kind: gazetteer.Kind(p.Kind),
		Country: p.Country, Linked: p.Linked, Confidence: p.Confidence, Salience: p.Salience, About: p.About,
	}
	if p.Point != nil {
		e.Point = &gazetteer.Point{Lat: p.Point.Latitude, Lon: p.Point.Longitude}
	}
	for _, name := range p.Parents {
		e.Parents = append(e.Parents, gazetteer.ID(idOf(name, entities)))
	}
	for _, c := range p.Candidates {
		e.Candidates = append(e.Candidates, tagger.Candidate{
			ID: gazetteer.ID(idOf(c.Entity, entities)), Name: c.DisplayName, Score: c.Score, Reasons: c.Reasons,
		})
	}
	return e
}

func taggedTopics(r *tagger.Result, list []*datelinev1.TaggedTopic, at *spans) error {
	for i, p := range list {
		t := tagger.Topic{
			Code: idOf(p.Topic, topicCollection), Top: idOf(p.Top, topicCollection), Name: p.DisplayName, Score: p.Score, How: tagger.How(p.Method),
		}
		for _, e := range p.Evidence {
			found := tagger.Evidence{Rule: e.Rule, Weight: e.Weight, Entity: gazetteer.ID(idOf(e.Entity, entities))}
			if e.Span != nil {
				var err error
				if found.Field, found.Span, err = at.back(fmt.Sprintf("article.tags.topics[%d].evidence", i), e.Span); err != nil {
					return err
				}
			}
			t.Evidence = append(t.Evidence, found)
		}
		r.Topics = append(r.Topics, t)
	}
	return nil
}

// Untagged is Tagged for an article that is still to be tagged.
func Untagged(a *datelinev1.Article) store.PutRequest {
	return store.PutRequest{Article: storeArticle(a)}
}
