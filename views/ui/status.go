package ui

// StatusKey names the glyph of one of the ten participation statuses.
type StatusKey string

// The statuses in their order.
const (
	StatusInvited   StatusKey = "invited"
	StatusMailed    StatusKey = "mailed"
	StatusAttending StatusKey = "attending"
	StatusCompleted StatusKey = "completed"
	StatusEvaluated StatusKey = "evaluated"
	StatusSelected  StatusKey = "selected"
	StatusHold      StatusKey = "hold"
	StatusRejected  StatusKey = "rejected"
	StatusSuspended StatusKey = "suspended"
	StatusArchived  StatusKey = "archived"
)

// Statuses returns the ten keys in their order.
func Statuses() []StatusKey {
	return []StatusKey{
		StatusInvited,
		StatusMailed,
		StatusAttending,
		StatusCompleted,
		StatusEvaluated,
		StatusSelected,
		StatusHold,
		StatusRejected,
		StatusSuspended,
		StatusArchived,
	}
}
