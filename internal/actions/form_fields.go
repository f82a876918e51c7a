package actions

import (
	"fmt"
	"io"
	"net/mail"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// FormUpload is a file as it arrives with a form.
type FormUpload struct {
	Name    string
	Content io.Reader
}

const longestFormValue = 10_000

// FieldsOf returns the fields of a form in the order in which they are asked, with what its drop-down lists offer now.
func FieldsOf(db *gorm.DB, f models.Form) ([]models.AskedField, error) {
	lists := f.Lists()
	if len(lists) == 0 {
		return f.Ask(nil), nil
	}
	var options []models.SelectFieldData
	err := db.Table("select_field_data o").Joins("LEFT JOIN select_field_data p ON p.id = o.parent_id AND p.organization_id = o.organization_id").
		Where("o.organization_id = ? AND o.select_field_type_id IN ? AND NOT o.is_deleted", f.OrganizationID, lists).
		Select("o.id, o.select_field_type_id, o.value, COALESCE(p.value, o.parent_value) AS parent_value").
		Order("COALESCE(o.sort_order, 0), o.id").Scan(&options).Error
	if err != nil {
		return nil, fmt.Errorf("load the options of a form: %w", err)
	}
	return f.Ask(options), nil
}

// fieldProblems says what is wrong with the values typed into a form, by field id. Attached tells which file fields have
// a file. A form that is not complete may leave anything out.
func fieldProblems(fields []models.AskedField, typed map[string][]string, attached map[string]bool, complete bool) fault.Fields {
	bad := fault.Fields{}
	for _, field := range fields {
		under := strings.Join(typed[field.DependsOn], "")
		offered := field.Offers(under)
		switch text := joined(typed[field.ID]); {
		case field.Type == "file":
			if complete && field.Required && !attached[field.ID] {
				bad[field.ID] = fmt.Sprintf("%s is needed. Choose a file.", field.Label)
			}
		case text == "":
			if complete && field.Required && (field.DependsOn == "" || len(offered) > 0) {
				bad[field.ID] = fmt.Sprintf("%s is needed.", field.Label)
			}
		default:
			if why := wrongFormValue(field, typed[field.ID], offered); why != "" {
				bad[field.ID] = why
			}
		}
	}
	return bad
}

func joined(values []string) string {
	return strings.TrimSpace(strings.Join(values, models.ChoiceJoint))
}

func wrongFormValue(field models.AskedField, given, offered []string) string {
	text := joined(given)
	switch field.Type {
	case "email":
		if _, err := mail.ParseAddress(text); err != nil {
			return "This is not an e-mail address."
		}
	case "url":
		if u, err := url.Parse(text); err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
			return "This is not an address of the web, such as https://example.org."
		}
	case "tel":
		if strings.Trim(text, "+0123456789 ()./-") != "" {
			return "This is not a telephone number."
		}
	case "number":
		if _, err := strconv.ParseFloat(text, 64); err != nil {
			return "Write a number."
		}
	case "date":
		if _, err := models.ReadDay(text, time.UTC); err != nil {
			return "Choose a day."
		}
	case "select", "radio", "checkbox":
		if len(field.Choices) > 0 && slices.ContainsFunc(given, func(g string) bool { return !slices.Contains(offered, g) }) {
			return "Choose one of the answers offered."
		}
	}
	if len(text) > longestFormValue {
		return "This is longer than can be kept. Shorten it."
	}
	return ""
}

// formValues are what is stored of a form: each field with its label as it was then. Named are the files by field.
func formValues(fields []models.AskedField, typed map[string][]string, named map[string]string) []models.FormValue {
	values := []models.FormValue{}
	for _, field := range fields {
		text := joined(typed[field.ID])
		if field.Type == "file" {
			text = named[field.ID]
		}
		values = append(values, models.FormValue{Key: field.ID, Name: field.Name, Label: field.Label, Value: text})
	}
	return values
}
