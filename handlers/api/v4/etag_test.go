package v4_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/assay-hire/assay/internal/testkit"
)

func TestWhatDidNotChangeIsNotSentAgainAndWhatDidIsNotOverwritten(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.Program(t, w.Rita)
		made := object(t, rita.JSON(t, "POST", "/api/v4/models/skill", map[string]any{"name": "Patience"}).Want(http.StatusCreated))
		path := fmt.Sprintf("/api/v4/models/skill/%.0f", made["id"])
		seen := rita.Get(t, path).Want(http.StatusOK).Header.Get("ETag")
		again := rita.Send(t, "GET", path, "", "", "If-None-Match", `"other", `+seen)
		if again.Status != http.StatusNotModified || again.Body != "" || again.Header.Get("ETag") != seen {
			t.Errorf("what was seen: %d %q", again.Status, again.Body)
		}
		list := rita.Get(t, "/api/v4/models/skill").Want(http.StatusOK).Header.Get("ETag")
		rita.Send(t, "GET", "/api/v4/models/skill", "", "", "If-None-Match", list).Want(http.StatusNotModified)

		changed := rita.Send(t, "PUT", path, "application/json", `{"name":"Calm"}`, "If-Match", seen).Want(http.StatusOK)
		if changed.Header.Get("ETag") == seen {
			t.Error("the tag is that of what stood there before")
		}
		rita.Send(t, "GET", path, "", "", "If-None-Match", seen).Want(http.StatusOK)
		rita.Send(t, "GET", "/api/v4/models/skill", "", "", "If-None-Match", list).Want(http.StatusOK)
		rita.Send(t, "PUT", path, "application/json", `{"name":"Lost"}`, "If-Match", seen).Want(http.StatusPreconditionFailed)
		if now := object(t, rita.Get(t, path)); now["name"] != "Calm" {
			t.Errorf("a refused change was kept: %v", now)
		}
		rita.Send(t, "PUT", path, "application/json", `{"name":"Kept"}`, "If-Match", rita.Get(t, path).Header.Get("ETag")).Want(http.StatusOK)
		rita.Send(t, "PUT", path, "application/json", `{"name":"Any"}`, "If-Match", "*").Want(http.StatusOK)

		link := object(t, rita.JSON(t, "POST", "/api/v4/models/question-skill", map[string]any{"question_id": w.Capital(t).ID, "skill_id": made["id"]}).
			Want(http.StatusCreated))
		gone := fmt.Sprintf("/api/v4/models/question-skill/%.0f", link["id"])
		rita.Send(t, "DELETE", gone, "", "", "If-Match", seen).Want(http.StatusPreconditionFailed)
		rita.Send(t, "DELETE", gone, "", "", "If-Match", rita.Get(t, gone).Header.Get("ETag")).Want(http.StatusNoContent)
	})
}
