package actions

import (
	"context"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
)

// Settling is what happens to a row of a declared resource before it is written: the rules that a form's input goes
// through, for a body that names columns. Each is a resource.Hook and stands beside its declaration by name.

// stepOf is the work that a hook's steps have in hand. They read; what they change is the row.
func stepOf(c *resource.Change) *Work {
	return &Work{Tx: c.Tx, Actor: c.Ask.Actor, Now: c.Ask.Now}
}

// SettleCandidate checks a candidate and completes it. Custom values that are not named stay as they are.
func SettleCandidate(_ context.Context, change *resource.Change) error {
	if change.Verb == resource.Delete {
		return nil
	}
	c := change.Row.(*models.Candidate)
	in := CandidateInput{Email: c.Email, FirstName: c.FirstName, MiddleName: textOf(c.MiddleName), LastName: textOf(c.LastName),
		Phone: textOf(c.Phone), ExternalID: textOf(c.ExternalID), Industry: textOf(c.Industry), Bio: textOf(c.Bio), TimeZone: c.TimeZone}
	if err := in.validate(); err != nil {
		return err
	}
	given, kept := map[string]any(c.CF), map[string]any(nil)
	if was, ok := change.Was.(*models.Candidate); ok {
		kept = was.CF
		if _, set := change.Values["cf"]; !set {
			given = nil
		}
	} else {
		c.StatusID = models.CandidateStatusNew
	}
	values, err := checkCustom(stepOf(change), models.CandidateField, kept, given)
	if err != nil {
		return err
	}
	c.CF = values
	in.put(c)
	return nil
}

// SettleEducation refuses an entry without a school.
func SettleEducation(_ context.Context, change *resource.Change) error {
	e, bad := change.Row.(*models.CandidateEducation), fault.Fields{}
	needText(bad, "school", &e.School)
	return fault.Refuse(bad)
}

// SettleExperience refuses an entry without what must be known of it.
func SettleExperience(_ context.Context, change *resource.Change) error {
	if change.Verb == resource.Delete {
		return nil
	}
	e, bad := change.Row.(*models.CandidateExperience), fault.Fields{}
	needText(bad, "organization", &e.Employer)
	needText(bad, "title", &e.Title)
	if _, set := change.Values["started_at"]; set && e.StartedAt == nil {
		bad["started_at"] = "This is needed."
	}
	return fault.Refuse(bad)
}

// needText trims a text that must say something.
func needText(bad fault.Fields, member string, text *string) {
	if *text = strings.TrimSpace(*text); *text == "" {
		bad[member] = "This is needed."
	}
}

// SettleSkill gives a skill its name as searches and tags compare it.
func SettleSkill(_ context.Context, change *resource.Change) error {
	s := change.Row.(*models.Skill)
	if s.Name = strings.Join(strings.Fields(s.Name), " "); s.Name == "" {
		return fault.Field("name", "Give the skill a name.")
	}
	s.SearchText = textfold.Fold(s.Name)
	return nil
}
