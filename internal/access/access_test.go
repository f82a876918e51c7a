package access_test

import (
	"flag"
	"os"
	"testing"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestMatrixIsAsReviewed(t *testing.T) {
	t.Parallel()
	const golden = "testdata/matrix.golden"
	got := access.Print()
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the matrix changed; read the difference and run with -update:\n%s", got)
	}
}

func TestCan(t *testing.T) {
	t.Parallel()
	recruiter := access.Actor{Kind: access.User, ID: 1, Role: models.Recruiter}
	with := func(change func(*access.Actor)) access.Actor { a := recruiter; change(&a); return a }
	rows := []struct {
		name  string
		actor access.Actor
		grant access.Grant
		want  bool
	}{
		{"a recruiter decides", recruiter, "participation.decide", true},
		{"an evaluator does not", with(func(a *access.Actor) { a.Role = models.Evaluator }), "participation.decide", false},
		{"unless granted", with(func(a *access.Actor) {
			a.Role, a.Granted = models.Evaluator, map[access.Grant]bool{"participation.decide": true}
		}), "participation.decide", true},
		{"a refusal wins over the role", with(func(a *access.Actor) {
			a.Refused = map[access.Grant]bool{"participation.decide": true}
		}), "participation.decide", false},
		{"a switched-off feature is nobody's", with(func(a *access.Actor) {
			a.Off = map[string]bool{"isEvaluation": true}
		}), "panel.assign", false},
		{"an unknown grant is denied", recruiter, "nothing.known", false},
		{"nobody may use an account", access.Anonymous(), "account.use", false},
		{"a candidate attends", access.Actor{Kind: access.Candidate}, "participation.attend", true},
		{"a candidate does nothing else", access.Actor{Kind: access.Candidate, Role: models.Admin}, "question.view", false},
		{"a recruiter does not attend", recruiter, "participation.attend", false},
	}
	for _, row := range rows {
		if got := access.Can(row.actor, row.grant); got != row.want {
			t.Errorf("%s: got %v", row.name, got)
		}
	}
}

func TestCheckTellsSigningInFromBeingAllowed(t *testing.T) {
	t.Parallel()
	if err := access.Check(access.Anonymous(), "question.view"); fault.KindOf(err) != fault.Unauthorized {
		t.Errorf("nobody: %v", err)
	}
	student := access.Actor{Kind: access.User, Role: models.Student}
	if err := access.Check(student, "question.view"); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("student: %v", err)
	}
}
