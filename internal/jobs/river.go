package jobs

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivermigrate"
)

func migrate[T any](ctx context.Context, driver riverdriver.Driver[T], config *rivermigrate.Config) error {
	migrator, err := rivermigrate.New(driver, config)
	if err != nil {
		return err
	}
	_, err = migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}

func start[T any](ctx context.Context, q *Queue, driver riverdriver.Driver[T], config *river.Config) error {
	client, err := river.NewClient(driver, config)
	if err != nil {
		return fmt.Errorf("open the job workers: %w", err)
	}
	if err := client.Start(ctx); err != nil {
		return fmt.Errorf("start the job workers: %w", err)
	}
	q.stop = client.Stop
	return nil
}

// warnings passes on what the workers warn of and leaves out their chatter.
type warnings struct{ slog.Handler }

// Enabled implements slog.Handler.
func (w warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && w.Handler.Enabled(ctx, level)
}
