package database_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func TestMigrationsAndModelsAgree(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *database.DB) {
		var cache sync.Map
		for _, model := range models.All() {
			s, err := schema.Parse(model, &cache, schema.NamingStrategy{})
			if err != nil {
				t.Fatal(err)
			}
			columns, err := db.Read.Migrator().ColumnTypes(model)
			if err != nil {
				t.Fatalf("%s: %v", s.Table, err)
			}
			var have []string
			for _, c := range columns {
				have = append(have, c.Name())
			}
			for _, want := range s.DBNames {
				if !slices.Contains(have, want) {
					t.Errorf("%s.%s is in the model but not in the migrations", s.Table, want)
				}
			}
			for _, column := range have {
				if !slices.Contains(s.DBNames, column) {
					t.Errorf("%s.%s is in the migrations but not in the model", s.Table, column)
				}
			}
		}
	})
}

func TestMigratingTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *database.DB) {
		n, err := db.Migrate(context.Background())
		if err != nil || n != 0 {
			t.Fatalf("second migration: %d ran, %v", n, err)
		}
	})
}

func TestStatusesInTheDatabaseAreTheModelsOwn(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *database.DB) {
		var rows []models.Status
		if err := db.Read.Order("id").Find(&rows).Error; err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(rows, models.Statuses) {
			t.Errorf("got %v, want %v", rows, models.Statuses)
		}
	})
}

func TestTimesKeepMicrosecondsAndUTC(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *database.DB) {
		at := time.Date(2026, 3, 2, 9, 0, 0, 123456000, time.UTC)
		org := models.Organization{Name: "Acme", TimeZone: "UTC"}
		org.CreatedAt = at
		if err := db.Write.Create(&org).Error; err != nil {
			t.Fatal(err)
		}
		var back models.Organization
		if err := db.Read.Where("created_at = ?", at).First(&back, org.ID).Error; err != nil {
			t.Fatal(err)
		}
		if !back.CreatedAt.Equal(at) {
			t.Errorf("got %v, want %v", back.CreatedAt, at)
		}
		var later int64
		db.Read.Model(&models.Organization{}).Where("created_at > ?", at.Add(-time.Microsecond)).Count(&later)
		if later != 1 {
			t.Errorf("a microsecond does not count in comparisons")
		}
	})
}

func TestDuplicateKeyAndBrokenReferenceBecomeConflicts(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *database.DB) {
		org := models.Organization{Name: "Acme"}
		if err := db.Write.Create(&org).Error; err != nil {
			t.Fatal(err)
		}
		owned := models.Owned{OrganizationID: org.ID}
		first := models.Candidate{Owned: owned, Email: "cleo@example.com"}
		if err := db.Write.Create(&first).Error; err != nil {
			t.Fatal(err)
		}
		again := models.Candidate{Owned: owned, Email: "cleo@example.com"}
		if err := database.Fault(db.Write.Create(&again).Error, "candidate"); fault.KindOf(err) != fault.Conflict {
			t.Errorf("duplicate: %v", err)
		}
		stray := models.Candidate{Owned: models.Owned{OrganizationID: 999}, Email: "dev@example.com"}
		if err := database.Fault(db.Write.Create(&stray).Error, "candidate"); fault.KindOf(err) != fault.Conflict {
			t.Errorf("broken reference: %v", err)
		}
		if err := database.Fault(db.Read.First(&models.Candidate{}, 999).Error, "candidate"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("missing: %v", err)
		}
	})
}

func TestAFailedTransactionLeavesNothing(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *database.DB) {
		stop := errors.New("stop")
		err := db.InTx(context.Background(), func(tx *gorm.DB) error {
			if err := tx.Create(&models.Organization{Name: "Acme"}).Error; err != nil {
				return err
			}
			return stop
		})
		if !errors.Is(err, stop) {
			t.Fatal(err)
		}
		var n int64
		db.Read.Model(&models.Organization{}).Count(&n)
		if n != 0 {
			t.Errorf("%d organizations were kept", n)
		}
	})
}
