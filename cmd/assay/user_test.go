package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
)

// piped returns a file that holds what somebody would pipe in.
func piped(t *testing.T, text string) *os.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "in")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	return in
}

func TestPeopleAreManagedWithoutAScreen(t *testing.T) {
	h, data := empty(t)
	run := func(in string, args ...string) (string, error) {
		var out bytes.Buffer
		err := manageUsers(context.Background(), append(args, "--data", data), piped(t, in), &out)
		return out.String(), err
	}
	add := []string{"add", "--email", "Lin@acme.example.com", "--name", "Lin", "--role", "Admin, Recruiter"}
	if _, err := run("", add...); err == nil || !strings.Contains(err.Error(), "no organization yet") {
		t.Errorf("before there is an organization: %v", err)
	}
	founded := actions.CreateOrganization{Name: "Acme", TimeZone: "UTC", AdminName: "Ada", AdminEmail: "ada@acme.example.com",
		AdminPassword: "orchard violin pebble lantern"}
	if err := h.runner.Run(context.Background(), access.Program(0), &founded); err != nil {
		t.Fatal(err)
	}
	const password = "pebble lantern orchard violin"
	rows := []struct {
		name, in string
		args     []string
		says     string
		fails    string
	}{
		{"adding", password + "\r\n", add, "Added lin@acme.example.com, who can sign in now.", ""},
		{"adding twice", password, add, "", "already"},
		{"a weak password", "abc", []string{"password", "--email", "lin@acme.example.com"}, "", "assword"},
		{"waiting for an invitation", "", []string{"add", "--email", "ann@acme.example.com", "--name", "Ann", "--role", "Evaluator"}, "The invitation leaves", ""},
		{"an unknown role", password, []string{"role", "--email", "ann@acme.example.com", "--role", "Wizard"}, "", "role"},
		{"another role", "", []string{"role", "--email", "ann@acme.example.com", "--role", "Recruiter"}, "ann@acme.example.com is now Recruiter.", ""},
		{"nobody", password, []string{"password", "--email", "zoe@acme.example.com"}, "", "nobody has an account"},
		{"another password", "willow anchor basin thread\n", []string{"password", "--email", "lin@acme.example.com"}, "signed out everywhere", ""},
		{"listing", "", []string{"list"}, "Admin, Recruiter", ""},
	}
	for _, row := range rows {
		out, err := run(row.in, row.args...)
		if row.fails != "" {
			if err == nil || !strings.Contains(err.Error(), row.fails) {
				t.Errorf("%s: %v", row.name, err)
			}
			continue
		}
		if err != nil || !strings.Contains(out, row.says) {
			t.Errorf("%s: %v %q", row.name, err, out)
		}
		if strings.Contains(out, password) {
			t.Errorf("%s prints the password", row.name)
		}
	}
	for text, want := range map[string]int{password: http.StatusUnprocessableEntity, "willow anchor basin thread": http.StatusSeeOther} {
		form := url.Values{"email": {"lin@acme.example.com"}, "password": {text}}
		if w := answer(h, "POST", "/sign-in", form); w.Code != want {
			t.Errorf("signing in with %q: %d", text, w.Code)
		}
	}
	var ann models.User
	if err := h.db.Read.Where("email = ?", "ann@acme.example.com").First(&ann).Error; err != nil {
		t.Fatal(err)
	}
	if ann.Status != models.UserNew || len(ann.Roles) != 1 || ann.Roles[0] != models.Recruiter {
		t.Errorf("Ann is %+v", ann)
	}
	if out, err := run("", "marry"); err == nil || errors.Is(err, flag.ErrHelp) || !strings.Contains(out, "Usage: assay user") {
		t.Errorf("an unknown verb: %v %q", err, out)
	}
}
