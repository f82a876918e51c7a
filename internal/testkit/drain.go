package testkit

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/jobs"
)

// queuedTask is a row of the job queue.
type queuedTask struct {
	ID   int64
	Args []byte
}

// Drain performs every queued task that is due by the world's clock, and those they queue in turn. A task that fails
// fails the test. In a live world the tasks belong to its workers, so Drain waits for them.
func (w *World) Drain(t testing.TB) {
	t.Helper()
	if w.hasWorkers {
		w.awaitWorkers(t)
		return
	}
	for ran := true; ran; {
		var queued []queuedTask
		check(t, w.DB.Write.Raw("SELECT id, args FROM river_job WHERE state NOT IN ('completed', 'cancelled') ORDER BY id").
			Scan(&queued).Error)
		ran = false
		for _, q := range queued {
			ran = w.performDue(t, q) || ran
		}
	}
}

func (w *World) performDue(t testing.TB, q queuedTask) bool {
	t.Helper()
	var task jobs.Task
	check(t, json.Unmarshal(q.Args, &task))
	if task.Due != nil && task.Due.After(w.Clock.Now()) {
		return false
	}
	if err := w.Runner.Jobs.Perform(context.Background(), task); err != nil {
		t.Fatalf("task %s %d: %v", task.Name, task.Subject, err)
	}
	check(t, w.DB.Write.Exec("DELETE FROM river_job WHERE id = ?", q.ID).Error)
	return true
}

// awaitWorkers waits until nothing that is due is left for the workers.
func (w *World) awaitWorkers(t testing.TB) {
	t.Helper()
	for deadline := time.Now().Add(patience); ; {
		var left int64
		check(t, w.DB.Read.Raw("SELECT count(*) FROM river_job WHERE state IN ('available', 'running')").Scan(&left).Error)
		if left == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d tasks are left after %s", left, patience)
		}
		time.Sleep(10 * time.Millisecond)
	}
}
