package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"google.golang.org/grpc"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
)

const backupHelp = `Backup writes an archive to FILE while the server goes on, and prints the
revision up to which it wrote. With --since it writes only what changed after
that revision: a chain of backups begins with a full one, and each next one is
since the revision that the one before printed. The file appears only when it
is complete.`

const backupExamples = `  dateline backup full.dlb                       prints, say, 48211
  dateline backup --since 48211 monday.dlb
  dateline restore --data ./restored full.dlb monday.dlb`

func newBackupCommand() *cobra.Command {
	var since uint64
	cmd := &cobra.Command{
		Use:     "backup FILE",
		Short:   "Write the archive to a file while it is served",
		Long:    backupHelp,
		Example: backupExamples,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withServer(cmd, func(conn *grpc.ClientConn) error { return backup(cmd, conn, args[0], since) })
		},
	}
	addClientFlags(cmd)
	cmd.Flags().Uint64Var(&since, "since", 0, "only what changed after this `REVISION`, 0 for all")
	return cmd
}

func backup(cmd *cobra.Command, conn *grpc.ClientConn, name string, since uint64) (err error) {
	stream, err := datelinev1.NewAdminServiceClient(conn).BackupArchive(cmd.Context(), &datelinev1.BackupArchiveRequest{Since: since})
	if err != nil {
		return err
	}
	f, err := os.Create(name + ".part")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil { // a part of a backup is none
			err = errors.Join(err, f.Close(), os.Remove(f.Name()))
		}
	}()
	bar := newProgress(cmd, "backup", -1, true)
	defer bar.finish()
	upTo, err := receiveBackup(stream, f, bar)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return err
	}
	out := outputOf(cmd)
	if out.format != "text" {
		return out.json(map[string]uint64{"revision": upTo})
	}
	_, err = fmt.Fprintln(out, upTo)
	return err
}

// receiveBackup writes a stream to a file and returns its revision.
func receiveBackup(stream grpc.ServerStreamingClient[datelinev1.BackupArchiveResponse], f io.Writer, bar *progress) (upTo uint64, err error) {
	for {
		part, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			if upTo == 0 {
				return 0, errors.New("the server ended the backup before it was complete")
			}
			return upTo, nil
		}
		if err != nil {
			return 0, err
		}
		if _, err := f.Write(part.Data); err != nil {
			return 0, err
		}
		bar.add(int64(len(part.Data)))
		upTo = max(upTo, part.NextSince)
	}
}

const restoreHelp = `Restore makes an archive in an empty folder from a full backup and those that
follow it, makes its indexes anew and verifies it.`

func newRestoreCommand() *cobra.Command {
	var data string
	cmd := &cobra.Command{
		Use:     "restore --data FOLDER FILE...",
		Short:   "Make an archive from backups",
		Long:    restoreHelp,
		Example: `  dateline restore --data ./restored full.dlb monday.dlb`,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, files []string) error {
			if data == "" {
				return usagef("--data: got none, want the empty folder to restore into")
			}
			return restore(cmd, data, files)
		},
	}
	cmd.Flags().StringVar(&data, "data", "", "the empty `FOLDER` to restore into")
	return cmd
}

func restore(cmd *cobra.Command, data string, files []string) error {
	bar := newProgress(cmd, "restore", -1, true)
	defer bar.finish()
	var chain []io.Reader
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		chain = append(chain, progressReader{f, bar})
	}
	report, err := store.Restore(cmd.Context(), store.Options{Dir: data}, chain...)
	if err != nil {
		return err
	}
	return showReport(outputOf(cmd), reportMessage(report))
}
