package v4_test

import (
	"maps"
	"strconv"
	"testing"

	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// elsewhere are documented resources that the walk does not visit, and which test does.
var elsewhere = map[string]string{
	"oauth2.token": "TestPasswordGrant", "user.me": "TestOnesOwnAccount", "user.me.settings-data": "TestSettingsCascade", "user.permission": "TestGrantsOfItems",
	"user.reset-password": "TestAMailedLinkChangesThePassword", "display-picture": "TestTheOwnPicture", "admin.rbac": "TestGrantsOfItems",
	"admin.permission": "TestGrantsOfItems", "admin.dev-ops": "TestProcessingIsNotedAndNothingIsPromised",
	"code-language": "TestLanguages", "helpers.profile-image-placeholder": "TestThePlaceholderIsDrawn",

	"actions._base": "TestActionsTakeTheDocumentedForms", "actions.add-panel": "TestActionsTakeTheDocumentedForms",
	"actions.change-status": "TestActionsTakeTheDocumentedForms", "actions.create-assessment": "TestActionsTakeTheDocumentedForms",
	"actions.evaluate": "TestActionsTakeTheDocumentedForms", "actions.extend-date": "TestActionsTakeTheDocumentedForms",
	"actions.invite": "TestActionsTakeTheDocumentedForms", "actions.re-invite": "TestActionsTakeTheDocumentedForms",
	"actions.remind-candidate": "TestActionsTakeTheDocumentedForms", "actions.remind-panel": "TestActionsTakeTheDocumentedForms",
	"actions.live-schedule": "TestLiveActionsTakeTheDocumentedForms", "actions.live-reschedule": "TestLiveActionsTakeTheDocumentedForms",
	"actions.live-cancel": "TestLiveActionsTakeTheDocumentedForms", "actions.live-change-panel": "TestLiveActionsTakeTheDocumentedForms",
	"actions.live-reminder":          "TestLiveActionsTakeTheDocumentedForms",
	"actions.event-candidate-invite": "TestEventAndSimulationActionsTakeTheDocumentedForms",
	"actions.event-candidate-notify": "TestEventAndSimulationActionsTakeTheDocumentedForms",
	"actions.event-panel-notify":     "TestEventAndSimulationActionsTakeTheDocumentedForms",
	"actions.simulation-schedule":    "TestEventAndSimulationActionsTakeTheDocumentedForms",
	"actions.simulation-cancel":      "TestEventAndSimulationActionsTakeTheDocumentedForms",
	"actions.simulation-reminder":    "TestEventAndSimulationActionsTakeTheDocumentedForms",
	"actions.simulation-reschedule":  "TestASimulationMoves",
	"actions.section-workflow":       "TestSectionsComeAndGoInAChain",

	"mobile._header": "TestWhoIsNoCandidateAttendsNothing", "attend.answer": "TestAWholeExamOverTheAPI", "mobile.answer": "TestAWholeExamOverTheAPI",
	"mobile.question": "TestAWholeExamOverTheAPI", "mobile.assessment-section-candidate": "TestAWholeExamOverTheAPI",
	"mobile.assessment-section": "TestWhatCandidatesReadIsComplete", "mobile.answer-file": "TestFilesOfAnAnswer",
	"mobile.answer-recording": "TestFilesOfAnAnswer", "mobile.file-upload": "TestFilesInBase64", "models.file-upload": "TestFilesInBase64",
	"mobile.form": "TestTheFormBeforeASection", "mobile.form-submission": "TestTheFormBeforeASection",
	"mobile.live-attendee": "TestOptionsAndLiveSessions", "mobile.live-session": "TestOptionsAndLiveSessions",
	"mobile.select-field-data": "TestOptionsAndLiveSessions", "mobile.public-assessment-section": "TestRegistering",
	"mobile.register": "TestRegistering", "spreadsheet": "TestUploadsAndTables",
}

// plans say how the walk makes a row of each resource.
var plans = together(peoplePlans, assessmentPlans, livePlans, adminPlans)

// peoplePlans are people, the bank and files.
var peoplePlans = map[string]plan{
	"candidate": {
		create: `{"email":"walk#@example.org","first_name":"Wanda","middle_name":"M","last_name":"Walker","phone":"555#"}`,
		update: `{"email":"walk#@example.org","first_name":"Wendy","profile_pic":"pictures/1.png"}`,
		probes: map[string][2]string{"menu_card_id": {"", "99999"}},
	},
	"candidate-image":           {probes: map[string][2]string{"candidate_id": {"$candidate-image", "99999"}}},
	"candidate-education":       {create: `{"candidate_id":$candidate,"school":"School #","title":"Physics","type":"Regular","field_of_study":"Optics","degree":"BSc","grade":"A","started_at":"2010-09-01T00:00:00+00:00"}`, update: `{"school":"School #","grade":"B"}`},
	"candidate-experience":      {create: `{"candidate_id":$candidate,"organization":"Works #","title":"Fitter","designation":"Lead","location":"Porto","started_at":"2018-12-18","completed_at":"2019-12-18","is_current":false}`, update: `{"organization":"Works #","is_current":true,"completed_at":null}`},
	"candidate-file-attachment": {create: `{"candidate_id":$candidate,"file_id":$file}`},
	"file":                      {update: `{"name":"Renamed","description":"As agreed"}`, probes: map[string][2]string{"candidate_id": {"", "99999"}, "form_instance_id": {"", "99999"}, "live_session_id": {"", "99999"}}},
	"file-type":                 {shared: true},
	"skill":                     {create: `{"name":"Walking #","description":"On foot"}`, update: `{"external_id":"98#","name":"Running #","description":"Fast"}`},
	"models.question":           {create: `{"type":"multiple choice","content":"<p>Is it # o'clock?</p>","title":"Hours #","choice_1":"yes","choice_2":"no","correct_choice":1,"hint":"look"}`, update: `{"title":"Hours #","choice_3":"maybe","correct_choice":2}`, probes: map[string][2]string{"content": {"o'clock", "o'clocks"}}},
	"question-skill":            {create: `{"question_id":$models.question,"skill_id":$skill}`},
	"models.category":           {},
}

// seeds are rows that the world brings: those that no operation makes.
func seeds(t *testing.T, w *testkit.World) map[string]int64 {
	t.Helper()
	rows := assessmentSeeds(t, w)
	maps.Copy(rows, map[string]int64{
		"file-type":       11,
		"file":            w.File(t, 11).ID,
		"candidate-image": w.Candidate(t, 71).ID,
		"models.category": w.Category(t, models.BusinessCategory).ID,
	})
	maps.Copy(rows, liveSeeds(t, w))
	maps.Copy(rows, adminSeeds(t, w))
	return rows
}

// together joins plans of several families.
func together(families ...map[string]plan) map[string]plan {
	all := map[string]plan{}
	for _, family := range families {
		maps.Copy(all, family)
	}
	return all
}

// key writes a key as a path holds it.
func key(id int64) string { return strconv.FormatInt(id, 10) }
