package recruiter

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/a-h/templ"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// change is one change to an assessment made in the builder, and what the screen shows after it.
type change struct {
	action  actions.Action
	section func() int64 // open afterwards
	tab     views.BuildTab
	keep    bool   // the form that was sent stays as it is; only what is around it changes
	said    string // told in a toast
	undo    func() string
	// refused marks the form that was sent with what was wrong and what was typed.
	refused func(*views.Build, fault.Fields)
}

// apply makes a change and answers with the builder, or its changed parts, as they are now.
func (s Screens) apply(c echo.Context, ch change) error {
	err := web.Run(c, ch.action)
	fields, refused := web.Refused(err)
	if err != nil && (!refused || ch.refused == nil) {
		return err
	}
	section := int64(0)
	if ch.section != nil {
		section = ch.section()
	}
	if err == nil && !web.IsPart(c) {
		return s.applied(c, ch, section)
	}
	p, loadErr := s.build(c, section, ch.tab)
	if loadErr != nil {
		return loadErr
	}
	if refused {
		ch.refused(&p, fields)
		return refusedBuild(c, p)
	}
	p.OOB = true
	c.Response().Header().Set("HX-Replace-Url", p.At(p.Section, p.Tab))
	parts := []templ.Component{views.DialogsClosed()}
	if ch.keep {
		parts = append(parts, views.BuildAround(p))
	} else {
		parts = append(parts, views.BuildParts(p))
	}
	if ch.said != "" {
		parts = append(parts, web.Toast(ch.said, ch.undoURL()))
	}
	return web.Part(c, parts...)
}

// applied leads a browser without script back to the builder.
func (s Screens) applied(c echo.Context, ch change, section int64) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	if ch.said != "" {
		if err := web.SetFlashUndo(c, ch.said, ch.undoURL()); err != nil {
			return err
		}
	}
	to := fmt.Sprintf("/assessments/%d/build", id)
	if section != 0 {
		to += fmt.Sprintf("?section=%d&tab=%s", section, ch.tab)
	}
	return c.Redirect(http.StatusSeeOther, to)
}

func refusedBuild(c echo.Context, p views.Build) error {
	if web.IsPart(c) {
		p.OOB = true
		return web.Form(c, views.BuildParts(p))
	}
	return web.Form(c, views.BuildPage(p))
}

func (ch change) undoURL() string {
	if ch.undo == nil {
		return ""
	}
	return ch.undo()
}

// stay keeps the section of the path open.
func stay(section int64) func() int64 { return func() int64 { return section } }

// currentQuery is the query of the page that a script's request comes from.
func currentQuery(c echo.Context) url.Values {
	from, err := url.Parse(c.Request().Header.Get("HX-Current-URL"))
	if err != nil {
		return url.Values{}
	}
	return from.Query()
}
