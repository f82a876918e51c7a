package actions_test

import (
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

const day = 24 * time.Hour

func TestTidyRemovesWhatIsKeptForAWhileOnly(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		now, acme := w.Clock.Now(), models.Owned{OrganizationID: w.Acme.ID}
		key := func(name string, expires time.Duration) models.IdempotencyKey {
			return models.IdempotencyKey{Owned: acme, Actor: "user 1", Name: name, RequestHash: "h", Claim: name, ClaimedAt: now, ExpiresAt: now.Add(expires)}
		}
		keys := []models.IdempotencyKey{key("over", 0), key("fresh", time.Second)}
		delivery := func(age time.Duration, status models.DeliveryStatus) models.WebhookDelivery {
			return models.WebhookDelivery{Row: models.Row{CreatedAt: now.Add(-age)}, Owned: acme, URL: "https://example.com", EventType: "event.created",
				MessageID: "m", Payload: datatypes.JSON(`{}`), Status: status, Attempts: []models.WebhookAttempt{}}
		}
		deliveries := []models.WebhookDelivery{delivery(91*day, models.DeliverySucceeded), delivery(91*day, models.DeliveryFailed),
			delivery(91*day, models.DeliveryPending), delivery(89*day, models.DeliveryFailed)}
		w.Candidate(t, 0)
		for _, rows := range []any{&keys, &deliveries} {
			if err := w.DB.Write.Create(rows).Error; err != nil {
				t.Fatal(err)
			}
		}
		var last int64
		if err := w.DB.Read.Model(&models.RowChange{}).Select("max(id)").Scan(&last).Error; err != nil {
			t.Fatal(err)
		}
		w.Candidate(t, 1)
		for condition, age := range map[string]time.Duration{"id <= ?": 31 * day, "id > ?": 29 * day} {
			if err := w.DB.Write.Model(&models.RowChange{}).Where(condition, last).UpdateColumn("at", now.Add(-age)).Error; err != nil {
				t.Fatal(err)
			}
		}

		sweep(t, w, actions.TaskTidy)
		var names []string
		if err := w.DB.Read.Model(&models.IdempotencyKey{}).Pluck("name", &names).Error; err != nil || len(names) != 1 || names[0] != "fresh" {
			t.Errorf("keys left: %v, %v", names, err)
		}
		var ids []int64
		if err := w.DB.Read.Model(&models.WebhookDelivery{}).Order("id").Pluck("id", &ids).Error; err != nil ||
			len(ids) != 2 || ids[0] != deliveries[2].ID || ids[1] != deliveries[3].ID {
			t.Errorf("deliveries left: %v of %v, %v", ids, deliveries[0].ID, err)
		}
		var changes []models.RowChange
		if err := w.DB.Read.Order("id").Find(&changes).Error; err != nil || len(changes) == 0 {
			t.Fatalf("changes left: %v, %v", changes, err)
		}
		for _, c := range changes {
			if c.ID <= last {
				t.Errorf("a change of %s %d is left", c.Table, c.RowID)
			}
		}
	})
}

func TestOpenPagesAndProgramsHearThatAnInvitationWasMailed(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		w.WithMail(t)
		endpoint := actions.SaveWebhook{WebhookInput: actions.WebhookInput{URL: ref("https://example.com/hooks"), EventTypes: ref([]string{"participation.status-changed"})}}
		w.Run(t, w.As(t, w.Ada), &endpoint)
		assessment := w.Assessment(t)
		if _, err := w.Runner.Record(t.Context(), w.As(t, w.Rita), &actions.Invite{AssessmentID: assessment.ID, IsNotify: true,
			EndDate: w.Clock.Now().Add(day), Candidates: actions.RefsTo([]int64{w.Candidate(t, 0).ID})}); err != nil {
			t.Fatal(err)
		}
		w.Clock.Advance(time.Minute)
		w.Drain(t)
		var told []models.WebhookDelivery
		if err := w.DB.Read.Where("endpoint_id = ?", endpoint.Endpoint.ID).Find(&told).Error; err != nil {
			t.Fatal(err)
		}
		if len(told) != 1 || told[0].EventType != "participation.status-changed" {
			t.Errorf("told of %v", told)
		}
	})
}

func ref[T any](v T) *T { return &v }
