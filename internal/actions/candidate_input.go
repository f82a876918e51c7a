package actions

import (
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/addresses"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
)

// CandidateInput is what can be said of a candidate.
type CandidateInput struct {
	Email      string         `json:"email" form:"email"`
	FirstName  string         `json:"first_name" form:"first_name"`
	MiddleName string         `json:"middle_name" form:"middle_name"`
	LastName   string         `json:"last_name" form:"last_name"`
	Phone      string         `json:"phone" form:"phone"`
	ExternalID string         `json:"external_id" form:"external_id"`
	Industry   string         `json:"industry" form:"industry"`
	Bio        string         `json:"bio" form:"bio"`
	TimeZone   string         `json:"-" form:"time_zone"`
	CF         map[string]any `json:"cf" form:"-"`
}

const (
	longestName = 200
	longestBio  = 20_000
)

func (in *CandidateInput) tidy() {
	for _, p := range []*string{&in.FirstName, &in.MiddleName, &in.LastName, &in.Phone, &in.ExternalID, &in.Industry, &in.Bio} {
		*p = strings.TrimSpace(*p)
	}
	in.Email = models.NormalEmail(in.Email)
}

func (in *CandidateInput) validate() error {
	in.tidy()
	bad := fault.Fields{}
	if !addresses.Valid(in.Email) {
		bad["email"] = "This is not an e-mail address. It looks like ann@example.org."
	}
	for name, value := range map[string]string{"first_name": in.FirstName, "middle_name": in.MiddleName, "last_name": in.LastName,
		"phone": in.Phone, "external_id": in.ExternalID, "industry": in.Industry} {
		if len([]rune(value)) > longestName {
			bad[name] = fmt.Sprintf("Use at most %d characters.", longestName)
		}
	}
	if len([]rune(in.Bio)) > longestBio {
		bad["bio"] = fmt.Sprintf("Use at most %d characters.", longestBio)
	}
	if in.TimeZone != "" && !models.KnownZone(in.TimeZone) {
		bad["time_zone"] = "There is no such time zone."
	}
	return fault.Refuse(bad)
}

// put writes the input into a candidate.
func (in *CandidateInput) put(c *models.Candidate) {
	c.Email, c.FirstName, c.MiddleName, c.LastName = in.Email, in.FirstName, optional(in.MiddleName), optional(in.LastName)
	c.Phone, c.ExternalID = optional(in.Phone), optional(in.ExternalID)
	c.Industry, c.Bio, c.TimeZone = optional(in.Industry), optional(in.Bio), in.TimeZone
	c.SearchText = candidateSearchText(*c)
}

func candidateSearchText(c models.Candidate) string {
	text := c.Name() + " " + c.Email
	if c.ExternalID != nil {
		text += " " + *c.ExternalID
	}
	return textfold.Fold(text)
}

// checkCustom returns custom values in the types of their fields, laid over those kept so far. An empty value takes one
// away. It returns an Invalid fault, keyed "cf." and the field's key, for a value or a key that does not fit.
func checkCustom(w *Work, kind models.CustomFieldType, kept, given map[string]any) (map[string]any, error) {
	if len(given) == 0 {
		return kept, nil
	}
	var fields []models.CustomField
	if err := w.Own().Where("type = ? AND NOT is_deleted", kind).Find(&fields).Error; err != nil {
		return nil, fmt.Errorf("load custom fields: %w", err)
	}
	known := map[string]models.CustomField{}
	for _, f := range fields {
		known[f.Key] = f
	}
	merged := map[string]any{}
	for key, value := range kept {
		merged[key] = value
	}
	bad := fault.Fields{}
	for key, value := range given {
		field, ok := known[key]
		if !ok {
			bad["cf."+key] = "There is no such field."
			continue
		}
		parsed, err := field.Parse(customText(value))
		switch {
		case err != nil:
			bad["cf."+key] = err.Error()
		case parsed == nil:
			delete(merged, key)
		default:
			merged[key] = parsed
		}
	}
	return merged, fault.Refuse(bad)
}

func customText(value any) string {
	if value == nil {
		return ""
	}
	return fmt.Sprint(value)
}

// ownCandidate returns a candidate of the actor's organization that is not deleted.
func ownCandidate(w *Work, id int64) (models.Candidate, error) {
	var c models.Candidate
	err := w.Own().Where("NOT is_deleted").First(&c, id).Error
	return c, database.Fault(err, "candidate")
}

// lockCandidate is ownCandidate for one that is about to be changed: held until the transaction ends.
func lockCandidate(w *Work, id int64) (models.Candidate, error) {
	var c models.Candidate
	err := locked(w.Own()).Where("NOT is_deleted").First(&c, id).Error
	return c, database.Fault(err, "candidate")
}

// addressTaken turns a duplicate address into a fault about the field; other errors pass with what was being done.
func addressTaken(err error, doing string) error {
	if err == nil {
		return nil
	}
	if fault.KindOf(database.Fault(err, "candidate")) == fault.Conflict {
		return fault.Field("email", "There is a candidate with this address already.")
	}
	return fmt.Errorf("%s: %w", doing, err)
}
