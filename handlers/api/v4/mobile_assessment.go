package v4

import (
	"time"

	"github.com/assay-hire/assay/internal/richtext"
	"github.com/assay-hire/assay/models"
)

// attendedAssessment is the assessment that a section belongs to, as whoever attends sees it.
type attendedAssessment struct {
	ID              int64                   `json:"id"`
	ExternalID      *string                 `json:"external_id"`
	Title           string                  `json:"title"`
	Description     string                  `json:"description"`
	DescriptionHTML string                  `json:"descriptionHTML"`
	DescriptionText string                  `json:"descriptionText"`
	Promo           *string                 `json:"promo"`
	HasLive         bool                    `json:"hasLive"`
	HasLargeForm    bool                    `json:"hasLargeForm"`
	Position        any                     `json:"position"`
	Organization    attendedOrganization    `json:"organization"`
	StartDate       *time.Time              `json:"start_date"`
	FirstSectionID  *int64                  `json:"first_assessment_section_id"`
	PublicLinkURL   *string                 `json:"publicLinkUrl"`
	StatusID        models.AssessmentStatus `json:"status_id"`
	CustomFields    []string                `json:"customFields"`
	EndDate         *time.Time              `json:"end_date"`
	HasMobile       bool                    `json:"hasMobile"`
	Theme           *string                 `json:"theme"`
	Location        *string                 `json:"location"`
	Type            *string                 `json:"type"`
	Experience      *string                 `json:"experience"`
	ProviewURL      string                  `json:"proviewUrl"`
	ProviewToken    string                  `json:"proviewToken"`
	CreatedAt       time.Time               `json:"created_at"`
	UpdatedAt       time.Time               `json:"updated_at"`
	FormURL         *string                 `json:"formUrl"`
	ReportURL       *string                 `json:"reportUrl"`
	PreTemplate     *string                 `json:"preTemplate"`
	Skin            *string                 `json:"skin"`
}

// attendedOrganization is who runs the assessment.
type attendedOrganization struct {
	ID                 int64     `json:"id"`
	Name               string    `json:"name"`
	Logo               *string   `json:"logo"`
	Theme              string    `json:"theme"`
	TimeZone           string    `json:"timeZone"`
	Promo              any       `json:"promo"`
	LogoutURL          any       `json:"logoutUrl"`
	CSSSkin            any       `json:"cssSkin"`
	IOSBundle          *string   `json:"candidateIOSBundleID"`
	AndroidPackage     *string   `json:"candidateDroidPackageName"`
	IOSDownload        *string   `json:"candidateIOSDownloadUrl"`
	CreatedAt          time.Time `json:"created_at"`
	IsMobileAssessment any       `json:"isMobileAssessment"`
	Chatbot            any       `json:"chatbot_enabled"`
	Watermark          any       `json:"watermark_enabled"`
	TermsLink          *string   `json:"termsLink"`
	PrivacyLink        *string   `json:"privacyLink"`
}

func (a API) assessmentOf(at attendance) attendedAssessment {
	m := at.assessment
	o := attendedAssessment{
		ID: m.ID, ExternalID: m.ExternalID, Title: m.Title, Description: m.Description, DescriptionHTML: a.Actions.Files.SignImages(m.Description),
		DescriptionText: richtext.Plain(m.Description), Promo: m.Promo, Organization: organizationOf(at.organization), StartDate: m.StartDate,
		StatusID: m.StatusID, EndDate: m.EndDate, HasMobile: true, Theme: m.Theme, CreatedAt: m.CreatedAt, UpdatedAt: m.UpdatedAt, FormURL: m.FormURL,
	}
	for i, s := range at.sittings {
		if i == 0 {
			o.FirstSectionID = &s.placed.ID
		}
		o.HasLive = o.HasLive || s.section.SectionTypeID == models.LiveSection
		o.HasLargeForm = o.HasLargeForm || s.section.FormID != nil
	}
	return o
}

func organizationOf(m models.Organization) attendedOrganization {
	return attendedOrganization{
		ID: m.ID, Name: m.Name, Logo: m.Logo, Theme: m.Theme, TimeZone: m.TimeZone, Promo: m.Member("promo"), LogoutURL: m.Member("logoutUrl"),
		CSSSkin: m.Member("cssSkin"), CreatedAt: m.CreatedAt, IsMobileAssessment: m.Member("isMobileAssessment"),
		Chatbot: m.Member("chatbot_enabled"), Watermark: m.Member("watermark_enabled"), TermsLink: m.TermsLink,
	}
}
