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
	"user.me": "TestOnesOwnAccount", "user.me.settings-data": "TestSettingsCascade", "user.permission": "TestGrantsOfItems",
	"user.reset-password": "TestAMailedLinkChangesThePassword", "display-picture": "TestTheOwnPicture", "admin.rbac": "TestGrantsOfItems",
	"admin.permission": "TestGrantsOfItems", "admin.dev-ops": "TestProcessingIsNotedAndNothingIsPromised",
	"code-language": "TestLanguages", "helpers.profile-image-placeholder": "TestThePlaceholderIsDrawn",
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
