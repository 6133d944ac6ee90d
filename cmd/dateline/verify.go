package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"google.golang.org/grpc"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
)

const verifyHelp = `Verify rebuilds every index of an archive from its articles and compares: the
text and tags of each article, every posting, every count. It asks the server,
which goes on meanwhile, or with --data opens an archive that nobody serves.
--repair then makes the indexes anew.`

const verifyExamples = `  dateline verify
  dateline verify --data ./data --repair`

// errProblems ends a verify that found something, after it was printed.
var errProblems = errors.New("the archive has problems")

func newVerifyCommand() *cobra.Command {
	var data string
	var repair bool
	cmd := &cobra.Command{
		Use:     "verify",
		Short:   "Check an archive against itself",
		Long:    verifyHelp,
		Example: verifyExamples,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case data != "":
				return verifyFolder(cmd, data, repair)
			case repair:
				return usagef("--repair works on an archive that nobody serves: name it with --data")
			}
			return withServer(cmd, func(conn *grpc.ClientConn) error {
				answer, err := datelinev1.NewAdminServiceClient(conn).VerifyArchive(cmd.Context(), &datelinev1.VerifyArchiveRequest{})
				if err != nil {
					return err
				}
				return showReport(outputOf(cmd), answer)
			})
		},
	}
	addClientFlags(cmd)
	cmd.Flags().StringVar(&data, "data", "", "open the archive in this `FOLDER` instead of asking a server")
	cmd.Flags().BoolVar(&repair, "repair", false, "make the indexes anew from the articles")
	return cmd
}

func verifyFolder(cmd *cobra.Command, data string, repair bool) (err error) {
	s, err := store.Open(store.Options{Dir: data})
	if err != nil {
		return fmt.Errorf("--data: %w", err)
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	check := s.Verify
	if repair {
		check = s.Repair
	}
	report, err := check(cmd.Context())
	if err != nil {
		return err
	}
	return showReport(outputOf(cmd), reportMessage(report))
}

func reportMessage(r store.Report) *datelinev1.VerifyArchiveResponse {
	return &datelinev1.VerifyArchiveResponse{
		ArticleCount: int64(r.Articles), RowCount: int64(r.Rows), Problems: r.Problems, ProblemCount: int64(r.Count),
	}
}

// showReport prints what was checked and found, and fails when it found
// something.
func showReport(out output, r *datelinev1.VerifyArchiveResponse) error {
	if out.format != "text" {
		if err := out.message(r); err != nil {
			return err
		}
	} else {
		for _, p := range r.Problems {
			_, _ = fmt.Fprintln(out, out.paint(red, p)) // an error comes again below
		}
		if _, err := fmt.Fprintf(out, "%d articles, %d postings, %d problems\n", r.ArticleCount, r.RowCount, r.ProblemCount); err != nil {
			return err
		}
	}
	if r.ProblemCount > 0 {
		return errProblems
	}
	return nil
}
