package v4

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
)

// actionOperations gives every recorded action its route, and one to read an action back.
func (a API) actionOperations() []operation {
	all := []operation{{
		method: http.MethodGet, path: "/actions/{id}", about: "How a recorded action went: its state, its counts, what failed.",
		gives: actionAnswer{}, status: http.StatusOK, do: a.readAction,
	}}
	for _, public := range actions.List {
		made := public.New()
		all = append(all, operation{
			method: http.MethodPost, path: "/actions/" + public.Name, about: public.About, grant: made.Grant(),
			takes: made, gives: actionAnswer{of: made}, status: http.StatusCreated, do: a.perform(public),
		})
	}
	return all
}

// actionAnswer stands for the base members of an action and those of its input.
type actionAnswer struct{ of actions.Action }

// perform records one action as a body asks for it.
func (a API) perform(public actions.Public) echo.HandlerFunc {
	return func(c echo.Context) error {
		b, err := readBody(c, jsonBody, formBody)
		if err != nil {
			return err
		}
		does := public.New()
		asked, err := fillAction(b.fields, does)
		if err != nil {
			return err
		}
		row, err := a.Actions.RecordAsked(web.Context(c), web.Actor(c), does, asked)
		if err != nil {
			return err
		}
		answer, err := actions.ShowRecord(row)
		if err != nil {
			return err
		}
		c.Response().Header().Set(echo.HeaderLocation, fmt.Sprintf("%s/actions/%d", Prefix, row.ID))
		return reply(c, http.StatusCreated, answer)
	}
}

// readAction reads an action back. Somebody else's is shown to whoever may do the same.
func (a API) readAction(c echo.Context) error {
	if slices.ContainsFunc(actions.List, func(p actions.Public) bool { return p.Name == c.Param("id") }) {
		c.Response().Header().Set(echo.HeaderAllow, "OPTIONS, POST")
		return echo.ErrMethodNotAllowed
	}
	id, err := keyParam(c, "id")
	if err != nil {
		return err
	}
	actor := web.Actor(c)
	var row models.ActionRecord
	err = a.DB.Read.WithContext(web.Context(c)).Where("organization_id = ?", actor.OrganizationID).First(&row, id).Error
	if err := database.Fault(err, "action"); err != nil {
		return err
	}
	does, err := actions.Restored(row)
	if err != nil {
		return err
	}
	if own := row.RequestedBy != nil && actor.UserID() != nil && *row.RequestedBy == *actor.UserID(); !own {
		if err := access.Check(actor, does.Grant()); err != nil {
			return err
		}
	}
	answer, err := actions.ShowRecord(row)
	if err != nil {
		return err
	}
	return reply(c, http.StatusOK, answer)
}

// baseMembers are what every action has. A body may hold them: comment, skipCallback and callbackUrl are taken, the rest
// is the server's and passed over.
var baseMembers = []string{"id", "external_id", "name", "comment", "status", "type", "skipCallback", "callbackUrl", "total_count",
	"error_count", "success_count", "completed_at", "requested_at", "started_at", "last_attempt_at", "requested_by", "isNotify",
	"message", "created_at", "updated_at", "response", "_links"}

// fillAction fills an action's input from a body. Members come in the forms that senders use: numbers as texts, times in
// any documented form, one reference where a list is meant. An unknown member is refused with its name.
func fillAction(sent map[string]json.RawMessage, does actions.Action) (actions.Asked, error) {
	asked := actions.Asked{Sent: map[string]json.RawMessage{}}
	bad := fault.Fields{}
	into, called := map[string]reflect.Value{}, map[string]string{}
	members := actions.MembersOf(reflect.ValueOf(does).Elem())
	for _, m := range members {
		into[m.Name] = m.Field
	}
	if named, ok := does.(interface{ Accepts() map[string]string }); ok {
		for alias, name := range named.Accepts() {
			into[alias], called[alias] = into[name], name
		}
	}
	for name, raw := range sent {
		field, known := into[name]
		switch {
		case known:
			if err := fillMember(field, raw); err != nil {
				bad[name] = err.Error()
			}
			asked.Sent[cmp.Or(called[name], name)] = raw
		case name == "comment":
			bad.Note(name, json.Unmarshal(raw, &asked.Comment))
		case name == "skipCallback":
			bad.Note(name, json.Unmarshal(raw, &asked.SkipCallback))
		case name == "callbackUrl":
			bad.Note(name, json.Unmarshal(raw, &asked.CallbackURL))
		case !slices.Contains(baseMembers, name):
			bad[name] = "There is no such member."
		}
	}
	for _, m := range members {
		if raw := asked.Sent[m.Name]; m.Needs && bad[m.Name] == "" && (len(raw) == 0 || string(raw) == "null") {
			bad[m.Name] = "This is needed."
		}
	}
	return asked, fault.Refuse(bad)
}

func fillMember(field reflect.Value, raw json.RawMessage) error {
	t := field.Type()
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	plain, err := resource.Plain(t, raw)
	if err != nil {
		return err
	}
	err = json.Unmarshal(plain, field.Addr().Interface())
	if f, ok := fault.As(err); ok {
		return f
	}
	if err != nil {
		return fault.New(fault.Invalid, "This must be %s.", resource.Wants(t))
	}
	return nil
}
