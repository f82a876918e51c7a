package actions

import (
	"context"
	"fmt"
	"reflect"
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

// mustExist refuses the key of a row that the body set and that does not exist for the actor, or was deleted. Model is a
// pointer to the struct of its table.
func mustExist(change *resource.Change, member string, id *int64, model any, noun string) error {
	if _, set := change.Values[member]; !set || id == nil {
		return nil
	}
	rows := stepOf(change).Own().Model(model).Where("id = ?", *id)
	if _, hides := reflect.TypeOf(model).Elem().FieldByName("IsDeleted"); hides {
		rows = rows.Where("NOT is_deleted")
	}
	var found int64
	if err := rows.Count(&found).Error; err != nil {
		return fmt.Errorf("look for the %s: %w", noun, err)
	}
	if found == 0 {
		return fault.Field(member, "There is no such %s.", noun)
	}
	return nil
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
