package recruiter

import (
	"strconv"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// SaveEducation adds or changes an education entry.
func (s Screens) SaveEducation(c echo.Context) error {
	id, entry, err := entryIDs(c)
	if err != nil {
		return err
	}
	var a actions.SaveEducation
	if err := web.Bind(c, &a); err != nil {
		return err
	}
	a.CandidateID, a.ID = id, entry
	if err := web.Run(c, &a); err != nil {
		return s.historyAgain(c, err, func(p *views.Candidate, refused fault.Fields) {
			p.Tab, p.Refused, p.EducationTyped = "education", refused, views.EducationForm{ID: entry, School: a.School, Degree: a.Degree,
				Field: a.FieldOfStudy, Grade: a.Grade, Description: a.Description, From: a.StartedAt, Until: a.CompletedAt}
		})
	}
	return web.Redirect(c, views.CandidateHref(id)+"?tab=education")
}

// SaveExperience adds or changes an employment.
func (s Screens) SaveExperience(c echo.Context) error {
	id, entry, err := entryIDs(c)
	if err != nil {
		return err
	}
	var a actions.SaveExperience
	if err := web.Bind(c, &a); err != nil {
		return err
	}
	a.CandidateID, a.ID = id, entry
	if err := web.Run(c, &a); err != nil {
		return s.historyAgain(c, err, func(p *views.Candidate, refused fault.Fields) {
			p.Tab, p.Refused, p.ExperienceTyped = "experience", refused, views.ExperienceForm{ID: entry, Employer: a.Employer, Title: a.Title,
				Location: a.Location, Description: a.Description, IsCurrent: a.IsCurrent, From: a.StartedAt, Until: a.CompletedAt}
		})
	}
	return web.Redirect(c, views.CandidateHref(id)+"?tab=experience")
}

func (s Screens) historyAgain(c echo.Context, cause error, put func(*views.Candidate, fault.Fields)) error {
	refused, ok := web.Refused(cause)
	if !ok {
		return cause
	}
	page, err := s.loadCandidate(c)
	if err != nil {
		return err
	}
	put(&page, refused)
	return web.Form(c, views.CandidatePage(page))
}

// RemoveEducation takes an education entry away.
func (s Screens) RemoveEducation(c echo.Context) error {
	id, entry, err := entryIDs(c)
	if err != nil {
		return err
	}
	if err := web.Run(c, &actions.RemoveHistory{CandidateID: id, EducationID: entry}); err != nil {
		return err
	}
	return web.Redirect(c, views.CandidateHref(id)+"?tab=education")
}

// RemoveExperience takes an employment away.
func (s Screens) RemoveExperience(c echo.Context) error {
	id, entry, err := entryIDs(c)
	if err != nil {
		return err
	}
	if err := web.Run(c, &actions.RemoveHistory{CandidateID: id, ExperienceID: entry}); err != nil {
		return err
	}
	return web.Redirect(c, views.CandidateHref(id)+"?tab=experience")
}

// entryIDs returns the candidate and the entry that an address names; the entry is 0 where a new one is added.
func entryIDs(c echo.Context) (candidate, entry int64, err error) {
	if candidate, err = web.ID(c, "id"); err != nil || c.Param("entry") == "" {
		return candidate, 0, err
	}
	entry, err = web.ID(c, "entry")
	return candidate, entry, err
}

// AddCandidateFile attaches a file.
func (s Screens) AddCandidateFile(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	kind, err := strconv.ParseInt(c.FormValue("type"), 10, 64)
	if err != nil {
		kind = models.FileTypeDocument
	}
	a := actions.AddCandidateFile{CandidateID: id, Type: kind}
	if header, err := c.FormFile("file"); err == nil {
		content, err := header.Open()
		if err != nil {
			return err
		}
		defer content.Close() // read to its end by then
		a.Name, a.Content = header.Filename, content
	}
	if err := web.Run(c, &a); err != nil {
		return s.historyAgain(c, err, func(p *views.Candidate, refused fault.Fields) { p.Tab, p.Refused = "files", refused })
	}
	return web.Redirect(c, views.CandidateHref(id)+"?tab=files")
}

// RemoveCandidateFile takes a file away.
func (s Screens) RemoveCandidateFile(c echo.Context) error {
	id, file, err := entryIDs(c)
	if err != nil {
		return err
	}
	if err := web.Run(c, &actions.RemoveCandidateFile{CandidateID: id, FileID: file}); err != nil {
		return err
	}
	return web.Redirect(c, views.CandidateHref(id)+"?tab=files")
}
