package models_test

import (
	"testing"

	"github.com/assay-hire/assay/models"
)

func TestIntervals(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		text    string
		seconds int
		written string // "" when the text is no interval
	}{
		{"01:00:00", 3600, "01:00:00"}, {"00:00:59", 59, "00:00:59"}, {"1:30", 5400, "01:30:00"}, {" 120:05:09 ", 432309, "120:05:09"},
		{"", 0, ""}, {"90", 0, ""}, {"01:60:00", 0, ""}, {"-1:00:00", 0, ""}, {"1:00:00:00", 0, ""}, {"ab:cd", 0, ""},
	} {
		seconds, ok := models.ParseInterval(row.text)
		if ok != (row.written != "") || seconds != row.seconds {
			t.Errorf("%q is %d s, %v; want %d", row.text, seconds, ok, row.seconds)
		}
		if ok && models.FormatInterval(seconds) != row.written {
			t.Errorf("%d s reads %q, want %q", seconds, models.FormatInterval(seconds), row.written)
		}
	}
	if got := models.FormatInterval(-5); got != "00:00:00" {
		t.Errorf("a negative length reads %q", got)
	}
}
