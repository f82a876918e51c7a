package candidate

import (
	"fmt"
	"strconv"
	"time"

	"github.com/assay-hire/assay/views/layout"
)

// Page is what every page of a candidate knows.
type Page struct {
	layout.Page
	Words Words
	Zone  *time.Location // the candidate's
}

// when words a moment with its zone, as an appointment or a deadline is told.
func (p Page) when(at time.Time) string { return at.In(p.Zone).Format("Mon 2 Jan, 15:04 MST") }

// clock words the time of day.
func (p Page) clock(at time.Time) string { return at.In(p.Zone).Format("15:04") }

// long words a length of time: whole minutes from a minute on.
func (p Page) long(d time.Duration) string {
	w := p.Words.Duration
	seconds := int(d.Round(time.Second).Seconds())
	minutes := seconds / 60
	seconds %= 60
	plural := func(n int, one, many string) string {
		if n == 1 {
			return one
		}
		return fmt.Sprintf(many, n)
	}
	switch {
	case minutes == 0:
		return plural(seconds, w.Second, w.Seconds)
	case seconds == 0 || minutes >= 10:
		return plural(minutes, w.Minute, w.Minutes)
	default:
		return fmt.Sprintf(w.And, plural(minutes, w.Minute, w.Minutes), plural(seconds, w.Second, w.Seconds))
	}
}

// marks words a number of marks without needless decimals.
func (p Page) marks(n float64) string {
	if n == 1 {
		return p.Words.Question.MarkOne
	}
	return fmt.Sprintf(p.Words.Question.Marks, strconv.FormatFloat(n, 'f', -1, 64))
}

// Countdown words the time left on the clock: "18:20", or "1:02:03" from an hour on.
func Countdown(left time.Duration) string {
	s := max(0, int(left.Seconds()))
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%02d:%02d", s/60, s%60)
}
