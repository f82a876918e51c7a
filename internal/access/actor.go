// Package access decides who may do what. matrix.go is the one table of grants by role, scopes.go says which rows; the
// runner, every route line, the API engine and the buttons in views ask the same Can. What is absent is denied.
package access

import (
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
)

// Kind says what sort of actor acts.
type Kind string

// The kinds of actors.
const (
	User      Kind = "user"
	Candidate Kind = "candidate"
	Service   Kind = "service"
	System    Kind = "system" // the program itself: timers, the command line
	Nobody    Kind = "nobody" // not signed in
)

// Actor is who acts, as found out once at the edge of a request.
type Actor struct {
	Kind           Kind
	ID             int64 // user id, or candidate id
	Name           string
	OrganizationID int64
	Role           models.Role
	// Granted and Refused are the permission items given to or withheld from the user or the organization.
	Granted, Refused map[Grant]bool
	// Off are feature switches of the organization that are off, by wire name.
	Off map[string]bool
	// AssessmentCandidateID is the participation a candidate signed in to; 0 for others.
	AssessmentCandidateID int64
	SessionID             int64
	// TokenID is the bearer token the actor came with, 0 for none, and TokenScope what that may be used for.
	TokenID    int64
	TokenScope TokenScope
	TimeZone   string // IANA name; empty for UTC
	// PageSettings are the settings in force that pages obey.
	PageSettings PageSettings

	// What pages show of a signed-in user.
	Email, Organization          string
	HasPicture, HasChoiceOfRoles bool
}

// PageSettings are the settings in force, as far as pages obey them.
type PageSettings struct {
	Theme          string // "light" or "dark"; empty follows the device
	IsCompact      bool   // rows of lists stand close
	PageRows       int    // of a list; 0 for as many as usual
	InvitationDays int    // how long an invitation stays open unless said otherwise; 0 for as long as usual
	Accent         string // colour of candidates' main buttons, as #rrggbb; empty for ours
	TermsLink      string // of the organization, for candidates
}

// Anonymous is an actor who is not signed in.
func Anonymous() Actor { return Actor{Kind: Nobody} }

// Program returns the program itself, acting within an organization.
func Program(organizationID int64) Actor {
	return Actor{Kind: System, Name: "Assay", OrganizationID: organizationID}
}

// UserID returns the acting user's id, or nil when no user acts: what created_by and its like hold.
func (a Actor) UserID() *int64 {
	if a.Kind != User {
		return nil
	}
	return &a.ID
}

// IsSignedIn tells whether the actor is known.
func (a Actor) IsSignedIn() bool { return a.Kind != Nobody && a.Kind != "" }

// Can tells whether the actor may do what the grant names, in the rows it can see.
func Can(a Actor, g Grant) bool {
	line, known := lines[g]
	if !known || !a.IsSignedIn() {
		return false
	}
	if line.Feature != "" && a.Off[line.Feature] {
		return false
	}
	switch a.Kind {
	case System:
		return true
	case Candidate:
		return line.Candidate
	case Service:
		if line.Everyone { // an account, a profile: a program has none, and its id is no user's
			return false
		}
	}
	if a.Refused[g] || !a.TokenScope.Covers(g) {
		return false
	}
	return a.Granted[g] || line.allows(a.Role)
}

// Check returns nil when Can, Unauthorized when nobody is signed in, else Forbidden.
func Check(a Actor, g Grant) error {
	if Can(a, g) {
		return nil
	}
	if !a.IsSignedIn() {
		return fault.New(fault.Unauthorized, "Sign in to go on.")
	}
	if !a.TokenScope.Covers(g) {
		return fault.New(fault.Forbidden, "The scope of this token does not cover this.")
	}
	return fault.New(fault.Forbidden, "Your role does not allow this. An administrator of your organization can change that.")
}
