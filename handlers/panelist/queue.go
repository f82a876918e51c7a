package panelist

import (
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/review"
	views "github.com/assay-hire/assay/views/panelist"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// ShowQueue lists what the panelist was asked to evaluate.
func (s Screens) ShowQueue(c echo.Context) error {
	actor := web.Actor(c)
	tasks, err := review.Queue(s.DB.Read.WithContext(web.Context(c)), actor)
	if err != nil {
		return err
	}
	page, err := web.Chrome(c, "To evaluate")
	if err != nil {
		return err
	}
	q := views.Queue{Page: page}
	now, zone := s.DB.Clock.Now(), web.Zone(c)
	for _, t := range tasks {
		shown := views.Task{Name: t.Name(actor), Assessment: t.Assessment, Section: t.Section, Answers: t.Answers, HasDraft: t.HasDraft,
			Href: fmt.Sprintf("/evaluations/%d", t.Attempt)}
		if t.DueAt != nil {
			shown.Due, shown.IsLate = dueWords(*t.DueAt, now, zone), t.DueAt.Before(now)
		}
		switch {
		case t.IsEvaluated:
			q.Done = append(q.Done, shown)
		case t.IsReady():
			q.Ready = append(q.Ready, shown)
		default:
			q.Unfinished++
		}
	}
	return web.Page(c, views.QueuePage(q))
}

func dueWords(due, now time.Time, zone *time.Location) string {
	text := due.In(zone).Format("Mon 2 Jan, 15:04 MST")
	if due.Before(now) {
		return "was needed " + text
	}
	return "needed by " + text
}
