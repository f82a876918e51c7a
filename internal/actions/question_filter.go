package actions

import (
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// QuestionFilter says which questions of a bank are meant: those of a list, or those to export.
type QuestionFilter struct {
	Text       string              `query:"q" form:"q"` // words, a skill or a question's number
	Type       models.QuestionType `query:"type" form:"type"`
	SkillID    int64               `query:"skill" form:"skill"`
	CategoryID int64               `query:"category" form:"category"`
	AuthorID   int64               `query:"author" form:"author"`
	Difficulty models.Difficulty   `query:"difficulty" form:"difficulty"`
	IDs        []int64             `query:"id" form:"id"` // only these
}

// IsSet tells whether the filter leaves anything out.
func (f QuestionFilter) IsSet() bool {
	return strings.TrimSpace(f.Text) != "" || f.Type != "" || f.SkillID+f.CategoryID+f.AuthorID != 0 || f.Difficulty != "" || len(f.IDs) > 0
}

// Apply narrows a query on questions. The caller scopes it to an organization.
func (f QuestionFilter) Apply(db *gorm.DB) *gorm.DB {
	db = db.Where("NOT questions.is_deleted")
	for _, word := range textfold.Words(f.Text) {
		db = f.word(db, word)
	}
	if f.Type != "" {
		db = db.Where("questions.type = ?", f.Type)
	}
	if f.SkillID != 0 {
		db = db.Where("EXISTS (SELECT 1 FROM question_skills l WHERE l.question_id = questions.id AND l.skill_id = ?)", f.SkillID)
	}
	if f.CategoryID != 0 {
		db = db.Where("EXISTS (SELECT 1 FROM question_category_links l WHERE l.question_id = questions.id AND l.category_id = ?)", f.CategoryID)
	}
	if f.AuthorID != 0 {
		db = db.Where("questions.created_by = ?", f.AuthorID)
	}
	if f.Difficulty != "" {
		db = db.Where("questions.difficulty = ?", f.Difficulty)
	}
	if len(f.IDs) > 0 {
		db = db.Where("questions.id IN ?", f.IDs)
	}
	return db
}

func (QuestionFilter) word(db *gorm.DB, word string) *gorm.DB {
	pattern := "%" + textfold.Like(word) + "%"
	number, err := strconv.ParseInt(strings.TrimPrefix(word, "#"), 10, 64)
	if err != nil {
		number = -1
	}
	return db.Where(`(questions.search_text LIKE ? ESCAPE '\' OR questions.id = ? OR EXISTS (
		SELECT 1 FROM question_skills l JOIN skills s ON s.id = l.skill_id
		WHERE l.question_id = questions.id AND s.search_text LIKE ? ESCAPE '\'))`, pattern, number, pattern)
}
