package recruiter

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/richtext"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/labstack/echo/v4"
)

const (
	pictureLinkLife = 6 * time.Hour
	mostPictures    = 200 // in one question
)

// signer puts links that work for a while in place of the addresses of pictures.
type signer func(markup string) string

// shownQuestion returns a question to be looked at: its pictures are signed, so that the browser can fetch them.
func shownQuestion(in actions.QuestionInput, sign signer) views.QuestionPreview {
	shown := views.QuestionPreview{Type: in.Type, Content: sign(in.Content), Hint: sign(in.Hint), Guidance: sign(in.Guidance), Key: in.Key}
	shown.Body.Gaps = in.Body.Gaps
	shown.Body.Choices, shown.Body.Left, shown.Body.Right = sign.options(in.Body.Choices), sign.options(in.Body.Left), sign.options(in.Body.Right)
	return shown
}

func (sign signer) options(options []models.Option) []models.Option {
	signed := make([]models.Option, len(options))
	for i, option := range options {
		signed[i] = models.Option{ID: option.ID, HTML: sign(option.HTML)}
	}
	return signed
}

func (s Screens) pictureLink(key string) string {
	link, err := s.Actions.Files.SignedURL(key, "", s.DB.Clock.Now().Add(pictureLinkLife))
	if err != nil {
		return richtext.FilesPath + key // not a key: the store refuses it
	}
	return link
}

// signTyped returns the signer of texts as they were typed. It signs pictures of the organization's own questions only:
// an address can be typed by whoever saw it once, of any file.
func (s Screens) signTyped(c echo.Context, markups ...string) (signer, error) {
	var keys, own []string
	for _, markup := range markups {
		richtext.SignImages(markup, func(address string) string {
			keys = append(keys, keyIn(address))
			return address
		})
	}
	if len(keys) > mostPictures {
		return nil, fault.Field("content", "Show at most %d pictures in one question.", mostPictures)
	}
	if len(keys) > 0 {
		err := s.own(c).Model(&models.File{}).Where("storage_key IN ? AND file_type_id = ? AND NOT is_deleted", keys, models.FileTypeQuestionImage).
			Pluck("storage_key", &own).Error
		if err != nil {
			return nil, fmt.Errorf("look for pictures: %w", err)
		}
	}
	return func(markup string) string {
		return richtext.SignImages(markup, func(address string) string {
			if key := keyIn(address); slices.Contains(own, key) {
				return s.pictureLink(key)
			}
			return richtext.FilesPath
		})
	}, nil
}

// keyIn returns a file's key without the signature that a text shown before still has.
func keyIn(address string) string {
	key, _, _ := strings.Cut(address, "?")
	return key
}
