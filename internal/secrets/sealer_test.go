package secrets_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/secrets"
)

func TestASealedSecretOpensForItsPurposeOnly(t *testing.T) {
	t.Parallel()
	sealer := func(b byte) *secrets.Sealer {
		s, err := secrets.NewSealer(bytes.Repeat([]byte{b}, 32))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	box := sealer(1).Seal("totp 41", "JBSWY3DPEHPK3PXP")
	if got, err := sealer(1).Open("totp 41", box); err != nil || got != "JBSWY3DPEHPK3PXP" {
		t.Fatalf("got %q, %v", got, err)
	}
	if strings.Contains(box, "JBSWY3DP") || box == sealer(1).Seal("totp 41", "JBSWY3DPEHPK3PXP") {
		t.Error("the secret can be read or compared")
	}
	for name, open := range map[string]func() (string, error){
		"another purpose": func() (string, error) { return sealer(1).Open("totp 42", box) },
		"another key":     func() (string, error) { return sealer(2).Open("totp 41", box) },
		"changed":         func() (string, error) { return sealer(1).Open("totp 41", box[:len(box)-2]+"AA") },
		"plain":           func() (string, error) { return sealer(1).Open("totp 41", "JBSWY3DPEHPK3PXP") },
	} {
		if got, err := open(); err == nil {
			t.Errorf("%s: opened as %q", name, got)
		}
	}
	if _, err := secrets.NewSealer([]byte("short")); err == nil {
		t.Error("a short key is taken")
	}
}
