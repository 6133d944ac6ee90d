package server

import (
	"context"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
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
