package models_test

import (
	"testing"
	"time"

	"github.com/assay-hire/assay/models"
)

func TestLiveSessionMoves(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		from, to models.LiveSessionStatus
		may      bool
	}{
		{models.LiveScheduled, models.LiveInProgress, true},
		{models.LiveScheduled, models.LiveCancelled, true},
		{models.LiveScheduled, models.LiveComplete, true},
		{models.LiveScheduled, models.LiveScheduled, false},
		{models.LiveInProgress, models.LiveComplete, true},
		{models.LiveInProgress, models.LiveCancelled, false},
		{models.LiveInProgress, models.LiveScheduled, false},
		{models.LiveBothNoShow, models.LiveScheduled, true},
		{models.LiveCancelled, models.LiveScheduled, false},
		{models.LiveComplete, models.LiveInProgress, false},
	} {
		if got := row.from.MayBecome(row.to); got != row.may {
			t.Errorf("%s to %s: %v", row.from.Label(), row.to.Label(), got)
		}
	}
}

func TestLiveOutcomeSaysWhoCame(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	here := func(role models.LiveRole) models.LiveAttendee { return models.LiveAttendee{Role: role, JoinedAt: &at} }
	absent := func(role models.LiveRole) models.LiveAttendee { return models.LiveAttendee{Role: role} }
	for _, row := range []struct {
		attendees []models.LiveAttendee
		want      models.LiveSessionStatus
	}{
		{[]models.LiveAttendee{here(models.LiveParticipant), here(models.LiveModerator)}, models.LiveComplete},
		{[]models.LiveAttendee{here(models.LiveParticipant), here(models.LiveOrganizer)}, models.LiveComplete},
		{[]models.LiveAttendee{here(models.LiveParticipant), absent(models.LiveModerator)}, models.LivePanelNoShow},
		{[]models.LiveAttendee{absent(models.LiveParticipant), here(models.LiveModerator), absent(models.LiveModerator)}, models.LiveCandidateNoShow},
		{[]models.LiveAttendee{absent(models.LiveParticipant), absent(models.LiveModerator)}, models.LiveBothNoShow},
		{nil, models.LiveBothNoShow},
	} {
		if got := models.LiveOutcome(row.attendees); got != row.want {
			t.Errorf("%v: %s, want %s", row.attendees, got.Label(), row.want.Label())
		}
	}
}

func TestAnAttendeesStatusFollowsTheSession(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for _, row := range []struct {
		attendee models.LiveAttendee
		session  models.LiveSessionStatus
		want     models.LiveAttendeeStatus
	}{
		{models.LiveAttendee{}, models.LiveScheduled, models.AttendeeScheduled},
		{models.LiveAttendee{}, models.LiveInProgress, models.AttendeeScheduled},
		{models.LiveAttendee{JoinedAt: &at}, models.LiveInProgress, models.AttendeeInProgress},
		{models.LiveAttendee{JoinedAt: &at, LeftAt: &at}, models.LiveInProgress, models.AttendeeCompleted},
		{models.LiveAttendee{JoinedAt: &at}, models.LiveCandidateNoShow, models.AttendeeCompleted},
		{models.LiveAttendee{}, models.LivePanelNoShow, models.AttendeeNoShow},
		{models.LiveAttendee{JoinedAt: &at}, models.LiveCancelled, models.AttendeeCancelled},
	} {
		if got := row.attendee.StatusIn(row.session); got != row.want {
			t.Errorf("%+v in %s: %d, want %d", row.attendee, row.session.Label(), got, row.want)
		}
	}
}

func TestALiveSessionTellsItsDuration(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	s := models.LiveSession{StartsAt: start, EndsAt: start.Add(95 * time.Minute)}
	if s.Duration() != "01:35:00" {
		t.Errorf("got %s", s.Duration())
	}
}
