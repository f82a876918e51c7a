package v4

import (
	"encoding/base64"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
)

// mine is the account of whoever asks.
const mine = "user.me"

// accountOperations are what users do with their own accounts.
func (a API) accountOperations() []operation {
	me := a.Catalog.Named(mine).Resource
	return []operation{
		{
			method: http.MethodGet, path: "/user/me", about: "The account of the user who asks, whatever the scope of the token.",
			gives: like{resource: mine}, status: http.StatusOK, do: a.readMe,
		}, {
			method: http.MethodPut, path: "/user/me", about: "Change what is named of the own account. Roles can be laid down; taken are only those that allow nothing new. Another e-mail address or username is first confirmed by a link that is mailed there; until then the answer holds the old one.",
			grant: "account.use", takes: rowBody{me, resource.Update}, gives: like{resource: mine}, status: http.StatusOK, do: a.updateMe,
		}, {
			method: http.MethodPost, path: "/user/me/update-password", about: "Set a new password. Every session ends, and every token that applications got for the account; personal tokens stay.",
			grant: "account.use", takes: newPassword{}, gives: done{}, status: http.StatusOK, do: a.updatePassword,
		}, {
			method: http.MethodPost, path: "/user/me/password-strength", about: "Judge a password for the own account: from 0, guessed at once, to 4.",
			grant: "account.use", takes: judgedPassword{}, gives: strength{}, status: http.StatusOK, do: a.passwordStrength,
		}, {
			method: http.MethodGet, path: "/user/me/generate-otp-uri", about: "Begin to set up an authenticator app: a new secret, and its picture to scan as a data: address. It takes a token got with the password, and is in force once a code was confirmed on the security page.",
			grant: "account.use", gives: authenticator{}, status: http.StatusOK, do: a.generateOTP,
		},
	}
}

func (a API) askMine(c echo.Context) (resource.Ask, *resource.Resource, error) {
	me := a.Catalog.Named(mine).Resource
	if web.Actor(c).Kind != access.User {
		return resource.Ask{}, nil, fault.New(fault.Forbidden, "This token does not stand for a user.")
	}
	ask, err := a.ask(c, me)
	return ask, me, err
}

func (a API) readMe(c echo.Context) error {
	ask, me, err := a.askMine(c)
	if err != nil {
		return err
	}
	object, err := me.Shown(web.Context(c), a.DB.Read, ask, ask.Actor.ID)
	if err != nil {
		return err
	}
	return reply(c, http.StatusOK, object)
}

func (a API) updateMe(c echo.Context) error {
	ask, me, err := a.askMine(c)
	if err != nil {
		return err
	}
	body, err := readBody(c, jsonBody, formBody)
	if err != nil {
		return err
	}
	values, err := me.Read(resource.Update, body.fields)
	if err != nil {
		return err
	}
	all := &actions.Resourceful{Resource: me, Ask: ask, ID: ask.Actor.ID, Does: &actions.UpdateMe{Values: values},
		Match: c.Request().Header.Get("If-Match")}
	if err := a.Actions.Run(web.Context(c), ask.Actor, all); err != nil {
		return err
	}
	return reply(c, http.StatusOK, all.Object)
}

// newPassword is a change of the own password. The document spells the repetition in two ways.
type newPassword struct {
	Current     string `json:"current_password"`
	Password    string `json:"new_password"`
	Repeat      string `json:"new_password_repeat"`
	RepeatAgain string `json:"new_passowrd_repeat"`
}

func (p newPassword) repetition() string {
	if p.Repeat != "" {
		return p.Repeat
	}
	return p.RepeatAgain
}

// done says that something was done which has nothing else to say.
type done struct {
	Message string `json:"message"`
	Status  int    `json:"status"`
}

func (a API) updatePassword(c echo.Context) error {
	var in newPassword
	if err := fillBody(c, &in); err != nil {
		return err
	}
	does := &actions.UpdatePassword{Current: in.Current, Password: in.Password, Repeat: in.repetition(), Address: c.RealIP()}
	if err := a.Actions.Run(web.Context(c), web.Actor(c), does); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, done{Message: "password updated", Status: http.StatusOK})
}

// fillBody fills a struct from a body of JSON or of a form.
func fillBody(c echo.Context, into any) error {
	body, err := readBody(c, jsonBody, formBody)
	if err != nil {
		return err
	}
	return body.fill(into)
}

type judgedPassword struct {
	Password string `json:"password"`
}

type strength struct {
	Score int `json:"score"`
}

func (a API) passwordStrength(c echo.Context) error {
	var in judgedPassword
	if err := fillBody(c, &in); err != nil {
		return err
	}
	if in.Password == "" {
		return fault.Field("password", "This is needed.")
	}
	score, err := a.Actions.StrengthFor(web.Context(c), web.Actor(c).ID, in.Password, c.RealIP())
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, strength{score})
}

type authenticator struct {
	Picture string `json:"qr-code"` // as a data: address
	Secret  string `json:"secret"`  // base32
}

// pixelsPerModule makes a QR code easy to scan from a screen.
const pixelsPerModule = 6

func (a API) generateOTP(c echo.Context) error {
	ctx, actor := web.Context(c), web.Actor(c)
	if err := a.Actions.Run(ctx, actor, &actions.OfferSecondFactor{}); err != nil {
		return err
	}
	var user models.User
	if err := a.DB.Read.WithContext(ctx).First(&user, actor.ID).Error; err != nil {
		return err
	}
	secret, err := a.Actions.TOTPSecret(user)
	if err != nil {
		return err
	}
	code, err := secrets.NewQR(secrets.TOTPAddress("Assay", user.Email, secret))
	if err != nil {
		return err
	}
	picture, err := code.PNG(pixelsPerModule)
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
	return c.JSON(http.StatusOK, authenticator{Picture: "data:image/png;base64," + base64.StdEncoding.EncodeToString(picture), Secret: secret})
}
