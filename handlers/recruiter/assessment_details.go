package recruiter

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// SaveAssessmentDetails changes what an assessment is called, who runs it and when it can be taken.
func (s Screens) SaveAssessmentDetails(c echo.Context) error {
	assessment, err := s.assessment(c)
	if err != nil {
		return err
	}
	known, err := s.assessmentDetails(c, assessment)
	if err != nil {
		return err
	}
	typed, err := typedDetails(c, known)
	if err != nil {
		return err
	}
	update, bad := detailsAction(assessment, typed)
	mark := func(p *views.Build, fields fault.Fields) {
		p.Details = typed
		p.Details.Refused = fields
	}
	if len(bad) > 0 {
		p, err := s.build(c, 0, "")
		if err != nil {
			return err
		}
		mark(&p, bad)
		return refusedBuild(c, p)
	}
	// A person who was added or removed changes the form itself.
	keep := keeps(c) && c.FormValue("add_collaborator") == "" && len(*update.Collaborators) == len(known.Collaborators)
	return s.apply(c, change{action: update, keep: keep, refused: mark})
}

// assessmentDetails loads the form as it stands in the database.
func (s Screens) assessmentDetails(c echo.Context, a models.Assessment) (views.AssessmentDetails, error) {
	zone := web.Zone(c)
	d := views.AssessmentDetails{
		Title: a.Title, Description: richSource(a.Description), Credit: strconv.Itoa(a.OutageCreditCap / 60),
		Start: momentOf(a.StartDate, zone), End: momentOf(a.EndDate, zone),
	}
	if a.ExternalID != nil {
		d.ExternalID = *a.ExternalID
	}
	if a.OwnedBy != nil {
		d.Owner = strconv.FormatInt(*a.OwnedBy, 10)
	}
	if err := s.detailsPeople(c, a, &d); err != nil {
		return d, err
	}
	if err := s.detailsCategories(c, a, &d); err != nil {
		return d, err
	}
	var fields []models.CustomField
	err := s.own(c).Where("type = ? AND NOT is_deleted AND NOT is_hidden", models.AssessmentField).
		Order("sort_order, id").Find(&fields).Error
	if err != nil {
		return d, fmt.Errorf("load custom fields: %w", err)
	}
	for _, f := range fields {
		value := views.CustomValue{Key: f.Key, Label: f.Label, Kind: f.Kind()}
		if kept, ok := a.CF[f.Key]; ok && kept != nil {
			value.Value = fmt.Sprint(kept)
			if n, ok := kept.(float64); ok {
				value.Value = decimal(n)
			}
		}
		d.Fields = append(d.Fields, value)
	}
	return d, nil
}

func (s Screens) detailsPeople(c echo.Context, a models.Assessment, d *views.AssessmentDetails) error {
	err := s.own(c).Where("NOT is_deleted AND status IN ?", []models.UserStatus{models.UserNew, models.UserActive}).
		Order("name, id").Limit(maxChoices).Find(&d.Users).Error
	if err != nil {
		return fmt.Errorf("load users: %w", err)
	}
	err = s.own(c, "assessment_collaborators").Table("assessment_collaborators").
		Joins("JOIN users ON users.id = assessment_collaborators.user_id").Where("assessment_id = ?", a.ID).
		Select("assessment_collaborators.user_id, users.name, assessment_collaborators.role").Order("users.name, users.id").
		Scan(&d.Collaborators).Error
	if err != nil {
		return fmt.Errorf("load collaborators: %w", err)
	}
	return nil
}

func (s Screens) detailsCategories(c echo.Context, a models.Assessment, d *views.AssessmentDetails) error {
	err := s.own(c).Model(&models.Category{}).Where("type = ? AND NOT is_deleted", models.BusinessCategory).
		Order("name").Limit(20).Pluck("name", &d.Known).Error
	if err != nil {
		return fmt.Errorf("load categories: %w", err)
	}
	var names []string
	err = s.own(c, "assessment_category_links").Table("assessment_category_links").
		Joins("JOIN categories ON categories.id = assessment_category_links.category_id").
		Where("assessment_id = ?", a.ID).Order("categories.name").Pluck("categories.name", &names).Error
	if err != nil {
		return fmt.Errorf("load the assessment's categories: %w", err)
	}
	d.Categories = strings.Join(names, ", ")
	return nil
}

func momentOf(t *time.Time, zone *time.Location) views.Moment {
	m := views.Moment{Zone: zone.String()}
	if t != nil {
		m.Date, m.Time = t.In(zone).Format(time.DateOnly), t.In(zone).Format("15:04")
	}
	return m
}

// detailsAction reads the form. Text that was not touched keeps its formatting.
func detailsAction(a models.Assessment, d views.AssessmentDetails) (*actions.UpdateAssessment, fault.Fields) {
	bad := fault.Fields{}
	update := &actions.UpdateAssessment{ID: a.ID, Title: d.Title, ExternalID: strings.TrimSpace(d.ExternalID),
		Description: edited(a.Description, d.Description), StartDate: instant(d.Start, "start_date", "00:00", bad),
		EndDate: instant(d.End, "end_date", "23:59", bad), CF: map[string]any{}}
	if d.Owner != "" {
		if owner, err := strconv.ParseInt(d.Owner, 10, 64); err == nil {
			update.OwnedBy = &owner
		}
	}
	if minutes, err := strconv.Atoi(strings.TrimSpace(d.Credit)); err == nil {
		seconds := minutes * 60
		update.OutageCreditCap = &seconds
	} else {
		bad["outage_credit"] = "Write a whole number of minutes; 0 gives nothing back."
	}
	people := []actions.Collaborator{}
	for _, c := range d.Collaborators {
		people = append(people, actions.Collaborator{UserID: c.UserID, Role: c.Role})
	}
	names := strings.Split(d.Categories, ",")
	update.Collaborators, update.Categories = &people, &names
	for _, f := range d.Fields {
		update.CF[f.Key] = f.Value
	}
	return update, bad
}

// instant reads a day and time in their zone; an empty day is none, an empty time is the one given.
func instant(m views.Moment, field, otherwise string, bad fault.Fields) *time.Time {
	clock := m.Time
	if clock == "" {
		clock = otherwise
	}
	t, err := readMoment(m.Date, clock, m.Zone)
	if f, refused := fault.As(err); refused {
		bad[field] = f.Fields["end"]
	}
	return t
}
