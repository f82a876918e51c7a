package actions

import (
	"context"
	"fmt"
	"net/mail"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

// CreateUser makes an account in the actor's organization. With a password it is active at once; without one it is new
// and waits for its owner to choose one (see InviteUser).
type CreateUser struct {
	Name     string        `json:"name" form:"name"`
	Email    string        `json:"email" form:"email"`
	Roles    []models.Role `json:"roles" form:"roles"`
	Password string        `json:"-" form:"-"`

	User models.User `json:"-" form:"-"` // what was made

	hash string
}

// Grant implements Action.
func (*CreateUser) Grant() access.Grant { return "user.manage" }

// Validate implements Action.
func (a *CreateUser) Validate() error {
	a.Name, a.Email = strings.TrimSpace(a.Name), models.NormalEmail(a.Email)
	bad := fault.Fields{}
	if a.Name == "" {
		bad["name"] = "Give the person's name."
	}
	if !validEmail(a.Email) {
		bad["email"] = "This is not an e-mail address."
	}
	checkRoles(bad, a.Roles)
	if a.Password != "" {
		checkPassword(bad, "password", a.Password, a.Name, a.Email)
	}
	return fault.Refuse(bad)
}

// Prepare implements Prepared.
func (a *CreateUser) Prepare(ctx context.Context, w *Work) (err error) {
	if a.Password != "" {
		a.hash, err = w.World.Passwords.Hash(ctx, a.Password)
	}
	return err
}

// Perform implements Action.
func (a *CreateUser) Perform(_ context.Context, w *Work) error {
	if err := mayGiveRoles(w, a.Roles); err != nil {
		return err
	}
	chosen, err := LoadSettings(w.Tx, w.Actor.OrganizationID, 0)
	if err != nil {
		return err
	}
	a.User = models.User{
		Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Name: a.Name, Email: a.Email, Username: a.Email,
		Roles: datatypes.NewJSONSlice(a.Roles), CurrentRole: a.Roles[0], Status: models.UserNew, IsCommonLogin: true,
		DefaultLocale: chosen.Value(models.SettingLanguage), SearchText: userSearchText(a.Name, a.Email), Authored: authored(w),
	}
	if a.hash != "" {
		a.User.PasswordHash, a.User.PasswordSetAt, a.User.Status = &a.hash, &w.Now, models.UserActive
	}
	if err := w.Tx.Create(&a.User).Error; err != nil {
		if fault.KindOf(database.Fault(err, "user")) == fault.Conflict {
			return fault.Field("email", "Somebody has an account with this address already.")
		}
		return fmt.Errorf("create user: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "create-user", SubjectType: "user", SubjectID: a.User.ID,
		Detail: map[string]any{"email": a.Email, "roles": a.Roles}})
}

func userSearchText(name, email string) string { return textfold.Fold(name + " " + email) }

func checkRoles(bad fault.Fields, roles []models.Role) {
	if len(roles) == 0 {
		bad["roles"] = "Choose at least one role."
	}
	for _, r := range roles {
		if !r.Valid() {
			bad["roles"] = fmt.Sprintf("There is no role %q.", r)
		}
	}
}

const strongEnough = 3

// checkPassword refuses a password that is guessed too easily, given what is known about its owner.
func checkPassword(bad fault.Fields, field, password string, known ...string) {
	switch strength := secrets.Judge(password, known...); {
	case len(password) < 10:
		bad[field] = "Use at least 10 characters; a few words in a row are easiest to remember."
	case len(password) > secrets.LongestPassword:
		bad[field] = fmt.Sprintf("Use at most %d characters.", secrets.LongestPassword)
	case strength.Score < strongEnough:
		bad[field] = strength.Feedback
	}
}

func validEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && strings.Contains(s, "@") && len(s) <= 254
}
