package models

// roleKeys are the documented identifiers of roles whose display names differ from them.
var roleKeys = map[string]Role{
	"SuperAdmin": SuperAdmin, "Account_Manager": AccountManager, "Content_Manager": ContentManager,
	"Support_Engineer": SupportEngineer, "Master_Recruiter": MasterRecruiter, "Walk_In_Admin": WalkInAdmin, "API": APIUser,
	"Candidate_Verification": CandidateVerification, "Background_Check": BackgroundCheck, "Hiring_Manager": HiringManager,
	"Master_Hiring_Manager": MasterHiringManager, "External_Assessment_Admin": ExternalAssessmentAdmin,
}

// RoleNamed returns a role by its display name or by its documented identifier; ok is false when there is none.
func RoleNamed(text string) (role Role, ok bool) {
	if role, ok = roleKeys[text]; ok {
		return role, true
	}
	role = Role(text)
	return role, role.Valid()
}
