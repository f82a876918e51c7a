package recruiter

import (
	"time"

	"github.com/assay-hire/assay/internal/fault"
)

// readMoment reads a day, a time and a zone as the date field sends them; nil for no day. Without a time the day ends.
func readMoment(day, clock, zone string) (*time.Time, error) {
	if day == "" {
		return nil, nil
	}
	if clock == "" {
		clock = "23:59"
	}
	location, err := time.LoadLocation(zone)
	if err != nil {
		return nil, fault.Field("end", "There is no time zone %q.", zone)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" "+clock, location)
	if err != nil {
		return nil, fault.Field("end", "This is not a day and a time. Write them like 2027-02-28 and 23:59.")
	}
	at = at.UTC()
	return &at, nil
}
