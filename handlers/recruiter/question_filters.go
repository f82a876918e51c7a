package recruiter

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/views/ui"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// named is a row of which only id and name matter.
type named struct {
	ID   int64
	Name string
}

const offeredTags = 1000

// questionFilters loads what can be filtered by, and says which filters are set.
func (s Screens) questionFilters(c echo.Context, q questionQuery, list *views.QuestionList) error {
	skills, categories, authors, err := s.questionNames(c)
	if err != nil {
		return err
	}
	for _, skill := range skills {
		list.Skills = append(list.Skills, skill.Name)
	}
	for _, category := range categories {
		list.Categories = append(list.Categories, category.Name)
	}
	filter := func(name, label, blank, value string, options []ui.Option) {
		list.Fields = append(list.Fields, ui.SelectProps{Field: ui.Field{Name: name, Label: label}, Blank: blank, Value: value, Options: options})
		for _, o := range options {
			if o.Value == value {
				list.On = append(list.On, ui.ChipProps{Label: o.Label, Href: q.href(name, ""), On: true})
			}
		}
	}
	var types []ui.Option
	for _, t := range models.QuestionTypes {
		types = append(types, ui.Option{Value: string(t), Label: t.Label()})
	}
	filter("type", "Type", "Any type", string(q.Type), types)
	filter("skill", "Skill", "Any skill", filterValue(q.SkillID), optionsOf(skills))
	filter("category", "Category", "Any category", filterValue(q.CategoryID), optionsOf(categories))
	filter("author", "Written by", "Anybody", filterValue(q.AuthorID), optionsOf(authors))
	filter("difficulty", "Difficulty", "Any difficulty", string(q.Difficulty), []ui.Option{
		{Value: string(models.Easy), Label: "Easy"}, {Value: string(models.Medium), Label: "Medium"}, {Value: string(models.Hard), Label: "Hard"}})
	var orders []ui.Option
	for _, name := range []string{"changed", "unchanged", "newest", "title"} {
		orders = append(orders, ui.Option{Value: name, Label: questionOrders[name].label})
	}
	list.Fields = append(list.Fields, ui.SelectProps{Field: ui.Field{Name: "sort", Label: "Order"}, Value: q.Sort, Options: orders})
	return nil
}

// questionNames loads the skills, categories and authors of the bank.
func (s Screens) questionNames(c echo.Context) (skills, categories, authors []named, err error) {
	db, own := s.DB.Read.WithContext(web.Context(c)), access.Own(web.Actor(c))
	if err = db.Model(&models.Skill{}).Scopes(own).Order("search_text").Limit(offeredTags).Find(&skills).Error; err != nil {
		return nil, nil, nil, fmt.Errorf("load skills: %w", err)
	}
	err = db.Model(&models.Category{}).Scopes(own).Where("type = ? AND NOT is_deleted", models.QuestionCategory).Order("name").
		Limit(offeredTags).Find(&categories).Error
	if err != nil {
		return nil, nil, nil, fmt.Errorf("load categories: %w", err)
	}
	err = db.Model(&models.User{}).Scopes(own).Where("EXISTS (SELECT 1 FROM questions q WHERE q.created_by = users.id)").Order("name").
		Limit(offeredTags).Find(&authors).Error
	if err != nil {
		return nil, nil, nil, fmt.Errorf("load authors: %w", err)
	}
	return skills, categories, authors, nil
}

func optionsOf(rows []named) []ui.Option {
	options := make([]ui.Option, len(rows))
	for i, row := range rows {
		options[i] = ui.Option{Value: filterValue(row.ID), Label: row.Name}
	}
	return options
}

func filterValue(id int64) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}

func joined(names []string) string { return strings.Join(names, ", ") }

// questionWords is how a list calls a question: the question itself, as far as there is room.
func questionWords(q models.Question) string {
	const room = 160
	words := []rune(q.PlainContent)
	switch {
	case len(words) == 0:
		return q.Title
	case len(words) > room:
		return strings.TrimSpace(string(words[:room])) + "…"
	}
	return questionbank.CollapseSpace(q.PlainContent)
}

// shortDay is a day as a list shows it: the year only when it is another one.
func shortDay(at, now time.Time) string {
	if at.Year() == now.Year() {
		return at.Format("2 Jan")
	}
	return at.Format("2 Jan 2006")
}
