package main

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// account is a service account and where it is known.
type account struct {
	base, email, audience string
	key                   *rsa.PrivateKey
}

func readAccount(path string) (account, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return account{}, err
	}
	var file struct {
		BaseURL string `json:"base_url"`
		Account struct {
			Email    string `json:"email"`
			Key      string `json:"private_key_pem"`
			Audience string `json:"audience"`
		} `json:"service_account"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		return account{}, fmt.Errorf("read %s: %w", path, err)
	}
	block, _ := pem.Decode([]byte(file.Account.Key))
	if block == nil {
		return account{}, errors.New("the file holds no private key of a service account")
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return account{}, fmt.Errorf("read the private key: %w", err)
	}
	key, ok := parsed.(*rsa.PrivateKey)
	if !ok {
		return account{}, errors.New("the private key is not an RSA key")
	}
	return account{base: file.BaseURL, email: file.Account.Email, audience: file.Account.Audience, key: key}, nil
}

// assertion signs what a service account says of itself: who it is, to whom, and for how long.
func (a account) assertion(now time.Time) (string, error) {
	encode := func(v any) (string, error) {
		text, err := json.Marshal(v)
		return base64.RawURLEncoding.EncodeToString(text), err
	}
	header, err := encode(map[string]string{"alg": "RS256", "typ": "JWT"})
	if err != nil {
		return "", err
	}
	claims, err := encode(map[string]any{"iss": a.email, "scope": "", "aud": a.audience, "iat": now.Unix(), "exp": now.Add(time.Hour).Unix()})
	if err != nil {
		return "", err
	}
	digest := sha256.Sum256([]byte(header + "." + claims))
	signature, err := rsa.SignPKCS1v15(rand.Reader, a.key, crypto.SHA256, digest[:])
	return header + "." + claims + "." + base64.RawURLEncoding.EncodeToString(signature), err
}

// client calls the API with a token.
type client struct{ base, token string }

func (c *client) signIn(ctx context.Context, a account) error {
	signed, err := a.assertion(time.Now())
	if err != nil {
		return err
	}
	form := url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"}, "assertion": {signed}}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/api/v4/oauth2/token", strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	var answer struct {
		AccessToken string `json:"access_token"`
	}
	if err := do(request, &answer); err != nil {
		return err
	}
	c.token = answer.AccessToken
	return nil
}

func (c *client) get(ctx context.Context, path string, into any) error {
	return c.call(ctx, http.MethodGet, "/api/v4"+path, nil, into)
}

// post sends under a key of its own, which stays the same when it is sent again after a lost answer: nothing is done twice.
func (c *client) post(ctx context.Context, path string, body, into any) error {
	return c.call(ctx, http.MethodPost, "/api/v4"+path, body, into)
}

// follow reads what a link leads to; id is filled with it.
func (c *client) follow(ctx context.Context, href string, into any, id *int64) error {
	if err := c.call(ctx, http.MethodGet, href, nil, into); err != nil {
		return err
	}
	if *id == 0 {
		return fmt.Errorf("%s leads to nothing", href)
	}
	return nil
}

func (c *client) call(ctx context.Context, method, path string, body, into any) error {
	var text []byte
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			return err
		}
	}
	key := rand.Text()
	err := c.send(ctx, method, path, key, text, into)
	if mayHelpAgain(err) && ctx.Err() == nil {
		err = c.send(ctx, method, path, key, text, into)
	}
	return err
}

func (c *client) send(ctx context.Context, method, path, key string, text []byte, into any) error {
	request, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+c.token)
	if text != nil {
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Idempotency-Key", key)
	}
	return do(request, into)
}

// refusal is an answer that is no success.
type refusal struct {
	status int
	text   string
}

// Error implements error.
func (r refusal) Error() string { return r.text }

// mayHelpAgain tells whether a request got no answer, or one that the server could not help.
func mayHelpAgain(err error) bool {
	var refused refusal
	if errors.As(err, &refused) {
		return refused.status >= http.StatusInternalServerError
	}
	var lost *url.Error
	return errors.As(err, &lost) || errors.Is(err, io.ErrUnexpectedEOF)
}

func do(request *http.Request, into any) error {
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, 10<<20))
	if err != nil {
		return err
	}
	if answer.StatusCode >= http.StatusBadRequest {
		return refusal{answer.StatusCode, fmt.Sprintf("%s %s: %s: %s", request.Method, request.URL.Path, answer.Status, text)}
	}
	if into == nil || len(text) == 0 {
		return nil
	}
	return json.Unmarshal(text, into)
}
