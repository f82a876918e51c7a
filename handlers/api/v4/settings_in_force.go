package v4

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/web"
)

// settingInForce is a setting with the value that counts, for who reads the documentation.
type settingInForce struct {
	ID                 int64   `json:"id"` // of the setting
	SettingsID         int64   `json:"settings_id"`
	AllowedValueID     *int64  `json:"settings_allowed_value_id"`
	Value              string  `json:"value"`
	UnconstrainedValue *string `json:"unconstrained_value"`
	CreatedAt          string  `json:"created_at"`
	UpdatedAt          string  `json:"updated_at"`
}

// settingsInForceOperations read which settings count for whoever asks.
func (a API) settingsInForceOperations() []operation {
	expand := []parameter{{"expand", resource.Text, false}}
	return []operation{
		{
			method: http.MethodGet, path: "/user/me/settings_data", grant: "account.use", query: expand,
			about: "Each setting with the value in force for the user who asks: the own choice, else the organization's, else the default. The id is the setting's.",
			gives: []settingInForce{}, status: http.StatusOK, do: a.listInForce,
		}, {
			method: http.MethodGet, path: "/user/me/settings_data/{id}", grant: "account.use", query: expand,
			about: "One setting with the value in force for the user who asks, by the id of the setting.",
			gives: settingInForce{}, status: http.StatusOK, do: a.viewInForce,
		},
	}
}

func (a API) inForce(c echo.Context) ([]resource.Object, error) {
	ask, err := a.ask(c, a.Catalog.Named("helpers.settings").Resource)
	if err != nil {
		return nil, err
	}
	return a.Catalog.SettingsInForce(web.Context(c), a.DB.Read, ask)
}

func (a API) listInForce(c echo.Context) error {
	all, err := a.inForce(c)
	if err != nil {
		return err
	}
	n := len(all)
	pageHeaders(c, resource.Page{Total: int64(n), Number: 1, Size: n, Count: 1})
	return reply(c, http.StatusOK, all)
}

func (a API) viewInForce(c echo.Context) error {
	id, err := keyParam(c, "id")
	if err != nil {
		return err
	}
	all, err := a.inForce(c)
	if err != nil {
		return err
	}
	for _, o := range all {
		if o.Get("id") == id {
			return reply(c, http.StatusOK, o)
		}
	}
	return fault.Missing("setting")
}
