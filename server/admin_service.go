package server

import (
	"context"
	"slices"

	"google.golang.org/grpc"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
)

// adminService cares for the archive.
type adminService struct {
	datelinev1.UnimplementedAdminServiceServer
	s *Server
}

// GetServerInfo tells what is running.
func (a adminService) GetServerInfo(context.Context, *datelinev1.GetServerInfoRequest) (*datelinev1.GetServerInfoResponse, error) {
	stats := a.s.store.Stats()
	return &datelinev1.GetServerInfoResponse{
		Version:      a.s.version,
		Versions:     versionsProto(a.s.engine.live().tagger.Versions()),
		ArticleCount: int64(stats.Articles),
		DiskBytes:    stats.DiskBytes,
	}, nil
}

// BackupArchive streams a copy as it was when the call began.
func (a adminService) BackupArchive(req *datelinev1.BackupArchiveRequest, stream grpc.ServerStreamingServer[datelinev1.BackupArchiveResponse]) error {
	next, err := a.s.store.Backup(stream.Context(), chunkWriter{stream}, store.Revision(req.GetSince()))
	if err != nil {
		return err
	}
	return stream.Send(&datelinev1.BackupArchiveResponse{NextSince: uint64(next)})
}

// chunkWriter sends bytes in messages of a size that every client takes.
type chunkWriter struct {
	stream grpc.ServerStreamingServer[datelinev1.BackupArchiveResponse]
}

// Write sends all of b.
func (w chunkWriter) Write(b []byte) (int, error) {
	for chunk := range slices.Chunk(b, 1<<20) {
		if err := w.stream.Send(&datelinev1.BackupArchiveResponse{Data: chunk}); err != nil {
			return 0, err
		}
	}
	return len(b), nil
}

// VerifyArchive rebuilds the indexes and compares.
func (a adminService) VerifyArchive(ctx context.Context, _ *datelinev1.VerifyArchiveRequest) (*datelinev1.VerifyArchiveResponse, error) {
	report, err := a.s.store.Verify(ctx)
	if err != nil {
		return nil, err
	}
	return &datelinev1.VerifyArchiveResponse{
		ArticleCount: int64(report.Articles),
		RowCount:     int64(report.Rows),
		Problems:     report.Problems,
		ProblemCount: int64(report.Count),
	}, nil
}
