package v4

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// The grants of the token endpoint.
const (
	grantPassword  = "password"
	grantRefresh   = "refresh_token"
	grantAssertion = "urn:ietf:params:oauth:grant-type:jwt-bearer"
)

// TokenPath is the token endpoint's, under Prefix.
const TokenPath = "/oauth2/token"

// tokenObject is the documented answer of the token endpoint.
type tokenObject struct {
	AccessToken  string  `json:"access_token"`
	ExpiresIn    int     `json:"expires_in"`
	TokenType    string  `json:"token_type"`
	Scope        *string `json:"scope"`
	RefreshToken string  `json:"refresh_token,omitempty"`
}

// newTokenObject says what was issued. The scope is null where it is just what was asked for.
func newTokenObject(t actions.IssuedToken, kind string, asked *string) tokenObject {
	o := tokenObject{AccessToken: t.Access, ExpiresIn: int(t.Lifetime.Seconds()), TokenType: kind, RefreshToken: t.Refresh}
	if scope := string(t.Scope); scope != "" && (asked == nil || *asked == "") {
		o.Scope = &scope
	}
	return o
}

// tokenBody is what the token endpoint takes; which members it needs depends on the grant.
type tokenBody struct {
	GrantType    string `json:"grant_type" needs:"yes"`
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret"`
	Username     string `json:"username"`
	Password     string `json:"password"`
	OTP          string `json:"otp"` // of a user with a second factor
	RefreshToken string `json:"refresh_token"`
	Assertion    string `json:"assertion"`
	Scope        string `json:"scope"`
}

// tokenOperations give and end tokens.
func (a API) tokenOperations() []operation {
	type revocation struct {
		Token        string `json:"token" needs:"yes"`
		ClientID     string `json:"client_id"`
		ClientSecret string `json:"client_secret"`
	}
	type invited struct {
		C                string `json:"c" needs:"yes"`
		VerificationCode string `json:"verification_code" needs:"yes"`
	}
	return []operation{
		{method: http.MethodPost, path: TokenPath, open: true, takes: tokenBody{}, gives: tokenObject{}, status: http.StatusOK, do: a.token,
			about: "Exchanges a user's password, a refresh token, or a service account's signed assertion for an access token."},
		{method: http.MethodPost, path: "/oauth2/revoke", open: true, takes: revocation{}, status: http.StatusOK, do: a.revoke,
			about: "Ends a token and what came of the same sign-in."},
		{method: http.MethodPost, path: "/attend/token", open: true, takes: invited{}, gives: tokenObject{}, status: http.StatusOK,
			do: a.candidateToken, about: "Exchanges an invitation's link code and verification code for a candidate's token."},
	}
}

// token exchanges one of three things for a bearer token. Members that it does not know it passes over, as OAuth says.
func (a API) token(c echo.Context) error {
	keepNowhere(c)
	b, err := readBody(c, jsonBody, formBody)
	if err != nil {
		return oauthProblem(err)
	}
	grant, err := b.text("grant_type")
	if err != nil {
		return oauthProblem(err)
	}
	switch grant {
	case grantPassword:
		return a.byPassword(c, b)
	case grantRefresh:
		return a.byRefresh(c, b)
	case grantAssertion:
		return a.byAssertion(c, b)
	case "":
		return tokenProblem{http.StatusBadRequest, "invalid_request", "The field grant_type is missing."}
	}
	return tokenProblem{http.StatusBadRequest, "unsupported_grant_type",
		"The grant_type must be " + grantPassword + ", " + grantRefresh + " or " + grantAssertion + "."}
}

func (a API) byPassword(c echo.Context, b body) error {
	issue := actions.IssuePasswordToken{Address: c.RealIP()}
	err := b.take(map[string]*string{"username": &issue.Username, "password": &issue.Password, "otp": &issue.OTP})
	if err == nil {
		issue.Client, issue.Scope, err = clientAndScope(c, b)
	}
	if err == nil {
		err = web.Run(c, &issue)
	}
	if err != nil {
		return oauthProblem(err)
	}
	return c.JSON(http.StatusOK, newTokenObject(issue.Token, "Bearer", issue.Scope))
}

func (a API) byRefresh(c echo.Context, b body) error {
	renew := actions.RefreshAccess{Address: c.RealIP()}
	err := b.take(map[string]*string{"refresh_token": &renew.Refresh})
	if err == nil {
		renew.Client, renew.Scope, err = clientAndScope(c, b)
	}
	if err == nil {
		err = web.Run(c, &renew)
	}
	if err != nil {
		return oauthProblem(err)
	}
	return c.JSON(http.StatusOK, newTokenObject(renew.Token, "Bearer", renew.Scope))
}

func (a API) byAssertion(c echo.Context, b body) error {
	base := a.Actions.BaseURL
	exchange := actions.ExchangeAssertion{Address: c.RealIP(), Audiences: []string{base + Prefix + TokenPath, base + TokenPath}}
	err := b.take(map[string]*string{"assertion": &exchange.Assertion})
	if err == nil {
		err = web.Run(c, &exchange)
	}
	if err != nil {
		return oauthProblem(err)
	}
	asked := "in the assertion"
	return c.JSON(http.StatusOK, newTokenObject(exchange.Token, "bearer", &asked))
}

// revoke ends a token, and what came of the same sign-in. A token that is none is no error (RFC 7009).
func (a API) revoke(c echo.Context) error {
	keepNowhere(c)
	end := actions.RevokeToken{Address: c.RealIP()}
	b, err := readBody(c, jsonBody, formBody)
	if err == nil {
		err = b.take(map[string]*string{"token": &end.Token})
	}
	if err == nil {
		end.Client, _, err = clientAndScope(c, b)
	}
	if err == nil {
		err = web.Run(c, &end)
	}
	if err != nil {
		return oauthProblem(err)
	}
	return c.NoContent(http.StatusOK)
}

// candidateToken gives a candidate who has the link and its code a token for the one participation.
func (a API) candidateToken(c echo.Context) error {
	keepNowhere(c)
	issue := actions.IssueCandidateToken{Address: c.RealIP(), Agent: c.Request().UserAgent()}
	b, err := readBody(c, jsonBody, formBody)
	if err == nil {
		err = b.take(map[string]*string{"c": &issue.Link, "verification_code": &issue.Code})
	}
	if err == nil {
		err = web.Run(c, &issue)
	}
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, newTokenObject(issue.Token, "Bearer", nil))
}

// take puts texts into their places by name.
func (b body) take(places map[string]*string) error {
	bad := fault.Fields{}
	for name, place := range places {
		var err error
		if *place, err = b.text(name); err != nil {
			bad[name] = "This must be text."
		}
	}
	return fault.Refuse(bad)
}

// clientAndScope returns who the client says it is, in the body or as HTTP Basic, and the scope it asks for.
func clientAndScope(c echo.Context, b body) (client actions.APIClientKey, scope *string, err error) {
	if err := b.take(map[string]*string{"client_id": &client.ID, "client_secret": &client.Secret}); err != nil {
		return client, nil, err
	}
	if id, secret, ok := c.Request().BasicAuth(); ok && client == (actions.APIClientKey{}) {
		client.ID, _ = url.QueryUnescape(id)
		client.Secret, _ = url.QueryUnescape(secret)
	}
	scope, err = b.optionalText("scope")
	return client, scope, err
}

// keepNowhere has an answer with a secret in it kept by nobody on the way.
func keepNowhere(c echo.Context) {
	c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
	c.Response().Header().Set("Pragma", "no-cache")
}

// tokenProblem is an error of the token endpoint, by its name in RFC 6749.
type tokenProblem struct {
	status            int
	code, description string
}

// Error implements error.
func (p tokenProblem) Error() string { return p.code + ": " + p.description }

// Unwrap tells the edge the status.
func (p tokenProblem) Unwrap() error { return echo.NewHTTPError(p.status) }

// oauthProblem gives an error its name in RFC 6749. What cannot be read at all, too many tries and what is internal keep
// their own.
func oauthProblem(err error) error {
	f, ok := fault.As(err)
	switch {
	case !ok:
		return err
	case errors.Is(err, actions.ErrAPIClient):
		return tokenProblem{http.StatusUnauthorized, "invalid_client", f.Message}
	case f.Kind == fault.Unauthorized:
		return tokenProblem{http.StatusUnauthorized, "invalid_grant", f.Message}
	case f.Kind == fault.Invalid && f.Fields["scope"] != "":
		return tokenProblem{http.StatusBadRequest, "invalid_scope", f.Fields["scope"]}
	case f.Kind == fault.Invalid:
		return tokenProblem{http.StatusBadRequest, "invalid_request", f.Error()}
	}
	return err
}
