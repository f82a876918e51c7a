package main

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/assay-hire/assay/internal/database"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics counts requests by route, never by address, and looks at queue and database when it is asked.
type metrics struct {
	registry  *prometheus.Registry
	durations *prometheus.HistogramVec
}

func newMetrics(db *database.DB) *metrics {
	m := &metrics{registry: prometheus.NewRegistry()}
	m.durations = prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "assay_http_request_duration_seconds", Help: "How long requests took, by method, route and status class.",
		Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
	}, []string{"method", "route", "status"})
	m.registry.MustRegister(m.durations, queueDepth{db}, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		collectors.NewDBStatsCollector(db.WriteSource(), "assay"))
	return m
}

func (m *metrics) observe(method, route string, status int, took time.Duration) {
	if route == "" {
		route = "none"
	}
	m.durations.WithLabelValues(knownMethod(method), route, strconv.Itoa(status/100)+"xx").Observe(took.Seconds())
}

// knownMethod keeps callers from making up names that would be counted forever.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "other"
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// fromHere answers programs on this machine only, and none that speaks for somebody else.
func fromHere(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.RemoteAddr)
		ip := net.ParseIP(host)
		forwarded := r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "" || r.Header.Get("X-Real-Ip") != ""
		if err != nil || ip == nil || !ip.IsLoopback() || forwarded {
			http.NotFound(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// queueDepth counts waiting tasks when metrics are asked for.
type queueDepth struct{ db *database.DB }

var queueDepthDescription = prometheus.NewDesc("assay_queue_tasks", "Background tasks by state.", []string{"state"}, nil)

const queueTimeout = 2 * time.Second

// Describe implements prometheus.Collector.
func (queueDepth) Describe(ch chan<- *prometheus.Desc) { ch <- queueDepthDescription }

// Collect implements prometheus.Collector.
func (q queueDepth) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), queueTimeout)
	defer cancel()
	var rows []struct {
		State string
		N     float64
	}
	err := q.db.Read.WithContext(ctx).Table("river_job").Select("state, count(*) AS n").
		Where("state IN ('available', 'pending', 'retryable', 'running', 'scheduled')").Group("state").Scan(&rows).Error
	if err != nil {
		slog.Warn("queue not counted", "error", err)
		return
	}
	for _, r := range rows {
		ch <- prometheus.MustNewConstMetric(queueDepthDescription, prometheus.GaugeValue, r.N, r.State)
	}
}

// serveMetrics answers on a listener of its own until ctx ends.
func (m *metrics) serve(ctx context.Context, addr string) error {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", m.handler())
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	go func() { <-ctx.Done(); server.Close() }()
	go func() {
		if err := server.Serve(listener); err != nil && ctx.Err() == nil {
			slog.Error("metrics stopped", "error", err)
		}
	}()
	return nil
}
