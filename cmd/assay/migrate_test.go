package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/assay-hire/assay/internal/config"
	"github.com/assay-hire/assay/internal/database"
)

func TestMigratingAnEmptyFolderTwiceLeavesTheSchema(t *testing.T) {
	data := filepath.Join(t.TempDir(), "new")
	for range 2 {
		var out bytes.Buffer
		if err := migrate(t.Context(), []string{"--data", data}, &out); err != nil {
			t.Fatal(err)
		}
		if out.String() != "The database has the newest schema.\n" {
			t.Errorf("it says %q", out.String())
		}
	}
	var s config.Settings
	if err := settings("migrate", &s, []string{"--data", data}, io.Discard); err != nil {
		t.Fatal(err)
	}
	db, err := openDatabase(t.Context(), s, database.SystemClock{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if !db.Read.Migrator().HasTable("questions") {
		t.Error("there is no table of questions")
	}
	if found, err := os.ReadDir(data); err != nil || len(found) == 0 {
		t.Errorf("the folder holds %v, %v", found, err)
	}
}
