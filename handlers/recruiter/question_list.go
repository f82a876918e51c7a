package recruiter

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/views/ui"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
	"gorm.io/gorm"
)

// questionQuery is what the address of the list says.
type questionQuery struct {
	actions.QuestionFilter
	Sort   string `query:"sort"`
	After  int64  `query:"after"`  // the last question of the page before
	Before int64  `query:"before"` // the first question of the page behind
}

// questionOrder is a way to sort; the id breaks ties.
type questionOrder struct {
	by         string // of a row, with the table's name left open; an index holds it
	descending bool
	label      string
}

func (o questionOrder) of(table string) string { return fmt.Sprintf(o.by, table) }

var questionOrders = map[string]questionOrder{
	"changed": {"%s.updated_at", true, "Changed last"}, "unchanged": {"%s.updated_at", false, "Unchanged longest"},
	"newest": {"%s.id", true, "Newest"}, "title": {"substr(%s.search_text, 1, 80)", false, "Title"},
}

const countedUpTo = 10_000

// Questions shows the bank.
func (s Screens) Questions(c echo.Context) error {
	var query questionQuery
	if err := web.Bind(c, &query); err != nil {
		return err
	}
	if _, known := questionOrders[query.Sort]; !known {
		query.Sort = "changed"
	}
	list, err := s.questionList(c, query)
	if err != nil {
		return err
	}
	if web.IsPart(c) {
		return web.PageOr(c, nil, views.QuestionResults(list))
	}
	chrome, err := web.Chrome(c, "Question bank")
	if err != nil {
		return err
	}
	chrome.Wide, chrome.Read = true, true
	chrome.Keys = []layout.KeyHelp{{Keys: "J", Does: "next question"}, {Keys: "K", Does: "previous question"}, {Keys: "X", Does: "choose"}, {Keys: "N", Does: "write a question"}}
	page := views.Questions{Page: chrome, List: list, MayCreate: access.Can(web.Actor(c), "question.create"), MayImport: access.Can(web.Actor(c), "question.import")}
	if len(list.Rows) > 0 {
		if page.Pane, err = s.questionPane(c, list.Rows[0].ID); err != nil {
			return err
		}
		page.List.CurrentID = list.Rows[0].ID
	}
	return web.Page(c, views.QuestionsPage(page))
}

func (s Screens) questionList(c echo.Context, query questionQuery) (views.QuestionList, error) {
	actor := web.Actor(c)
	list := views.QuestionList{
		Text: query.Text, IsFiltered: query.IsSet(), ClearHref: "/questions", MayChange: access.Can(actor, "question.update"),
		MayDelete: access.Can(actor, "question.delete"), MayExport: access.Can(actor, "question.export"),
		ExportHref: "/questions/export?" + query.values("", "").Encode() + "&",
	}
	for _, format := range actions.ExportFormats {
		list.Exports = append(list.Exports, ui.Option{Value: format.Name, Label: format.Label, Hint: shortFormat(format.Name)})
	}
	rows, more, err := s.questionRows(c, query)
	if err != nil {
		return list, err
	}
	if list.Rows, err = s.describeQuestions(c, rows); err != nil {
		return list, err
	}
	total, err := s.countQuestions(c, query)
	if err != nil {
		return list, err
	}
	list.Pager, list.Columns = query.pager(rows, more, total), query.columns()
	if list.Views, err = s.savedViews(c, questionViews, "/questions", query.values("", "")); err != nil {
		return list, err
	}
	return list, s.questionFilters(c, query, &list)
}

// shortFormat is a format's name on a small button.
func shortFormat(name string) string {
	return map[string]string{"gift": "GIFT", "moodle-xml": "Moodle", "qti3": "QTI", "csv": "CSV", "xlsx": "Excel"}[name]
}

func (s Screens) ownQuestions(c echo.Context, filter actions.QuestionFilter) *gorm.DB {
	db := s.DB.Read.WithContext(web.Context(c)).Model(&models.Question{}).Scopes(access.Own(web.Actor(c), "questions"))
	return filter.Apply(db)
}

// questionRows loads one page. More tells whether there is another one in the direction of reading.
func (s Screens) questionRows(c echo.Context, query questionQuery) (rows []models.Question, more bool, err error) {
	order := questionOrders[query.Sort]
	descending, cursor := order.descending, query.After
	if query.Before != 0 {
		descending, cursor = !descending, query.Before
	}
	direction, compare := "ASC", ">"
	if descending {
		direction, compare = "DESC", "<"
	}
	db := s.ownQuestions(c, query.QuestionFilter)
	if cursor != 0 {
		// The position is the row's own values now, so no address holds a question's text.
		db = db.Where(fmt.Sprintf("(%s, questions.id) %s ((SELECT %s FROM questions q WHERE q.id = ? AND q.organization_id = ?), ?)",
			order.of("questions"), compare, order.of("q")), cursor, web.Actor(c).OrganizationID, cursor)
	}
	most := web.PageRows(c)
	err = db.Order(fmt.Sprintf("%s %s, questions.id %s", order.of("questions"), direction, direction)).Limit(most + 1).Find(&rows).Error
	if err != nil {
		return nil, false, fmt.Errorf("load questions: %w", err)
	}
	if more = len(rows) > most; more {
		rows = rows[:most]
	}
	if query.Before != 0 {
		slices.Reverse(rows)
	}
	return rows, more, nil
}

func (s Screens) countQuestions(c echo.Context, query questionQuery) (int, error) {
	var total int64
	some := s.ownQuestions(c, query.QuestionFilter).Select("1").Limit(countedUpTo + 1)
	if err := s.DB.Read.WithContext(web.Context(c)).Table("(?) AS counted", some).Count(&total).Error; err != nil {
		return 0, fmt.Errorf("count questions: %w", err)
	}
	return int(total), nil
}

// describeQuestions adds skills and uses to the rows, for all of them at once.
func (s Screens) describeQuestions(c echo.Context, rows []models.Question) ([]views.QuestionRow, error) {
	ids := make([]int64, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	tags, err := actions.QuestionTagsOf(s.DB.Read.WithContext(web.Context(c)), web.Actor(c).OrganizationID, ids)
	if err != nil {
		return nil, err
	}
	uses, err := s.countUses(c, ids)
	if err != nil {
		return nil, err
	}
	list := make([]views.QuestionRow, len(rows))
	zone := web.Zone(c)
	for i, row := range rows {
		changed := row.UpdatedAt.In(zone)
		list[i] = views.QuestionRow{ID: row.ID, Title: questionWords(row), Type: row.Type, Difficulty: row.Difficulty, Skills: joined(tags[row.ID].Skills),
			Used: uses[row.ID], Changed: shortDay(changed, s.DB.Clock.Now().In(zone)), ChangedAt: changed.Format("Mon 2 Jan 2006, 15:04 MST")}
	}
	return list, nil
}

// countUses returns how many assessments ask each question by name.
func (s Screens) countUses(c echo.Context, ids []int64) (map[int64]int, error) {
	var found []struct {
		QuestionID int64
		Uses       int
	}
	err := s.DB.Read.WithContext(web.Context(c)).Table("section_slots sl").Select("sl.question_id, COUNT(DISTINCT a.id) AS uses").
		Joins("JOIN assessment_sections sec ON sec.section_id = sl.section_id").Joins("JOIN assessments a ON a.id = sec.assessment_id AND NOT a.is_deleted").
		Where("sl.organization_id = ? AND sl.question_id IN ?", web.Actor(c).OrganizationID, ids).Group("sl.question_id").Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("count uses of questions: %w", err)
	}
	uses := map[int64]int{}
	for _, row := range found {
		uses[row.QuestionID] = row.Uses
	}
	return uses, nil
}

// values returns the query as an address holds it, with one value changed; name "" changes none.
func (q questionQuery) values(name, value string) url.Values {
	v := url.Values{}
	set := func(key, value string) {
		if value != "" && value != "0" {
			v.Set(key, value)
		}
	}
	set("q", q.Text)
	set("type", string(q.Type))
	set("skill", strconv.FormatInt(q.SkillID, 10))
	set("category", strconv.FormatInt(q.CategoryID, 10))
	set("author", strconv.FormatInt(q.AuthorID, 10))
	set("difficulty", string(q.Difficulty))
	if q.Sort != "changed" {
		set("sort", q.Sort)
	}
	if name != "" {
		v.Del(name)
		set(name, value)
	}
	return v
}

func (q questionQuery) href(name, value string) string {
	if v := q.values(name, value); len(v) > 0 {
		return "/questions?" + v.Encode()
	}
	return "/questions"
}

func (q questionQuery) pager(rows []models.Question, more bool, total int) ui.PagerProps {
	pager := ui.PagerProps{Label: "Questions", Total: min(total, countedUpTo), AtLeast: total > countedUpTo, Noun: "questions"}
	if total == 1 {
		pager.Noun = "question"
	}
	if len(rows) == 0 {
		return pager
	}
	if more && q.Before == 0 || q.Before != 0 {
		pager.NextHref = q.href("after", strconv.FormatInt(rows[len(rows)-1].ID, 10))
	}
	if more && q.Before != 0 || q.After != 0 {
		pager.PrevHref = q.href("before", strconv.FormatInt(rows[0].ID, 10))
	}
	return pager
}

func (q questionQuery) columns() []ui.Column {
	sorted := func(names ...string) (href string, sort ui.Sort) {
		href = q.href("sort", names[0])
		for i, name := range names {
			if q.Sort == name {
				sort, href = ui.Ascending, q.href("sort", names[(i+1)%len(names)])
				if questionOrders[name].descending {
					sort = ui.Descending
				}
			}
		}
		return href, sort
	}
	title, changed := ui.Column{Label: "Question"}, ui.Column{Label: "Changed"}
	title.SortHref, title.Sort = sorted("title")
	changed.SortHref, changed.Sort = sorted("changed", "unchanged")
	return []ui.Column{title, {Label: "Skill"}, {Label: "Used", End: true}, changed}
}
