package v4

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
)

const picturePath = "/user/display-picture"

// profileCard is what a user shows of themselves, for who reads the documentation.
type profileCard struct {
	Location  string          `json:"location"`
	Bio       string          `json:"bio"`
	Website   string          `json:"website"`
	Picture   *map[string]any `json:"picture"` // a file, null for none
	CreatedAt string          `json:"created_at"`
	UpdatedAt string          `json:"updated_at"`
}

// pictureOperations read, set and remove the picture of whoever asks.
func (a API) pictureOperations() []operation {
	return []operation{
		{
			method: http.MethodGet, path: picturePath, about: "The profile card and the picture of the user who asks.", grant: "account.use",
			gives: profileCard{}, status: http.StatusOK, do: func(c echo.Context) error { return a.profileCard(c, http.StatusOK) },
		}, {
			method: http.MethodPost, path: picturePath, about: "Set the own picture: a PNG or JPEG.", grant: "account.use",
			files: []string{"file"}, gives: profileCard{}, status: http.StatusCreated, do: a.setPicture,
		}, {
			method: http.MethodDelete, path: picturePath, about: "Remove the own picture.", grant: "account.use",
			status: http.StatusNoContent, do: a.removePicture,
		},
	}
}

func (a API) profileCard(c echo.Context, status int) error {
	ctx, actor := web.Context(c), web.Actor(c)
	var user models.User
	if err := a.DB.Read.WithContext(ctx).First(&user, actor.ID).Error; err != nil {
		return err
	}
	var card resource.Object
	location := ""
	if user.Location != nil {
		location = *user.Location
	}
	card.Set("location", location)
	card.Set("bio", user.Bio)
	card.Set("website", user.Website)
	card.Set("picture", nil)
	if user.PictureFileID != nil {
		file := a.Catalog.Named("file").Resource
		ask, err := a.ask(c, file)
		if err != nil {
			return err
		}
		picture, err := file.Shown(ctx, a.DB.Read, ask, *user.PictureFileID)
		if err != nil {
			return err
		}
		card.Set("picture", picture)
	}
	card.Set("created_at", resource.FormatMoment(user.CreatedAt))
	card.Set("updated_at", resource.FormatMoment(user.UpdatedAt))
	return reply(c, status, card)
}

func (a API) setPicture(c echo.Context) error {
	if _, err := readBody(c, multipartBody); err != nil {
		return err
	}
	parts := c.Request().MultipartForm.File["file"]
	if len(parts) != 1 {
		return fault.Field("file", "Send one picture.")
	}
	content, err := parts[0].Open()
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	does := &actions.SetDisplayPicture{FileName: parts[0].Filename, Content: content}
	if err := a.Actions.Run(web.Context(c), web.Actor(c), does); err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderLocation, Prefix+picturePath)
	return a.profileCard(c, http.StatusCreated)
}

func (a API) removePicture(c echo.Context) error {
	if err := a.Actions.Run(web.Context(c), web.Actor(c), &actions.RemovePicture{}); err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}
