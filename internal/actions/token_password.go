package actions

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
)

// IssuePasswordToken gives an application a token in the name of a user whose password it has. It refuses as SignIn does:
// unknown name, wrong password, an account that may not sign in and one of another organization than the client's get
// one answer after the same time. An account with a second factor needs its code too.
type IssuePasswordToken struct {
	Client   APIClientKey
	Username string // or e-mail address
	Password string
	OTP      string  // of the second factor; "" for none
	Scope    *string // what is asked for; nil for all that the client may reach
	Address  string  // where from

	Token IssuedToken

	signIn SignIn
	denied bool
}

// Grant implements Action.
func (*IssuePasswordToken) Grant() access.Grant { return "" }

// Validate implements Action.
func (a *IssuePasswordToken) Validate() error {
	bad := fault.Fields{}
	for name, value := range map[string]string{"username": a.Username, "password": a.Password, "client_id": a.Client.ID, "client_secret": a.Client.Secret} {
		if value == "" {
			bad[name] = "This is missing."
		}
	}
	return fault.Refuse(bad)
}

// Prepare implements Prepared.
func (a *IssuePasswordToken) Prepare(ctx context.Context, w *Work) error {
	a.signIn = SignIn{Email: models.NormalEmail(a.Username), Password: a.Password, Address: a.Address}
	if err := w.World.Limits.tryAddress(a.Address); err != nil {
		return err
	}
	client, err := a.Client.find(w)
	if errors.Is(err, ErrAPIClient) {
		return nil // Perform refuses it
	}
	if err != nil {
		return err
	}
	if err := a.signIn.Prepare(ctx, w); err != nil {
		return err
	}
	a.denied = a.signIn.refused || a.signIn.User.OrganizationID != client.OrganizationID
	return nil
}

// Perform implements Action.
func (a *IssuePasswordToken) Perform(ctx context.Context, w *Work) error {
	client, err := a.Client.find(w)
	if err != nil {
		return refuseClient(w, client, err)
	}
	if a.denied {
		w.RefuseButKeep(errTokenSignIn)
		return w.Later(ctx, TaskSignInRefused, a.signIn.User.ID, time.Time{})
	}
	open, err := holdsOrganization(w, client.OrganizationID)
	if err != nil {
		return err
	}
	if !open {
		return errTokenSignIn
	}
	if err := a.signIn.renewHash(w); err != nil {
		return err
	}
	actAs(w, a.signIn.User)
	if refusal, err := a.secondFactor(w); err != nil || refusal != nil {
		if err != nil {
			return err
		}
		return refuseToken(w, refusal, "user", a.signIn.User.ID, "second factor")
	}
	return a.issue(w, client)
}

// secondFactor returns why the account's second factor was not met, nil when it was or there is none.
func (a *IssuePasswordToken) secondFactor(w *Work) (refusal, err error) {
	user := a.signIn.User
	switch {
	case !user.HasSecondFactor():
		return nil, nil
	case a.OTP == "":
		return errOTPMissing, nil
	}
	what := fmt.Sprintf("second factor %d", user.ID)
	if err := w.World.Limits.tryAnywhere(a.Address, what); err != nil {
		return nil, err
	}
	right, err := useSecondFactor(w, user, a.OTP)
	if err != nil {
		return nil, err
	}
	if !right {
		return errOTP, nil
	}
	w.AfterCommit(func(context.Context) { w.World.Limits.right(a.Address, what) })
	return nil, nil
}

func (a *IssuePasswordToken) issue(w *Work, client models.APIClient) error {
	scope, err := tokenScope(a.Scope, client.Scopes)
	if err != nil {
		return err
	}
	if a.Token, err = issueUserTokens(w, a.signIn.User, client, secrets.LinkCode(), scope, scope); err != nil {
		return err
	}
	w.AfterCommit(func(context.Context) { w.World.Limits.right(a.Address, a.signIn.tries()) })
	return w.Audit(ledger.Entry{Verb: "issue-token", SubjectType: "user", SubjectID: a.signIn.User.ID,
		Detail: map[string]any{"grant": "password", "client": client.ClientID, "scope": string(scope)}})
}
