package database_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
)

func TestSearchingCandidates(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *database.DB) {
		ours, theirs := organization(t, db, "Acme"), organization(t, db, "Umbra")
		add(t, db, ours, "Zoë Ågren", `Ann "Nan" O'Lee`, "100% Sure_Thing", "李小龍 Lee")
		add(t, db, theirs, "Zoë Other")
		// More people than the index of letters lists.
		many := make([]string, 2100)
		for i := range many {
			many[i] = fmt.Sprintf("Crowd %d", i)
		}
		add(t, db, ours, many...)
		for _, row := range []struct {
			term string
			want int
		}{
			{"", 2104}, {"ZOE", 1}, {"zoë  åg", 1}, {"zoëag", 0}, {"agren", 1}, {"ag", 1}, {`"nan"`, 1}, {"o'lee", 1}, {"lee", 2}, {"0% s", 1}, {"sure_t", 1},
			{"sure%thing", 0}, {"小龍 l", 1}, {"crowd", 2100}, {"crowd 209", 11}, {"nobody", 0}, {"NOT rowid", 0}, {"cr*", 0},
		} {
			if got := found(t, db, ours, row.term); len(got) != row.want {
				t.Errorf("%q: found %d, want %d", row.term, len(got), row.want)
			}
		}
	})
}

func TestSearchFollowsChanges(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *database.DB) {
		ours := organization(t, db, "Acme")
		people := add(t, db, ours, "Cleo Costa", "Dev Das")
		check(t, db.Write.Model(&people[0]).Update("search_text", "cleo curie").Error)
		check(t, db.Write.Delete(&people[1]).Error)
		for term, want := range map[string][]string{"costa": nil, "curie": {"Cleo Costa"}, "dev das": nil} {
			if got := found(t, db, ours, term); !slices.Equal(got, want) {
				t.Errorf("%q: found %v, want %v", term, got, want)
			}
		}
	})
}

func organization(t *testing.T, db *database.DB, name string) models.Organization {
	t.Helper()
	org := models.Organization{Name: name}
	check(t, db.Write.Create(&org).Error)
	return org
}

// add makes candidates by name.
func add(t *testing.T, db *database.DB, org models.Organization, names ...string) []models.Candidate {
	t.Helper()
	people := make([]models.Candidate, len(names))
	for i, name := range names {
		people[i] = models.Candidate{Owned: models.Owned{OrganizationID: org.ID}, Email: fmt.Sprintf("p%d@example.org", len(names)*10000+i),
			FirstName: name, SearchText: textfold.Fold(name)}
	}
	check(t, db.Write.CreateInBatches(&people, 100).Error)
	return people
}

// found returns the names of an organization's candidates that a term finds.
func found(t *testing.T, db *database.DB, org models.Organization, term string) (names []string) {
	t.Helper()
	search, err := database.SearchCandidates(db.Read, org.ID, term)
	check(t, err)
	check(t, db.Read.Table("candidates c").Scopes(search.In("c")).Where("c.organization_id = ?", org.ID).Pluck("c.first_name", &names).Error)
	return names
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestFoldedColumnsAreFoundWhateverCaseAndAccents(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *database.DB) {
		for given, want := range map[string]string{
			"Élodie  GARÇON": "elodie garcon", "Łukasz Øster": "lukasz oster", "STRASSE": "strasse", "ИВАН Ёлкин": "иван елкин",
			"Æsir": "aesir", "ΑΘΉΝΑ": "αθηνα", "d’Or": "d'or",
		} {
			var got string
			if err := db.Read.Raw("SELECT "+db.Dialect.Folded("?"), given).Scan(&got).Error; err != nil {
				t.Fatal(err)
			}
			if got != want {
				t.Errorf("%s folds to %q, want %q", given, got, want)
			}
		}
	})
}
