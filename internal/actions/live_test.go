package actions_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// slotsOf returns what a live session takes in calendars.
func slotsOf(t *testing.T, w *testkit.World, session int64) []models.CalendarSlot {
	t.Helper()
	var slots []models.CalendarSlot
	if err := w.DB.Read.Where("live_session_id = ?", session).Order("id").Find(&slots).Error; err != nil {
		t.Fatal(err)
	}
	return slots
}

// lettersTo returns the messages to an address that carry a calendar object, oldest first.
func lettersTo(t *testing.T, w *testkit.World, address string) []models.Notification {
	t.Helper()
	var rows []models.Notification
	if err := w.DB.Read.Where("to_address = ? AND calendar IS NOT NULL", address).Order("id").Find(&rows).Error; err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestSchedulingSeatsEverybodyAndTakesTheirTime(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		a := w.Appointing(p)
		a.IsNotify, a.CandidateMessage, a.AskCandidate = true, "Bring <nothing>.", true
		row := w.Record(t, w.As(t, w.Rita), &a)
		if row.Status != models.ActionCompleted || *row.Type != 8 || *row.SuccessCount != 1 || row.ExternalID == nil {
			t.Errorf("the row says %+v", row)
		}
		s := w.SessionOf(t, a.UID)
		if s.Status != models.LiveScheduled || s.TimeZone != "Europe/Lisbon" || s.Duration() != "00:45:00" || *s.HostedBy != w.Rita.ID {
			t.Errorf("made %+v", s)
		}
		codes := map[string]bool{}
		var roles []models.LiveRole
		for _, seat := range w.Attendees(t, s) {
			codes[seat.Code], codes[seat.Passcode] = true, true
			roles = append(roles, seat.Role)
		}
		if len(codes) != 6 || len(roles) != 3 || roles[0] != models.LiveParticipant || roles[1] != models.LiveModerator || roles[2] != models.LiveOrganizer {
			t.Errorf("seats %v with codes %v", roles, codes)
		}
		slots := slotsOf(t, w, s.ID)
		if len(slots) != 2 || *slots[0].CandidateID != p.CandidateID || *slots[1].UserID != w.Paul.ID || slots[1].Type != models.SlotLive ||
			!slots[1].From.Equal(s.StartsAt) || *slots[1].EventType != models.SlotEventLive {
			t.Errorf("calendars hold %+v", slots)
		}
		guest, host := lettersTo(t, w, "candidate0@example.org"), lettersTo(t, w, w.Paul.Email)
		if len(guest) != 1 || len(host) != 1 || len(lettersTo(t, w, w.Rita.Email)) != 1 {
			t.Fatalf("%d and %d messages", len(guest), len(host))
		}
		if !strings.Contains(guest[0].Content, "Bring &lt;nothing&gt;.") || !strings.Contains(guest[0].Content, "10:00 WET") && !strings.Contains(guest[0].Content, "10:00 WEST") {
			t.Errorf("the candidate reads %s", guest[0].Content)
		}
		object := strings.ReplaceAll(*guest[0].Calendar, "\r\n ", "")
		if !strings.Contains(object, "METHOD:REQUEST") || strings.Contains(object, w.Paul.Email) || !strings.Contains(object, "RSVP=TRUE") ||
			!strings.Contains(object, "UID:"+a.UID) {
			t.Errorf("the candidate's calendar gets\n%s", object)
		}
		if !strings.Contains(strings.ReplaceAll(*host[0].Calendar, "\r\n ", ""), "candidate0@example.org") {
			t.Errorf("the panel's calendar gets\n%s", *host[0].Calendar)
		}
	})
}

func TestSchedulingIsRefused(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		good := w.Appointing(p)
		change := func(f func(a *actions.LiveSchedule)) actions.LiveSchedule { a := good; f(&a); return a }
		rows := []struct {
			name   string
			user   models.User
			action actions.LiveSchedule
			want   fault.Kind
		}{
			{"nobody", w.Rita, change(func(a *actions.LiveSchedule) { a.AssessmentCandidateID = 0 }), fault.Invalid},
			{"no panel", w.Rita, change(func(a *actions.LiveSchedule) { a.Panel = nil }), fault.Invalid},
			{"the past", w.Rita, change(func(a *actions.LiveSchedule) {
				a.StartDate, a.EndDate = w.Clock.Now().Add(-time.Hour), w.Clock.Now()
			}), fault.Invalid},
			{"the end before the start", w.Rita, change(func(a *actions.LiveSchedule) { a.EndDate = a.StartDate.Add(-time.Minute) }), fault.Invalid},
			{"no such zone", w.Rita, change(func(a *actions.LiveSchedule) { a.TimeZone = "Mars/Olympus" }), fault.Invalid},
			{"another firm's panelist", w.Rita, change(func(a *actions.LiveSchedule) { a.Panel = actions.RefsTo([]int64{w.Otto.ID}) }), fault.NotFound},
			{"another firm", w.Otto, good, fault.NotFound},
			{"a panelist", w.Paul, good, fault.Forbidden},
		}
		for _, row := range rows {
			_, err := w.Runner.Record(context.Background(), w.As(t, row.user), &row.action)
			if fault.KindOf(err) != row.want {
				t.Errorf("%s: got %v, want %s", row.name, err, row.want)
			}
		}
		var n int64
		w.DB.Read.Model(&models.LiveSession{}).Count(&n)
		if n != 0 {
			t.Errorf("%d sessions stand", n)
		}
	})
}

func TestABusyTimeIsRefusedUnlessForced(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Assessment(t)
		p, other := w.Invited(t, assessment, w.Candidate(t, 0)), w.Invited(t, assessment, w.Candidate(t, 1))
		a := w.Appointing(p)
		w.Slot(t, w.Paul, models.SlotBusy, a.EndDate.Sub(w.Clock.Now())) // touching is not overlapping
		first := w.Scheduled(t, p)
		for name, b := range map[string]actions.LiveSchedule{"the panelist": w.Appointing(other), "the candidate": w.Appointing(p)} {
			want := "Paul Panelist is busy "
			if name == "the candidate" {
				b.Panel, want = actions.RefsTo([]int64{w.Rita.ID}), "Cleo Costa is busy "
			}
			_, err := w.Runner.Record(context.Background(), w.As(t, w.Rita), &b)
			if fault.KindOf(err) != fault.Conflict || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "10:00 to 10:45 WE") {
				t.Errorf("%s: got %v", name, err)
			}
		}
		b := w.Appointing(other)
		b.Force = true
		w.Record(t, w.As(t, w.Rita), &b)
		if len(slotsOf(t, w, w.SessionOf(t, b.UID).ID)) != 2 {
			t.Error("a forced live session takes no time")
		}
		// Moving within its own time is no conflict; moving onto the dentist is.
		move := actions.LiveReschedule{LiveSessionID: first.ID, StartDate: a.EndDate, EndDate: a.EndDate.Add(time.Hour), TimeZone: "Europe/Lisbon"}
		if _, err := w.Runner.Record(context.Background(), w.As(t, w.Rita), &move); fault.KindOf(err) != fault.Conflict {
			t.Errorf("onto a busy hour: %v", err)
		}
	})
}

func TestMovingReplacingAndCallingOff(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		s, rita := w.Scheduled(t, p), w.As(t, w.Rita)
		day := s.StartsAt.Truncate(24*time.Hour).AddDate(0, 0, 3)
		w.Record(t, rita, &actions.LiveReschedule{LiveSessionID: s.ID, StartDate: day, EndDate: day, TimeZone: "Europe/Lisbon", IsNotify: true})
		moved := w.SessionOf(t, s.UID)
		if !moved.StartsAt.Equal(s.StartsAt.AddDate(0, 0, 3)) || moved.Version != 1 || moved.Duration() != "00:45:00" {
			t.Errorf("moved to %v, version %d", moved.StartsAt, moved.Version)
		}
		for _, slot := range slotsOf(t, w, s.ID) {
			if !slot.From.Equal(moved.StartsAt) || !slot.To.Equal(moved.EndsAt) {
				t.Errorf("a calendar still holds %v", slot.From)
			}
		}
		letters := lettersTo(t, w, w.Paul.Email)
		if len(letters) != 1 || !strings.Contains(*letters[0].Calendar, "SEQUENCE:1") {
			t.Errorf("Paul got %d letters", len(letters))
		}

		was := w.Attendees(t, s)
		w.Record(t, rita, &actions.LiveChangePanel{LiveSessionID: s.ID, Panel: actions.RefsTo([]int64{w.Rita.ID}), IsNotify: true})
		seats := w.Attendees(t, s)
		if len(seats) != 2 || *seats[1].UserID != w.Rita.ID || seats[1].Role != models.LiveModerator || seats[1].Code != was[2].Code {
			t.Errorf("the panel is %+v", seats)
		}
		if slots := slotsOf(t, w, s.ID); len(slots) != 2 || *slots[1].UserID != w.Rita.ID {
			t.Errorf("calendars hold %+v", slots)
		}
		letters = lettersTo(t, w, w.Paul.Email)
		if len(letters) != 2 || !strings.Contains(*letters[1].Calendar, "METHOD:CANCEL") {
			t.Errorf("Paul got %d letters", len(letters))
		}

		w.Record(t, rita, &actions.LiveReminder{LiveSessions: actions.RefsTo([]int64{s.ID}), IsNotify: true})
		w.Record(t, rita, &actions.LiveCancel{LiveSessionID: s.ID, IsNotify: true})
		off := w.SessionOf(t, s.UID)
		if off.Status != models.LiveCancelled || off.CancelledAt == nil || off.RemindedAt == nil || len(slotsOf(t, w, s.ID)) != 0 {
			t.Errorf("called off as %+v", off)
		}
		for _, seat := range w.Attendees(t, s) {
			if seat.Status != models.AttendeeCancelled {
				t.Errorf("%s still is %d", seat.FullName, seat.Status)
			}
		}
		letters = lettersTo(t, w, "candidate0@example.org")
		if len(letters) != 3 || !strings.Contains(*letters[2].Calendar, "METHOD:CANCEL") || !strings.Contains(*letters[2].Calendar, "SEQUENCE:3") {
			t.Errorf("the candidate got %d letters", len(letters))
		}
		for name, a := range map[string]actions.Action{
			"cancelling again": &actions.LiveCancel{LiveSessionID: s.ID}, "changing the panel": &actions.LiveChangePanel{LiveSessionID: s.ID, Panel: actions.RefsTo([]int64{w.Paul.ID})},
			"moving": &actions.LiveReschedule{LiveSessionID: s.ID, StartDate: day, EndDate: day.Add(time.Hour), TimeZone: "UTC"},
		} {
			if _, err := w.Runner.Record(context.Background(), rita, a); fault.KindOf(err) != fault.Conflict {
				t.Errorf("%s: got %v", name, err)
			}
			if _, err := w.Runner.Record(context.Background(), w.As(t, w.Otto), a); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s by another firm: got %v", name, err)
			}
		}
		row := w.Record(t, rita, &actions.LiveReminder{LiveSessions: actions.RefsTo([]int64{s.ID})})
		if *row.ErrorCount != 1 || row.Response == nil {
			t.Errorf("reminding of what is called off: %+v", row)
		}
	})
}

func TestASimulationIsNamedByItsAttempt(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		attempt, rita, yes := w.Attempts(t, p)[1], w.As(t, w.Rita), true
		from := w.Clock.Now().Add(48 * time.Hour)
		a := actions.SimulationSchedule{AssessmentCandidateID: p.ID, AssessmentSectionID: &attempt.AssessmentSectionID, StartDate: from,
			EndDate: from.Add(time.Hour), IsNotify: &yes, Panel: actions.RefsTo([]int64{w.Paul.ID})}
		w.Record(t, rita, &a)
		s := w.SessionOf(t, a.UID)
		if s.Kind != models.LiveSimulation || *s.AssessmentSectionCandidateID != attempt.ID || s.TimeZone != "Europe/Lisbon" {
			t.Errorf("made %+v", s)
		}
		again := a
		if _, err := w.Runner.Record(context.Background(), rita, &again); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a second one: %v", err)
		}
		move := &actions.SimulationReschedule{StartDate: from.Add(time.Hour), EndDate: from.Add(2 * time.Hour)}
		move.AssessmentSectionCandidateID, move.IsNotify = attempt.ID, &yes
		w.Record(t, rita, move)
		remind := &actions.SimulationReminder{}
		remind.AssessmentSectionCandidateID, remind.IsNotify = attempt.ID, &yes
		w.Record(t, rita, remind)
		off := &actions.SimulationCancel{}
		off.AssessmentSectionCandidateID = attempt.ID
		if _, err := w.Runner.Record(context.Background(), rita, off); fault.KindOf(err) != fault.Invalid {
			t.Errorf("without isNotify: %v", err)
		}
		off.IsNotify = &yes
		row := w.Record(t, rita, off)
		if *row.Type != 16 || w.SessionOf(t, a.UID).Status != models.LiveCancelled {
			t.Errorf("called off as %+v", row)
		}
		var types []int64
		for _, letter := range lettersTo(t, w, w.Paul.Email) {
			types = append(types, letter.TypeID)
		}
		if len(types) != 4 || types[0] != 686 || types[3] != 688 {
			t.Errorf("Paul got %v", types)
		}
	})
}

func TestAPanelsCalendarFollowsWhatIsOpen(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita, pia, assessment := w.As(t, w.Rita), w.Panelist(t, 1), w.Assessment(t)
		one, two := w.Invited(t, assessment, w.Candidate(t, 0)), w.Invited(t, assessment, w.Candidate(t, 1))
		section := w.Attempts(t, one)[1].AssessmentSectionID
		day := func(n int) time.Time { return w.Clock.Now().AddDate(0, 0, n) }
		add := func(days int, user models.User, ps ...models.AssessmentCandidate) {
			t.Helper()
			var ids []int64
			for _, p := range ps {
				ids = append(ids, p.ID)
			}
			w.Record(t, rita, &actions.AddPanel{EndDate: day(days), Panel: actions.RefsTo([]int64{user.ID}),
				AssessmentSections: actions.RefsTo([]int64{section}), AssessmentCandidates: actions.RefsTo(ids)})
		}
		due := func(when string, user models.User, days int) {
			t.Helper()
			var slots []models.CalendarSlot
			if err := w.DB.Read.Where("user_id = ?", user.ID).Find(&slots).Error; err != nil {
				t.Fatal(err)
			}
			if days == 0 && len(slots) == 0 {
				return
			}
			if len(slots) != 1 || !slots[0].To.Equal(day(days)) || slots[0].PanelID == nil || slots[0].Type.Takes() {
				t.Errorf("%s, %s's calendar holds %+v", when, user.Name, slots)
			}
		}
		add(2, w.Paul, one, two)
		add(5, w.Paul, one, two)
		due("assigned again", w.Paul, 5)
		add(3, w.Paul, one)
		due("sooner for one", w.Paul, 3)
		add(9, w.Paul, two)
		due("later for the other", w.Paul, 3)
		add(4, pia, one)
		due("one is Pia's now", w.Paul, 9)
		due("one is hers now", pia, 4)
		later := day(7)
		w.Record(t, rita, &actions.RemindPanel{AssessmentCandidates: actions.RefsTo([]int64{one.ID}), EndDate: &later})
		due("the other's panel was reminded", w.Paul, 9)
		due("reminded", pia, 7)
		add(9, pia, two)
		due("replaced", w.Paul, 0)
		due("both are hers", pia, 7)
		w.Run(t, rita, &actions.DeleteParticipation{ID: one.ID})
		due("one is gone", pia, 9)
	})
}
