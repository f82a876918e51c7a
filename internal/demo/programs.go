package demo

import (
	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
)

// Programs are what other programs use the JSON API with. Their secrets are known from here alone.
type Programs struct {
	Client     models.APIClient
	Secret     string
	Account    models.ServiceAccount
	PrivateKey string // PEM
}

// letProgramsIn makes an API client and a service account, and gives every candidate who has not begun a token.
func (b *builder) letProgramsIn() {
	b.clock.Set(b.now)
	admin := b.as(b.sample.Users.Admin)
	client := actions.CreateAPIClient{Name: "Staff portal"}
	b.run(admin, &client)
	account := actions.CreateServiceAccount{Name: "Nightly export"}
	b.run(admin, &account)
	b.sample.Programs = Programs{Client: client.Client, Secret: client.Secret, Account: account.Account, PrivateKey: account.PrivateKey}
	for i, in := range b.sample.Open {
		if b.err != nil {
			return
		}
		issue := actions.IssueCandidateToken{Code: in.Participation.VerifyCode,
			Link: b.runner.World.Links.Code(in.AttemptID, in.Participation.LinkEpoch, b.now)}
		b.run(access.Anonymous(), &issue)
		b.sample.Open[i].Token = issue.Token.Access
	}
}
