package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// invited is the event of an invitation.
const invited = "participation.invited"

// ears receive signed messages of what happens.
type ears struct {
	endpoint int64
	key      []byte
	server   *http.Server
	messages chan message
}

type message struct {
	Type string `json:"type"`
	Data struct {
		ID     int64 `json:"id"`
		Object struct {
			Candidate int64 `json:"candidate_id"`
		} `json:"object"`
	} `json:"data"`
}

// listen opens a port on this machine and has Assay tell it of invitations.
func listen(ctx context.Context, c *client) (*ears, error) {
	port, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	var made struct {
		ID     int64  `json:"id"`
		Secret string `json:"secret"`
	}
	err = c.post(ctx, "/webhooks/endpoint", map[string]any{"url": "http://" + port.Addr().String() + "/", "description": "The integrator's example",
		"event_types": []string{invited}}, &made)
	if err != nil {
		port.Close()
		return nil, err
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(made.Secret, "whsec_"))
	if err != nil {
		port.Close()
		return nil, fmt.Errorf("read the signing secret: %w", err)
	}
	e := &ears{endpoint: made.ID, key: key, messages: make(chan message, 16)}
	e.server = &http.Server{Handler: http.HandlerFunc(e.hear), ReadHeaderTimeout: 10 * time.Second}
	go e.server.Serve(port) // ends when close is called
	return e, nil
}

// hear takes a message whose signature is right and not older than five minutes, as the Standard Webhooks say.
func (e *ears) hear(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	at, err := strconv.ParseInt(r.Header.Get("webhook-timestamp"), 10, 64)
	if err != nil || time.Since(time.Unix(at, 0)).Abs() > 5*time.Minute || !e.signed(r.Header, body) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	var m message
	if err := json.Unmarshal(body, &m); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
	e.messages <- m
}

func (e *ears) signed(h http.Header, body []byte) bool {
	mac := hmac.New(sha256.New, e.key)
	fmt.Fprintf(mac, "%s.%s.%s", h.Get("webhook-id"), h.Get("webhook-timestamp"), body)
	want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	for _, given := range strings.Fields(h.Get("webhook-signature")) {
		if hmac.Equal([]byte(given), []byte(want)) {
			return true
		}
	}
	return false
}

// await returns the participation that a candidate was invited to, once a message tells of it. Others may be invited
// meanwhile.
func (e *ears) await(ctx context.Context, candidate int64) (int64, error) {
	for {
		select {
		case m := <-e.messages:
			if m.Type == invited && m.Data.Object.Candidate == candidate {
				return m.Data.ID, nil
			}
		case <-ctx.Done():
			return 0, fmt.Errorf("no message of %s came: %w", invited, ctx.Err())
		}
	}
}

// close stops listening and has Assay stop telling.
func (e *ears) close(c *client) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := c.call(ctx, http.MethodDelete, fmt.Sprintf("/api/v4/webhooks/endpoint/%d", e.endpoint), nil, nil); err != nil {
		fmt.Println("the endpoint stays:", err)
	}
	e.server.Close()
}
