package v4_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// mirror is a copy of a list that is kept up by what changed.
type mirror struct {
	world   *testkit.World
	program testkit.Program
	path    string // with a query, if only to begin one
	token   string
	names   map[int64]string
	told    []int64 // every row that was answered, in order
}

// pull reads until there is no more right now.
func (m *mirror) pull(t testing.TB) {
	t.Helper()
	for more := true; more; {
		m.world.Clock.Advance(200 * time.Millisecond) // as often as a token may ask
		reply := m.program.Get(t, m.path+"&sync_token="+url.QueryEscape(m.token)).Want(http.StatusOK)
		var rows []struct {
			ID      int64
			Name    string
			Deleted bool `json:"is_deleted"`
		}
		reply.Into(&rows)
		seen := map[int64]bool{}
		for _, row := range rows {
			if seen[row.ID] {
				t.Errorf("row %d is twice on a page", row.ID)
			}
			seen[row.ID] = true
			m.told = append(m.told, row.ID)
			if row.Deleted {
				delete(m.names, row.ID)
			} else {
				m.names[row.ID] = row.Name
			}
		}
		m.token, more = reply.Header.Get("X-Sync-Token"), reply.Header.Get("X-Sync-More") == "true"
	}
}

// until pulls until a condition holds: other transactions of the server hold changes back for a while.
func (m *mirror) until(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; {
		if m.pull(t); holds() {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("never saw %s: %v", what, m.names)
		}
	}
}

func mirrorOf(w *testkit.World, p testkit.Program, path string) *mirror {
	return &mirror{world: w, program: p, path: path, names: map[int64]string{}}
}

func makeSkill(t testing.TB, p testkit.Program, name string) int64 {
	t.Helper()
	var made struct{ ID int64 }
	p.JSON(t, "POST", skillPath, map[string]any{"name": name}).Want(http.StatusCreated).Into(&made)
	return made.ID
}

func TestAListIsReadByWhatChanged(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita, otto := w.Program(t, w.Rita), w.Program(t, w.Otto)
		var ids []int64
		for i := range 5 {
			ids = append(ids, makeSkill(t, rita, fmt.Sprintf("Skill %d", i)))
		}
		all, others := mirrorOf(w, rita, skillPath+"?pageSize=2"), mirrorOf(w, otto, skillPath+"?pageSize=2")
		odd := mirrorOf(w, rita, skillPath+"?name=odd")
		all.pull(t)
		others.pull(t)
		odd.pull(t)
		if len(all.told) != 5 || len(all.names) != 5 || len(odd.names) != 0 {
			t.Fatalf("at first: %v, %v", all.told, odd.names)
		}
		one := func(i int) string { return skillPath + "/" + strconv.FormatInt(ids[i], 10) }
		rita.JSON(t, "PUT", one(1), map[string]any{"name": "Odd"}).Want(http.StatusOK)
		if err := w.DB.Write.Delete(&models.Skill{}, ids[3]).Error; err != nil {
			t.Fatal(err)
		}
		rita.JSON(t, "PUT", one(1), map[string]any{"name": "Odd one"}).Want(http.StatusOK)
		sixth := makeSkill(t, rita, "Sixth")
		all.until(t, "the changes", func() bool {
			return all.names[ids[1]] == "Odd one" && all.names[ids[3]] == "" && all.names[sixth] == "Sixth"
		})
		odd.until(t, "what matches now", func() bool { return maps.Equal(odd.names, map[int64]string{ids[1]: "Odd one"}) })
		rita.JSON(t, "PUT", one(1), map[string]any{"name": "Even"}).Want(http.StatusOK)
		odd.until(t, "that it matches no more", func() bool { return len(odd.names) == 0 })
		others.pull(t)
		if len(others.told) != 0 {
			t.Errorf("another firm was told of %v", others.told)
		}
	})
}

func TestNothingIsMissedWhileManyWrite(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		const writers, rounds = 4, 12
		m := mirrorOf(w, w.Program(t, w.Rita), skillPath+"?pageSize=7")
		var wg sync.WaitGroup
		defer wg.Wait()
		for n := range writers {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for round := range rounds {
					if err := writeSome(w, fmt.Sprintf("%d-%d", n, round)); err != nil {
						t.Error(err)
					}
				}
			}()
		}
		done := make(chan struct{})
		go func() { wg.Wait(); close(done) }()
		for writing := true; writing; {
			m.pull(t)
			select {
			case <-done:
				writing = false
			default:
			}
		}
		var rows []models.Skill
		if err := w.DB.Read.Where("organization_id = ?", w.Acme.ID).Find(&rows).Error; err != nil || len(rows) != writers*rounds {
			t.Fatalf("%d rows: %v", len(rows), err)
		}
		want := map[int64]string{}
		for _, row := range rows {
			want[row.ID] = row.Name
		}
		m.until(t, "what was written", func() bool { return maps.Equal(m.names, want) })
	})
}

// writeSome makes two rows, changes one and removes the other, in two transactions.
func writeSome(w *testkit.World, name string) error {
	owned := models.Owned{OrganizationID: w.Acme.ID}
	kept := models.Skill{Owned: owned, Name: "kept " + name, SearchText: "kept " + name}
	gone := models.Skill{Owned: owned, Name: "gone " + name, SearchText: "gone " + name}
	err := w.DB.Write.Transaction(func(tx *gorm.DB) error {
		if err := tx.Create(&kept).Error; err != nil {
			return err
		}
		return tx.Create(&gone).Error
	})
	if err != nil {
		return err
	}
	return w.DB.Write.Transaction(func(tx *gorm.DB) error {
		if err := tx.Model(&kept).Update("name", "changed "+name).Error; err != nil {
			return err
		}
		return tx.Delete(&gone).Error
	})
}

func TestWhatIsInFlightComesLater(t *testing.T) {
	t.Parallel()
	w := testkit.WorldOn(t, database.Postgres) // SQLite has one writer: nothing overtakes anything
	m := mirrorOf(w, w.Program(t, w.Rita), skillPath+"?pageSize=7")
	m.pull(t)
	skill := func(name string) *models.Skill {
		return &models.Skill{Owned: models.Owned{OrganizationID: w.Acme.ID}, Name: name, SearchText: name}
	}
	slow := skill("slow")
	err := w.DB.Write.Transaction(func(late *gorm.DB) error {
		return w.DB.Write.Transaction(func(early *gorm.DB) error {
			// The one that writes first has the lower number, the other one the lower ids.
			if err := early.Exec("SELECT pg_current_xact_id()").Error; err != nil {
				return err
			}
			if err := late.Create(slow).Error; err != nil {
				return err
			}
			return early.Create(skill("quick")).Error
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	m.until(t, "both", func() bool { return len(m.names) == 2 && m.names[slow.ID] == "slow" })
}

func TestAnOldTokenBeginsAnew(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.Program(t, w.Rita)
		m := mirrorOf(w, rita, skillPath+"?pageSize=7")
		m.pull(t)
		old := m.token
		id := makeSkill(t, rita, "Go")
		m.until(t, "the skill", func() bool { return m.names[id] == "Go" })
		if err := database.PruneChanges(t.Context(), w.DB, time.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		var left int64
		if err := w.DB.Read.Model(&models.RowChange{}).Count(&left).Error; err != nil || left != 0 {
			t.Errorf("%d changes are left: %v", left, err)
		}
		rita.Get(t, skillPath+"?sync_token="+old).Want(http.StatusGone).Says("empty sync_token")
		fresh := mirrorOf(w, rita, skillPath+"?pageSize=7")
		fresh.pull(t)
		if fresh.names[id] != "Go" {
			t.Errorf("anew: %v", fresh.names)
		}
		rita.JSON(t, "PUT", skillPath+"/"+strconv.FormatInt(id, 10), map[string]any{"name": "C"}).Want(http.StatusOK)
		fresh.until(t, "the change", func() bool { return fresh.names[id] == "C" })
	})
}

func TestWhatASyncRefuses(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	rita := w.Program(t, w.Rita)
	candidates := rita.Get(t, "/api/v4/models/candidate?sync_token=").Want(http.StatusOK).Header.Get("X-Sync-Token")
	for _, query := range []string{skillPath + "?sync_token=guess", skillPath + "?sync_token=" + candidates, skillPath + "?sync_token=&sort=id",
		skillPath + "?sync_token=&page=2", skillPath + "?sync_token=&cursor=", "/api/v4/models/file-type?sync_token="} {
		rita.Get(t, query).Want(http.StatusUnprocessableEntity)
	}
	w.Program(t, w.Paul).Get(t, "/api/v4/models/candidate?sync_token=").Want(http.StatusForbidden)
}

func TestRowsChangedSinceATime(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.Program(t, w.Rita)
		makeSkill(t, rita, "Old")
		w.Clock.Advance(time.Hour)
		since := w.Clock.Now().UTC().Format(time.RFC3339)
		fresh := makeSkill(t, rita, "New")
		var rows []struct{ ID int64 }
		rita.Get(t, skillPath+"?updated_since="+url.QueryEscape(since)).Want(http.StatusOK).Into(&rows)
		if text, err := json.Marshal(rows); err != nil || len(rows) != 1 || rows[0].ID != fresh {
			t.Errorf("since then: %s %v", text, err)
		}
		rita.Get(t, skillPath+"?updated_since=soon").Want(http.StatusUnprocessableEntity)
	})
}
