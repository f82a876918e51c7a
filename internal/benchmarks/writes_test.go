package benchmarks_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// seat is a candidate's browser in front of a question.
type seat struct {
	client *testkit.Client
	path   string
	base   int // the revision that was saved last
}

// BenchmarkAutosave saves essays of 400 words from 20 browsers at once. Beside it stands the plain UPDATE of such a row,
// each in a transaction of its own, by as many connections as the database lets write.
func BenchmarkAutosave(b *testing.B) {
	eachDialect(b, func(b *testing.B, w *testkit.World) {
		seats, text := seated(b, w, 20), strings.Repeat("word ", 400)
		b.Run("ours", func(b *testing.B) {
			b.SetParallelism(len(seats) / 2)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					s := <-seats
					s.base++
					saved := s.client.PostPart(b, s.path, url.Values{"text": {fmt.Sprint(text, s.base)}, "base": {fmt.Sprint(s.base - 1)},
						"revision": {fmt.Sprint(s.base)}, "writer": {"bench"}})
					if saved.Header.Get("Assay-Revision") != fmt.Sprint(s.base) {
						b.Errorf("revision %d was not saved: %d", s.base, saved.Status)
					}
					seats <- s
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "saves/s")
		})
		b.Run("plain", func(b *testing.B) { plainSaves(b, w, text) })
	})
}

// seated has candidates verified and in front of an essay question, and hands out their browsers.
func seated(b *testing.B, w *testkit.World, candidates int) chan seat {
	b.Helper()
	assessment := w.Assessment(b)
	seats := make(chan seat, candidates)
	for n := range candidates {
		p := w.Invited(b, assessment, w.Candidate(b, n))
		client := w.Visitor(b)
		client.Post(b, w.Link(b, p), url.Values{"code": {p.VerifyCode}}).Want(http.StatusSeeOther)
		_, paper := w.Started(b, p, 1)
		seats <- seat{client: client, path: fmt.Sprintf("/attend/answers/%d", paper[0].ID)}
	}
	return seats
}

func plainSaves(b *testing.B, w *testkit.World, text string) {
	var ids []int64
	if err := w.DB.Read.Model(&models.Answer{}).Pluck("id", &ids).Error; err != nil {
		b.Fatal(err)
	}
	source, err := w.DB.Write.DB()
	if err != nil {
		b.Fatal(err)
	}
	var n atomic.Int64
	b.SetParallelism(len(ids) / 2)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			at := n.Add(1)
			value := fmt.Sprintf(`{"text":"%s%d"}`, text, at)
			query := fmt.Sprintf("UPDATE answers SET value = '%s' WHERE id = %d", value, ids[at%int64(len(ids))])
			if _, err := source.Exec(query); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "saves/s")
}

// BenchmarkImport brings 10,000 people in from a CSV file; 1,000 under -short. Beside it stand plain INSERTs of 50 rows
// each into the same table, 500 rows to a transaction.
func BenchmarkImport(b *testing.B) {
	people := 10_000
	if testing.Short() {
		people = 1_000
	}
	eachDialect(b, func(b *testing.B, w *testkit.World) {
		b.Run("ours", func(b *testing.B) {
			for round := 0; b.Loop(); round++ {
				w.Run(b, w.As(b, w.Rita), importOf(b, w, people, round))
				w.Drain(b)
			}
			b.ReportMetric(float64(people*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
		b.Run("plain", func(b *testing.B) {
			for round := 0; b.Loop(); round++ {
				plainInserts(b, w, people, round)
			}
			b.ReportMetric(float64(people*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
		var made int64
		if err := w.DB.Read.Model(&models.Candidate{}).Count(&made).Error; err != nil || made == 0 || made%int64(people) != 0 {
			b.Fatalf("%d candidates were made, %v", made, err)
		}
	})
}

func importOf(b *testing.B, w *testkit.World, people, round int) *actions.CommitImport {
	b.Helper()
	var file strings.Builder
	file.WriteString("First name,Last name,E-mail,Phone\n")
	for i := range people {
		fmt.Fprintf(&file, "Zoë,Number %d,import%d.%d@example.org,+351 21 %d\n", i, round, i, i)
	}
	a := actions.UploadImport{Name: "people.csv", Content: strings.NewReader(file.String())}
	w.Run(b, w.As(b, w.Rita), &a)
	return &actions.CommitImport{ID: a.Import.ID}
}

func plainInserts(b *testing.B, w *testkit.World, people, round int) {
	b.Helper()
	source, err := w.DB.Write.DB()
	if err != nil {
		b.Fatal(err)
	}
	const perTransaction, perInsert = 500, 50
	at := w.Clock.Now().Format("2006-01-02 15:04:05.000000-07:00")
	for first := 0; first < people; first += perTransaction {
		tx, err := source.Begin()
		if err != nil {
			b.Fatal(err)
		}
		for from := first; from < first+perTransaction; from += perInsert {
			var rows []string
			for i := from; i < from+perInsert; i++ {
				rows = append(rows, fmt.Sprintf("('%s','%s',%d,'plain%d.%d@example.org','Zoë','Number %d','{}','zoe number %d plain%d.%d@example.org')",
					at, at, w.Acme.ID, round, i, i, i, round, i))
			}
			if _, err := tx.Exec("INSERT INTO candidates (created_at, updated_at, organization_id, email, first_name, last_name, cf, search_text) VALUES " +
				strings.Join(rows, ",")); err != nil {
				b.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkInvite invites 10,000 candidates, 1,000 under -short, each with a participation, an attempt at both sections, a
// message and its job: "asked" is what the caller waits for, the rest goes on in the background. Beside it stand plain
// INSERTs of the same participations and attempts, 100 people to a transaction.
func BenchmarkInvite(b *testing.B) {
	people := 10_000
	if testing.Short() {
		people = 1_000
	}
	eachDialect(b, func(b *testing.B, w *testkit.World) {
		w.Crowd(b, people, 1)
		var ids []int64
		if err := w.DB.Read.Model(&models.Candidate{}).Order("id").Pluck("id", &ids).Error; err != nil {
			b.Fatal(err)
		}
		b.Run("ours", func(b *testing.B) {
			var asked time.Duration
			for b.Loop() {
				b.StopTimer()
				invite := &actions.Invite{AssessmentID: w.Assessment(b).ID, EndDate: w.Clock.Now().Add(7 * 24 * time.Hour),
					Candidates: actions.RefsTo(ids), IsNotify: true}
				b.StartTimer()
				began := time.Now()
				row, err := w.Runner.Record(b.Context(), w.As(b, w.Rita), invite)
				asked += time.Since(began)
				if err == nil {
					err = w.Runner.PerformQueued(b.Context(), row.ID)
				}
				if err == nil {
					err = w.DB.Read.First(&row, row.ID).Error
				}
				if err != nil || *row.SuccessCount != people {
					b.Fatalf("invited %v: %v", row.SuccessCount, err)
				}
			}
			b.ReportMetric(float64(people*b.N)/b.Elapsed().Seconds(), "invitations/s")
			b.ReportMetric(float64(asked.Milliseconds())/float64(b.N), "asked-ms")
		})
		b.Run("plain", func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				assessment := w.Assessment(b)
				b.StartTimer()
				plainInvitations(b, w, assessment.ID, ids)
			}
			b.ReportMetric(float64(people*b.N)/b.Elapsed().Seconds(), "invitations/s")
		})
	})
}

func plainInvitations(b *testing.B, w *testkit.World, assessmentID int64, ids []int64) {
	b.Helper()
	source, err := w.DB.Write.DB()
	if err != nil {
		b.Fatal(err)
	}
	at := w.Clock.Now().Format("2006-01-02 15:04:05.000000-07:00")
	for people := range slices.Chunk(ids, 100) {
		tx, err := source.Begin()
		if err != nil {
			b.Fatal(err)
		}
		var rows []string
		for _, id := range people {
			rows = append(rows, fmt.Sprintf("('%s','%s',%d,%d,%d,1,1,'%s','%s','12345678')", at, at, w.Acme.ID, assessmentID, id, at, at))
		}
		for _, query := range []string{
			"INSERT INTO assessment_candidates (created_at, updated_at, organization_id, assessment_id, candidate_id, status_id, system_status_id, status_since, invited_at, verify_code) VALUES " +
				strings.Join(rows, ","),
			fmt.Sprintf(`INSERT INTO assessment_section_candidates (created_at, updated_at, organization_id, assessment_candidate_id, assessment_section_id, section_id, assessment_id, status_id)
				SELECT p.created_at, p.updated_at, p.organization_id, p.id, s.id, s.section_id, s.assessment_id, p.status_id FROM assessment_candidates p
				JOIN assessment_sections s ON s.assessment_id = p.assessment_id WHERE p.assessment_id = %d AND p.candidate_id BETWEEN %d AND %d`,
				assessmentID, people[0], people[len(people)-1]),
		} {
			if _, err := tx.Exec(query); err != nil {
				b.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
}
