package models

import (
	"slices"
	"strings"
	"time"

	"gorm.io/datatypes"
)

// Role is what a user may be in an organization, by its documented display name.
type Role string

// The 22 documented roles.
const (
	SuperAdmin              Role = "Super Admin"
	Developer               Role = "Developer"
	Recruiter               Role = "Recruiter"
	Evaluator               Role = "Evaluator"
	AccountManager          Role = "Account Manager"
	ContentManager          Role = "Content Manager"
	SupportEngineer         Role = "Support Engineer"
	MasterRecruiter         Role = "Master Recruiter"
	WalkInAdmin             Role = "Walkin Admin"
	Admin                   Role = "Admin"
	APIUser                 Role = "API User"
	CandidateRole           Role = "Candidate"
	Consultant              Role = "Consultant"
	Student                 Role = "Student"
	Sourcer                 Role = "Sourcer"
	Onboarding              Role = "Onboarding"
	Offer                   Role = "Offer"
	CandidateVerification   Role = "Candidate Verification"
	BackgroundCheck         Role = "Background Check"
	HiringManager           Role = "Hiring Manager"
	MasterHiringManager     Role = "Master Hiring Manager"
	ExternalAssessmentAdmin Role = "External Assessment Admin"
)

// Roles lists every documented role in the document's order.
var Roles = []Role{
	SuperAdmin, Developer, Recruiter, Evaluator, AccountManager, ContentManager, SupportEngineer, MasterRecruiter,
	WalkInAdmin, Admin, APIUser, CandidateRole, Consultant, Student, Sourcer, Onboarding, Offer, CandidateVerification,
	BackgroundCheck, HiringManager, MasterHiringManager, ExternalAssessmentAdmin,
}

// Valid tells whether r is one of the documented roles.
func (r Role) Valid() bool { return slices.Contains(Roles, r) }

// UserStatus is the state of an account.
type UserStatus int

// Account states, with their documented numbers. A New user was invited and has no password yet.
const (
	UserNew       UserStatus = 10
	UserActive    UserStatus = 20
	UserInactive  UserStatus = 30
	UserSuspended UserStatus = 40
)

// User is an account of a member of an organization.
type User struct {
	Row
	Owned
	Authored
	Deletable
	ExternalID        *string                   `gorm:"index" json:"external_id"`
	Username          string                    `gorm:"not null;uniqueIndex" json:"username"`
	Name              string                    `gorm:"not null" json:"name"`
	Email             string                    `gorm:"not null;uniqueIndex" json:"email"`
	Location          *string                   `json:"location"`
	Phone             *string                   `json:"phone"`
	CountryCode       *string                   `json:"countryCode"`
	Roles             datatypes.JSONSlice[Role] `gorm:"not null" json:"roles"`
	CurrentRole       Role                      `gorm:"not null" json:"current_role"`
	Status            UserStatus                `gorm:"not null;default:10" json:"status"`
	IsCommonLogin     bool                      `gorm:"not null" json:"is_common_login"`
	LoggedInAt        *time.Time                `json:"logged_in_at"`
	LoggedInFrom      *string                   `json:"logged_in_from"`
	DefaultLocale     string                    `gorm:"not null;default:en-US" json:"defaultLocale"`
	TimeZone          string                    `gorm:"not null;default:''" json:"-"`
	Bio               string                    `gorm:"not null;default:''" json:"bio"`
	Website           string                    `gorm:"not null;default:''" json:"website"`
	CF                datatypes.JSONMap         `gorm:"column:cf" json:"cf"`
	IsSingleSignOn    bool                      `gorm:"not null;default:false" json:"isSingleSignOn"`
	IsPrivacyAccepted bool                      `gorm:"not null;default:false" json:"isPrivacyAccepted"`
	IsTermsAccepted   bool                      `gorm:"not null;default:false" json:"isTermsAccepted"`
	PictureKey        *string                   `json:"-"`
	// PictureFileID is the record of the picture where one was uploaded as a file; PictureKey is what screens show.
	PictureFileID *int64         `json:"-"`
	PasswordHash  *string        `json:"-"`
	PasswordSetAt *time.Time     `json:"-"`
	TOTPSecret    *string        `gorm:"column:totp_secret" json:"-"`
	TOTPSince     *time.Time     `gorm:"column:totp_since" json:"-"`
	TOTPStep      int64          `gorm:"column:totp_step;not null;default:0" json:"-"`
	AppState      datatypes.JSON `json:"appState"`
	SearchText    string         `gorm:"not null;default:''" json:"-"`
}

// HasRole tells whether the user holds the role.
func (u User) HasRole(r Role) bool { return slices.Contains(u.Roles, r) }

// MaySignIn tells whether the account is in a state that lets its owner in.
func (u User) MaySignIn() bool {
	return !u.IsDeleted && u.Status == UserActive && u.PasswordHash != nil
}

// HasSecondFactor tells whether sign-in also asks for a code.
func (u User) HasSecondFactor() bool { return u.TOTPSecret != nil && u.TOTPSince != nil }

// NormalEmail returns an address in the form in which it is stored and compared.
func NormalEmail(s string) string { return strings.ToLower(strings.TrimSpace(s)) }
