package demo

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/catalog"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// fillDrawers leaves at least a row of what the story does not touch: appointments, an event, forms, lists, menu cards,
// settings, outside assessments. So every list of the API has something to show.
func (b *builder) fillDrawers() {
	all, err := catalog.New(catalog.Parts{Files: b.runner.World.Files, Links: b.runner.World.Links})
	if err != nil {
		b.err = err
		return
	}
	d := &drawers{builder: b, catalog: all, admin: b.as(b.sample.Users.Admin), keys: map[string]int64{
		"oid": b.sample.Organization.ID, "uid": b.sample.Users.Recruiter.ID, "admin": b.sample.Users.Admin.ID,
		"recruiter": b.sample.Users.Recruiter.ID}}
	if len(b.sample.Users.Evaluators) > 0 {
		d.keys["evaluator"] = b.sample.Users.Evaluators[0].ID
	}
	d.meet()
	for _, r := range documentedRows {
		d.put(r.as, r.name, r.body)
	}
	d.openDoor()
	d.askFirst()
	b.remind()
	b.clock.Set(b.now.Add(-time.Minute))
}

// drawers puts rows of documented resources, as a program does over the API.
type drawers struct {
	*builder
	catalog *catalog.Catalog
	admin   access.Actor
	keys    map[string]int64
}

// documentedRows are rows by their resource's documented name. $name stands for a key: of the last row put under that
// name, or of somebody.
var documentedRows = []struct{ as, name, body string }{
	{"", "event", `{"title":"Open day at the depot","status":2,"city":"Setúbal","is_public":true,"external_id":"EV-7","canSelectAssessment":true,
		"location":{"address":"Rua das Docas 12"},"special_instructions":"Hall 2, ask for Wanjiru.","point_of_contact":$recruiter,
		"start_date":"$+240h","end_date":"$+247h","registration_start_date":"$-48h","registration_end_date":"$+200h"}`},
	{"", "event-assessment", `{"event_id":$event,"assessment_id":$assessment}`},
	{"", "event-user", `{"event_id":$event,"user_id":$evaluator,"role":"Evaluator"}`},
	{"", "event-user", `{"event_id":$event,"user_id":$recruiter,"role":"Recruiter"}`},
	{"", "event-candidate", `{"event_id":$event,"candidate_id":$candidate,"assessment_candidate_id":$assessment-candidate}`},
	{"", "external-assessment", `{"reference_id":"DRV-1","title":"Driving simulator","duration":"00:45:00","start_date":"$-200h","end_date":"$+800h","description":"At the partner's centre."}`},
	{"", "evaluation-invitation", `{"attend_url":"https://simulator.example.com/start","external_assessment_id":$external-assessment,
		"username":"Wanjiru Kamau","code":"SIM-4471","report_url":"https://simulator.example.com/report","assessment_section_candidate_id":$attempt}`},
	{"", "admin.menu-card", `{"name":"Spring openings","description":"What can be chosen at the open day.","starts_at":"$-24h","ends_at":"$+900h"}`},
	{"", "menu-card-assessment", `{"assessment_id":$assessment,"menu_card_id":$admin.menu-card}`},
	{"", "select-field-type", `{"name":"Depots","isPublic":true}`},
	{"", "models.select-field-data", `{"select_field_type_id":$select-field-type,"key":"pt","value":"Portugal"}`},
	{"", "models.select-field-data", `{"select_field_type_id":$select-field-type,"key":"pt-set","value":"Setúbal","parent_id":$models.select-field-data,"parent_value":"Portugal"}`},
	{"", "models.form", `{"type":3,"name":"Before you begin","structure":[{"id":1,"name":"About you","expandable":false,"fields":{
		"1":{"id":"1","name":"city","type":"text","label":"Where do you live?","required":true},
		"2":{"id":"2","name":"start","type":"date","label":"When could you start?"},
		"3":{"id":"3","name":"shift","type":"select","label":"Which shift suits you?","options":["Early","Late","Night"]}}}]}`},
	{"", "models.form", `{"type":2,"name":"Interview notes","structure":[{"id":1,"name":"Impressions","expandable":false,"fields":{
		"1":{"id":"1","name":"strengths","type":"textarea","label":"Strengths","required":true},"2":{"id":"2","name":"again","type":"radio","label":"Meet again?","options":["Yes","No"]}}}]}`},
	{"", "admin.ui-filter", `{"object_type":"ac","version":"1.1","filter":{"status":[60],"score":{"from":70}}}`},
	{"", "admin.user-category", `{"category_id":$category}`},
	{"", "admin.settings-data", `{"settings_id":$setting,"settings_allowed_value_id":$allowed}`},
	{"", "candidate-calendar", `{"from":"$+96h","candidate_id":$candidate,"to":"$+100h","type":3,"event":"Works the late shift"}`},
	{"evaluator", "calendar", `{"from":"$+70h","to":"$+74h","event":"Available for interviews","type":2}`},
	{"evaluator", "calendar", `{"from":"$+94h","to":"$+96h","event":"Depot meeting","type":3}`},
	{"", "assessment-category", `{"assessment_id":$assessment,"category_id":$category}`},
	{"", "assessment-collaborator", `{"role":2,"assessment_id":$assessment,"user_id":$recruiter}`},
	{"", "admin.amo", `{"user_id":$admin}`},
	{"", "admin.rbac", `{"type":2,"item_name":"portal.badge","organization_id":$oid}`},
	{"", "admin.user-permission", `{"item_name":"portal.badge"}`},
	{"", "assessment-candidate-file", `{"file_id":$file,"assessment_candidate_id":$assessment-candidate,"assessment_section_candidate_id":$attempt}`},
}

// meet schedules live sessions: one to come, one that was called off. Its people are those whom the rows are about.
func (d *drawers) meet() {
	d.clock.Set(d.now.Add(-2 * time.Hour))
	var chosen []models.AssessmentCandidate
	d.find(&chosen, "organization_id = ? AND status_id IN ?", d.sample.Organization.ID, []int64{models.Selected.ID(), models.Evaluated.ID()})
	if d.err != nil || len(chosen) < 2 {
		return
	}
	var attempts []models.AssessmentSectionCandidate
	var files []models.File
	var categories []models.Category
	var allowed []models.SettingsAllowedValue
	d.find(&attempts, "assessment_candidate_id = ?", chosen[0].ID)
	d.find(&files, "organization_id = ? AND file_type_id = ?", d.sample.Organization.ID, models.FileTypeResume)
	d.find(&categories, "organization_id = ?", d.sample.Organization.ID)
	d.find(&allowed, "item_value = ?", "Europe/Lisbon")
	if d.err != nil || len(attempts)*len(files)*len(categories)*len(allowed) == 0 {
		return
	}
	for name, id := range map[string]int64{"assessment-candidate": chosen[0].ID, "candidate": chosen[0].CandidateID, "assessment": chosen[0].AssessmentID,
		"attempt": attempts[0].ID, "file": files[0].ID, "category": categories[0].ID, "setting": allowed[0].SettingsID, "allowed": allowed[0].ID} {
		d.keys[name] = id
	}
	recruiter := d.as(d.sample.Users.MasterRecruiter)
	morning := d.now.UTC().Truncate(24 * time.Hour).Add(3*day + 10*time.Hour)
	for i, p := range chosen[:2] {
		from := morning.Add(time.Duration(i) * 2 * time.Hour)
		d.record(recruiter, &actions.LiveSchedule{AssessmentCandidateID: p.ID, Panel: actions.Refs{{ID: d.keys["evaluator"]}}, StartDate: from,
			EndDate: from.Add(45 * time.Minute), TimeZone: "Europe/Lisbon", CandidateMessage: "We look forward to talking with you.", IsNotify: true})
	}
	var sessions []models.LiveSession
	d.find(&sessions, "organization_id = ?", d.sample.Organization.ID)
	if d.err == nil && len(sessions) > 1 {
		d.record(recruiter, &actions.LiveCancel{LiveSessionID: sessions[1].ID, IsNotify: true})
	}
}

// put creates a row as its body says.
func (d *drawers) put(as, name, body string) {
	if d.err != nil {
		return
	}
	who := d.admin
	if as == "evaluator" {
		who = d.as(d.sample.Users.Evaluators[0])
	}
	entry := d.catalog.Named(name)
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(d.filled(body)), &members); err != nil {
		d.err = fmt.Errorf("%s: %w", name, err)
		return
	}
	values, err := entry.Resource.Read(resource.Create, members)
	if err != nil {
		d.err = fmt.Errorf("%s: %w", name, err)
		return
	}
	above := map[string]int64{}
	for _, word := range entry.Resource.Words() {
		above[word] = d.keys[word]
	}
	ask := resource.Ask{Actor: who, Above: above, Now: d.clock.Now()}
	does, made := entry.Act(catalog.Written{Ask: ask, Verb: resource.Create, Values: values})
	d.run(who, &actions.Resourceful{Resource: entry.Resource, Ask: ask, Does: does, Made: made})
	if d.err == nil {
		d.keys[name] = made()
	}
}

// filled puts keys and times into a body: $name, and "$+48h" for a time from now.
func (d *drawers) filled(body string) string {
	for {
		before, rest, more := strings.Cut(body, `"$`)
		if !more || rest == "" || (rest[0] != '+' && rest[0] != '-') {
			break
		}
		span, after, _ := strings.Cut(rest, `"`)
		ahead, err := time.ParseDuration(span)
		if err != nil {
			d.err = err
			return body
		}
		body = before + `"` + d.now.Add(ahead).UTC().Format(time.RFC3339) + `"` + after
	}
	for _, name := range longestFirst(d.keys) {
		body = strings.ReplaceAll(body, "$"+name, fmt.Sprint(d.keys[name]))
	}
	return body
}

// longestFirst orders names so that none is taken for the beginning of another.
func longestFirst(keys map[string]int64) []string {
	names := slices.Collect(maps.Keys(keys))
	slices.SortFunc(names, func(x, y string) int { return cmp.Or(cmp.Compare(len(y), len(x)), cmp.Compare(x, y)) })
	return names
}

// openDoor makes an assessment that anybody may register for.
func (d *drawers) openDoor() {
	var questions []models.Question
	d.find(&questions, "organization_id = ? AND type = ? AND NOT is_deleted", d.sample.Organization.ID, models.MultipleChoice)
	if d.err != nil || len(questions) < 2 {
		return
	}
	limit, slots := 900, []actions.SlotInput{{QuestionID: &questions[0].ID, SortOrder: 1}, {QuestionID: &questions[1].ID, SortOrder: 2}}
	made := actions.CreateAssessment{Title: "Try yourself out", Description: "<p>Open to everybody: a few questions from the depot.</p>",
		Sections: []actions.SectionInput{{Title: "A first look", Type: models.ObjectiveSection, MaxSectionTime: &limit, Combined: slots}}}
	d.record(d.admin, &made)
	var placed []models.AssessmentSection
	d.find(&placed, "assessment_id = ?", made.Assessment.ID)
	if d.err != nil || len(placed) == 0 {
		return
	}
	entry := d.catalog.Named("models.assessment-section")
	ask := resource.Ask{Actor: d.admin, Now: d.clock.Now()}
	does, _ := entry.Act(catalog.Written{Ask: ask, Verb: resource.Update, ID: placed[0].ID, Values: resource.Values{"is_public": true}})
	d.run(d.admin, does)
	d.run(d.admin, &actions.SetAssessmentStatus{ID: made.Assessment.ID, Status: models.AssessmentOpen})
}
