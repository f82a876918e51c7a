package v4

import (
	"net/http"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
)

// resetOperations are what somebody does who forgot the password. The link from the mail is the credential.
func (a API) resetOperations() []operation {
	return []operation{
		{
			method: http.MethodGet, path: "/user/reset-password/verify-link", about: "Look whether a mailed link still opens the account.", open: true,
			query: []parameter{{"c", resource.Text, true}}, gives: done{}, status: http.StatusOK, do: a.verifyLink,
		}, {
			method: http.MethodPost, path: "/user/reset-password/change", about: "Choose a new password by a mailed link. The id stands in the audit log.",
			open: true, takes: chosenPassword{}, gives: receipt{}, status: http.StatusOK, do: a.choosePassword,
		},
	}
}

func (a API) verifyLink(c echo.Context) error {
	token := c.QueryParam("c")
	if token == "" {
		return fault.Field("c", "This is needed.")
	}
	if _, err := a.Actions.TicketOwner(web.Context(c), models.TicketPasswordReset, token); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, done{Message: "valid link", Status: http.StatusOK})
}

type chosenPassword struct {
	Password string `json:"new_password"`
	Repeat   string `json:"new_password_repeat"`
	Token    string `json:"token"`
}

type receipt struct {
	ID string `json:"id"`
}

func (a API) choosePassword(c echo.Context) error {
	var in chosenPassword
	if err := fillBody(c, &in); err != nil {
		return err
	}
	bad := fault.Fields{}
	for name, value := range map[string]string{"new_password": in.Password, "new_password_repeat": in.Repeat, "token": in.Token} {
		if value == "" {
			bad[name] = "This is needed."
		}
	}
	if len(bad) == 0 && in.Password != in.Repeat {
		bad["new_password"] = "new_password_repeat does not match new_password"
	}
	if err := fault.Refuse(bad); err != nil {
		return err
	}
	does := &actions.ChoosePassword{Purpose: models.TicketPasswordReset, Token: in.Token, Password: in.Password, Address: c.RealIP(),
		Receipt: uuid.NewString()}
	err := a.Actions.Run(web.Context(c), web.Actor(c), does)
	if f, ok := fault.As(err); ok && f.Fields["password"] != "" {
		return fault.Field("new_password", "%s", f.Fields["password"])
	}
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, receipt{does.Receipt})
}
