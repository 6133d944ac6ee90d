package server

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"runtime"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/reflection"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
	"github.com/dateline-news/dateline/tagger"
	"github.com/dateline-news/dateline/tagger/topics"
)

// Options configure a Server. The zero value of every field but Store works.
type Options struct {
	Store  *store.Store   // required; closed by the caller after Serve
	Tagger tagger.Options // its gazetteer is the base of the edits in the store

	Version string       // of the binary, for GetServerInfo
	Log     *slog.Logger // slog.Default() when nil

	MaxArticleBytes int           // longest title and body together; 1 MiB when 0
	MaxMessageBytes int           // longest request; 8 MiB when 0
	MaxStreams      uint32        // concurrent calls of one connection; 256 when 0
	Workers         int           // articles of one batch stream tagged at a time; GOMAXPROCS when 0
	DrainTimeout    time.Duration // time for calls in progress at shutdown; 20 s when 0

	TLS   *tls.Config // serves in the clear when nil
	Token string      // bearer token that every call must carry; none when empty
}

// The defaults of Options.
const (
	defaultMaxArticle = tagger.DefaultMaxBytes
	defaultMaxMessage = 8 << 20
	defaultMaxStreams = 256
	defaultDrain      = 20 * time.Second

	// maxAnswer is the longest answer: the tags of an article of nothing but
	// names are some thirty times as long as the article.
	maxAnswer = 64 << 20
)

// Limits on connections. A client may ping every 20 seconds, also while idle;
// a connection ends after an hour, so that clients behind a balancer spread
// over new servers.
var (
	pings = keepalive.EnforcementPolicy{MinTime: 20 * time.Second, PermitWithoutStream: true}
	alive = keepalive.ServerParameters{
		MaxConnectionIdle:     15 * time.Minute,
		MaxConnectionAge:      time.Hour,
		MaxConnectionAgeGrace: 5 * time.Minute,
		Time:                  time.Minute,
		Timeout:               20 * time.Second,
	}
)

// Server answers gRPC, and JSON over HTTP, from a store and a tagger.
type Server struct {
	store    *store.Store
	engine   engine
	edits    edits
	log      *slog.Logger
	metrics  *metrics
	health   *health.Server
	grpc     *grpc.Server
	methods  methods // for JSON over HTTP
	taxonomy *topics.Taxonomy

	version    string
	token      string
	tls        *tls.Config
	maxArticle int
	maxMessage int64
	workers    int
	drain      time.Duration

	tagging chan struct{} // a token for each article being tagged: bounds the memory, whatever the number of callers

	quit chan struct{} // closed when draining begins: ends streams that wait for news
}

// New builds a server that is not yet serving: its health is NOT_SERVING until
// Serve.
func New(o Options) (*Server, error) {
	if o.Store == nil {
		return nil, errors.New("server: got no store, want one")
	}
	s := &Server{
		store:      o.Store,
		log:        cmp.Or(o.Log, slog.Default()),
		metrics:    newMetrics(),
		health:     health.NewServer(),
		version:    o.Version,
		token:      o.Token,
		tls:        o.TLS,
		maxArticle: cmp.Or(o.MaxArticleBytes, defaultMaxArticle),
		workers:    cmp.Or(o.Workers, runtime.GOMAXPROCS(0)),
		drain:      cmp.Or(o.DrainTimeout, defaultDrain),
		tagging:    make(chan struct{}, 2*runtime.GOMAXPROCS(0)),
		quit:       make(chan struct{}),
		maxMessage: int64(cmp.Or(o.MaxMessageBytes, defaultMaxMessage)),
	}
	if err := s.loadTaxonomy(o.Tagger.Topics); err != nil {
		return nil, err
	}
	if err := s.load(o); err != nil {
		return nil, err
	}
	o.Store.SetTagger(s.tag)
	s.metrics.watchStore(o.Store.Stats)
	s.grpc = s.newGRPC(o)
	s.register()
	s.setHealth(healthpb.HealthCheckResponse_NOT_SERVING)
	return s, nil
}

// loadTaxonomy takes the classifier's topics, a user's own among them.
func (s *Server) loadTaxonomy(c *topics.Classifier) (err error) {
	if c != nil {
		s.taxonomy = c.Taxonomy()
		return nil
	}
	s.taxonomy, err = topics.MediaTopics()
	return err
}

// load makes the gazetteer with the edits of earlier runs live.
func (s *Server) load(o Options) error {
	s.engine.options = o.Tagger
	s.edits.store, s.edits.base = o.Store, o.Tagger.Gazetteer
	if err := s.edits.load(context.Background()); err != nil {
		return err
	}
	g, err := s.edits.gazetteer(s.edits.blobs, s.edits.revision)
	if err != nil {
		return err
	}
	first, err := s.engine.build(g)
	if err != nil {
		return err
	}
	s.engine.state.Store(first)
	return nil
}

func (s *Server) newGRPC(o Options) *grpc.Server {
	options := []grpc.ServerOption{
		grpc.ForceServerCodecV2(newCodec()),
		grpc.MaxRecvMsgSize(int(s.maxMessage)),
		grpc.MaxSendMsgSize(maxAnswer),
		grpc.MaxConcurrentStreams(cmp.Or(o.MaxStreams, defaultMaxStreams)),
		grpc.KeepaliveEnforcementPolicy(pings),
		grpc.KeepaliveParams(alive),
		grpc.ConnectionTimeout(20 * time.Second),
		grpc.StatsHandler(otelgrpc.NewServerHandler()),
		grpc.ChainUnaryInterceptor(s.unary),
		grpc.ChainStreamInterceptor(s.stream),
	}
	if o.TLS != nil {
		options = append(options, grpc.Creds(credentials.NewTLS(o.TLS)))
	}
	return grpc.NewServer(options...)
}

// register is the table of all services.
func (s *Server) register() {
	r := recorder{s.grpc, &s.methods}
	datelinev1.RegisterTaggingServiceServer(r, taggingService{s: s})
	datelinev1.RegisterArticleServiceServer(r, articleService{s: s})
	datelinev1.RegisterEntityServiceServer(r, entityService{s: s})
	datelinev1.RegisterTimelineServiceServer(r, timelineService{s: s})
	datelinev1.RegisterTopicServiceServer(r, topicService{taxonomy: s.taxonomy})
	datelinev1.RegisterGazetteerServiceServer(r, gazetteerService{s: s})
	datelinev1.RegisterCorrectionServiceServer(r, correctionService{s: s})
	datelinev1.RegisterRetagServiceServer(r, retagService{s: s})
	datelinev1.RegisterAdminServiceServer(r, adminService{s: s})
	healthpb.RegisterHealthServer(s.grpc, s.health)
	reflection.Register(s.grpc)
}

// setHealth sets the state of the whole server and of every service.
func (s *Server) setHealth(state healthpb.HealthCheckResponse_ServingStatus) {
	s.health.SetServingStatus("", state)
	for name := range s.grpc.GetServiceInfo() {
		s.health.SetServingStatus(name, state)
	}
}

// Serve answers gRPC on a listener until ctx is done. Then it turns unhealthy,
// lets calls in progress end, for DrainTimeout at most, and returns nil.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- s.grpc.Serve(l) }()
	s.setHealth(healthpb.HealthCheckResponse_SERVING)
	s.log.Info("serving gRPC", "addr", l.Addr().String())
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	s.stop()
	if err := <-failed; !errors.Is(err, grpc.ErrServerStopped) { // it is when ctx was done before it began
		return err
	}
	return nil
}

// stop drains the server.
func (s *Server) stop() {
	s.log.Info("draining", "timeout", s.drain)
	s.health.Shutdown()
	time.Sleep(100 * time.Millisecond) // watchers of health hear of it before their streams end
	close(s.quit)
	drained := make(chan struct{})
	go func() {
		s.grpc.GracefulStop()
		close(drained)
	}()
	select {
	case <-drained:
	case <-time.After(s.drain):
		s.log.Warn("calls cut off at shutdown")
		s.grpc.Stop()
		<-drained
	}
}

// newID makes up a name that nobody else has.
func newID() string { return rand.Text() }
