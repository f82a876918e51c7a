package recruiter

import (
	"html"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/richtext"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/labstack/echo/v4"
)

// typedDetails reads the details form into known, which knows the choices.
func typedDetails(c echo.Context, known views.AssessmentDetails) (views.AssessmentDetails, error) {
	values, err := c.FormParams()
	if err != nil {
		return known, fault.New(fault.Invalid, "The form could not be read.")
	}
	d := known
	d.Title, d.Description, d.ExternalID = values.Get("title"), values.Get("description"), values.Get("external_id")
	d.Owner, d.Credit, d.Categories = values.Get("owner"), values.Get("outage_credit"), values.Get("categories")
	d.Start = views.Moment{Date: values.Get("start_date_date"), Time: values.Get("start_date_time"), Zone: values.Get("start_date_zone")}
	d.End = views.Moment{Date: values.Get("end_date_date"), Time: values.Get("end_date_time"), Zone: values.Get("end_date_zone")}
	d.Collaborators = typedCollaborators(values["collaborator"], values["role"], values.Get("add_collaborator"), known)
	d.Fields = nil
	for _, f := range known.Fields {
		f.Value = strings.TrimSpace(values.Get("cf_" + f.Key))
		d.Fields = append(d.Fields, f)
	}
	return d, nil
}

func typedCollaborators(ids, roles []string, added string, known views.AssessmentDetails) []views.CollaboratorLine {
	names := map[int64]string{}
	for _, u := range known.Users {
		names[u.ID] = u.Name
	}
	for _, line := range known.Collaborators {
		names[line.UserID] = line.Name
	}
	var lines []views.CollaboratorLine
	add := func(id, role string) {
		user, _ := strconv.ParseInt(id, 10, 64)
		kind, _ := strconv.Atoi(role)
		if user > 0 && kind > 0 {
			lines = append(lines, views.CollaboratorLine{UserID: user, Name: names[user], Role: models.CollaboratorRole(kind)})
		}
	}
	for i := range min(len(ids), len(roles)) {
		add(ids[i], roles[i])
	}
	add(added, "2")
	return lines
}

// richSource is how a text stands in its field: plain where nothing but paragraphs would be lost, else as HTML.
func richSource(markup string) string {
	plain := strings.TrimSpace(richtext.Plain(markup))
	if paragraphs(plain) == markup {
		return plain
	}
	return markup
}

// edited returns the HTML of a text that was edited: what stood before when it was not touched.
func edited(before, text string) string {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if text == strings.TrimSpace(richSource(before)) {
		return before
	}
	if views.IsMarkup(text) {
		return text
	}
	return paragraphs(text)
}

func paragraphs(text string) string {
	var out strings.Builder
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		if paragraph = strings.TrimSpace(paragraph); paragraph != "" {
			out.WriteString("<p>" + strings.ReplaceAll(html.EscapeString(paragraph), "\n", "<br>") + "</p>")
		}
	}
	return out.String()
}
