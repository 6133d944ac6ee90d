package server

import (
	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

type gazetteerService struct {
	datelinev1.UnimplementedGazetteerServiceServer
	s *Server
}
