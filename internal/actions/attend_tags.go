package actions

import (
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
)

// attendTags are the tags of every message that leads a candidate to an attempt.
func attendTags(w *Work, in setting, c models.Candidate, p models.AssessmentCandidate, first models.AssessmentSectionCandidate) notify.Tags {
	code := w.World.Links.Code(first.ID, p.LinkEpoch, w.Now)
	firstName := c.FirstName
	if firstName == "" {
		firstName = c.Name()
	}
	return notify.Tags{
		"candidate-name": c.Name(), "candidate-first-name": firstName, "assessment-name": in.assessment.Title,
		"organization-name": in.organization.Name, "link": w.Link("/attend/" + code), "verification-code": p.VerifyCode,
		"end-date": dateIn(*p.EndDate, in.organization.TimeZone), "duration": durationOf(in.sections),
	}
}

// dateIn words a time for a mail, with the zone that it is in.
func dateIn(at time.Time, zone string) string {
	location, err := time.LoadLocation(zone)
	if err != nil {
		location = time.UTC
	}
	return at.In(location).Format("Mon 2 Jan 2006, 15:04 MST")
}

// durationOf words how long all timed sections take together.
func durationOf(sections []models.AssessmentSection) string {
	seconds, untimed := 0, false
	for _, s := range sections {
		if s.MaxSectionTime == nil {
			untimed = true
			continue
		}
		seconds += *s.MaxSectionTime
	}
	switch minutes := (seconds + 59) / 60; {
	case minutes == 0:
		return "as long as you need"
	case untimed:
		return fmt.Sprintf("%d minutes and a part without a limit", minutes)
	default:
		return fmt.Sprintf("up to %d minutes", minutes)
	}
}
