package actions

import (
	"context"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

const (
	tidyEvery      = time.Hour
	foldEvery      = time.Minute
	changesKept    = 30 * 24 * time.Hour // a reader of changes that comes back later begins anew
	deliveriesKept = 90 * 24 * time.Hour
	tidiedAtOnce   = 2000
)

// tidy removes what is kept for a while only: answers under keys, row changes, deliveries.
func (r *Runner) tidy(ctx context.Context, _ int64) error {
	now := r.DB.Clock.Now()
	if err := r.removeOld(ctx, &models.IdempotencyKey{}, "expires_at <= ?", now); err != nil {
		return err
	}
	if err := r.removeOld(ctx, &models.WebhookDelivery{}, "status <> 'pending' AND created_at < ?", now.Add(-deliveriesKept)); err != nil {
		return err
	}
	return database.PruneChanges(ctx, r.DB, now.Add(-changesKept))
}

func (r *Runner) foldTallies(ctx context.Context, _ int64) error {
	return database.FoldTallies(ctx, r.DB)
}

// removeOld deletes rows some at a time: others write meanwhile.
func (r *Runner) removeOld(ctx context.Context, model any, condition string, before time.Time) error {
	for {
		old := r.DB.Write.Model(model).Select("id").Where(condition, before).Order("id").Limit(tidiedAtOnce)
		removed := r.DB.Write.WithContext(ctx).Session(&gorm.Session{}).Where("id IN (?)", old).Delete(model)
		if removed.Error != nil {
			return fmt.Errorf("remove old rows: %w", removed.Error)
		}
		if removed.RowsAffected < tidiedAtOnce {
			return nil
		}
	}
}
