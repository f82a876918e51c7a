package v4

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"

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
		answer, err := shownAction(row, does, b.fields)
		if err != nil {
			return err
		}
		c.Response().Header().Set(echo.HeaderLocation, fmt.Sprintf("%s/actions/%d", Prefix, row.ID))
		return reply(c, http.StatusCreated, answer)
	}
}

// readAction reads an action back. Somebody else's is shown to whoever may do the same.
func (a API) readAction(c echo.Context) error {
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
	var sent map[string]json.RawMessage
	if err := json.Unmarshal(row.Input, &sent); err != nil {
		return fmt.Errorf("read the action's input: %w", err)
	}
	answer, err := shownAction(row, does, sent)
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
	var asked actions.Asked
	bad := fault.Fields{}
	into := map[string]reflect.Value{}
	for _, m := range membersOf(reflect.ValueOf(does).Elem()) {
		into[m.name] = m.field
	}
	if named, ok := does.(interface{ Accepts() map[string]string }); ok {
		for alias, name := range named.Accepts() {
			into[alias] = into[name]
		}
	}
	for name, raw := range sent {
		field, known := into[name]
		switch {
		case known:
			if err := fillMember(field, raw); err != nil {
				bad[name] = err.Error()
			}
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
	return asked, fault.Refuse(bad)
}

// member is a field of a struct by its wire name.
type member struct {
	name  string
	field reflect.Value
}

// membersOf returns a struct's members in their order, those of embedded structs too. What is tagged wire:"own" the program
// keeps for itself.
func membersOf(v reflect.Value) []member {
	var all []member
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			all = append(all, membersOf(v.Field(i))...)
		case f.IsExported() && name != "" && name != "-" && f.Tag.Get("wire") != "own":
			all = append(all, member{name, v.Field(i)})
		}
	}
	return all
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
		return fmt.Errorf("This must be %s.", resource.Wants(t)) //nolint:staticcheck // a sentence for callers
	}
	return nil
}

// shownAction writes an action as the document shows it: the base members, the input as it was sent, and links.
func shownAction(row models.ActionRecord, does actions.Action, sent map[string]json.RawMessage) (resource.Object, error) {
	var o resource.Object
	for _, m := range []struct {
		name  string
		value any
	}{
		{"id", row.ID}, {"external_id", row.ExternalID}, {"name", row.Name}, {"comment", row.Comment}, {"status", row.Status},
		{"type", row.Type}, {"skipCallback", row.SkipCallback}, {"total_count", counted(row, row.TotalCount)},
		{"error_count", counted(row, row.ErrorCount)}, {"success_count", counted(row, row.SuccessCount)},
		{"completed_at", moment(row.CompletedAt)}, {"requested_at", moment(row.RequestedAt)}, {"started_at", moment(row.StartedAt)},
		{"last_attempt_at", moment(row.LastAttemptAt)}, {"requested_by", row.RequestedBy}, {"isNotify", row.IsNotify},
		{"message", row.Message}, {"created_at", resource.FormatMoment(row.CreatedAt)},
		{"updated_at", resource.FormatMoment(row.UpdatedAt)}, {"response", row.Response},
	} {
		o.Set(m.name, m.value)
	}
	for _, m := range membersOf(reflect.ValueOf(does).Elem()) {
		switch raw, given := sent[m.name]; {
		case given:
			o.Set(m.name, raw)
		case m.field.Kind() == reflect.Slice:
			o.Set(m.name, []any{})
		default:
			o.Set(m.name, nil)
		}
	}
	links := map[string]any{}
	if linked, ok := does.(interface{ Links() map[string]string }); ok {
		for name, path := range linked.Links() {
			if path != "" {
				links[name] = map[string]string{"href": Prefix + path}
			}
		}
	}
	o.Set("_links", links)
	return o, nil
}

// counted is a count as it is shown: null until the units of the action were worked on.
func counted(row models.ActionRecord, n *int) *int {
	if row.Status == models.ActionRequested {
		return nil
	}
	return n
}

func moment(t *time.Time) any {
	if t == nil {
		return nil
	}
	return resource.FormatMoment(*t)
}
