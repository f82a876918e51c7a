package actions

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

// userChange is what a body says of a user.
type userChange struct {
	columns map[string]any // by their name in the table
	members []string       // what was named, in order
	roles   []models.Role
	role    models.Role // the current one
	status  models.UserStatus
}

// userColumns are the columns of members that are written as they come.
var userColumns = map[string]string{
	"location": "location", "external_id": "external_id", "phone": "phone", "is_common_login": "is_common_login",
	"isSingleSignOn": "is_single_sign_on", "isPrivacyAccepted": "is_privacy_accepted", "isTermsAccepted": "is_terms_accepted",
}

const longestUserName = 200

// readUserChange reads the members of a body. It returns Invalid with those at fault.
func readUserChange(values resource.Values) (userChange, error) {
	c, bad := userChange{columns: map[string]any{}, members: slices.Sorted(maps.Keys(values))}, fault.Fields{}
	for name, value := range values {
		if column, plain := userColumns[name]; plain {
			c.columns[column] = value
			continue
		}
		if message := c.read(name, value); message != "" {
			bad[name] = message
		}
	}
	c.joinNames(bad)
	return c, fault.Refuse(bad)
}

// joinNames makes username and e-mail address one: whichever is named is both.
func (c *userChange) joinNames(bad fault.Fields) {
	email, byEmail := c.columns["email"]
	username, byUsername := c.columns["username"]
	switch {
	case byEmail && byUsername && email != username:
		bad["username"] = "The username is the e-mail address."
	case byEmail:
		c.columns["username"] = email
	case byUsername:
		c.columns["email"] = username
	}
}

// read takes one member that is checked, and returns what is wrong with it.
func (c *userChange) read(name string, value any) string {
	text, _ := value.(string)
	switch name {
	case "name":
		if text = strings.TrimSpace(text); text == "" || len(text) > longestUserName {
			return fmt.Sprintf("Give a name of up to %d characters.", longestUserName)
		}
		c.columns["name"] = text
	case "email", "username":
		if text = models.NormalEmail(text); !validEmail(text) {
			return "This is not an e-mail address."
		}
		c.columns[name] = text
	case "countryCode":
		return c.readCountry(text)
	case "status":
		return c.readStatus(value)
	case "current_role":
		role, known := models.RoleNamed(text)
		if !known {
			return fmt.Sprintf("There is no role %q.", text)
		}
		c.role = role
	case "roles":
		return c.readRoles(value)
	case "appState":
		c.columns["app_state"] = rawJSON(value)
	case "cf":
		return c.readCustom(value)
	}
	return ""
}

func (c *userChange) readCountry(text string) string {
	code := models.DialingCode(text)
	switch {
	case text == "":
		c.columns["country_code"] = nil
	case !code.Valid():
		return "This is none of the documented codes, such as +351."
	default:
		c.columns["country_code"] = string(code.Normal())
	}
	return ""
}

func (c *userChange) readStatus(value any) string {
	number, _ := value.(int64)
	switch status := models.UserStatus(number); status {
	case models.UserNew, models.UserActive, models.UserInactive, models.UserSuspended:
		c.status = status
		return ""
	}
	return "Send 10, 20, 30 or 40."
}

func (c *userChange) readRoles(value any) string {
	var names []string
	if err := json.Unmarshal(rawJSON(value), &names); err != nil || len(names) == 0 {
		return "Send a list of at least one role."
	}
	c.roles = nil
	for _, name := range names {
		role, known := models.RoleNamed(name)
		if !known {
			return fmt.Sprintf("There is no role %q.", name)
		}
		if !slices.Contains(c.roles, role) {
			c.roles = append(c.roles, role)
		}
	}
	return ""
}

func (c *userChange) readCustom(value any) string {
	cf := datatypes.JSONMap{}
	if raw := rawJSON(value); len(raw) > 0 {
		if err := json.Unmarshal(raw, &cf); err != nil {
			return "This must be an object."
		}
	}
	c.columns["cf"] = cf
	return ""
}

// rawJSON is a member's JSON value, nil for null.
func rawJSON(value any) datatypes.JSON {
	raw, _ := value.(json.RawMessage)
	return datatypes.JSON(raw)
}

// askForEmail begins the change to another address, where the body names one, and leaves the one there is.
func (c *userChange) askForEmail(ctx context.Context, w *Work, user models.User) error {
	email, named := c.columns["email"].(string)
	delete(c.columns, "email")
	delete(c.columns, "username")
	if !named || email == user.Email {
		return nil
	}
	return askForEmail(ctx, w, user, email, "email")
}

// write puts the columns into the user's row. Links that were mailed to an address end when it changes.
func (c *userChange) write(w *Work, user models.User) error {
	if len(c.columns) == 0 {
		return nil
	}
	name, _ := c.columns["name"].(string)
	email, moved := c.columns["email"].(string)
	c.columns["search_text"] = userSearchText(orElse(name, user.Name), orElse(email, user.Email))
	if moved && email != user.Email {
		if err := endTickets(w, user.ID, models.TicketInvitation, models.TicketPasswordReset, models.TicketEmailChange); err != nil {
			return err
		}
	}
	err := setUser(w, user.ID, c.columns)
	if fault.KindOf(database.Fault(err, "user")) == fault.Conflict {
		return fault.Field("email", "Somebody has an account with this address already.")
	}
	return err
}

// audit notes which members changed, and an address as what it was and is.
func (c *userChange) audit(w *Work, user models.User, verb string) error {
	detail := map[string]any{"members": c.members}
	if email, moved := c.columns["email"]; moved && email != user.Email {
		detail["from"], detail["to"] = user.Email, email
	}
	return w.Audit(ledger.Entry{Verb: verb, SubjectType: "user", SubjectID: user.ID, Detail: detail})
}

// switchRole sets in which role a user works: one of those held.
func switchRole(w *Work, user models.User, role models.Role) error {
	if !user.HasRole(role) {
		return fault.Field("current_role", "This user does not hold the role %q.", role)
	}
	return setUser(w, user.ID, map[string]any{"current_role": role})
}
