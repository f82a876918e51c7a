package actions

import (
	"fmt"

	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
)

// textsBeside returns the text messages that go beside mails of one type: none where the organization does not want any,
// where the type has none, or to people without a telephone number.
func (w *Work) textsBeside(mails []notify.Notice) ([]notify.Notice, error) {
	kind, _ := notify.TypeNamed(mails[0].Type)
	text, has := kind.Texts()
	if !has {
		return nil, nil
	}
	var texts []notify.Notice
	for _, n := range mails {
		number, ok := notify.Telephone(textOf(n.Phone))
		if !ok {
			continue
		}
		// What somebody worded is for the mail, and so is the object for calendars.
		n.Type, n.To, n.Subject, n.Content, n.Calendar = text.Name, number, "", "", ""
		texts = append(texts, n)
	}
	if len(texts) == 0 {
		return nil, nil
	}
	var organization models.Organization
	if err := w.Tx.Select("id", "switches").First(&organization, w.Actor.OrganizationID).Error; err != nil {
		return nil, fmt.Errorf("find out whether text messages are wanted: %w", err)
	}
	if !organization.Switch(models.SwitchTexts) {
		return nil, nil
	}
	return texts, nil
}
