package v4

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/web"
)

const rbacPath = "/admin/organization/{oid}/rbac"

// grantOperations are the list of what can be granted, and writes of grants by item and holder.
func (a API) grantOperations() []operation {
	holder := []parameter{{"item_name", resource.Text, true}, {"user_id", resource.Integer, false}, {"organization_id", resource.Integer, false}}
	return []operation{
		{
			method: http.MethodGet, path: "/admin/permission", grant: "user.view", query: []parameter{{"fields", resource.Text, false}},
			about: "The names of all permissions that can be granted; objects when fields names item_name.",
			gives: either{[]string{}, []permissionItem{}}, status: http.StatusOK, do: a.listItems,
		}, {
			method: http.MethodPut, path: rbacPath, about: "Change the grant of an item to a user or, without user_id, to the organization.",
			grant: "permission.grant", query: holder, takes: grantBody{}, gives: like{resource: "admin.rbac"}, status: http.StatusOK, do: a.changeItem,
		}, {
			method: http.MethodDelete, path: rbacPath, about: "Take an item from a user or, without user_id, from the organization.",
			grant: "permission.grant", query: holder, status: http.StatusNoContent, do: a.revokeItem,
		},
	}
}

func (a API) listItems(c echo.Context) error {
	names, err := actions.Items(a.DB.Read.WithContext(web.Context(c)), web.Actor(c))
	if err != nil {
		return err
	}
	if c.QueryParam("fields") == "" {
		return reply(c, http.StatusOK, names)
	}
	items := make([]permissionItem, len(names))
	for i, name := range names {
		items[i].ItemName = name
	}
	return reply(c, http.StatusOK, items)
}

// permissionItem is a permission as an object.
type permissionItem struct {
	ItemName string `json:"item_name"`
}

// holderAsked reads whose grant of which item the parameters mean.
func holderAsked(c echo.Context) (actions.ItemHolder, error) {
	holder, bad := actions.ItemHolder{Item: c.QueryParam("item_name")}, fault.Fields{}
	if holder.Item == "" {
		bad["item_name"] = "This is needed."
	}
	if text := c.QueryParam("user_id"); text != "" {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			bad["user_id"] = "This must be a whole number."
		}
		holder.UserID = &id
	}
	if text := c.QueryParam("organization_id"); text != "" && text != strconv.FormatInt(web.Actor(c).OrganizationID, 10) {
		bad["organization_id"] = "There is no such organization."
	}
	return holder, fault.Refuse(bad)
}

type grantBody struct {
	Type           *int   `json:"type"`
	Item           string `json:"item_name"`
	UserID         *int64 `json:"user_id"`
	OrganizationID int64  `json:"organization_id"`
}

func (a API) changeItem(c echo.Context) error {
	of, err := holderAsked(c)
	if err != nil {
		return err
	}
	var in grantBody
	if err := fillBody(c, &in); err != nil {
		return err
	}
	to := actions.GrantItem{ItemHolder: actions.ItemHolder{Item: in.Item, UserID: in.UserID}, OrganizationID: in.OrganizationID}
	if in.UserID == nil && in.OrganizationID == 0 {
		to.UserID = of.UserID // neither is named, so the holder stays
	}
	does := &actions.ChangeItem{Of: of, To: to, Type: in.Type}
	if err := a.Actions.Run(web.Context(c), web.Actor(c), does); err != nil {
		return err
	}
	return a.show(c, "admin.rbac", does.To.ID)
}

// show answers a row that was just written.
func (a API) show(c echo.Context, name string, id int64) error {
	r := a.Catalog.Named(name).Resource
	ask, err := a.ask(c, r)
	if err != nil {
		return err
	}
	object, err := r.Shown(web.Context(c), a.DB.Read, ask, id)
	if err != nil {
		return err
	}
	return reply(c, http.StatusOK, object)
}

func (a API) revokeItem(c echo.Context) error {
	of, err := holderAsked(c)
	if err != nil {
		return err
	}
	if err := a.Actions.Run(web.Context(c), web.Actor(c), &actions.RevokeItem{ItemHolder: of}); err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}

// outboxOperations send messages again.
func (a API) outboxOperations() []operation {
	return []operation{{
		method: http.MethodPatch, path: "/admin/notification-log/{id}/resend", grant: "",
		about: "Send a message again that failed or waits, within 4 hours of its time.",
		takes: resendBody{}, gives: like{resource: "admin.notification-log"}, status: http.StatusOK, do: a.resendMessage,
	}}
}

type resendBody struct {
	OrganizationID int64 `json:"organization_id" needs:"yes"`
}

// mayResendIn refuses whoever may not send messages again, before the rest of what was asked is judged. Users may manage
// another organization than their own, and have the right there.
func mayResendIn(actor access.Actor, organizationID int64) error {
	if actor.Kind == access.User && organizationID != 0 && organizationID != actor.OrganizationID {
		return nil
	}
	return access.Check(actor, "outbox.resend")
}

func (a API) resendMessage(c echo.Context) error {
	id, err := keyParam(c, "id")
	if err != nil {
		return err
	}
	var in resendBody
	unread := fillBody(c, &in)
	if err := mayResendIn(web.Actor(c), in.OrganizationID); err != nil {
		return err
	}
	if unread != nil {
		return unread
	}
	if in.OrganizationID == 0 {
		return fault.Field("organization_id", "This is needed.")
	}
	actor, err := a.Actions.Enter(web.Context(c), web.Actor(c), in.OrganizationID)
	if err != nil {
		return err
	}
	web.ActAs(c, actor)
	err = a.Actions.Run(web.Context(c), actor, &actions.ResendMessage{ID: id})
	if f, ok := fault.As(err); ok && f.Kind == fault.Conflict {
		return echo.NewHTTPError(http.StatusBadRequest, f.Message)
	}
	if err != nil {
		return err
	}
	return a.show(c, "admin.notification-log", id)
}
