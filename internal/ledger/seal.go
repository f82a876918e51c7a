package ledger

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

const sealBatch = 500

// Seal gives every waiting entry of every organization its place in the chain. Two servers may seal at once: they take
// turns organization by organization. It returns how many entries it sealed.
func Seal(ctx context.Context, db *database.DB) (int, error) {
	var organizations []int64
	err := db.Read.WithContext(ctx).Model(&models.AuditEntry{}).Where("seq IS NULL").Distinct().
		Pluck("organization_id", &organizations).Error
	if err != nil {
		return 0, fmt.Errorf("find entries to seal: %w", err)
	}
	total := 0
	for _, id := range organizations {
		for {
			n, err := sealOne(ctx, db, id)
			total += n
			if err != nil {
				return total, fmt.Errorf("seal the ledger of organization %d: %w", id, err)
			}
			if n < sealBatch {
				break
			}
		}
	}
	return total, nil
}

func sealOne(ctx context.Context, db *database.DB, organizationID int64) (int, error) {
	sealed := 0
	err := db.InTx(ctx, func(tx *gorm.DB) error {
		head := models.AuditHead{OrganizationID: organizationID}
		if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&head).Error; err != nil {
			return err
		}
		// The head row is the lock under which places are given out.
		if err := database.Locked(tx).Where("organization_id = ?", organizationID).First(&head).Error; err != nil {
			return err
		}
		var waiting []models.AuditEntry
		err := tx.Where("organization_id = ? AND seq IS NULL", organizationID).Order("id").Limit(sealBatch).Find(&waiting).Error
		if err != nil {
			return err
		}
		for _, e := range waiting {
			if err := place(tx, &head, e); err != nil {
				return err
			}
		}
		sealed = len(waiting)
		return tx.Model(&models.AuditHead{}).Where("organization_id = ?", organizationID).
			Updates(map[string]any{"seq": head.Seq, "hash": head.Hash}).Error
	})
	return sealed, err
}

func place(tx *gorm.DB, head *models.AuditHead, e models.AuditEntry) error {
	seq := head.Seq + 1
	e.Seq, e.PrevHash = &seq, head.Hash
	hash, err := Hash(head.Hash, e)
	if err != nil {
		return err
	}
	head.Seq, head.Hash = seq, hash
	return tx.Model(&models.AuditEntry{}).Where("id = ?", e.ID).
		Updates(map[string]any{"seq": seq, "prev_hash": e.PrevHash, "hash": hash}).Error
}
