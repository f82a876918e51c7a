package actions

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/files"
	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm/clause"
)

// pictures are the files that a question shows, by their key in the store.
type pictures map[string]models.File

var imageSource = regexp.MustCompile(`<img\b[^>]*?\bsrc="([^"]*)"`)

// sourcesIn returns the addresses of the images in sanitized HTML, in reading order.
func sourcesIn(markup string) []string {
	var found []string
	if !strings.Contains(markup, "<img") {
		return nil
	}
	for _, m := range imageSource.FindAllStringSubmatch(markup, -1) {
		found = append(found, html.UnescapeString(m[1]))
	}
	return found
}

// markups returns every HTML text of a question.
func markups(q *models.Question) []string {
	all := []string{q.Content, textOf(q.Hint), textOf(q.Guidance), textOf(q.Feedback)}
	body := q.Body.Data()
	for _, list := range [][]models.Option{body.Choices, body.Left, body.Right} {
		for _, option := range list {
			all = append(all, option.HTML)
		}
	}
	for _, remark := range q.Key.Data().Remarks {
		all = append(all, remark)
	}
	return all
}

// PictureKeys returns the keys of the stored files that a question shows, each once.
func PictureKeys(q *models.Question) []string {
	var keys []string
	for _, markup := range markups(q) {
		for _, source := range sourcesIn(markup) {
			if key, ours := strings.CutPrefix(source, files.Path); ours && !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// picturesOf loads the files that a question shows. A picture of another organization, or a file that is no picture of a
// question, is refused: whoever renders a question signs every address in it.
func picturesOf(w *Work, q *models.Question) (pictures, error) {
	keys := PictureKeys(q)
	if len(keys) == 0 {
		return nil, nil
	}
	var rows []models.File
	if err := w.Own().Where("storage_key IN ? AND file_type_id = ? AND NOT is_deleted", keys, models.FileTypeQuestionImage).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("load the question's pictures: %w", err)
	}
	found := pictures{}
	for _, row := range rows {
		found[row.Key] = row
	}
	for _, key := range keys {
		if _, known := found[key]; !known {
			return nil, fault.Field("content", "A picture in this question is not among your organization's files. Upload it again.")
		}
	}
	return found, nil
}

// link joins the question to its pictures. Links of earlier versions stay: candidates may still look at those.
func (p pictures) link(w *Work, questionID int64) error {
	for _, file := range p {
		row := models.QuestionFile{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, QuestionID: questionID, FileID: file.ID}
		if err := w.Tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
			return fmt.Errorf("link a picture: %w", err)
		}
	}
	return nil
}

// sum returns the checksum of the picture at an address.
func (p pictures) sum(source string) string { return p[strings.TrimPrefix(source, files.Path)].SHA256 }

// fingerprint is equal for questions that read alike to a candidate: same type, words, options and pictures. Titles,
// order of choices and the key do not matter.
func fingerprint(q models.Question, sum func(source string) string) string {
	reads := func(markup string) string {
		words := textfold.Fold(questionbank.PlainText(markup))
		for _, source := range sourcesIn(markup) {
			words += "\x01" + sum(source)
		}
		return words
	}
	body := q.Body.Data()
	parts := []string{string(q.Type), reads(q.Content)}
	for _, list := range [][]models.Option{body.Choices, body.Left, body.Right} {
		words := []string{}
		for _, option := range list {
			words = append(words, reads(option.HTML))
		}
		slices.Sort(words)
		parts = append(parts, strings.Join(words, "\x02"))
	}
	for _, gap := range body.Gaps {
		parts = append(parts, textfold.Fold(strings.Join(gap.Options, "\x02")))
	}
	digest := sha256.Sum256([]byte(strings.Join(parts, "\x03")))
	return hex.EncodeToString(digest[:16])
}
