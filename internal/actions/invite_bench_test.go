package actions_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// BenchmarkInvite invites a thousand candidates with a mail each; ten thousand should take well under twenty seconds.
func BenchmarkInvite(b *testing.B) {
	for _, dialect := range []database.Dialect{database.SQLite, database.Postgres} {
		b.Run(string(dialect), func(b *testing.B) {
			w := testkit.WorldOn(b, dialect)
			assessment := w.Assessment(b)
			for b.Loop() {
				b.StopTimer()
				refs := manyCandidates(b, w, 1000)
				b.StartTimer()
				row, err := w.Runner.Record(context.Background(), w.As(b, w.Rita), &actions.Invite{AssessmentID: assessment.ID,
					EndDate: w.Clock.Now().Add(time.Hour), Candidates: refs, IsNotify: true})
				if err == nil {
					err = w.Runner.PerformQueued(context.Background(), row.ID)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// manyCandidates adds candidates whose addresses nobody has yet.
func manyCandidates(t testing.TB, w *testkit.World, n int) []actions.CandidateRef {
	t.Helper()
	var before int64
	w.DB.Read.Model(&models.Candidate{}).Count(&before)
	people := make([]models.Candidate, n)
	for i := range people {
		people[i] = models.Candidate{Owned: models.Owned{OrganizationID: w.Acme.ID}, FirstName: "Cleo", StatusID: models.CandidateStatusNew,
			Email: fmt.Sprintf("many%d@example.org", before+int64(i))}
	}
	if err := w.DB.Write.CreateInBatches(&people, 50).Error; err != nil {
		t.Fatal(err)
	}
	refs := make([]actions.CandidateRef, n)
	for i, p := range people {
		refs[i].ID = p.ID
	}
	return refs
}
