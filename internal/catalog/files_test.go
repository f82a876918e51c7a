package catalog_test

import (
	"slices"
	"testing"

	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// filed are files of one organization, by what they belong to.
type filed struct {
	candidates, bank, upload, loose             int64
	answers, recorded, attempts, live, anothers int64
	attempt                                     models.AssessmentSectionCandidate
	answer                                      models.Answer
	session                                     models.LiveSession
}

func fileAll(t *testing.T, w *testkit.World) (f filed) {
	t.Helper()
	done := w.Finished(t, w.Assessment(t), 2)
	f.attempt = w.EssayOf(t, done[0])
	f.answer = w.Paper(t, f.attempt.ID)[0]
	f.answers, f.recorded = w.AnswerFile(t, f.answer).FileID, w.AnswerRecording(t, f.answer, 1).FileID
	f.attempts = w.AttemptFile(t, f.attempt, models.FileTypeDocument).FileID
	f.anothers = w.AnswerFile(t, w.Paper(t, w.EssayOf(t, done[1]).ID)[0]).FileID
	f.session = w.LiveSession(t, done[0])
	f.live = w.Recording(t, f.session).FileID
	f.candidates, f.bank = w.File(t, models.FileTypeResume).ID, w.File(t, models.FileTypeDocument).ID
	f.upload, f.loose = w.File(t, models.FileTypeImport).ID, w.File(t, models.FileTypeDocument).ID
	for _, row := range []any{
		&models.CandidateFile{Owned: f.attempt.Owned, CandidateID: done[0].CandidateID, FileID: f.candidates},
		&models.QuestionFile{Owned: f.attempt.Owned, QuestionID: f.answer.QuestionID, FileID: f.bank},
		&models.Import{Owned: f.attempt.Owned, Kind: models.ImportQuestions, Status: models.ImportCommitted, FileID: f.upload, FileName: "bank.csv"},
	} {
		if err := w.DB.Write.Create(row).Error; err != nil {
			t.Fatal(err)
		}
	}
	if err := w.DB.Write.Model(&f.session).Update("assessment_section_candidate_id", f.attempt.ID).Error; err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFilesAreSeenWithWhatTheyBelongTo(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		c, f := open(t, w), fileAll(t, w)
		w.Assign(t, f.attempt, w.Paul)
		sourcer, author := w.Colleague(t, models.Sourcer), w.Colleague(t, models.ContentManager)
		own := w.File(t, models.FileTypeDocument).ID
		if err := w.DB.Write.Model(&models.File{}).Where("id = ?", own).Update("created_by", sourcer.ID).Error; err != nil {
			t.Fatal(err)
		}
		ofAttempt := []int64{f.answers, f.recorded, f.attempts, f.live}
		for _, reader := range []struct {
			u    models.User
			sees []int64
		}{
			{sourcer, []int64{f.candidates, own}},
			{author, []int64{f.bank, f.upload}},
			{w.Paul, ofAttempt},
			{w.Panelist(t, 9), nil},
			{w.Ada, append([]int64{f.anothers, f.candidates, f.bank, f.upload, f.loose, own}, ofAttempt...)},
		} {
			slices.Sort(reader.sees)
			got := asker{t, w, c, reader.u}.ids("file", "sort=id")
			if slices.Sort(got); !slices.Equal(got, reader.sees) {
				t.Errorf("%s sees %v, want %v", reader.u.Roles, got, reader.sees)
			}
		}
		if _, err := (asker{t, w, c, sourcer}).write("candidate-file-attachment", resource.Create, 0,
			`{"candidate_id":`+str(w.Candidate(t, 9).ID)+`,"file_id":`+str(f.upload)+`}`); err == nil {
			t.Error("a file that is not seen is put with a candidate")
		}
		for query, want := range map[string]int{"answer_id=" + str(f.answer.ID): 2, "live_session_id=" + str(f.session.ID): 1,
			"assessment_section_candidate_id=" + str(f.attempt.ID): 1} {
			for who, sees := range map[*models.User]int{&sourcer: 0, &w.Paul: want} {
				if got := (asker{t, w, c, *who}).ids("file", query); len(got) != sees {
					t.Errorf("%s: %s sees %v, want %d", query, who.Name, got, sees)
				}
			}
		}
	})
}
