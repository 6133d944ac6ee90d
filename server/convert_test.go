package server

import (
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/dateline-news/dateline/gazetteer"
	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
	"github.com/dateline-news/dateline/tagger"
)

// fill sets every field of a value, nested ones included, to something random
// and not zero: a field that a conversion forgets comes back as zero.
func fill(r *rand.Rand, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(r, v.Elem())
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Unix(r.Int64N(1<<31)+1, r.Int64N(1e9)).UTC()))
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(r, v.Field(i))
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1+r.IntN(3), 3))
		for i := range v.Len() {
			fill(r, v.Index(i))
		}
	case reflect.String:
		v.SetString(string(rune('a'+r.IntN(26))) + "é😀")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Uint8:
		v.SetUint(1 + r.Uint64N(3)) // the least number of values that an enum here has
	case reflect.Float32, reflect.Float64:
		v.SetFloat(r.Float64())
	case reflect.Int:
		v.SetInt(1)
	case reflect.Uint64:
		v.SetUint(1)
	default:
		panic("fill: " + v.Kind().String())
	}
}

// roundTrip checks that back undoes there, on random values.
func roundTrip[T any](t *testing.T, there func(T) T) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		var in T
		fill(r, reflect.ValueOf(&in).Elem())
		if diff := cmp.Diff(in, there(in), cmpopts.IgnoreUnexported(store.Correction{})); diff != "" {
			t.Fatalf("a value changed on its way (-was +is):\n%s", diff)
		}
	}
}

func TestArticleRoundTrip(t *testing.T) {
	roundTrip(t, func(a store.Article) store.Article { return storeArticle(articleProto(&a)) })
}

func TestEntryRoundTrip(t *testing.T) {
	roundTrip(t, func(e gazetteer.Entry) gazetteer.Entry {
		for i := range e.Aliases {
			e.Aliases[i].Flags &= gazetteer.Acronym | gazetteer.Demonym | gazetteer.Former | gazetteer.CaseSensitive | gazetteer.NeedsContext
		}
		return entryOf(entryProto(&e))
	})
}

func TestStoredEntryRoundTrip(t *testing.T) {
	roundTrip(t, func(e gazetteer.Entry) gazetteer.Entry {
		value, err := encodeEntry(e)
		if err != nil {
			t.Fatal(err)
		}
		b, err := readBlob(entryKey+string(e.ID), value)
		if err != nil {
			t.Fatal(err)
		}
		return b.entry
	})
}

func TestCorrectionRoundTrip(t *testing.T) {
	body := &tagger.Article{Title: "Kabul’s 😀", Body: "😀 Kabul"}
	for _, enc := range []datelinev1.OffsetEncoding{1, 2, 3} {
		roundTrip(t, func(c store.Correction) store.Correction {
			want := c
			c.Field, c.Span = tagger.Body, gazetteer.Span{Start: 5, End: 10}
			p := correctionProto(c, newSpans(body, enc), enc)
			got, err := correctionOf(p, newSpans(body, enc))
			if err != nil {
				t.Fatal(err)
			}
			if got.Field != c.Field || got.Span != c.Span {
				t.Fatalf("span: got %v %v, want %v %v", got.Field, got.Span, c.Field, c.Span)
			}
			got.Field, got.Span = want.Field, want.Span // random ones lie nowhere
			got.ID, got.Time = want.ID, want.Time       // given by the store
			return got
		})
	}
}

// TestEnumsAgree: where a conversion is a cast, the names on both sides stand at
// the same numbers.
func TestEnumsAgree(t *testing.T) {
	for _, c := range []struct {
		got  int
		want int
	}{
		{int(tagger.PersonMention), int(datelinev1.MentionType_MENTION_TYPE_PERSON)},
		{int(tagger.OrganizationMention), int(datelinev1.MentionType_MENTION_TYPE_ORGANIZATION)},
		{int(tagger.PlaceMention), int(datelinev1.MentionType_MENTION_TYPE_PLACE)},
		{int(tagger.DemonymMention), int(datelinev1.MentionType_MENTION_TYPE_DEMONYM)},
		{int(tagger.ByGazetteer), int(datelinev1.MentionReason_MENTION_REASON_GAZETTEER)},
		{int(tagger.ByRecognizer), int(datelinev1.MentionReason_MENTION_REASON_RECOGNIZER)},
		{int(tagger.ByBoth), int(datelinev1.MentionReason_MENTION_REASON_BOTH)},
		{int(tagger.BySurname), int(datelinev1.MentionReason_MENTION_REASON_SURNAME)},
		{int(tagger.ByAcronym), int(datelinev1.MentionReason_MENTION_REASON_ACRONYM)},
		{int(tagger.ByGrammar), int(datelinev1.MentionReason_MENTION_REASON_GRAMMAR)},
		{int(tagger.ByCorrection), int(datelinev1.MentionReason_MENTION_REASON_CORRECTION)},
		{int(tagger.ByRule), int(datelinev1.TopicMethod_TOPIC_METHOD_RULE)},
		{int(tagger.ByModel), int(datelinev1.TopicMethod_TOPIC_METHOD_MODEL)},
		{int(tagger.ByRuleAndModel), int(datelinev1.TopicMethod_TOPIC_METHOD_RULE_AND_MODEL)},
		{int(tagger.ByChild), int(datelinev1.TopicMethod_TOPIC_METHOD_CHILD)},
		{int(gazetteer.Person), int(datelinev1.EntityType_ENTITY_TYPE_PERSON)},
		{int(gazetteer.Organization), int(datelinev1.EntityType_ENTITY_TYPE_ORGANIZATION)},
		{int(gazetteer.Place), int(datelinev1.EntityType_ENTITY_TYPE_PLACE)},
		{int(store.GivenTime), int(datelinev1.PublishTimeOrigin_PUBLISH_TIME_ORIGIN_GIVEN)},
		{int(store.DerivedTime), int(datelinev1.PublishTimeOrigin_PUBLISH_TIME_ORIGIN_DERIVED)},
		{int(store.MissingTime), int(datelinev1.PublishTimeOrigin_PUBLISH_TIME_ORIGIN_MISSING)},
		{int(store.Created), int(datelinev1.PublishOutcome_PUBLISH_OUTCOME_CREATED)},
		{int(store.Updated), int(datelinev1.PublishOutcome_PUBLISH_OUTCOME_UPDATED)},
		{int(store.Unchanged), int(datelinev1.PublishOutcome_PUBLISH_OUTCOME_UNCHANGED)},
		{int(store.Appeared), int(datelinev1.AppearanceChange_APPEARANCE_CHANGE_APPEARED)},
		{int(store.Changed), int(datelinev1.AppearanceChange_APPEARANCE_CHANGE_CHANGED)},
		{int(store.Vanished), int(datelinev1.AppearanceChange_APPEARANCE_CHANGE_VANISHED)},
		{int(store.Pin), int(datelinev1.CorrectionKind_CORRECTION_KIND_PIN)},
		{int(store.Reject), int(datelinev1.CorrectionKind_CORRECTION_KIND_REJECT)},
		{int(store.Relink), int(datelinev1.CorrectionKind_CORRECTION_KIND_RELINK)},
	} {
		if c.got != c.want {
			t.Errorf("a constant is %d on this side and %d in the API", c.got, c.want)
		}
	}
}
