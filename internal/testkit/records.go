package testkit

import (
	"context"
	"strings"
	"testing"

	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

// File is a small text file of Acme's of the given type.
func (w *World) File(t testing.TB, fileType int64) models.File {
	t.Helper()
	stored, err := w.Runner.World.Files.Put(context.Background(), "notes.txt", strings.NewReader("notes"), 1<<10)
	check(t, err)
	f := models.File{Owned: w.acmes(), Authored: w.ritas(), Name: "notes", OriginalName: "notes.txt", FileTypeID: fileType,
		Size: stored.Size, Extension: "txt", Key: stored.Key, MediaType: stored.MediaType, SHA256: stored.SHA256}
	w.make(t, &f)
	return f
}

// Form is a form of Acme's with one field.
func (w *World) Form(t testing.TB) models.Form {
	t.Helper()
	f := models.Form{Owned: w.acmes(), Authored: w.ritas(), Name: "About you", Type: models.AssessmentCandidateForm, IsEditable: true,
		Structure: datatypes.JSONSlice[models.FormPart]{{ID: 1, Name: "You", Fields: map[string]models.FormField{
			"1": {ID: "1", Name: "city", Type: "text", Label: "City"}}}}}
	w.make(t, &f)
	return f
}

// Category is a category of Acme's.
func (w *World) Category(t testing.TB, kind models.CategoryType) models.Category {
	t.Helper()
	c := models.Category{Owned: w.acmes(), Authored: w.ritas(), Name: "Night shift", Type: kind}
	w.make(t, &c)
	return c
}

// UserCategory assigns a category to a user.
func (w *World) UserCategory(t testing.TB, u models.User, c models.Category) models.UserCategory {
	t.Helper()
	row := models.UserCategory{Owned: u.Owned, Authored: w.ritas(), UserID: u.ID, CategoryID: c.ID}
	w.make(t, &row)
	return row
}

// AccountManager makes a user account manager of Acme.
func (w *World) AccountManager(t testing.TB, u models.User) models.OrganizationManager {
	t.Helper()
	now := w.Clock.Now()
	row := models.OrganizationManager{Owned: w.acmes(), Role: models.AccountManaging, UserID: u.ID, AddedBy: &w.Ada.ID, AddedAt: &now}
	w.make(t, &row)
	return row
}

// Chosen has Acme, or with a user one of its users, choose an allowed value of a constrained setting.
func (w *World) Chosen(t testing.TB, user *models.User, settingID int64, value string) models.SettingsDatum {
	t.Helper()
	var allowed models.SettingsAllowedValue
	check(t, w.DB.Read.Where("settings_id = ? AND item_value = ?", settingID, value).First(&allowed).Error)
	row := models.SettingsDatum{Owned: w.acmes(), Authored: w.ritas(), SettingsID: settingID, SettingsAllowedValueID: &allowed.ID}
	if user != nil {
		row.UserID = &user.ID
	}
	w.make(t, &row)
	return row
}

// ExternalAssessment is an assessment of an hour that somebody else runs.
func (w *World) ExternalAssessment(t testing.TB) models.ExternalAssessment {
	t.Helper()
	hour := 3600
	row := models.ExternalAssessment{Owned: w.acmes(), Authored: w.ritas(), Title: "Typing at speed", DurationSeconds: &hour,
		Status: models.ExternalActive}
	w.make(t, &row)
	return row
}

// EvaluationInvitation gives an attempt's candidate access to an external assessment.
func (w *World) EvaluationInvitation(t testing.TB, e models.ExternalAssessment, attempt models.AssessmentSectionCandidate) models.EvaluationInvitation {
	t.Helper()
	row := models.EvaluationInvitation{Owned: e.Owned, Authored: w.ritas(), ExternalAssessmentID: &e.ID,
		AssessmentSectionCandidateID: &attempt.ID, Username: w.Rita.Username, Code: digits(t, 7), Status: models.EvaluationInvited,
		AttendURL: "https://provider.example/attend"}
	w.make(t, &row)
	return row
}

// CodeSubmission is a program that ran well, sent in for an answer.
func (w *World) CodeSubmission(t testing.TB, a models.Answer) models.AnswerCodeSubmission {
	t.Helper()
	output := "42\n"
	row := models.AnswerCodeSubmission{Owned: a.Owned, AnswerID: a.ID, Type: models.CodeSubmission, Source: "print(42)",
		Status: models.CodeSuccess, LanguageID: "116", Output: &output}
	w.make(t, &row)
	return row
}

// AnswerFile is a file attached to an answer.
func (w *World) AnswerFile(t testing.TB, a models.Answer) models.AnswerFile {
	t.Helper()
	row := models.AnswerFile{Owned: a.Owned, AnswerID: a.ID, Sequence: 1, FileID: w.File(t, models.FileTypeAnswerAttachment).ID}
	w.make(t, &row)
	return row
}

// AnswerRecording is a piece of the recording of an answer.
func (w *World) AnswerRecording(t testing.TB, a models.Answer, sequence int) models.AnswerRecording {
	t.Helper()
	row := models.AnswerRecording{Owned: a.Owned, AnswerID: a.ID, Sequence: sequence, Type: models.RecordedByBrowser,
		FileID: w.File(t, models.FileTypeBrowserVideo).ID}
	w.make(t, &row)
	return row
}

// AttemptFile is a file of the given type joined to an attempt.
func (w *World) AttemptFile(t testing.TB, attempt models.AssessmentSectionCandidate, fileType int64) models.AssessmentCandidateFile {
	t.Helper()
	row := models.AssessmentCandidateFile{Owned: attempt.Owned, Authored: w.ritas(), AssessmentCandidateID: attempt.AssessmentCandidateID,
		AssessmentSectionCandidateID: attempt.ID, FileID: w.File(t, fileType).ID}
	w.make(t, &row)
	return row
}

// SelectField is a drop-down list with an option and another one that appears once that is chosen.
func (w *World) SelectField(t testing.TB) (list models.SelectFieldType, parent, child models.SelectFieldData) {
	t.Helper()
	list = models.SelectFieldType{Owned: w.acmes(), Authored: w.ritas(), Name: "Places"}
	w.make(t, &list)
	option := models.SelectFieldData{Owned: w.acmes(), Authored: w.ritas(), SelectFieldTypeID: list.ID}
	parent, child = option, option
	parent.Key, parent.Value = "pt", "Portugal"
	w.make(t, &parent)
	child.Key, child.Value, child.ParentValue, child.ParentID = "pt|lis", "Lisbon", &parent.Value, &parent.ID
	w.make(t, &child)
	return list, parent, child
}

// UIFilter is a filter definition of Acme's.
func (w *World) UIFilter(t testing.TB) models.UIFilter {
	t.Helper()
	row := models.UIFilter{Authored: w.ritas(), OrganizationID: &w.Acme.ID, ObjectType: models.FiltersCandidates,
		Filter: datatypes.JSON(`{"status_id": 25}`), Version: "1.1"}
	w.make(t, &row)
	return row
}
