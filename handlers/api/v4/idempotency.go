package v4

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/web"
)

const (
	headerReplayed = "Idempotency-Replayed"
	longestKey     = 255
	busyWait       = "1" // seconds until a caller asks again for the answer of a request that runs
)

// once has a request under a key answered once: sent again it gets the same answer and does nothing. The key is claimed
// before the work. Writes note in their own transaction that they were done, and those that create a row keep their
// answer there too; any other answer is kept just before it is sent. A server that stops between the two leaves a key
// that says that the work was done, but not what was answered.
func (a API) once(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		name, sent, err := keyOf(c.Request())
		if err != nil || !sent {
			return orNext(err, next, c)
		}
		hash, err := hashOf(c)
		if err != nil {
			return err
		}
		claim, kept, err := a.Actions.ClaimKey(web.Context(c), web.Actor(c), name, hash)
		switch {
		case errors.Is(err, actions.ErrKeyBusy):
			c.Response().Header().Set(echo.HeaderRetryAfter, busyWait)
			return echo.NewHTTPError(http.StatusConflict, "The first request under this "+actions.KeyHeader+" is not done yet.")
		case err != nil:
			return err
		case kept != nil:
			return replay(c, *kept)
		}
		path := strings.TrimSuffix(c.Request().URL.Path, "/")
		claim.Foresee = func(did actions.Action) (actions.KeptAnswer, bool) {
			return actions.CreatedAnswer(did, http.StatusCreated, func(id int64) string { return path + "/" + strconv.FormatInt(id, 10) },
				echo.MIMEApplicationJSON)
		}
		return a.answerOnce(c, claim, next)
	}
}

func orNext(err error, next echo.HandlerFunc, c echo.Context) error {
	if err != nil {
		return err
	}
	return next(c)
}

// keyOf returns the key of a request: 1 to 255 printable characters.
func keyOf(r *http.Request) (key string, sent bool, err error) {
	values, sent := r.Header[http.CanonicalHeaderKey(actions.KeyHeader)]
	if !sent {
		return "", false, nil
	}
	unprintable := func(b rune) bool { return b < ' ' || b > '~' }
	if len(values) != 1 || values[0] == "" || len(values[0]) > longestKey || strings.ContainsFunc(values[0], unprintable) {
		return "", true, malformed("%s must be one text of 1 to %d printable characters.", actions.KeyHeader, longestKey)
	}
	return values[0], true, nil
}

// hashOf tells requests apart by method, path, query and body. It reads the body and puts it back.
func hashOf(c echo.Context) (string, error) {
	request := c.Request()
	longest := int64(longestBody)
	if given, _, err := mime.ParseMediaType(request.Header.Get(echo.HeaderContentType)); err == nil && bodyKind(given) == multipartBody {
		longest = longestFiles
	}
	text, err := io.ReadAll(http.MaxBytesReader(c.Response(), request.Body, longest))
	if err != nil {
		return "", unreadable(err)
	}
	request.Body = io.NopCloser(bytes.NewReader(text))
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n%s\n", request.Method, request.URL.Path, request.URL.RawQuery)
	h.Write(text)
	return hex.EncodeToString(h.Sum(nil)), nil
}

// replay answers what was answered before. A refusal goes the way of all errors.
func replay(c echo.Context, kept actions.KeptAnswer) error {
	h := c.Response().Header()
	h.Set(headerReplayed, "true")
	if kept.Status >= http.StatusBadRequest {
		return keptProblem{kept}
	}
	if kept.Location != "" {
		h.Set(echo.HeaderLocation, kept.Location)
	}
	if kept.ContentType == "" {
		return c.NoContent(kept.Status)
	}
	return c.Blob(kept.Status, kept.ContentType, kept.Body)
}

// keptProblem is a refusal that is answered again.
type keptProblem struct{ kept actions.KeptAnswer }

// Error implements error.
func (p keptProblem) Error() string { return fmt.Sprintf("answered %d before", p.kept.Status) }

// Unwrap tells the edge that this is a refusal, and nothing to note.
func (p keptProblem) Unwrap() error { return echo.NewHTTPError(p.kept.Status) }

func (p keptProblem) body() (int, any) { return p.kept.Status, json.RawMessage(p.kept.Body) }

// answerOnce answers the request that holds the claim and keeps the answer before it is sent.
func (a API) answerOnce(c echo.Context, claim *actions.KeyClaim, next echo.HandlerFunc) (err error) {
	// What was begun is noted, even when whoever asked for it has gone.
	after := context.WithoutCancel(web.Context(c))
	isDone := false
	defer func() {
		if !isDone { // a panic, or an answer that is not to be kept
			err = errors.Join(err, a.Actions.ReleaseKey(after, claim))
		}
	}()
	response := c.Response()
	held := &keptWriter{ResponseWriter: response.Writer, status: http.StatusOK}
	response.Writer = held
	c.SetRequest(c.Request().WithContext(actions.WithClaim(web.Context(c), claim)))
	err = next(c)
	response.Writer = held.ResponseWriter
	answer, keep := held.answer(), held.status < http.StatusInternalServerError
	if err != nil {
		answer, keep = refusalToKeep(err)
	}
	if keep && !(err == nil && claim.IsAnswered()) {
		if unkept := a.Actions.AnswerKey(after, claim, answer); unkept != nil {
			return errors.Join(err, unkept)
		}
	}
	isDone = keep
	return errors.Join(err, held.send())
}

// refusalToKeep returns the answer an error becomes, if that would be the same again: not when the server failed, and
// not when waiting may help.
func refusalToKeep(err error) (actions.KeptAnswer, bool) {
	status, body := bodyOf(err)
	if status >= http.StatusInternalServerError || status == http.StatusConflict || status == http.StatusTooManyRequests {
		return actions.KeptAnswer{}, false
	}
	text, unwritten := json.Marshal(body)
	return actions.KeptAnswer{Status: status, ContentType: echo.MIMEApplicationJSON, Body: text}, unwritten == nil
}

// keptWriter keeps an answer until it was stored.
type keptWriter struct {
	http.ResponseWriter
	status    int
	isWritten bool
	body      bytes.Buffer
}

// WriteHeader implements http.ResponseWriter.
func (k *keptWriter) WriteHeader(status int) { k.status, k.isWritten = status, true }

// Write implements http.ResponseWriter.
func (k *keptWriter) Write(b []byte) (int, error) {
	k.isWritten = true
	return k.body.Write(b)
}

// Flush implements http.Flusher: nothing leaves before it is stored.
func (k *keptWriter) Flush() {}

func (k *keptWriter) answer() actions.KeptAnswer {
	h := k.Header()
	return actions.KeptAnswer{Status: k.status, Location: h.Get(echo.HeaderLocation), ContentType: h.Get(echo.HeaderContentType), Body: k.body.Bytes()}
}

// send passes the answer on.
func (k *keptWriter) send() error {
	if !k.isWritten {
		return nil
	}
	k.ResponseWriter.WriteHeader(k.status)
	_, err := k.ResponseWriter.Write(k.body.Bytes())
	return err
}
