package server

import (
	"strconv"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
)

// jobStates are the API's words for the store's.
var jobStates = map[store.JobState]datelinev1.RetagState{
	store.Pending:   datelinev1.RetagState_RETAG_STATE_PENDING,
	store.Running:   datelinev1.RetagState_RETAG_STATE_RUNNING,
	store.Paused:    datelinev1.RetagState_RETAG_STATE_PAUSED,
	store.Succeeded: datelinev1.RetagState_RETAG_STATE_SUCCEEDED,
	store.Failed:    datelinev1.RetagState_RETAG_STATE_FAILED,
	store.Cancelled: datelinev1.RetagState_RETAG_STATE_CANCELLED,
}

// jobProto converts a job.
func jobProto(j store.Job) *datelinev1.RetagJob {
	p := &datelinev1.RetagJob{
		Name:         retagJobs + "/" + j.ID,
		StartTime:    protoTime(j.Options.Filter.From),
		EndTime:      protoTime(j.Options.Filter.To),
		Filter:       formatFilter(j.Options.Filter),
		OnlyOutdated: j.Options.OnlyOutdated,
		DryRun:       j.Options.DryRun,
		MaxRate:      j.Options.MaxRate,
		Force:        j.Options.Force,
		State:        jobStates[j.State],
		Progress: &datelinev1.RetagProgress{
			TotalCount:   int64(j.Total),
			DoneCount:    int64(j.Done),
			ChangedCount: int64(j.Changed),
			FailedCount:  int64(j.Failures),
			Rate:         j.Rate,
		},
		Summary:    summaryProto(j.Summary),
		CreateTime: protoTime(j.Created),
		UpdateTime: protoTime(j.Updated),
		Error:      j.Err,
	}
	if j.Options.Subject.Kind != store.All {
		p.Subject = subjectName(j.Options.Subject)
	}
	return p
}

func summaryProto(s store.Summary) *datelinev1.RetagSummary {
	p := &datelinev1.RetagSummary{
		EntitiesGained: int64(s.EntitiesGained),
		EntitiesLost:   int64(s.EntitiesLost),
		TopicsGained:   int64(s.TopicsGained),
		TopicsLost:     int64(s.TopicsLost),
	}
	for _, e := range s.Entities {
		p.Entities = append(p.Entities, &datelinev1.RetagEntityChange{
			Entity: entityName(e.Entity), Gained: int64(e.Gained), Lost: int64(e.Lost),
		})
	}
	for _, d := range s.Samples {
		p.Samples = append(p.Samples, &datelinev1.RetagDiff{
			Article:        articleName(d.Article),
			EntitiesGained: entityNames(d.EntitiesGained),
			EntitiesLost:   entityNames(d.EntitiesLost),
			TopicsGained:   topicNames(d.TopicsGained),
			TopicsLost:     topicNames(d.TopicsLost),
		})
	}
	return p
}

// formatFilter writes a filter as a request would.
func formatFilter(f store.Filter) string {
	var all []string
	for _, s := range f.With {
		for field, kind := range filterFields {
			if kind == s.Kind {
				all = append(all, field+" = "+strconv.Quote(filterValue(s)))
			}
		}
	}
	if f.MinSalience > 0 {
		all = append(all, "salience >= "+formatFloat(float64(f.MinSalience)))
	}
	if f.AboutOnly {
		all = append(all, "about = true")
	}
	return strings.Join(all, " AND ")
}

func filterValue(s store.Subject) string {
	switch s.Kind {
	case store.Entity:
		return entityName(gazetteer.ID(s.ID))
	case store.Topic:
		return topicName(s.ID)
	default:
		return s.ID
	}
}

func formatFloat(f float64) string { return strconv.FormatFloat(f, 'g', -1, 32) }
