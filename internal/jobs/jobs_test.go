package jobs_test

import (
	"context"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/jobs"
	"github.com/assay-hire/assay/internal/testkit"
	"gorm.io/gorm"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func TestATaskIsPerformedAfterItsCommit(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *database.DB) {
		queue, err := jobs.New(db)
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan int64, 1)
		queue.Handle("greet", func(_ context.Context, subject int64) error { done <- subject; return nil })
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if err := queue.Start(ctx); err != nil {
			t.Fatal(err)
		}
		err = db.InTx(ctx, func(tx *gorm.DB) error {
			return queue.Insert(ctx, tx, jobs.Task{Name: "greet", Subject: 7})
		})
		if err != nil {
			t.Fatal(err)
		}
		select {
		case subject := <-done:
			if subject != 7 {
				t.Errorf("got subject %d", subject)
			}
		case <-ctx.Done():
			t.Error("the task was not performed")
		}
		if err := queue.Stop(ctx); err != nil {
			t.Error(err)
		}
	})
}

func TestATaskOutsideATransactionIsRefused(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *database.DB) {
		queue, err := jobs.New(db)
		if err != nil {
			t.Fatal(err)
		}
		if err := queue.Insert(context.Background(), db.Write, jobs.Task{Name: "greet"}); err == nil {
			t.Error("the task was taken in without a transaction")
		}
	})
}
