package recruiter

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/addresses"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/internal/richtext"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// invitationForm is what the form for inviting sends. Who was chosen before travels along as an address would say it.
type invitationForm struct {
	Chosen  string `form:"chosen"` // query: ids, import or list
	People  string `form:"people"`
	Date    string `form:"end_date"`
	Time    string `form:"end_time"`
	Zone    string `form:"end_zone"`
	Subject string `form:"subject"`
	Message string `form:"message"`
	Quiet   string `form:"quiet"`
	Preview string `form:"preview"` // only show
}

// ChooseAssessment asks to which assessment the chosen people are invited.
func (s Screens) ChooseAssessment(c echo.Context) error {
	chrome, err := web.Chrome(c, "Invite")
	if err != nil {
		return err
	}
	open, err := s.assessmentChoices(c, true)
	if err != nil {
		return err
	}
	return web.Page(c, views.ChooseAssessmentPage(views.ChooseAssessment{Page: chrome, Assessments: open, Chosen: chosenQuery(c.QueryParams())}))
}

// chosenQuery keeps the parameters that say who was chosen.
func chosenQuery(values url.Values) url.Values {
	kept := url.Values{}
	for _, name := range []string{"ids", "import", "list"} {
		if len(values[name]) > 0 {
			kept[name] = values[name]
		}
	}
	return kept
}

// NewInvitations shows the form for inviting people to an assessment.
func (s Screens) NewInvitations(c echo.Context) error {
	end := s.DB.Clock.Now().AddDate(0, 0, web.InvitationDays(c)).In(web.Zone(c))
	form := invitationForm{Chosen: chosenQuery(c.QueryParams()).Encode(), Date: end.Format(time.DateOnly), Time: "23:59", Zone: web.Zone(c).String()}
	page, err := s.invitationPage(c, form)
	if err != nil {
		return err
	}
	return web.Page(c, views.InvitationPage(page))
}

// PreviewInvitations answers how many would be invited and what they would read, while the form is being filled in.
func (s Screens) PreviewInvitations(c echo.Context) error {
	form, err := bindInvitation(c)
	if err != nil {
		return err
	}
	page, err := s.invitationPage(c, form)
	if err != nil {
		return err
	}
	return web.Part(c, views.InvitationPreview(page))
}

// Invite invites everybody the form names and leads to how that goes.
func (s Screens) Invite(c echo.Context) error {
	form, err := bindInvitation(c)
	if err != nil {
		return err
	}
	page, err := s.invitationPage(c, form)
	if err != nil {
		return err
	}
	if form.Preview != "" {
		return web.Page(c, views.InvitationPage(page))
	}
	row, err := s.sendInvitations(c, form, page)
	if refused, ok := web.Refused(err); ok {
		page.Refused = refused
		return web.Form(c, views.InvitationPage(page))
	}
	if err != nil {
		return err
	}
	return web.Redirect(c, views.ActionHref(row.ID))
}

func bindInvitation(c echo.Context) (invitationForm, error) {
	var form invitationForm
	err := web.Bind(c, &form)
	return form, err
}

func (s Screens) sendInvitations(c echo.Context, form invitationForm, page views.Invitation) (models.ActionRecord, error) {
	end, err := readMoment(form.Date, form.Time, form.Zone)
	if err != nil {
		return models.ActionRecord{}, err
	}
	if end == nil {
		return models.ActionRecord{}, fault.Field("end", "Say until when the assessment may be taken.")
	}
	ids, err := s.chosenIDs(c, form.Chosen)
	if err != nil {
		return models.ActionRecord{}, err
	}
	a := actions.Invite{AssessmentID: page.Assessment.ID, EndDate: *end, IsNotify: form.Quiet == "", Subject: strings.TrimSpace(form.Subject),
		Content: notify.WithLink(form.Message), People: addresses.Parse(form.People).People}
	for _, id := range ids {
		a.Candidates = append(a.Candidates, actions.CandidateRef{ID: id})
	}
	return s.Actions.Record(web.Context(c), web.Actor(c), &a)
}

func (s Screens) invitationPage(c echo.Context, form invitationForm) (views.Invitation, error) {
	p := views.Invitation{Chosen: form.Chosen, People: form.People, Date: form.Date, Time: form.Time, Subject: form.Subject,
		Message: form.Message, Quiet: form.Quiet != "", HasMail: s.Actions.HasMail, MayWord: access.Can(web.Actor(c), "template.manage")}
	id, err := web.ID(c, "id")
	if err != nil {
		return p, err
	}
	if err := s.own(c).Where("NOT is_deleted").First(&p.Assessment, id).Error; err != nil {
		return p, database.Fault(err, "assessment")
	}
	if p.Page, err = web.Chrome(c, "Invite to "+p.Assessment.Title); err != nil {
		return p, err
	}
	p.Page.Wide = true
	if p.Head, err = s.assessmentHead(c, p.Assessment); err != nil {
		return p, err
	}
	if p.Zone, err = time.LoadLocation(form.Zone); err != nil {
		p.Zone = web.Zone(c)
	}
	p.Now = s.DB.Clock.Now()
	if err := s.fillInvited(c, &p); err != nil {
		return p, err
	}
	return p, s.fillPreview(c, &p)
}

// fillInvited counts who would be invited: those chosen before, and those whose address was pasted.
func (s Screens) fillInvited(c echo.Context, p *views.Invitation) error {
	ids, err := s.chosenIDs(c, p.Chosen)
	if err != nil {
		return err
	}
	p.ChosenCount = len(ids)
	if err := s.own(c).Where("id IN ?", ids[:min(len(ids), 5)]).Order("id DESC").Find(&p.ChosenFirst).Error; err != nil {
		return fmt.Errorf("load who was chosen: %w", err)
	}
	list := addresses.Parse(p.People)
	p.Pasted, p.Repeated, p.Unread = len(list.People), list.Repeated, list.Unread
	if len(list.People) > 0 {
		p.FirstName = list.People[0].FirstName
	}
	if len(p.ChosenFirst) > 0 {
		p.FirstName = p.ChosenFirst[0].FirstName
	}
	for start := 0; start < len(ids); start += idsAtOnce {
		var already int64
		err := s.own(c).Model(&models.AssessmentCandidate{}).
			Where("assessment_id = ? AND candidate_id IN ?", p.Assessment.ID, ids[start:min(start+idsAtOnce, len(ids))]).Count(&already).Error
		if err != nil {
			return fmt.Errorf("count who was invited before: %w", err)
		}
		p.Already += int(already)
	}
	return nil
}

// idsAtOnce bounds the ids of one query.
const idsAtOnce = 5000

// chosenIDs resolves who was chosen: by id, by import, or by the filters of the list.
func (s Screens) chosenIDs(c echo.Context, query string) ([]int64, error) {
	values, err := url.ParseQuery(query)
	if err != nil || len(values) == 0 {
		return nil, nil
	}
	if list, err := url.ParseQuery(values.Get("list")); err == nil && values.Has("list") {
		return s.listedIDs(c, readCandidateFilter(list))
	}
	if values.Has("import") {
		return s.listedIDs(c, readCandidateFilter(url.Values{"import": values["import"]}))
	}
	var ids []int64
	for _, given := range values["ids"] {
		for _, text := range strings.Split(given, ",") {
			if id, err := strconv.ParseInt(text, 10, 64); err == nil && id > 0 {
				ids = append(ids, id)
			}
		}
	}
	return ids, nil
}

const mostChosen = 20_000

func (s Screens) listedIDs(c echo.Context, f candidateFilter) ([]int64, error) {
	var ids []int64
	f.After, f.Before = 0, 0
	db := s.DB.Read.WithContext(web.Context(c))
	err := f.ordered(f.where(db, web.Actor(c), s.DB.Clock.Now()), web.Actor(c), mostChosen).Pluck("candidates.id", &ids).Error
	if err != nil {
		return nil, fmt.Errorf("find who was chosen: %w", err)
	}
	return ids, nil
}

// invitationTags are those that make sense in one's own words; link and code follow them by themselves.
var invitationTags = []string{"candidate-first-name", "candidate-name", "assessment-name", "organization-name", "end-date", "duration"}

// fillPreview words the message as the first of them would read it.
func (s Screens) fillPreview(c echo.Context, p *views.Invitation) error {
	kind, _ := notify.TypeNamed(notify.Invitation)
	a := web.Actor(c)
	template, found, err := notify.Template(s.DB.Read.WithContext(web.Context(c)), kind.ID, a.OrganizationID, &p.Assessment.ID)
	if err != nil {
		return fmt.Errorf("find template: %w", err)
	}
	subject, content := kind.Subject, kind.Content
	if found {
		subject, content = template.Subject, template.Content
	}
	if own := notify.WithLink(p.Message); own != "" {
		content = own
	}
	tags := notify.SampleTags(a.Organization, p.Assessment.Title)
	if p.FirstName != "" {
		tags["candidate-first-name"], tags["candidate-name"] = p.FirstName, p.FirstName
	}
	if end, err := readMoment(p.Date, p.Time, p.Zone.String()); err == nil && end != nil {
		tags["end-date"] = end.In(p.Zone).Format("Mon 2 Jan 2006, 15:04 MST")
	}
	p.TemplateSubject = notify.Subject(subject, tags)
	if p.Subject != "" {
		subject = p.Subject
	}
	p.PreviewSubject, p.PreviewHTML = notify.Subject(subject, tags), richtext.Sanitize(notify.Content(content, tags))
	for _, tag := range invitationTags {
		p.Tags = append(p.Tags, views.Tag{Name: "{%" + tag + "}", Meaning: notify.TagMeaning(tag)})
	}
	return nil
}
