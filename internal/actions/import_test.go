package actions_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/candidatesheet"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func upload(t *testing.T, w *testkit.World, text string) models.Import {
	t.Helper()
	a := actions.UploadImport{Name: "people.csv", Content: strings.NewReader(text)}
	w.Run(t, w.As(t, w.Rita), &a)
	return a.Import
}

func commit(t *testing.T, w *testkit.World, row models.Import) models.Import {
	t.Helper()
	w.Run(t, w.As(t, w.Rita), &actions.CommitImport{ID: row.ID})
	w.Drain(t)
	if err := w.DB.Read.First(&row, row.ID).Error; err != nil {
		t.Fatal(err)
	}
	return row
}

const people = "First name;Last name;E-mail;Phone\n" +
	"Ann;Lee;ann@example.org;1\n" +
	"Cleo;New;CANDIDATE0@example.org;2\n" +
	"Bob;No address;;3\n" +
	"Ann;Again;Ann@Example.org;4\n" +
	"Zoë;Ågren;zoe@example.org;\n"

func TestImportingCandidates(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		w.Candidate(t, 0)
		row := upload(t, w, people)
		check, err := w.Runner.CheckImport(context.Background(), w.As(t, w.Rita), row)
		if err != nil {
			t.Fatal(err)
		}
		if check.Rows != 5 || check.New != 2 || check.Existing != 1 || check.Refused != 2 || len(check.Problems) != 2 {
			t.Errorf("the dry run says %+v", check)
		}
		if check.Problems[0].Line != 4 || check.Problems[1].Line != 5 {
			t.Errorf("problems at %+v", check.Problems)
		}
		var before int64
		w.DB.Read.Model(&models.Candidate{}).Count(&before)
		if before != 1 {
			t.Errorf("the dry run wrote: %d candidates", before)
		}
		row = commit(t, w, row)
		if row.Status != models.ImportCommitted || row.Created != 2 || row.Updated != 1 || row.Skipped != 2 || row.Done != 5 {
			t.Errorf("got %+v", row)
		}
		var cleo models.Candidate
		if err := w.DB.Read.Where("email = ?", "candidate0@example.org").First(&cleo).Error; err != nil {
			t.Fatal(err)
		}
		if *cleo.LastName != "New" || *cleo.Phone != "2" || *cleo.ImportID != row.ID {
			t.Errorf("got %+v", cleo)
		}
	})
}

func TestImportLeavesKnownPeopleAloneWhenTold(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		w.Candidate(t, 0)
		row := upload(t, w, people)
		w.Run(t, w.As(t, w.Rita), &actions.MapImport{ID: row.ID, Mapping: candidatesheet.Restored(row.Mapping), Duplicates: actions.SkipDuplicates})
		row = commit(t, w, row)
		var cleo models.Candidate
		if err := w.DB.Read.Where("email = ?", "candidate0@example.org").First(&cleo).Error; err != nil {
			t.Fatal(err)
		}
		if row.Updated != 0 || row.Skipped != 3 || *cleo.LastName != "Costa" {
			t.Errorf("got %+v and %+v", row, cleo)
		}
	})
}

func TestImportIsRefused(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		row := upload(t, w, people)
		mapping := candidatesheet.Restored(row.Mapping)
		done := commit(t, w, upload(t, w, "email\nx@example.org\n"))
		rows := []struct {
			name   string
			user   models.User
			action actions.Action
			want   fault.Kind
		}{
			{"another firm maps", w.Otto, &actions.MapImport{ID: row.ID, Mapping: mapping, Duplicates: "skip"}, fault.NotFound},
			{"another firm commits", w.Otto, &actions.CommitImport{ID: row.ID}, fault.NotFound},
			{"a panelist uploads", w.Paul, &actions.UploadImport{Name: "x.csv", Content: strings.NewReader(people)}, fault.Forbidden},
			{"no column of addresses", w.Rita, &actions.MapImport{ID: row.ID, Mapping: candidatesheet.Mapping{0: "first_name"}, Duplicates: "skip"}, fault.Invalid},
			{"two columns for one thing", w.Rita, &actions.MapImport{ID: row.ID, Mapping: candidatesheet.Mapping{0: "email", 1: "email"}, Duplicates: "skip"}, fault.Invalid},
			{"a header only", w.Rita, &actions.UploadImport{Name: "x.csv", Content: strings.NewReader("email\n")}, fault.Invalid},
			{"twice", w.Rita, &actions.CommitImport{ID: done.ID}, fault.Conflict},
		}
		for _, r := range rows {
			if err := w.Runner.Run(context.Background(), w.As(t, r.user), r.action); fault.KindOf(err) != r.want {
				t.Errorf("%s: got %v, want %s", r.name, err, r.want)
			}
		}
	})
}

func TestImportingTenThousandRows(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	var text strings.Builder
	text.WriteString("name,email\n")
	for n := range 10_000 {
		fmt.Fprintf(&text, "Person %d,person%d@example.org\n", n, n)
	}
	row := upload(t, w, text.String())
	row = commit(t, w, row)
	if row.Status != models.ImportCommitted || row.Created != 10_000 || row.Done != 10_000 {
		t.Errorf("got %+v", row)
	}
	again := commit(t, w, upload(t, w, text.String()))
	if again.Created != 0 || again.Updated != 10_000 {
		t.Errorf("again: %+v", again)
	}
}

func TestImportGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		row := upload(t, w, people)
		w.Run(t, w.As(t, w.Rita), &actions.CommitImport{ID: row.ID, Inline: true})
		if err := w.DB.Write.Model(&row).UpdateColumn("done", 4).Error; err != nil {
			t.Fatal(err)
		}
		if err := w.Runner.PerformImport(context.Background(), row.ID); err != nil {
			t.Fatal(err)
		}
		var n int64
		w.DB.Read.Model(&models.Candidate{}).Count(&n)
		if n != 1 {
			t.Errorf("%d candidates, want the last row's only", n)
		}
	})
}
