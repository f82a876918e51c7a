package recruiter_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func TestDecisionsStayWithinTheirAssessment(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	a, b := w.Assessment(t), w.Assessment(t)
	p := w.Finished(t, b, 1)[0]
	rita := w.SignIn(t, w.Rita)
	want := func(status models.StatusKey) {
		t.Helper()
		var now models.AssessmentCandidate
		if err := w.DB.Read.First(&now, p.ID).Error; err != nil {
			t.Fatal(err)
		}
		if now.Status() != status {
			t.Errorf("the candidate of the other assessment is %s, want %s", now.Status().Label(), status.Label())
		}
	}
	reject := url.Values{"ids": {fmt.Sprint(p.ID)}, "status": {fmt.Sprint(int(models.Rejected))}}
	rita.Post(t, pipelinePath(a, "/decisions"), reject).Want(http.StatusNotFound)
	want(models.Completed)
	rita.Post(t, pipelinePath(b, "/decisions"), reject).Want(http.StatusSeeOther)
	var row models.ActionRecord
	if err := w.DB.Read.Where("name = ?", "change-status").Last(&row).Error; err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{fmt.Sprintf("?action=%d", row.ID), fmt.Sprintf("?participation=%d", p.ID)} {
		rita.Post(t, pipelinePath(a, "/undo"+query), nil).Want(http.StatusNotFound)
		want(models.Rejected)
	}
	rita.Post(t, pipelinePath(b, fmt.Sprintf("/undo?action=%d", row.ID)), nil).Want(http.StatusSeeOther)
	want(models.Completed)
}
