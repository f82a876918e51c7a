package recruiter

import (
	"fmt"
	"net/http"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/pdf"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// ReportPDF is the report as a file.
func (s Screens) ReportPDF(c echo.Context) error {
	r, err := s.reportOf(c)
	if err != nil {
		return err
	}
	if err := web.Run(c, &actions.NoteExport{Table: actions.ExportedReport, SubjectID: r.ID, Format: "pdf"}); err != nil {
		return err
	}
	doc := pdf.New(pdf.Info{Title: "Report on " + printedName(r), Author: web.Actor(c).Organization, Language: "en", Created: s.DB.Clock.Now()})
	writeReport(doc, r, web.Actor(c).Organization)
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "application/pdf")
	h.Set(echo.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="report-%d.pdf"`, r.ID))
	c.Response().WriteHeader(http.StatusOK)
	_, err = doc.WriteTo(c.Response())
	return err
}

// printedName is how a person is called on paper: by the address where there is no type for the name.
func printedName(r views.Report) string {
	if !pdf.Writes(r.Name) && r.Email != "" {
		return r.Email
	}
	return r.Name
}

func writeReport(doc *pdf.Document, r views.Report, organization string) {
	doc.Title(printedName(r), r.Assessment+" · "+organization)
	doc.Paragraph(r.Lead)
	doc.Heading("Sections")
	for _, s := range r.Sections {
		if s.Score == nil {
			continue
		}
		score := pdf.Score{Label: s.Title, Value: *s.Score}
		if s.CutOff > 0 {
			score.Cutoff = &s.CutOff
		}
		if s.High > 0 {
			score.Low, score.High = &s.Low, &s.High
		}
		doc.ScoreBar(score)
	}
	if skills := r.Skills(); len(skills) > 0 {
		doc.Heading("Skills")
		var rows [][]string
		for _, skill := range skills {
			rows = append(rows, []string{skill.Term, skill.Text})
		}
		doc.Table([]pdf.Column{{Name: "Skill", Share: 4}, {Name: "Of 100", Numbers: true}}, rows)
	}
	if len(r.Evaluations) > 0 {
		doc.Heading("Evaluations")
		var rows [][]string
		for _, e := range r.Evaluations {
			rows = append(rows, []string{e.By, e.Section, verdicts[e.Recommendation], e.Mean, e.Comment})
		}
		doc.Table([]pdf.Column{{Name: "Evaluator", Share: 2}, {Name: "Section", Share: 2}, {Name: "Recommends", Share: 1.7}, {Name: "Mean", Numbers: true}, {Name: "Comment", Share: 4}}, rows)
	}
	doc.Heading("Particulars")
	var facts []pdf.KeyValue
	for _, entry := range r.Particulars {
		facts = append(facts, pdf.KeyValue{Key: entry.Term, Value: entry.Text})
	}
	doc.KeyValues(facts...)
	missing := !pdf.Writes(r.Name)
	for _, e := range r.Evaluations {
		missing = missing || !pdf.Writes(e.By+e.Comment)
	}
	if missing {
		doc.Paragraph("This file has no type for some letters of a name or a comment. The report's page shows them.")
	}
}

var verdicts = map[models.Recommendation]string{models.RecommendSelect: "Select", models.RecommendHold: "Hold", models.RecommendReject: "Reject"}
