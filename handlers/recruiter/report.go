package recruiter

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/views/ui"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// ShowReport shows what is known of one candidate in one assessment.
func (s Screens) ShowReport(c echo.Context) error {
	r, err := s.reportOf(c)
	if err != nil {
		return err
	}
	if r.Page, err = web.Chrome(c, "Report on "+r.Name); err != nil {
		return err
	}
	r.Page.Read = true
	r.MayShare = access.Can(web.Actor(c), "report.share")
	if r.MayShare {
		if r.Shares, err = s.shares(c, r.ID); err != nil {
			return err
		}
	}
	return web.Page(c, views.ReportPage(r))
}

// ShareReport makes a link to the report and shows it, this once.
func (s Screens) ShareReport(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	share := actions.ShareReport{}
	if err := web.Bind(c, &share); err != nil {
		return err
	}
	share.AssessmentCandidateID = id
	if err := web.Run(c, &share); err != nil {
		return err
	}
	made := views.MadeShare{URL: share.URL, Until: share.Share.ExpiresAt.In(web.Zone(c)).Format("Mon 2 Jan, 15:04 MST")}
	page, err := web.Chrome(c, "Link to the report")
	if err != nil {
		return err
	}
	back := fmt.Sprintf("/participations/%d/report", id)
	return web.PageOr(c, views.SharePage(page, made, back), views.ShareMade(made))
}

// RevokeShare ends a link.
func (s Screens) RevokeShare(c echo.Context) error {
	participation, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	id, err := web.ID(c, "share")
	if err != nil {
		return err
	}
	if err := web.Run(c, &actions.RevokeShare{ID: id}); err != nil {
		return err
	}
	if err := web.SetFlash(c, "The link shows nothing any more."); err != nil {
		return err
	}
	return web.Redirect(c, fmt.Sprintf("/participations/%d/report", participation))
}

// ShowShared shows a report to whoever holds its link.
func (s Screens) ShowShared(c echo.Context) error {
	open := actions.OpenShare{Token: c.Param("token")}
	if err := web.Run(c, &open); err != nil {
		return err
	}
	var organization models.Organization
	if err := s.DB.Read.WithContext(web.Context(c)).First(&organization, open.Share.OrganizationID).Error; err != nil {
		return database.Fault(err, "organization")
	}
	zone, err := time.LoadLocation(organization.TimeZone)
	if err != nil {
		zone = time.UTC
	}
	r, err := s.report(web.Context(c), access.Program(organization.ID), open.Share.AssessmentCandidateID, zone)
	if err != nil {
		return err
	}
	if r.Page, err = web.Chrome(c, "Report on "+r.Name); err != nil {
		return err
	}
	r.Page.Organization = organization.Name
	c.Response().Header().Set("X-Robots-Tag", "noindex, nofollow")
	until := open.Share.ExpiresAt.In(zone).Format("Mon 2 Jan 2006, 15:04 MST")
	return web.Page(c, views.SharedReport(r, "This link shows the report until "+until+"."))
}

func (s Screens) reportOf(c echo.Context) (views.Report, error) {
	id, err := web.ID(c, "id")
	if err != nil {
		return views.Report{}, err
	}
	return s.report(web.Context(c), web.Actor(c), id, web.Zone(c))
}

// report loads a report for a reader, or for the organization itself when a link is the reader's right.
func (s Screens) report(ctx context.Context, reader access.Actor, id int64, zone *time.Location) (views.Report, error) {
	var ac models.AssessmentCandidate
	if err := s.DB.Read.WithContext(ctx).Scopes(access.Own(reader)).First(&ac, id).Error; err != nil {
		return views.Report{}, database.Fault(err, "report")
	}
	p, err := s.pipeline(ctx, reader, ac.AssessmentID, pipelineFilter{})
	if err != nil {
		return views.Report{}, err
	}
	d, err := p.drawer(ac, "history", zone)
	if err != nil {
		return views.Report{}, err
	}
	d.Tab = ""
	r := views.Report{Drawer: d, Assessment: p.assessment.Title, Spread: p.histogram(), Particulars: particulars(ac, zone)}
	r.Spread.Title, r.Spread.CutOff = "Scores of everybody", d.CutOff
	if ac.Score != nil {
		r.Spread.Mine, r.Spread.Label = *ac.Score, d.Name+" "+ui.Score(*ac.Score)
	}
	r.Lead = lead(d)
	return r, nil
}

// lead says the report in a sentence.
func lead(d views.Drawer) string {
	var parts []string
	if d.Score != nil {
		text := fmt.Sprintf("Scores %s of 100", ui.Score(*d.Score))
		if d.Rank != "" {
			text += ", " + d.Rank
		}
		parts = append(parts, text+".")
	} else {
		parts = append(parts, "Not scored yet.")
	}
	selects := 0
	for _, e := range d.Evaluations {
		if e.Recommendation == models.RecommendSelect {
			selects++
		}
	}
	switch n := len(d.Evaluations); {
	case n == 1 && selects == 1:
		parts = append(parts, "The one evaluation recommends to select.")
	case n > 0:
		parts = append(parts, fmt.Sprintf("%d of %d evaluations recommend to select.", selects, n))
	}
	return strings.Join(parts, " ")
}

func particulars(ac models.AssessmentCandidate, zone *time.Location) []ui.Entry {
	var entries []ui.Entry
	add := func(term string, at *time.Time) {
		if at != nil {
			entries = append(entries, ui.Entry{Term: term, Text: at.In(zone).Format("Mon 2 Jan 2006, 15:04")})
		}
	}
	add("Invited", ac.InvitedAt)
	add("Started", ac.AttendedAt)
	add("Evaluated", ac.EvaluatedAt)
	return append(entries, ui.Entry{Term: "Status", Text: ac.Status().Label()})
}

func (s Screens) shares(c echo.Context, participation int64) ([]views.Share, error) {
	var found []models.ReportShare
	err := s.DB.Read.WithContext(web.Context(c)).Scopes(access.Own(web.Actor(c))).
		Where("assessment_candidate_id = ? AND revoked_at IS NULL AND expires_at > ?", participation, s.DB.Clock.Now()).
		Order("id").Find(&found).Error
	if err != nil {
		return nil, fmt.Errorf("load shared links: %w", err)
	}
	shown := make([]views.Share, len(found))
	for i, f := range found {
		shown[i] = views.Share{ID: f.ID, Until: f.ExpiresAt.In(web.Zone(c)).Format("2 Jan, 15:04 MST"), Views: f.Views}
	}
	return shown, nil
}
