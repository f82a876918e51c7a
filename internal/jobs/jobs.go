// Package jobs is background work: tasks that are written in the transaction of what caused them and performed later,
// by this server or another one on the same database. It knows a task's name, not what the name means: whoever wires
// the program says which function performs it.
package jobs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/assay-hire/assay/internal/database"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	"gorm.io/gorm"
)

// Task is one piece of background work: what to do, and the row it is about.
type Task struct {
	Name    string `json:"name"`
	Subject int64  `json:"subject"`
	// Due is not before when; nil for at once.
	Due *time.Time `json:"due,omitempty"`
}

// Kind implements river.JobArgs.
func (Task) Kind() string { return "task" }

// Handler performs a task. It may be called again after an error or a crash, so it must know what it did already.
type Handler func(ctx context.Context, subject int64) error

// Queue takes tasks in and, once started, performs them.
type Queue struct {
	db       *database.DB
	handlers map[string]Handler
	apart    map[string]bool
	repeats  []*river.PeriodicJob
	inserter interface {
		InsertManyFastTx(ctx context.Context, tx *sql.Tx, params []river.InsertManyParams) (int, error)
	}
	stop func(context.Context) error
}

// New returns a queue that takes tasks in.
func New(db *database.DB) (*Queue, error) {
	q := &Queue{db: db, handlers: map[string]Handler{}, apart: map[string]bool{}}
	var err error
	if db.Dialect == database.Postgres {
		q.inserter, err = river.NewClient(riverdatabasesql.New(db.WriteSource()), &river.Config{})
	} else {
		q.inserter, err = river.NewClient(riversqlite.New(db.WriteSource()), &river.Config{})
	}
	if err != nil {
		return nil, fmt.Errorf("open the job queue: %w", err)
	}
	return q, nil
}

// Migrate brings the queue's own tables to their newest form.
func Migrate(ctx context.Context, db *database.DB) error {
	quiet := &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)}
	var err error
	if db.Dialect == database.Postgres {
		err = migrate(ctx, riverpgxv5.New(db.Pool), quiet)
	} else {
		err = migrate(ctx, riversqlite.New(db.WriteSource()), quiet)
	}
	if err != nil {
		return fmt.Errorf("migrate the job queue: %w", err)
	}
	return nil
}

// Handle says which function performs the tasks of a name. Call it before Start.
func (q *Queue) Handle(name string, h Handler) { q.handlers[name] = h }

// Apart has the tasks of a name performed by workers of their own: they wait for others, and nobody waits for them. Call
// it before Start.
func (q *Queue) Apart(name string) { q.apart[name] = true }

// Every has a task performed again and again, by one server at a time. Call it before Start.
func (q *Queue) Every(interval time.Duration, name string) {
	q.repeats = append(q.repeats, river.NewPeriodicJob(river.PeriodicInterval(interval),
		func() (river.JobArgs, *river.InsertOpts) { return Task{Name: name}, nil },
		&river.PeriodicJobOpts{RunOnStart: true}))
}

// Insert queues tasks in tx, to be performed after the commit and not before they are due.
func (q *Queue) Insert(ctx context.Context, tx *gorm.DB, tasks ...Task) error {
	inside, ok := tx.Statement.ConnPool.(*sql.Tx)
	if !ok {
		return errors.New("queue tasks: not in a transaction")
	}
	rows := make([]river.InsertManyParams, len(tasks))
	for i, task := range tasks {
		options := &river.InsertOpts{}
		if q.apart[task.Name] {
			options.Queue = queueApart
		}
		if task.Due != nil {
			options.ScheduledAt = *task.Due
		}
		rows[i] = river.InsertManyParams{Args: task, InsertOpts: options}
	}
	if _, err := q.inserter.InsertManyFastTx(ctx, inside, rows); err != nil {
		return fmt.Errorf("queue %d tasks: %w", len(tasks), err)
	}
	return nil
}

// Perform runs a task's handler now.
func (q *Queue) Perform(ctx context.Context, task Task) error {
	handler, known := q.handlers[task.Name]
	if !known {
		return fmt.Errorf("nobody performs the task %q", task.Name)
	}
	return handler(ctx, task.Subject)
}

type worker struct {
	river.WorkerDefaults[Task]
	queue *Queue
}

// Work implements river.Worker.
func (w *worker) Work(ctx context.Context, job *river.Job[Task]) error {
	if job.Attempt >= job.MaxAttempts {
		ctx = context.WithValue(ctx, lastTry{}, true)
	}
	err := w.queue.Perform(ctx, job.Args)
	if err != nil {
		slog.Error("task failed", "task", job.Args.Name, "subject", job.Args.Subject, "attempt", job.Attempt, "error", err)
	}
	return err
}

// Timeout implements river.Worker.
func (w *worker) Timeout(*river.Job[Task]) time.Duration { return 30 * time.Minute }

type lastTry struct{}

// IsLastTry tells a handler whether its task is not tried again after this.
func IsLastTry(ctx context.Context) bool { return ctx.Value(lastTry{}) != nil }

const (
	workers      = 4
	workersApart = 8
	queueApart   = "apart"
)

// Start begins to perform tasks, until Stop.
func (q *Queue) Start(ctx context.Context) error {
	crew := river.NewWorkers()
	river.AddWorker(crew, &worker{queue: q})
	config := &river.Config{
		Queues:  map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: workers}, queueApart: {MaxWorkers: workersApart}},
		Workers: crew, PeriodicJobs: q.repeats, Logger: slog.New(warnings{slog.Default().Handler()}),
	}
	if q.db.Dialect == database.Postgres {
		return start(ctx, q, riverpgxv5.New(q.db.Pool), config)
	}
	// SQLite has no notifications: look often, or a mail waits half a second.
	config.FetchPollInterval, config.FetchCooldown = 100*time.Millisecond, 20*time.Millisecond
	return start(ctx, q, riversqlite.New(q.db.WriteSource()), config)
}

// Stop lets running tasks end, until ctx does.
func (q *Queue) Stop(ctx context.Context) error {
	if q.stop == nil {
		return nil
	}
	return q.stop(ctx)
}
