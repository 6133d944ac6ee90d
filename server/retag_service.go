package server

import (
	"context"
	"errors"
	"math"
	"strconv"

	"google.golang.org/grpc"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
)

// retagService tags stored articles anew.
type retagService struct {
	datelinev1.UnimplementedRetagServiceServer
	s *Server
}

// CreateRetagJob starts a job.
func (r retagService) CreateRetagJob(ctx context.Context, req *datelinev1.CreateRetagJobRequest) (*datelinev1.RetagJob, error) {
	o, err := r.options(ctx, req.GetRetagJob())
	if err != nil {
		return nil, err
	}
	job, err := r.s.store.Retag(ctx, o)
	if err != nil {
		return nil, err
	}
	p := jobProto(job)
	// A filter is kept as the store reads it; its maker gets his own words.
	p.Filter = req.GetRetagJob().GetFilter()
	return p, nil
}

// options checks and converts a selection.
func (r retagService) options(ctx context.Context, job *datelinev1.RetagJob) (store.RetagOptions, error) {
	var p problems
	o := store.RetagOptions{
		Filter:       p.filter(job.GetFilter(), job.GetStartTime(), job.GetEndTime()),
		OnlyOutdated: job.GetOnlyOutdated(),
		DryRun:       job.GetDryRun(),
		MaxRate:      job.GetMaxRate(),
		Force:        job.GetForce(),
	}
	if !(o.MaxRate >= 0) || math.IsInf(o.MaxRate, 0) {
		p.add("retag_job.max_rate", formatFloat(o.MaxRate), "articles per second, 0 for no limit")
	}
	if job.GetSubject() != "" {
		o.Subject = p.subject("retag_job.subject", job.GetSubject())
	}
	if err := p.err(); err != nil {
		return o, err
	}
	var err error
	if job.GetSubject() != "" {
		o.Subject, err = r.s.known(ctx, "retag_job.subject", o.Subject)
	}
	return o, err
}

// GetRetagJob returns a job.
func (r retagService) GetRetagJob(ctx context.Context, req *datelinev1.GetRetagJobRequest) (*datelinev1.RetagJob, error) {
	return onJob(ctx, req.GetName(), r.s.store.Job)
}

// PauseRetagJob stops a job at its next checkpoint.
func (r retagService) PauseRetagJob(ctx context.Context, req *datelinev1.PauseRetagJobRequest) (*datelinev1.RetagJob, error) {
	return onJob(ctx, req.GetName(), r.s.store.Pause)
}

// ResumeRetagJob lets a job go on.
func (r retagService) ResumeRetagJob(ctx context.Context, req *datelinev1.ResumeRetagJobRequest) (*datelinev1.RetagJob, error) {
	return onJob(ctx, req.GetName(), r.s.store.Resume)
}

// CancelRetagJob ends a job.
func (r retagService) CancelRetagJob(ctx context.Context, req *datelinev1.CancelRetagJobRequest) (*datelinev1.RetagJob, error) {
	return onJob(ctx, req.GetName(), r.s.store.Cancel)
}

// onJob does something to the job of a name.
func onJob(ctx context.Context, name string, do func(context.Context, string) (store.Job, error)) (*datelinev1.RetagJob, error) {
	var p problems
	id := p.name("name", name, retagJobs)
	if err := p.err(); err != nil {
		return nil, err
	}
	job, err := do(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil, notFound("name", name)
	}
	if err != nil {
		return nil, err
	}
	return jobProto(job), nil
}

// ListRetagJobs pages through the jobs.
func (r retagService) ListRetagJobs(ctx context.Context, req *datelinev1.ListRetagJobsRequest) (*datelinev1.ListRetagJobsResponse, error) {
	var p problems
	size := p.page(req.GetPageSize(), 50, 1000)
	after := p.cursor(req, req.GetPageToken())
	if err := p.err(); err != nil {
		return nil, err
	}
	jobs, err := r.s.store.Jobs(ctx)
	if err != nil {
		return nil, err
	}
	page, next := pageOf(jobs, after, size, func(j store.Job) []byte { return descending(jobNumber(j.ID)) })
	resp := &datelinev1.ListRetagJobsResponse{NextPageToken: pageToken(req, next)}
	for _, job := range page {
		resp.RetagJobs = append(resp.RetagJobs, jobProto(job))
	}
	return resp, nil
}

// jobNumber is the number that the store's ids are made of.
func jobNumber(id string) uint64 {
	n, _ := strconv.ParseUint(id, 10, 64)
	return n
}

// WatchRetagJob streams a job's progress until it ends.
func (r retagService) WatchRetagJob(req *datelinev1.WatchRetagJobRequest, stream grpc.ServerStreamingServer[datelinev1.RetagJob]) error {
	var p problems
	id := p.name("name", req.GetName(), retagJobs)
	if err := p.err(); err != nil {
		return err
	}
	ctx, cancel := r.s.untilDrain(stream.Context())
	defer cancel()
	err := r.s.store.WatchJob(ctx, id, func(job store.Job) error { return stream.Send(jobProto(job)) })
	if errors.Is(err, store.ErrNotFound) {
		return notFound("name", req.GetName())
	}
	return drainError(ctx, err)
}
