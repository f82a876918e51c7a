package models

// TallyCell is what participations are counted by: where they stand, or how many percent they scored.
type TallyCell struct {
	OrganizationID int64 `gorm:"not null" json:"-"`
	AssessmentID   int64 `gorm:"not null;index:tally_of,priority:1" json:"-"`
	StatusID       int64 `gorm:"not null;index:tally_of,priority:3" json:"-"` // 0 in a cell of scores
	SystemStatusID int64 `gorm:"not null;index:tally_of,priority:4" json:"-"` // 0 in a cell of scores
	Percent        int   `gorm:"not null;index:tally_of,priority:2" json:"-"` // the whole percent of a score, or NoScore
}

// NoScore stands for the percent of a cell that counts by status.
const NoScore = -1

// ParticipationTally is a part of how many participations are in a cell: the sum over its rows is the number. The
// database adds a row for every change by itself, in the transaction of the change, so that nobody who moves a candidate
// waits for another; now and then the rows of a cell are folded into one.
type ParticipationTally struct {
	ID int64 `gorm:"primaryKey" json:"-"`
	TallyCell
	N        int64 `gorm:"not null;index:tally_of,priority:5" json:"-"` // less than 0 where some have left the cell
	IsFolded bool  `gorm:"not null;default:false" json:"-"`
}
