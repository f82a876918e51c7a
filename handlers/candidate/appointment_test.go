package candidate_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func TestTheLinkOfAnAppointmentSaysWhenAndThatTheRoomIsNotOpen(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		a := w.Appointing(p)
		a.StartDate = time.Date(2027, 7, 1, 9, 0, 0, 0, time.UTC)
		a.EndDate, a.CandidateMessage = a.StartDate.Add(time.Hour), "Bring your portfolio."
		w.Record(t, w.As(t, w.Rita), &a)
		s := w.SessionOf(t, a.UID)
		guest, host := w.Attendees(t, s)[0], w.Attendees(t, s)[1]
		visitor := w.Visitor(t)
		visitor.Get(t, actions.LivePath(guest.Code)).Want(http.StatusOK).Says("Acme", "Dispatcher", "Thu 1 Jul 2027, 10:00 to 11:00 WEST",
			"By video", "Bring your portfolio.", "not open in this program yet", "Add to your calendar")
		visitor.Get(t, actions.LivePath(guest.Code)+"?zone=Asia/Kolkata").Says("14:30 to 15:30 IST")
		if reply := visitor.Get(t, actions.LivePath(host.Code)).Want(http.StatusOK).Says("Cleo Costa"); strings.Contains(reply.Body, "portfolio") {
			t.Error("the panel reads what was written to the candidate")
		}
		file := visitor.Get(t, actions.LivePath(guest.Code)+"/calendar").Want(http.StatusOK)
		if kind := file.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/calendar") || !strings.Contains(file.Body, "DTSTART:20270701T090000Z\r\n") ||
			!strings.Contains(file.Body, "METHOD:PUBLISH\r\n") || strings.Contains(file.Body, "ATTENDEE") {
			t.Errorf("%s: %s", kind, file.Body)
		}
		for _, path := range []string{"/live/nobody", "/live/nobody/calendar", "/live/" + guest.Code[1:]} {
			visitor.Get(t, path).Want(http.StatusNotFound)
		}
		w.Record(t, w.As(t, w.Rita), &actions.LiveCancel{LiveSessionID: s.ID})
		off := visitor.Get(t, actions.LivePath(guest.Code)).Want(http.StatusOK).Says("was called off")
		if strings.Contains(off.Body, "Add to your calendar") {
			t.Error("what is called off is still offered to calendars")
		}
	})
}

func TestAnEventHasAPublicPageOnceItIsNoDraft(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	e := w.Event(t)
	visitor := w.Visitor(t)
	visitor.Get(t, actions.EventPath(e.Code)).Want(http.StatusOK).Says("Acme", "Open day", "Lisbon", "Registering is not open in this program yet")
	if err := w.DB.Write.Model(&models.Event{}).Where("id = ?", e.ID).Update("status", models.EventDraft).Error; err != nil {
		t.Fatal(err)
	}
	visitor.Get(t, actions.EventPath(e.Code)).Want(http.StatusNotFound)
}
