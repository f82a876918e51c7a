package access_test

import (
	"testing"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
)

func TestAScopeNarrows(t *testing.T) {
	t.Parallel()
	rows := []struct {
		scope access.TokenScope
		grant access.Grant
		want  bool
	}{
		{"", "candidate.update", true},
		{"candidate", "candidate.update", true},
		{"candidate", "file.upload", true},
		{"candidate:read", "file.view", true},
		{"candidate:read", "candidate.view", true},
		{"candidate:read", "candidate.export", true},
		{"candidate:read", "candidate.update", false},
		{"candidate", "assessment.view", false},
		{"assessment candidate:read", "assessment.update", true},
		{"section", "assessment.update", true},
		{"invitation", "participation.invite", true},
		{"user", "user.manage", false}, // a scope gives nothing that the role does not
	}
	for _, row := range rows {
		for _, kind := range []access.Kind{access.User, access.Service} {
			a := access.Actor{Kind: kind, ID: 1, Role: models.Recruiter, TokenScope: row.scope}
			if got := access.Can(a, row.grant); got != row.want {
				t.Errorf("%s with %q: %s: got %v", kind, row.scope, row.grant, got)
			}
		}
	}
	granted := access.Actor{Kind: access.User, Role: models.Evaluator, TokenScope: "question", Granted: map[access.Grant]bool{"candidate.view": true}}
	if access.Can(granted, "candidate.view") {
		t.Error("a granted item reaches beyond the token")
	}
}

func TestAServiceHasNoAccount(t *testing.T) {
	t.Parallel()
	if access.Can(access.Actor{Kind: access.Service, ID: 1, Role: models.Admin}, "account.use") {
		t.Error("a service account uses the account of the user with its id")
	}
}

func TestScopesAreCompared(t *testing.T) {
	t.Parallel()
	rows := []struct {
		scope, other access.TokenScope
		want         bool
	}{
		{"candidate", "", true}, {"", "candidate", false}, {"", "", true},
		{"candidate:read", "candidate", true}, {"candidate", "candidate:read", false},
		{"participation", "invitation", true}, {"candidate question", "candidate", false},
	}
	for _, row := range rows {
		if got := row.scope.Within(row.other); got != row.want {
			t.Errorf("%q within %q: got %v", row.scope, row.other, got)
		}
	}
}

func TestScopesAreRead(t *testing.T) {
	t.Parallel()
	got, err := access.ParseTokenScope("  section evaluation  invitation evaluation")
	if err != nil || got != "evaluation invitation section" {
		t.Errorf("%v: %q", err, got)
	}
	for _, text := range []string{"moon", "candidate:write", ":read", "candidate:read:read"} {
		if _, err := access.ParseTokenScope(text); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, word := range access.TokenWords() {
		if _, err := access.ParseTokenScope(word); err != nil {
			t.Errorf("%q is offered and refused: %v", word, err)
		}
	}
}
