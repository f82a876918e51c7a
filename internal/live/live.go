// Package live tells open pages that something changed, so that they can ask again. A message is a topic, nothing more:
// who listens asks the server under its own rights for what it may see.
package live

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/assay-hire/assay/internal/database"
)

const channel = "assay_live"

// Hub hands topics from whoever changed something to whoever listens, across all servers of one PostgreSQL.
type Hub struct {
	db        *database.DB
	mu        sync.Mutex
	listeners map[string]map[chan struct{}]struct{}
	over      chan struct{}
	end       sync.Once
}

// NewHub returns a hub. On PostgreSQL, Listen must run for messages of other servers to arrive.
func NewHub(db *database.DB) *Hub {
	return &Hub{db: db, listeners: map[string]map[chan struct{}]struct{}{}, over: make(chan struct{})}
}

// Close asks those who keep a connection open for messages to let go of it.
func (h *Hub) Close() { h.end.Do(func() { close(h.over) }) }

// Closed returns a channel that is closed by Close.
func (h *Hub) Closed() <-chan struct{} { return h.over }

// Publish says that the topic changed. It never waits for listeners.
func (h *Hub) Publish(ctx context.Context, topic string) {
	if h.db.Pool == nil {
		h.deliver(topic)
		return
	}
	if _, err := h.db.Pool.Exec(ctx, "SELECT pg_notify($1, $2)", channel, topic); err != nil {
		slog.Warn("live message not sent to other servers", "error", err)
		h.deliver(topic)
	}
}

// Subscribe returns a channel that receives when the topic changes, and a function that ends the subscription.
// Changes that come faster than they are read are told once.
func (h *Hub) Subscribe(topic string) (<-chan struct{}, func()) {
	c := make(chan struct{}, 1)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.listeners[topic] == nil {
		h.listeners[topic] = map[chan struct{}]struct{}{}
	}
	h.listeners[topic][c] = struct{}{}
	return c, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.listeners[topic], c)
		if len(h.listeners[topic]) == 0 {
			delete(h.listeners, topic)
		}
	}
}

func (h *Hub) deliver(topic string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	wake(h.listeners[topic])
}

// deliverAll tells every listener to look again: nobody knows what was missed.
func (h *Hub) deliverAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, listeners := range h.listeners {
		wake(listeners)
	}
}

func wake(listeners map[chan struct{}]struct{}) {
	for c := range listeners {
		select {
		case c <- struct{}{}:
		default: // one is waiting already
		}
	}
}

// Listen passes on messages of all servers until ctx ends, and reconnects when the connection breaks.
func (h *Hub) Listen(ctx context.Context) {
	if h.db.Pool == nil {
		return
	}
	for ctx.Err() == nil {
		if err := h.listenOnce(ctx); err != nil && ctx.Err() == nil {
			slog.Warn("live messages interrupted", "error", err)
			select {
			case <-ctx.Done():
			case <-time.After(time.Second):
			}
		}
	}
}

func (h *Hub) listenOnce(ctx context.Context) error {
	conn, err := h.db.Pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
		return err
	}
	h.deliverAll()
	for {
		message, err := conn.Conn().WaitForNotification(ctx)
		if err != nil {
			return err
		}
		h.deliver(message.Payload)
	}
}
