package notify_test

import (
	"context"
	"testing"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func TestTheTagsInTheDatabaseAreThoseThatTemplatesKnow(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *database.DB) {
		ctx := context.Background()
		if err := notify.Sync(ctx, db.Write); err != nil {
			t.Fatal(err)
		}
		old := models.NotificationTemplateTag{Tag: "{%forgotten}", TypeID: notify.Types[0].ID}
		if err := db.Write.Create(&old).Error; err != nil {
			t.Fatal(err)
		}
		if err := notify.Sync(ctx, db.Write); err != nil {
			t.Fatal(err)
		}
		want := map[string]string{}
		for _, kind := range notify.Types {
			for _, tag := range kind.Tags {
				want[kind.Name+" {%"+tag+"}"] = notify.TagMeaning(tag)
			}
		}
		var rows []models.NotificationTemplateTag
		if err := db.Read.Where("NOT is_deleted").Find(&rows).Error; err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			kind, known := notify.TypeWithID(row.TypeID)
			meaning, expected := want[kind.Name+" "+row.Tag]
			if !known || !expected || row.Description == nil || *row.Description != meaning {
				t.Errorf("%s of %s means %v, want %q", row.Tag, kind.Name, row.Description, meaning)
			}
		}
		if len(rows) != len(want) {
			t.Errorf("%d tags, want %d", len(rows), len(want))
		}
	})
}
