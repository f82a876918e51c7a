package catalog

import (
	"context"
	"strconv"

	"gorm.io/gorm"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// cards are bundles of assessments that are shared by a code.
func cards(Parts) []declared {
	const members = "is_private description starts_at ends_at"
	return plain(
		resource.Declaration{
			Name: "models.menu-card", Path: "/models/menu-card", Model: models.MenuCard{},
			About: "A bundle of assessments that candidates choose from, within a period.",
			Verbs: "list", Grants: by("assessment.view", "menu-card.manage"), Filters: "is_private code", Part: "name description",
			Search: "search_text", Sorts: "name starts_at ends_at",
			Fields: map[string]resource.Field{"imageUrl": resource.Together(resource.Text, logos)}, Hide: "is_deleted",
			Links: map[string]string{
				"candidates": "/models/candidate?menu_card_id={id}", "assessments": "/models/assessment?menu_card_id={id}",
				"menuCardCandidates": "/models/candidate?menu_card_id={id}",
			},
		},
		resource.Declaration{
			Name: "admin.menu-card", Path: "/admin/organization/{oid}/menu-card", Model: models.MenuCard{},
			Above: map[string]string{"oid": "organization_id"},
			About: "A bundle of assessments that candidates choose from, and the code that opens it.",
			Verbs: "list view create update delete", Grants: by("menu-card.manage", "menu-card.manage"),
			Search: "search_text code", Sorts: "name starts_at ends_at",
			Where:  map[string]resource.Filter{"code": {Kind: resource.Integer, By: cardsOfCode}},
			Create: "name! " + members, Update: "name " + members, Before: actions.SettleMenuCard,
			Fields: map[string]resource.Field{
				"imageUrl": resource.Together(resource.Text, logos),
				"code":     resource.From(resource.Integer, codeOfCard),
			},
		},
		resource.Declaration{
			Name: "menu-card-assessment", Path: "/models/menu-card-assessment", Model: models.MenuCardAssessment{},
			About: "Places an assessment on a menu card.",
			Verbs: "list create delete", Grants: by("assessment.view", "menu-card.manage"),
			Filters: "assessment_id menu_card_id", Create: "assessment_id! menu_card_id!",
			Expands: map[string]resource.Relation{
				"menuCard": {To: "models.menu-card", By: "menu_card_id"}, "assessment": {To: "assessment", By: "assessment_id"},
			},
		},
	)
}

// logos is the logo of the organization, beside each card.
func logos(_ context.Context, l resource.Load, rows []models.MenuCard) ([]any, error) {
	o, err := organizationOf(l)
	shown := make([]any, len(rows))
	for i := range shown {
		shown[i] = o.Logo
	}
	return shown, err
}

// codeOfCard is a card's code as a number.
func codeOfCard(c models.MenuCard, _ resource.Ask) any {
	n, err := strconv.ParseInt(c.Code, 10, 64)
	if err != nil {
		return nil
	}
	return n
}

func cardsOfCode(_ resource.Ask, db *gorm.DB, values []any) *gorm.DB {
	codes := make([]string, len(values))
	for i, v := range values {
		codes[i] = strconv.FormatInt(v.(int64), 10)
	}
	return db.Where("menu_cards.code IN ?", codes)
}
