package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	v4 "github.com/assay-hire/assay/handlers/api/v4"
	"github.com/assay-hire/assay/internal/demo"
	"github.com/assay-hire/assay/models"
)

// credentialsFile is what scripts need to use the sample: who can sign in, and the invitations that wait.
type credentialsFile struct {
	BaseURL           string             `json:"base_url"`
	Organization      named              `json:"organization"`
	OtherOrganization named              `json:"other_organization"`
	Users             map[string]signIn  `json:"users"`
	OAuthClient       oauthClient        `json:"oauth_client"`
	ServiceAccount    serviceAccount     `json:"service_account"`
	Attend            []attendCredential `json:"attend"`
}

type oauthClient struct {
	ID     string `json:"client_id"`
	Secret string `json:"client_secret"`
}

type serviceAccount struct {
	Email      string `json:"email"`
	PrivateKey string `json:"private_key_pem"`
	Audience   string `json:"audience"`
}

type named struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
}

type signIn struct {
	ID       int64  `json:"id"`
	Email    string `json:"email"`
	Password string `json:"password"`
}

type attendCredential struct {
	CandidateID                  int64  `json:"candidate_id"`
	AssessmentCandidateID        int64  `json:"assessment_candidate_id"`
	AssessmentSectionCandidateID int64  `json:"assessment_section_candidate_id"`
	C                            string `json:"c"`
	VerificationCode             string `json:"verification_code"`
	URL                          string `json:"url"`
	Token                        string `json:"token"`
}

// writeCredentials writes the file whole or not at all, readable by its owner only.
func writeCredentials(path string, h *house, s demo.Sample) error {
	text, err := json.MarshalIndent(credentialsOf(h, s), "", "  ")
	if err != nil {
		return fmt.Errorf("write credentials: %w", err)
	}
	part, err := os.CreateTemp(filepath.Dir(path), ".assay-credentials")
	if err != nil {
		return fmt.Errorf("write credentials: %w", err)
	}
	defer os.Remove(part.Name()) // gone already when it was renamed
	if _, err = part.Write(append(text, '\n')); err == nil {
		err = part.Chmod(0o600)
	}
	if closeErr := part.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(part.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write credentials: %w", err)
	}
	return nil
}

func credentialsOf(h *house, s demo.Sample) credentialsFile {
	one := func(u models.User) signIn { return signIn{u.ID, u.Email, demo.Password} }
	file := credentialsFile{
		BaseURL:           h.settings.BaseURL,
		Organization:      named{s.Organization.ID, s.Organization.Name},
		OtherOrganization: named{s.Other.ID, s.Other.Name},
		Users: map[string]signIn{
			"admin": one(s.Users.Admin), "master_recruiter": one(s.Users.MasterRecruiter), "recruiter": one(s.Users.Recruiter),
			"evaluator": one(s.Users.Evaluators[0]), "other_admin": one(s.Users.OtherAdmin),
		},
		OAuthClient: oauthClient{s.Programs.Client.ClientID, s.Programs.Secret},
		ServiceAccount: serviceAccount{s.Programs.Account.Email, s.Programs.PrivateKey,
			h.settings.BaseURL + v4.Prefix + v4.TokenPath},
	}
	for _, in := range s.Open {
		url := attendURL(h, in)
		file.Attend = append(file.Attend, attendCredential{
			CandidateID: in.CandidateID, AssessmentCandidateID: in.Participation.ID, AssessmentSectionCandidateID: in.AttemptID,
			C: url[strings.LastIndex(url, "/")+1:], VerificationCode: in.Participation.VerifyCode, URL: url, Token: in.Token,
		})
	}
	return file
}
