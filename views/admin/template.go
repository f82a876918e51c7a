package admin

import (
	"fmt"
	"slices"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// Templates lists the types of messages.
type Templates struct {
	layout.Page
	Scope Scope
	Types []TemplateType
}

// TemplateType is one type of message.
type TemplateType struct {
	Name, Label, Description string
	Group                    string
	IsOwn                    bool // the organization words it itself
	IsText                   bool // it goes to a telephone
}

func (t TemplateType) icon() ui.IconName {
	if t.IsText {
		return ui.IconPhone
	}
	return ui.IconMail
}

// Template is the wording of one type of message.
type Template struct {
	layout.Page
	Scope          Scope
	Type           TemplateType
	Subject        string
	Content        string
	From           string
	IsOwn          bool
	Tags           []Tag
	PreviewSubject string
	PreviewHTML    string // sanitized
	Refused        fault.Fields
}

// Tag is a place that is filled in for each message.
type Tag struct{ Name, Meaning string }

// Scope is whose wording it is: the organization's, or one assessment's.
type Scope struct {
	Base         string // address of the list of types
	AssessmentID int64  // 0 for the organization's
	Assessment   string // its title
}

func (s Scope) isAssessment() bool { return s.AssessmentID != 0 }

// crumbs lead back to where the wording is used.
func (s Scope) crumbs(list bool) []ui.Crumb {
	crumbs := []ui.Crumb{{Label: "Messages", Href: "/admin/outbox"}}
	if s.isAssessment() {
		crumbs = []ui.Crumb{{Label: "Assessments", Href: "/assessments"}, {Label: s.Assessment, Href: fmt.Sprintf("/assessments/%d", s.AssessmentID)}}
	}
	if !list {
		crumbs = append(crumbs, ui.Crumb{Label: "Wording", Href: s.Base})
	}
	return crumbs
}

func (s Scope) lead() string {
	if s.isAssessment() {
		return "Messages about this assessment use your organization's words, unless it has words of its own here."
	}
	return "Every message has words to begin with. Where yours differ, new messages use yours."
}

func (s Scope) own() string {
	if s.isAssessment() {
		return "Its own words"
	}
	return "Your own words"
}

func (s Scope) reset() string {
	if s.isAssessment() {
		return "Back to the organization's"
	}
	return "Back to the default"
}

// typeGroup is a heading with the types below it.
type typeGroup struct {
	label string
	types []TemplateType
}

func (p Templates) groups() []typeGroup {
	var groups []typeGroup
	for _, t := range p.Types {
		at := slices.IndexFunc(groups, func(g typeGroup) bool { return g.label == t.Group })
		if at < 0 {
			at, groups = len(groups), append(groups, typeGroup{label: t.Group})
		}
		groups[at].types = append(groups[at].types, t)
	}
	return groups
}

func (s Scope) href(t TemplateType) string { return s.Base + "/" + t.Name }
