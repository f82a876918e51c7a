package models_test

import (
	"testing"
	"time"

	"github.com/assay-hire/assay/models"
)

func TestSlotsOverlap(t *testing.T) {
	t.Parallel()
	at := func(hour int) time.Time { return time.Date(2026, 3, 2, hour, 0, 0, 0, time.UTC) }
	slot := models.CalendarSlot{From: at(10), To: at(12)}
	for _, row := range []struct {
		from, to int
		want     bool
	}{{8, 9, false}, {8, 10, false}, {8, 11, true}, {10, 12, true}, {11, 11, true}, {9, 13, true}, {12, 13, false}} {
		if got := slot.Overlaps(at(row.from), at(row.to)); got != row.want {
			t.Errorf("%d to %d: %v", row.from, row.to, got)
		}
	}
}
