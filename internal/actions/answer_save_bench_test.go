package actions_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// BenchmarkSaveAnswer saves essays of 400 words from 20 candidates at once, each save durable when it is counted.
func BenchmarkSaveAnswer(b *testing.B) {
	for _, dialect := range []database.Dialect{database.SQLite, database.Postgres} {
		b.Run(string(dialect), func(b *testing.B) { benchmarkSaves(b, testkit.WorldOn(b, dialect)) })
	}
}

func benchmarkSaves(b *testing.B, w *testkit.World) {
	const candidates, words = 20, 400
	assessment := w.Assessment(b)
	var text string
	for n := range words {
		text += fmt.Sprintf("word%d ", n)
	}
	type seat struct {
		participation models.AssessmentCandidate
		answer        int64
	}
	seats := make(chan seat, candidates)
	for n := range candidates {
		p := w.Invited(b, assessment, w.Candidate(b, n))
		_, paper := w.Started(b, p, 1)
		seats <- seat{p, paper[0].ID}
	}
	var revision atomic.Int64
	b.SetParallelism(candidates / 2)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			s := <-seats
			n := revision.Add(1)
			a := actions.SaveAnswer{AnswerID: s.answer, Revision: n, Writer: "bench", Value: models.AnswerValue{Text: fmt.Sprint(text, n)}}
			if err := w.Runner.Run(context.Background(), w.AsCandidate(b, s.participation), &a); err != nil {
				b.Error(err)
			}
			seats <- s
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "saves/s")
}
