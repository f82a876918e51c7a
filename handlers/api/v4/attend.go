package v4

import (
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/web"
)

// consentBody says that the candidate was shown what is recorded, and agreed.
type consentBody struct {
	Consent bool `json:"consent" needs:"yes"`
}

type consentAnswer struct {
	ConsentedAt *time.Time `json:"consented_at"`
}

// attendOperations are those of the web client, and the consent without which no exam begins.
func (a API) attendOperations() []operation {
	return slices.Concat(a.answerOperations("/attend/answer"), []operation{
		{method: http.MethodPost, path: "/attend/consent", grant: attends, takes: consentBody{}, gives: consentAnswer{}, status: http.StatusOK,
			do: a.consent, about: "Notes that the signed-in candidate was told what is recorded, and agreed to it."},
	})
}

func (a API) consent(c echo.Context) error {
	var in consentBody
	if _, err := takeBody(c, &in); err != nil {
		return err
	}
	if !in.Consent {
		return fault.Field("consent", "This must be true: nobody can begin without having agreed.")
	}
	if err := web.Run(c, &actions.Consent{Agreed: true}); err != nil {
		return err
	}
	at, err := a.attendance(c)
	if err != nil {
		return err
	}
	return showOne(c, http.StatusOK, consentAnswer{at.participation.ConsentedAt})
}
