package server

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"google.golang.org/grpc/codes"

	"github.com/dateline-news/dateline/store"
)

// metrics are what Prometheus reads. No label is taken from articles or
// entities: their number has no bound.
type metrics struct {
	registry *prometheus.Registry
	inFlight prometheus.Gauge
	calls    *prometheus.HistogramVec
	tagging  prometheus.Histogram
	bytes    prometheus.Counter
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "dateline_calls_in_flight", Help: "Calls being answered.",
		}),
		calls: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "dateline_call_seconds", Help: "Time to answer a call, by method and gRPC code.",
			Buckets: prometheus.ExponentialBuckets(0.0005, 2, 16),
		}, []string{"method", "code"}),
		tagging: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "dateline_tagging_seconds", Help: "Time to tag one article.",
			Buckets: prometheus.ExponentialBuckets(0.0005, 2, 14),
		}),
		bytes: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "dateline_tagged_bytes_total", Help: "Bytes of titles and bodies tagged.",
		}),
	}
	m.registry.MustRegister(m.inFlight, m.calls, m.tagging, m.bytes,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// watchStore adds the sizes of the archive.
func (m *metrics) watchStore(stats func() store.Stats) {
	for _, g := range []struct {
		name, help string
		value      func(store.Stats) float64
	}{
		{"dateline_articles", "Stored articles.", func(s store.Stats) float64 { return float64(s.Articles) }},
		{"dateline_subjects", "Entities, topics, sources, sections and countries with articles.", func(s store.Stats) float64 { return float64(s.Subjects) }},
		{"dateline_disk_bytes", "Bytes of the archive on disk.", func(s store.Stats) float64 { return float64(s.DiskBytes) }},
	} {
		m.registry.MustRegister(prometheus.NewGaugeFunc(
			prometheus.GaugeOpts{Name: g.name, Help: g.help}, func() float64 { return g.value(stats()) }))
	}
}

// observe notes a call that has ended.
func (m *metrics) observe(method string, code codes.Code, took time.Duration) {
	m.inFlight.Dec()
	m.calls.WithLabelValues(method, code.String()).Observe(took.Seconds())
}
