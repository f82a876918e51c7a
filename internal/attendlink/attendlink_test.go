package attendlink_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/attendlink"
	"github.com/assay-hire/assay/internal/fault"
)

var at = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func maker(t *testing.T, fill byte) attendlink.Links {
	t.Helper()
	links, err := attendlink.New(bytes.Repeat([]byte{fill}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return links
}

func TestACodeReadsBackAndChecks(t *testing.T) {
	t.Parallel()
	links := maker(t, 1)
	claim, err := attendlink.Read(links.Code(425863, 2, at))
	if err != nil || claim.AttemptID != 425863 || !claim.IssuedAt.Equal(at) {
		t.Fatalf("got %+v, %v", claim, err)
	}
	if err := links.Check(claim, 2); err != nil {
		t.Errorf("own code: %v", err)
	}
	if err := links.Check(claim, 3); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a code of an earlier epoch: %v", err)
	}
	if err := maker(t, 9).Check(claim, 2); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a code under another key: %v", err)
	}
}

func TestChangedCodesAreRefused(t *testing.T) {
	t.Parallel()
	links := maker(t, 1)
	code := links.Code(7, 1, at)
	for i := range code {
		changed := []byte(code)
		if changed[i]++; changed[i] == code[i] {
			continue
		}
		claim, err := attendlink.Read(string(changed))
		if err == nil {
			err = links.Check(claim, 1)
		}
		if err == nil {
			t.Errorf("a code changed at %d passes", i)
		}
	}
	for _, bad := range []string{"", "x", "Zm9v", "%%%", "0", code + "\n", code[:5] + "\r" + code[5:]} {
		if _, err := attendlink.Read(bad); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
