package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"google.golang.org/grpc"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

const retagHelp = `Retag tags stored articles anew, after an edit of the gazetteer or with a newer
model, and shows what changed. Each article is swapped whole; the job goes on
without this command, survives a restart of the server, and editors' corrections
survive it. --dry-run counts what would change and changes nothing.`

const retagExamples = `  dateline retag --dry-run --from 2025-01-01
  dateline retag --entity Q863                   only articles about one entity
  dateline retag --outdated --max-rate 50
  dateline retag list
  dateline retag pause 3`

func newRetagCommand() *cobra.Command {
	job := &datelinev1.RetagJob{}
	var from, to, entity string
	var detach bool
	cmd := &cobra.Command{
		Use:     "retag",
		Short:   "Tag stored articles anew",
		Long:    retagHelp,
		Example: retagExamples,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			if job.StartTime, err = parseTimestamp("--from", from); err != nil {
				return err
			}
			if job.EndTime, err = parseTimestamp("--to", to); err != nil {
				return err
			}
			if entity != "" {
				job.Subject = "entities/" + strings.TrimPrefix(entity, "entities/")
			}
			return withServer(cmd, func(conn *grpc.ClientConn) error {
				service := datelinev1.NewRetagServiceClient(conn)
				job, err := service.CreateRetagJob(cmd.Context(), &datelinev1.CreateRetagJobRequest{RetagJob: job})
				if err != nil || detach {
					return errors.Join(err, showJob(outputOf(cmd), job))
				}
				return followJob(cmd, service, job.Name)
			})
		},
	}
	addClientFlags(cmd)
	flags := cmd.Flags()
	flags.StringVar(&from, "from", "", "only articles published at or after `TIME`")
	flags.StringVar(&to, "to", "", "only articles published before `TIME`")
	flags.StringVar(&entity, "entity", "", "only articles in which this `ENTITY` stands")
	flags.StringVar(&job.Filter, "filter", "", "only articles that pass, as source = \"ariananews.af\"")
	flags.BoolVar(&job.OnlyOutdated, "outdated", false, "only articles tagged by other versions than the server's")
	flags.BoolVar(&job.DryRun, "dry-run", false, "count what would change, change nothing")
	flags.BoolVar(&job.Force, "force", false, "swap also where only versions differ")
	flags.Float64Var(&job.MaxRate, "max-rate", 0, "at most so many articles per second, 0 for no bound")
	flags.BoolVar(&detach, "detach", false, "start the job and do not wait for it")
	cmd.AddCommand(newRetagListCommand(), newRetagWatchCommand(),
		newRetagSteerCommand("pause", "Stop a job at its next checkpoint", pauseJob),
		newRetagSteerCommand("resume", "Let a paused or failed job go on", resumeJob),
		newRetagSteerCommand("cancel", "End a job; what it swapped stays", cancelJob))
	return cmd
}

func newRetagListCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the jobs, the newest first",
		Example: `  dateline retag list`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withServer(cmd, func(conn *grpc.ClientConn) error {
				answer, err := datelinev1.NewRetagServiceClient(conn).ListRetagJobs(cmd.Context(), &datelinev1.ListRetagJobsRequest{})
				if err != nil {
					return err
				}
				return showJobs(outputOf(cmd), answer)
			})
		},
	}
	addClientFlags(cmd)
	return cmd
}

func showJobs(out output, answer *datelinev1.ListRetagJobsResponse) error {
	switch out.format {
	case "json":
		return out.message(answer)
	case "jsonl":
		return messageLines(out, answer.RetagJobs)
	}
	rows := make([]row, len(answer.RetagJobs))
	for i, j := range answer.RetagJobs {
		p := j.GetProgress()
		rows[i] = row{bold, []string{strings.TrimPrefix(j.Name, "retagJobs/"), stateName(j.State),
			fmt.Sprintf("%d/%d", p.GetDoneCount(), p.GetTotalCount()), fmt.Sprint(p.GetChangedCount()), fmt.Sprint(p.GetFailedCount())}}
	}
	return out.table([]string{"JOB", "STATE", "DONE", "CHANGED", "FAILED"}, rows)
}

func newRetagWatchCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "watch JOB",
		Short:   "Follow a job to its end",
		Example: `  dateline retag watch 3`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withServer(cmd, func(conn *grpc.ClientConn) error {
				return followJob(cmd, datelinev1.NewRetagServiceClient(conn), jobName(args[0]))
			})
		},
	}
	addClientFlags(cmd)
	return cmd
}

// steerJob is one of the calls that move a job to another state.
type steerJob func(*cobra.Command, datelinev1.RetagServiceClient, string) (*datelinev1.RetagJob, error)

func pauseJob(cmd *cobra.Command, c datelinev1.RetagServiceClient, name string) (*datelinev1.RetagJob, error) {
	return c.PauseRetagJob(cmd.Context(), &datelinev1.PauseRetagJobRequest{Name: name})
}

func resumeJob(cmd *cobra.Command, c datelinev1.RetagServiceClient, name string) (*datelinev1.RetagJob, error) {
	return c.ResumeRetagJob(cmd.Context(), &datelinev1.ResumeRetagJobRequest{Name: name})
}

func cancelJob(cmd *cobra.Command, c datelinev1.RetagServiceClient, name string) (*datelinev1.RetagJob, error) {
	return c.CancelRetagJob(cmd.Context(), &datelinev1.CancelRetagJobRequest{Name: name})
}

func newRetagSteerCommand(verb, short string, steer steerJob) *cobra.Command {
	cmd := &cobra.Command{
		Use:     verb + " JOB",
		Short:   short,
		Example: "  dateline retag " + verb + " 3",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withServer(cmd, func(conn *grpc.ClientConn) error {
				job, err := steer(cmd, datelinev1.NewRetagServiceClient(conn), jobName(args[0]))
				if err != nil {
					return err
				}
				return showJob(outputOf(cmd), job)
			})
		},
	}
	addClientFlags(cmd)
	return cmd
}

func jobName(s string) string { return "retagJobs/" + strings.TrimPrefix(s, "retagJobs/") }

func stateName(s datelinev1.RetagState) string {
	return strings.ToLower(strings.TrimPrefix(s.String(), "RETAG_STATE_"))
}

// followJob shows a job's progress until it ends, and then what it changed.
func followJob(cmd *cobra.Command, service datelinev1.RetagServiceClient, name string) error {
	stream, err := service.WatchRetagJob(cmd.Context(), &datelinev1.WatchRetagJobRequest{Name: name})
	if err != nil {
		return err
	}
	var job *datelinev1.RetagJob
	var bar *progress
	for {
		next, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if bar == nil {
			bar = newProgress(cmd, "retag", next.GetProgress().GetTotalCount(), false)
		}
		bar.add(next.GetProgress().GetDoneCount() - job.GetProgress().GetDoneCount())
		job = next
	}
	bar.finish()
	if err := showJob(outputOf(cmd), job); err != nil {
		return err
	}
	if job.GetState() == datelinev1.RetagState_RETAG_STATE_FAILED {
		return fmt.Errorf("the job failed: %s", job.GetError())
	}
	return nil
}

// showJob prints where a job stands and what it changed.
func showJob(out output, job *datelinev1.RetagJob) error {
	if job == nil {
		return nil
	}
	switch out.format {
	case "json":
		return out.message(job)
	case "jsonl":
		return messageLines(out, []*datelinev1.RetagJob{job})
	}
	p, s := job.GetProgress(), job.GetSummary()
	_, _ = fmt.Fprintf(out, "job %s %s: %d of %d articles, %d changed, %d failed\n", strings.TrimPrefix(job.Name, "retagJobs/"),
		out.paint(bold, stateName(job.State)), p.GetDoneCount(), p.GetTotalCount(), p.GetChangedCount(), p.GetFailedCount())
	_, err := fmt.Fprintf(out, "entities +%d −%d, topics +%d −%d\n", s.GetEntitiesGained(), s.GetEntitiesLost(), s.GetTopicsGained(), s.GetTopicsLost())
	if err != nil {
		return err
	}
	return errors.Join(out.jobEntities(s.GetEntities()), out.jobSamples(s.GetSamples()))
}

// jobEntities lists the entities that a job affected most.
func (o output) jobEntities(list []*datelinev1.RetagEntityChange) error {
	if len(list) == 0 {
		return nil
	}
	rows := make([]row, len(list))
	for i, e := range list {
		rows[i] = row{bold, []string{strings.TrimPrefix(e.Entity, "entities/"), fmt.Sprint("+", e.Gained), fmt.Sprint("−", e.Lost)}}
	}
	return o.table([]string{"ENTITY", "GAINED", "LOST"}, rows)
}

// jobSamples shows a few articles with what changed in them.
func (o output) jobSamples(list []*datelinev1.RetagDiff) error {
	for _, d := range list {
		line := o.paint(cyan, d.Article)
		for _, id := range append(d.EntitiesGained, d.TopicsGained...) {
			line += " " + o.paint(green, "+"+id)
		}
		for _, id := range append(d.EntitiesLost, d.TopicsLost...) {
			line += " " + o.paint(red, "−"+id)
		}
		if _, err := fmt.Fprintln(o, line); err != nil {
			return err
		}
	}
	return nil
}
