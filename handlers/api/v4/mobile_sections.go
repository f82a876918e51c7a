package v4

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
)

// mobileSection is a section as whoever attends sees it.
type mobileSection struct {
	ID                  int64              `json:"id"`
	Section             sectionObject      `json:"section"`
	IsPublic            bool               `json:"is_public"`
	IsProctor           bool               `json:"is_proctor"`
	IsReview            bool               `json:"is_review"`
	IsSkipAllowed       bool               `json:"isSkipAllowed"`
	IsVisible           bool               `json:"is_visible"`
	IsRetake            bool               `json:"is_retake"`
	StartDate           *time.Time         `json:"start_date"`
	Duration            string             `json:"duration"`
	EndDate             *time.Time         `json:"end_date"`
	HasLargeForm        bool               `json:"hasLargeForm"`
	AssessmentID        int64              `json:"assessment_id"`
	MaxSectionTime      *int               `json:"max_section_time"`
	MaxQuestionTime     *int               `json:"max_question_time"`
	QuestionDisplayTime int                `json:"questionDisplayTime"`
	Intro               *string            `json:"intro"`
	Conclusion          *string            `json:"conclusion"`
	Assessment          attendedAssessment `json:"assessment"`
	Links               links              `json:"_links"`
}

// publicSection is what a visitor sees before registering.
type publicSection struct {
	mobileSection
	IsPlaylist      bool     `json:"isPlaylist"`
	HasNegative     bool     `json:"hasNegative"`
	IsRetakeToo     bool     `json:"isRetake"`
	AllowedCompiler []string `json:"allowedCompiler"`
	PublicLinkURL   *string  `json:"publicLinkUrl"`
	PositiveMark    *float64 `json:"positive_mark"`
	NegativeMark    *float64 `json:"negative_mark"`
}

type sectionObject struct {
	ID                int64              `json:"id"`
	ExternalID        *string            `json:"external_id"`
	Title             string             `json:"title"`
	IsTemplate        bool               `json:"is_template"`
	IsDefault         bool               `json:"is_default"`
	EvaluationFormID  *int64             `json:"evaluation_form_id"`
	CandidateFormURL  *string            `json:"candidateFormUrl"`
	IsIframe          bool               `json:"isIframe"`
	EvaluationFormURL *string            `json:"evaluationFormUrl"`
	Content           *string            `json:"content"`
	IsDynamic         bool               `json:"isDynamic"`
	QuestionsCount    int                `json:"questionsCount"`
	Type              string             `json:"type"`
	FormID            *int64             `json:"form_id"`
	TypeID            models.SectionType `json:"type_id"`
	SectionTypeID     models.SectionType `json:"section_type_id"`
	ExternalAssessID  *int64             `json:"external_assessment_id"`
	CreatedAt         time.Time          `json:"created_at"`
	UpdatedAt         time.Time          `json:"updated_at"`
	Links             []string           `json:"_links"`
}

func (a API) sectionOperations() []operation {
	return []operation{
		{method: http.MethodGet, path: "/mobile/assessment-section", grant: attends, do: a.mobileSections, status: http.StatusOK,
			query: append([]parameter{idParameter, fieldsParameter}, pageParameters...), gives: []mobileSection{},
			about: "The sections that the signed-in candidate attends, in their order."},
		{method: http.MethodGet, path: "/mobile/public-assessment-section/{id}", open: true, do: a.publicSection, status: http.StatusOK,
			query: []parameter{fieldsParameter}, gives: publicSection{},
			about: "A section that is open to everybody, before registering for it."},
	}
}

func (a API) mobileSections(c echo.Context) error {
	at, err := a.attendance(c)
	if err != nil {
		return err
	}
	all := make([]mobileSection, len(at.sittings))
	for i, s := range at.sittings {
		all[i] = a.sectionOf(at, s)
	}
	return showList(c, all, func(s mobileSection) int64 { return s.ID })
}

func (a API) publicSection(c echo.Context) error {
	id, err := keyParam(c, "id")
	if err != nil {
		return err
	}
	db, at := a.DB.Read.WithContext(web.Context(c)), attendance{now: a.DB.Clock.Now()}
	placed, assessment, err := actions.PublicSection(db, id, at.now)
	if err != nil {
		return err
	}
	if err := db.First(&at.organization, placed.OrganizationID).Error; err != nil {
		return fmt.Errorf("load the organization: %w", err)
	}
	var all []models.AssessmentSection
	if err := db.Where("assessment_id = ? AND is_visible", assessment.ID).Order("sort_order, id").Find(&all).Error; err != nil {
		return fmt.Errorf("load the assessment's sections: %w", err)
	}
	sections, questions, err := loadSections(db, all)
	if err != nil {
		return err
	}
	at.assessment = assessment
	for _, p := range all {
		at.sittings = append(at.sittings, sitting{placed: p, section: sections[p.SectionID], questions: questions[p.SectionID]})
	}
	s := sitting{placed: placed, section: sections[placed.SectionID], questions: questions[placed.SectionID]}
	o := publicSection{mobileSection: a.sectionOf(at, s), IsPlaylist: placed.IsPlaylist, HasNegative: placed.NegativeMark != 0,
		IsRetakeToo: placed.IsRetake, PositiveMark: &placed.PositiveMark, NegativeMark: &placed.NegativeMark, AllowedCompiler: placed.AllowedCompilers}
	o.Links = linksTo(map[string]string{
		"unassigned": fmt.Sprintf("/models/assessment-section-candidate?assessment_section_id=%d&unassigned=1", placed.ID),
		"panel":      fmt.Sprintf("/models/panel?assessment_section_id=%d", placed.ID),
		"parameters": fmt.Sprintf("/models/parameter?section_id=%d", placed.SectionID),
		"assessment": fmt.Sprintf("/models/assessment/%d", placed.AssessmentID),
	})
	return showOne(c, http.StatusOK, o)
}

func (a API) sectionOf(at attendance, s sitting) mobileSection {
	p := s.placed
	return mobileSection{
		ID: p.ID, Section: a.sectionObject(s), IsPublic: p.IsPublic, IsProctor: p.IsProctor, IsReview: p.IsReview, IsSkipAllowed: p.IsSkipAllowed,
		IsVisible: p.IsVisible, IsRetake: p.IsRetake, StartDate: p.StartDate, Duration: lasting(s), EndDate: p.EndDate,
		HasLargeForm: s.section.FormID != nil, AssessmentID: p.AssessmentID, MaxSectionTime: p.MaxSectionTime, MaxQuestionTime: p.MaxQuestionTime,
		QuestionDisplayTime: p.QuestionDisplayTime, Intro: a.html(p.Intro), Conclusion: a.html(p.Conclusion), Assessment: a.assessmentOf(at),
		Links: linksTo(map[string]string{
			"parameters": fmt.Sprintf("/models/parameter?section_id=%d", p.SectionID),
			"assessment": fmt.Sprintf("/models/assessment/%d", p.AssessmentID),
		}),
	}
}

func (a API) sectionObject(s sitting) sectionObject {
	b := s.section
	return sectionObject{
		ID: b.ID, ExternalID: b.ExternalID, Title: b.Title, IsTemplate: b.IsTemplate, IsDefault: b.IsDefault, EvaluationFormID: b.EvaluationFormID,
		CandidateFormURL: b.CandidateFormURL, EvaluationFormURL: b.EvaluationFormURL, Content: a.html(b.Content), QuestionsCount: s.questions,
		Type: b.SectionTypeID.Label(), FormID: b.FormID, TypeID: b.SectionTypeID, SectionTypeID: b.SectionTypeID,
		ExternalAssessID: b.ExternalAssessID, CreatedAt: b.CreatedAt, UpdatedAt: b.UpdatedAt,
	}
}

// html is a text with pictures that can be fetched.
func (a API) html(text *string) *string {
	if text == nil {
		return nil
	}
	signed := a.Actions.Files.SignImages(*text)
	return &signed
}

// lasting is how long a section may take, in words; "" where nothing limits it.
func lasting(s sitting) string {
	seconds := s.attempt.ExtraSeconds
	switch limit, each := s.placed.MaxSectionTime, s.placed.MaxQuestionTime; {
	case limit != nil && *limit > 0:
		seconds += *limit
	case each != nil && *each > 0 && s.questions > 0:
		seconds += *each * s.questions
	default:
		return ""
	}
	counted := func(n int, what string) string {
		if n == 1 {
			return "1 " + what
		}
		return fmt.Sprintf("%d %ss", n, what)
	}
	if seconds < 60 {
		return counted(seconds, "second")
	}
	var parts []string
	if hours := seconds / 3600; hours > 0 {
		parts = append(parts, counted(hours, "hour"))
	}
	if minutes := seconds % 3600 / 60; minutes > 0 {
		parts = append(parts, counted(minutes, "minute"))
	}
	return strings.Join(parts, " ")
}
