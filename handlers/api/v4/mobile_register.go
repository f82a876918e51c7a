package v4

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/web"
)

// registration is for a public section. Without a token it names the person; with one, the token does.
type registration struct {
	AssessmentSectionID int64  `json:"assessment_section_id" needs:"yes"`
	Email               string `json:"email"`
	FirstName           string `json:"first_name"`
	MiddleName          string `json:"middle_name"`
	LastName            string `json:"last_name"`
	Phone               string `json:"phone"`
}

// registered is the attempt and the code that stands for it in the candidate's link. A stranger is told neither, whoever
// the address belongs to: both are in the mail to that address, and who is known here is nobody's business.
type registered struct {
	ID *int64  `json:"id"`
	C  *string `json:"c"`
}

func (a API) registerOperations() []operation {
	return []operation{{method: http.MethodPost, path: "/mobile/register", open: true, takes: registration{}, gives: registered{},
		status: http.StatusCreated, do: a.register,
		about: "Registers whoever the token stands for, or without a token the person in the body, for a public section. The link " +
			"and the code to begin with are mailed; without a token that is the only way to get them."}}
}

func (a API) register(c echo.Context) error {
	if bad, _ := c.Get(badToken).(bool); bad {
		return needsToken(nil)(c)
	}
	keepNowhere(c)
	var in registration
	if _, err := takeBody(c, &in); err != nil {
		return err
	}
	act := actions.Register{AssessmentSectionID: in.AssessmentSectionID, Email: in.Email, FirstName: in.FirstName, MiddleName: in.MiddleName,
		LastName: in.LastName, Phone: in.Phone, Address: c.RealIP()}
	if err := web.Run(c, &act); err != nil {
		return err
	}
	if web.Actor(c).Kind == access.Nobody {
		return showOne(c, http.StatusCreated, registered{})
	}
	return showOne(c, http.StatusCreated, registered{&act.Attempt.ID, &act.Link})
}
