package catalog

import (
	"time"

	"gorm.io/gorm"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// calendars are the slots of users and candidates.
func calendars(Parts) []declared {
	startsAt := resource.Filter{Kind: resource.Integer, By: slotsFrom, Hidden: true}
	links := map[string]string{"user": "/user?id={user_id}", "self": "/models/user-calendar?id={id}"}
	return plain(
		resource.Declaration{
			Name: "calendar", Path: "/user/me/calendar", Model: models.CalendarSlot{}, Rows: ownSlots,
			About: "A slot of the caller's own calendar. Slots that an appointment made cannot be changed here.",
			Verbs: "list view create update delete", Grants: by("account.use", "account.use"),
			Filters: "from to type user_id", Where: map[string]resource.Filter{"startsAt": startsAt}, Sorts: "from to",
			Create: "from! to! event! type! isAllDay", Update: "from to type event isAllDay date", Inputs: map[string]resource.Kind{"date": resource.Text},
			Before: actions.SettleOwnSlot, Hide: "candidate_id organization_id", Links: links,
		},
		resource.Declaration{
			Name: "user-calendar", Path: "/models/user-calendar", Model: models.CalendarSlot{}, Rows: usersSlots,
			About: "A slot of a user's calendar, for seeing who is free. It is written through the caller's own calendar.",
			Verbs: "list view", Grants: by("calendar.view", "calendar.view"), Filters: "type user_id", Sorts: "from to",
			Where: map[string]resource.Filter{
				"from":     {Kind: resource.Moment, By: slotsWithin("calendar_slots.from_at >= ?")},
				"to":       {Kind: resource.Moment, By: slotsWithin("calendar_slots.to_at <= ?")},
				"startsAt": startsAt,
			},
			Hide: "candidate_id organization_id", Links: links,
		},
		resource.Declaration{
			Name: "candidate-calendar", Path: "/models/candidate-calendar", Model: models.CalendarSlot{}, Rows: candidatesSlots,
			About: "A slot booked for a candidate, such as an interview.",
			Verbs: "list view create update", Grants: by("candidate.view", "candidate.update"),
			Filters: "type candidate_id", Sorts: "from to",
			Create: "from! candidate_id! to! type! event", Update: "from candidate_id to type event",
			Before: actions.SettleCandidateSlot, Hide: "user_id organization_id",
			Expands: map[string]resource.Relation{"candidate": {To: "candidate", By: "candidate_id"}},
		},
	)
}

func ownSlots(a access.Actor) access.Scope {
	return func(db *gorm.DB) *gorm.DB {
		return db.Scopes(access.Own(a, "calendar_slots")).Where("calendar_slots.user_id = ?", a.UserID())
	}
}

func usersSlots(a access.Actor) access.Scope {
	return func(db *gorm.DB) *gorm.DB {
		return db.Scopes(access.Own(a, "calendar_slots")).Where("calendar_slots.user_id IS NOT NULL")
	}
}

func candidatesSlots(a access.Actor) access.Scope {
	return func(db *gorm.DB) *gorm.DB {
		return db.Scopes(access.Own(a, "calendar_slots")).Where("calendar_slots.candidate_id IS NOT NULL")
	}
}

// slotsFrom narrows to slots that begin at a second of the epoch or later.
func slotsFrom(_ resource.Ask, db *gorm.DB, values []any) *gorm.DB {
	return db.Where("calendar_slots.from_at >= ?", time.Unix(values[0].(int64), 0).UTC())
}

// slotsWithin narrows to one side of a period.
func slotsWithin(condition string) func(resource.Ask, *gorm.DB, []any) *gorm.DB {
	return func(_ resource.Ask, db *gorm.DB, values []any) *gorm.DB { return db.Where(condition, values[0]) }
}
