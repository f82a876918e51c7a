package web

import (
	"encoding/gob"
	"fmt"

	"github.com/assay-hire/assay/views/layout"
	"github.com/gorilla/sessions"
	"github.com/labstack/echo/v4"
)

// Cookie names: users and candidates have one each, so that a recruiter can try a link without being signed out.
const (
	userCookie      = "assay"
	candidateCookie = "assay-attend"
	tokenKey        = "token"
	briefKey        = "brief"   // the cookie goes with the browser
	pendingKey      = "pending" // a sign-in that waits for its code
)

// RegisterCookieTypes tells the cookie codec what messages look like. Call it once before serving.
func RegisterCookieTypes() { gob.Register(layout.Flash{}) }

func (e *Edge) session(c echo.Context) *sessions.Session {
	name := userCookie
	if isAttend(c) {
		name = candidateCookie
	}
	// A cookie that cannot be read, after a change of keys for example, is an empty session.
	s, _ := e.cookies.Get(c.Request(), name)
	return s
}

func (e *Edge) token(c echo.Context) string {
	token, _ := e.session(c).Values[tokenKey].(string)
	return token
}

// SetToken puts a session's token into the browser's cookie; "" takes it out. Anything else in the cookie is dropped, so
// that nothing of an earlier visitor lives on.
func SetToken(c echo.Context, token string) error {
	s := edgeOf(c).session(c)
	clear(s.Values)
	if token != "" {
		s.Values[tokenKey] = token
	}
	return save(c, s)
}

// SetTokenFor does what SetToken does; without stay the browser forgets the cookie when it is closed.
func SetTokenFor(c echo.Context, token string, stay bool) error {
	s := edgeOf(c).session(c)
	clear(s.Values)
	s.Values[tokenKey] = token
	if !stay {
		s.Values[briefKey] = true
	}
	return save(c, s)
}

// SetPending keeps the secret of a sign-in that waits for its code in the browser's cookie; "" takes it out.
func SetPending(c echo.Context, secret string) error {
	s := edgeOf(c).session(c)
	delete(s.Values, pendingKey)
	if secret != "" {
		s.Values[pendingKey] = secret
	}
	return save(c, s)
}

// Pending returns what SetPending kept, or "".
func Pending(c echo.Context) string {
	secret, _ := edgeOf(c).session(c).Values[pendingKey].(string)
	return secret
}

// SetFlash has a message shown on the next page.
func SetFlash(c echo.Context, text string) error { return setFlash(c, layout.Flash{Text: text}) }

// SetFlashUndo has a message shown on the next page, with a way back: a POST to undoURL.
func SetFlashUndo(c echo.Context, text, undoURL string) error {
	return setFlash(c, layout.Flash{Text: text, UndoURL: undoURL})
}

func setFlash(c echo.Context, f layout.Flash) error {
	s := edgeOf(c).session(c)
	s.AddFlash(f)
	return save(c, s)
}

// flashes takes the waiting messages out of the cookie.
func flashes(c echo.Context) ([]layout.Flash, error) {
	s := edgeOf(c).session(c)
	waiting := s.Flashes()
	if len(waiting) == 0 {
		return nil, nil
	}
	var found []layout.Flash
	for _, w := range waiting {
		if f, ok := w.(layout.Flash); ok {
			found = append(found, f)
		}
	}
	return found, save(c, s)
}

func save(c echo.Context, s *sessions.Session) error {
	if brief, _ := s.Values[briefKey].(bool); brief {
		options := *s.Options
		options.MaxAge = 0
		s.Options = &options
	}
	if err := s.Save(c.Request(), c.Response()); err != nil {
		return fmt.Errorf("write cookie: %w", err)
	}
	return nil
}
