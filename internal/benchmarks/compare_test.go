package benchmarks_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// eachDialect runs a benchmark in a fresh world on both databases.
func eachDialect(b *testing.B, run func(b *testing.B, w *testkit.World)) {
	for _, dialect := range []database.Dialect{database.SQLite, database.Postgres} {
		b.Run(string(dialect), func(b *testing.B) { run(b, testkit.WorldOn(b, dialect)) })
	}
}

// question is a page and the plain SQL of what it shows.
type question struct {
	name  string
	path  string
	rows  string // the one query a program would write to fill the page
	total string // the exact number of rows behind it, which the page bounds
}

// getter is a browser's client, or a program.
type getter interface {
	Get(t testing.TB, path string) testkit.Reply
}

// compare asks for the page and for its plain SQL by turns, and reports the middle time of each: other work on the
// machine then weighs on both alike.
func compare(b *testing.B, w *testkit.World, client getter, q question) {
	var page, rows, total []time.Duration
	client.Get(b, q.path).Want(http.StatusOK)
	plain(b, w, q.rows)
	for b.Loop() {
		page = append(page, timed(func() { client.Get(b, q.path).Want(http.StatusOK) }))
		rows = append(rows, timed(func() { plain(b, w, q.rows) }))
		if q.total != "" {
			total = append(total, timed(func() { plain(b, w, q.total) }))
		}
	}
	ours, theirs := middle(page), middle(rows)
	b.ReportMetric(float64(ours.Nanoseconds()), "ns/op")
	b.ReportMetric(milliseconds(ours), "page-ms")
	b.ReportMetric(milliseconds(theirs), "sql-ms")
	b.ReportMetric(float64(ours)/float64(theirs), "ratio")
	if q.total != "" {
		b.ReportMetric(milliseconds(middle(total)), "total-ms")
	}
}

// plain runs a query through the driver alone and reads every row.
func plain(b *testing.B, w *testkit.World, query string) {
	b.Helper()
	source, err := w.DB.Read.DB()
	if err != nil {
		b.Fatal(err)
	}
	rows, err := source.Query(query)
	if err != nil {
		b.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		b.Fatal(err)
	}
	values, places := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		places[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(places...); err != nil {
			b.Fatal(err)
		}
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
}

func timed(do func()) time.Duration {
	begun := time.Now()
	do()
	return time.Since(begun)
}

func middle(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
