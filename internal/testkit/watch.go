package testkit

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gorm.io/gorm"
)

// CountQueries counts the reading queries from now on; call the result once for their number.
func (w *World) CountQueries(t testing.TB) func() int {
	t.Helper()
	const name = "testkit:count"
	var n atomic.Int64
	count := func(*gorm.DB) { n.Add(1) }
	callbacks := w.DB.Read.Callback()
	check(t, callbacks.Query().After("gorm:query").Register(name, count))
	check(t, callbacks.Row().After("gorm:row").Register(name, count))
	check(t, callbacks.Raw().After("gorm:raw").Register(name, count))
	return func() int {
		check(t, callbacks.Query().Remove(name))
		check(t, callbacks.Row().Remove(name))
		check(t, callbacks.Raw().Remove(name))
		return int(n.Load())
	}
}

// GetPart asks for a part of a page the way a script does.
func (c *Client) GetPart(t testing.TB, path string) Reply {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "http://assay.test"+path, nil)
	r.Header.Set("HX-Request", "true")
	return c.Do(t, r)
}

// Stream is an answer that goes on, line by line.
type Stream struct {
	lines chan string
}

// Stream asks for a stream of events over a real connection; it ends with the test.
func (c *Client) Stream(t testing.TB, path string) *Stream {
	t.Helper()
	server := httptest.NewServer(c.world.Server)
	ctx, cancel := context.WithCancel(context.Background())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+path, nil)
	check(t, err)
	for _, cookie := range c.jar.Cookies(httptest.NewRequest(http.MethodGet, "http://assay.test"+path, nil).URL) {
		r.AddCookie(cookie)
	}
	answer, err := server.Client().Do(r)
	check(t, err)
	s := &Stream{lines: make(chan string, 64)}
	go func() {
		defer close(s.lines)
		for scanner := bufio.NewScanner(answer.Body); scanner.Scan(); {
			s.lines <- scanner.Text()
		}
	}()
	t.Cleanup(func() {
		cancel()
		answer.Body.Close()
		server.Close()
	})
	return s
}

// Await waits until a line of the stream holds the text.
func (s *Stream) Await(t testing.TB, text string) {
	t.Helper()
	patience := time.After(patience)
	for {
		select {
		case line, open := <-s.lines:
			if !open {
				t.Fatalf("the stream ended without %q", text)
			}
			if strings.Contains(line, text) {
				return
			}
		case <-patience:
			t.Fatalf("the stream did not bring %q", text)
		}
	}
}
