package models_test

import (
	"testing"
	"time"

	"github.com/assay-hire/assay/models"
)

func TestEventMoves(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		from, to models.EventStatus
		may      bool
	}{
		{models.EventDraft, models.EventOpen, true},
		{models.EventDraft, models.EventLive, false},
		{models.EventOpen, models.EventLive, true},
		{models.EventOpen, models.EventDraft, false},
		{models.EventCanceled, models.EventOpen, true},
		{models.EventLive, models.EventPanelReview, true},
		{models.EventPanelReview, models.EventComplete, true},
		{models.EventPanelReview, models.EventCanceled, false},
		{models.EventComplete, models.EventLive, false},
	} {
		if got := row.from.MayBecome(row.to); got != row.may {
			t.Errorf("%s to %s: %v", row.from.Label(), row.to.Label(), got)
		}
	}
}

func TestWhenStrangersMayRegisterForAnEvent(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	before, after := now.Add(-time.Hour), now.Add(time.Hour)
	for name, row := range map[string]struct {
		event models.Event
		want  bool
	}{
		"open and public":          {models.Event{IsPublic: true, Status: models.EventOpen}, true},
		"on the day":               {models.Event{IsPublic: true, Status: models.EventLive}, true},
		"not public":               {models.Event{Status: models.EventOpen}, false},
		"draft":                    {models.Event{IsPublic: true, Status: models.EventDraft}, false},
		"deleted":                  {models.Event{IsPublic: true, Status: models.EventOpen, Deletable: models.Deletable{IsDeleted: true}}, false},
		"registration not begun":   {models.Event{IsPublic: true, Status: models.EventOpen, RegistrationStartDate: &after}, false},
		"registration over":        {models.Event{IsPublic: true, Status: models.EventOpen, RegistrationEndDate: &before, EndDate: &after}, false},
		"registration in progress": {models.Event{IsPublic: true, Status: models.EventOpen, RegistrationStartDate: &before, RegistrationEndDate: &after}, true},
		"the event itself is over": {models.Event{IsPublic: true, Status: models.EventOpen, EndDate: &before}, false},
	} {
		if got := row.event.IsRegistrableAt(now); got != row.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
