package v4_test

import (
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// livePlans are those of live sessions, calendars, events, outside assessments and menu cards.
var livePlans = map[string]plan{
	"models.live-session":   {probes: map[string][2]string{"recording_status": {"", "99"}, "description": {"", "nothing"}, "assessment_section_candidate_id": {"", "99999"}}},
	"models.live-attendee":  {update: `{"email":"seat#@example.org","status":2}`, probes: map[string][2]string{"phone": {"", "999"}}},
	"live-attendee-flash":   {update: `{"email":"flash#@example.org"}`, probes: map[string][2]string{"email": {"example", "nobody"}, "live_session_id": {"", "99999"}}},
	"calendar":              {create: `{"from":"2027-05-01T09:00:00+00:00","to":"2027-05-01T10:00:00+00:00","event":"Available #","type":1}`, update: `{"to":"2027-05-01T11:00:00+00:00","type":3,"date":"x"}`, user: paul, probes: map[string][2]string{"startsAt": {"1000", "4000000000"}}},
	"user-calendar":         {probes: map[string][2]string{"from": {"2000-01-01T00:00:00+00:00", "2999-01-01T00:00:00+00:00"}}},
	"candidate-calendar":    {create: `{"from":"2027-05-01T09:00:00+00:00","candidate_id":$candidate,"to":"2027-05-01T10:00:00+00:00","type":3}`, update: `{"to":"2027-05-01T11:00:00+00:00","event":"Exam #"}`},
	"event":                 {create: `{"title":"Hiring day #","external_id":"EV-#","status":2,"city":"Lisbon","location":{"address":"Rua do Ouro 1"},"point_of_contact":$user}`, update: `{"title":"Open day #","special_instructions":"Hall 2"}`, absent: eventCounts, probes: map[string][2]string{"assessment_id": {"", "99999"}, "s": {"LISB", "Porto"}}},
	"event-assessment":      {create: `{"event_id":$event,"assessment_id":$assessment}`},
	"event-candidate":       {create: `{"event_id":$event,"candidate_id":$candidate}`, probes: map[string][2]string{"assessment_id": {"", "99999"}, "status_sort_key": {"", "10"}, "s": {"walker", "Nobody"}}},
	"event-user":            {create: `{"event_id":$event,"user_id":$user,"role":"Evaluator"}`, update: `{"status":2,"role":"Recruiter"}`},
	"external-assessment":   {create: `{"reference_id":"R-#","title":"Typing #","start_date":"2027-01-01T00:00:00+00:00","end_date":"2027-02-01T00:00:00+00:00","description":"At speed","duration":"01:00:00"}`, update: `{"title":"Typing #","duration":"00:30:00","status":10}`},
	"evaluation-invitation": {create: `{"attend_url":"https://provider.example/#","external_assessment_id":$external-assessment,"username":"rita","code":"C-#","reprot_url":"https://provider.example/r/#"}`, update: `{"score":7.5,"evaluation":{"grade":"B"},"status":15}`, probes: map[string][2]string{"assessment_section_candidate_id": {"", "99999"}}},
	"admin.menu-card":       {create: `{"name":"Autumn #","description":"Choose"}`, update: `{"name":"Winter #","is_private":true,"starts_at":"2027-01-01T00:00:00+00:00"}`, probes: map[string][2]string{"s": {"autu", "spring"}}},
	"models.menu-card":      {probes: map[string][2]string{"description": {"", "nothing"}}},
	"menu-card-assessment":  {create: `{"assessment_id":$assessment,"menu_card_id":$models.menu-card}`},
	"pearson-assessment":    {shared: true},
}

const eventCounts = "addedCount invitedCount inProgressCount attendedCount assessedCount selectedCount holdCount rejectedCount"

func paul(w *testkit.World) models.User { return w.Paul }

// liveSeeds are the rows of those resources that no operation makes.
func liveSeeds(t *testing.T, w *testkit.World) map[string]int64 {
	t.Helper()
	session := w.LiveSession(t, w.Invited(t, w.Assessment(t), w.Candidate(t, 72)))
	seat := w.Attendees(t, session)[0].ID
	return map[string]int64{
		"models.live-session": session.ID, "models.live-attendee": seat, "live-attendee-flash": seat, "user": w.Paul.ID,
		"user-calendar": w.Slot(t, w.Ada, models.SlotBusy, time.Hour).ID, "models.menu-card": w.MenuCard(t).ID, "pearson-assessment": 1,
	}
}
