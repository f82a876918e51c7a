// Package config reads the settings of a running program from flags and the environment. A flag wins over its
// environment variable, which wins over the default.
package config

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Settings is what serve and its siblings can be told.
type Settings struct {
	Addr     string // host:port to listen on
	BaseURL  string // address under which people reach the program; http://ADDR when empty
	Data     string // folder of the embedded database, uploaded files and the secret key
	Database string // postgres://… or sqlite:PATH; the file assay.db in Data when empty
	Files    string // bucket for uploaded files; a folder in Data when empty
	SMTP     string // smtp:// or smtps:// address; without one, mail is only shown on the outbox page
	MailFrom string // sender of mail
	SMS      string // address of a provider of text messages; without one, they are only shown on the outbox page
	Secret   string // 64 hexadecimal digits; a file in Data is made when empty
	LogLevel string // debug, info, warn or error

	APIRate string // requests a minute for each token of the JSON APIs, and for each address without one

	MetricsAddr    string // host:port for /metrics alone; empty for the server's own, for this machine only
	WebhookPrivate string // "true" lets webhooks reach private networks, and addresses without TLS

	Proxies string // networks of proxies whose word on a caller's address is taken, with commas between
}

// option is one setting: its flag, its environment variable, its default and what it means.
type option struct {
	value                      *string
	flag, env, otherwise, help string
}

func (s *Settings) options() []option {
	return []option{
		{&s.Addr, "addr", "ASSAY_ADDR", "127.0.0.1:8080", "address to listen on"},
		{&s.BaseURL, "base-url", "ASSAY_BASE_URL", "", "address under which people reach the program (default http:// and the listening address)"},
		{&s.Data, "data", "ASSAY_DATA", "data", "folder of the embedded database, uploaded files and the secret key"},
		{&s.Database, "database", "DATABASE_URL", "", "postgres://… or sqlite:PATH (default the file assay.db in the data folder)"},
		{&s.Files, "files", "ASSAY_FILES_URL", "", "folder or bucket for uploaded files (default a folder in the data folder)"},
		{&s.SMTP, "smtp", "ASSAY_SMTP_URL", "", "mail server, as smtp://user:password@host:587; without one, mail is shown on the outbox page only"},
		{&s.MailFrom, "mail-from", "ASSAY_MAIL_FROM", "Assay <assay@localhost.test>", "sender of mail"},
		{&s.SMS, "sms", "ASSAY_SMS_URL", "", "provider of text messages, as https://user:key@host/path#format=form&to=To&text=Body&From=Acme, where # says what is posted; without one, they are shown on the outbox page only"},
		{&s.Secret, "secret", "ASSAY_SECRET", "", "64 hexadecimal digits that sign links and cookies (default a file in the data folder, made at the first start)"},
		{&s.LogLevel, "log-level", "ASSAY_LOG_LEVEL", "info", "debug, info, warn or error"},
		{&s.APIRate, "api-rate", "ASSAY_API_RATE", "600", "requests a minute that each token of the JSON APIs may make, and each address without one"},
		{&s.WebhookPrivate, "webhook-private-networks", "ASSAY_WEBHOOK_PRIVATE_NETWORKS", "false", "true to let webhooks and callbacks reach private networks and addresses without TLS"},
		{&s.MetricsAddr, "metrics-addr", "ASSAY_METRICS_ADDR", "", "address to answer /metrics on, alone (default the server's own, for callers on this machine only)"},
		{&s.Proxies, "trusted-proxies", "ASSAY_TRUSTED_PROXIES", "", "networks of proxies whose X-Forwarded-For is believed, as 10.0.0.0/8,127.0.0.1/32 (default none)"},
	}
}

// Flags adds the settings' flags to a flag set; lookup finds environment variables.
func (s *Settings) Flags(set *flag.FlagSet, lookup func(string) (string, bool)) {
	for _, o := range s.options() {
		value := o.otherwise
		if v, ok := lookup(o.env); ok && v != "" {
			value = v
		}
		set.StringVar(o.value, o.flag, value, fmt.Sprintf("%s [%s]", o.help, o.env))
	}
}

// Resolve fills in the settings that follow from others.
func (s *Settings) Resolve() {
	if s.BaseURL == "" {
		s.BaseURL = "http://" + s.Addr
	}
	s.BaseURL = strings.TrimRight(s.BaseURL, "/")
	if s.Database == "" {
		s.Database = "sqlite:" + filepath.Join(s.Data, "assay.db")
	}
	if s.Files == "" {
		s.Files = filepath.Join(s.Data, "files")
	}
}

// APIPerMinute returns APIRate as a number; 0 when it is not set.
func (s *Settings) APIPerMinute() (int, error) {
	if s.APIRate == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s.APIRate)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("API rate: want a number of requests a minute, got %q", s.APIRate)
	}
	return n, nil
}

// WebhooksReachPrivate returns WebhookPrivate as a truth value.
func (s *Settings) WebhooksReachPrivate() (bool, error) {
	if s.WebhookPrivate == "" {
		return false, nil
	}
	yes, err := strconv.ParseBool(s.WebhookPrivate)
	if err != nil {
		return false, fmt.Errorf("webhooks to private networks: want true or false, got %q", s.WebhookPrivate)
	}
	return yes, nil
}

// TrustedProxies returns the networks of Proxies.
func (s *Settings) TrustedProxies() ([]*net.IPNet, error) {
	var networks []*net.IPNet
	for _, text := range strings.Split(s.Proxies, ",") {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		_, network, err := net.ParseCIDR(text)
		if err != nil {
			return nil, fmt.Errorf("trusted proxies: want networks as 10.0.0.0/8, got %q", text)
		}
		networks = append(networks, network)
	}
	return networks, nil
}

// SecretKey returns the secret, 32 bytes: the one that was set, else the one in the data folder, made at the first start.
func (s *Settings) SecretKey() ([]byte, error) {
	text := s.Secret
	if text == "" {
		var err error
		if text, err = secretFile(filepath.Join(s.Data, "secret.key")); err != nil {
			return nil, err
		}
	}
	key, err := hex.DecodeString(strings.TrimSpace(text))
	if err != nil || len(key) < 32 {
		return nil, errors.New("the secret must be at least 64 hexadecimal digits")
	}
	return key, nil
}

func secretFile(path string) (string, error) {
	text, err := os.ReadFile(path)
	if err == nil {
		return string(text), nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("read the secret key: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", fmt.Errorf("make the data folder: %w", err)
	}
	key := make([]byte, 32)
	rand.Read(key)
	made := hex.EncodeToString(key)
	if err := os.WriteFile(path, []byte(made+"\n"), 0o600); err != nil {
		return "", fmt.Errorf("keep the secret key: %w", err)
	}
	return made, nil
}
