package v4_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/internal/testkit"
)

func TestTextMessagesHaveACategoryOfTheirOwn(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.Program(t, w.Rita)
		for category, isText := range map[int]bool{1: false, 2: true} {
			var types []struct {
				ID    int64
				Label string
			}
			rita.Get(t, fmt.Sprintf("/api/v4/admin/notification-template-type?category=%d&pageSize=50", category)).Want(http.StatusOK).Into(&types)
			if len(types) == 0 {
				t.Fatalf("category %d has no types", category)
			}
			for _, found := range types {
				if kind, known := notify.TypeWithID(found.ID); !known || kind.IsText() != isText || strings.Contains(found.Label, "text message") != isText {
					t.Errorf("%s is in category %d", found.Label, category)
				}
			}
		}
		invitation, _ := notify.TypeNamed("text-invitation")
		body := func(more string) string {
			return fmt.Sprintf(`{"type_id":%d,"subject":"Invitation","content":"Come! {%%link}"%s}`, invitation.ID, more)
		}
		const path = "/api/v4/models/notification-template"
		rita.Send(t, "POST", path, asJSONBody, body(`,"category_id":1`)).Want(http.StatusUnprocessableEntity).Says(`"field":"category_id"`)
		rita.Send(t, "POST", path, asJSONBody, body("")).Want(http.StatusCreated).Says(`"category_id":2`)
		rita.Send(t, "POST", path, asJSONBody, strings.Replace(body(""), "Come!", strings.Repeat("Come! ", 120), 1)).
			Want(http.StatusUnprocessableEntity).Says("600 characters")
		ofAssessment := fmt.Sprintf(`{"type_id":%%d,"assessment_id":%d,"subject":"Hello","content":"Hello"}`, w.Assessment(t).ID)
		rita.Send(t, "POST", path, asJSONBody, fmt.Sprintf(ofAssessment, 802)).Want(http.StatusUnprocessableEntity).Says(`"field":"assessment_id"`)
	})
}
