package models

// All returns a zero value of every table's struct, parents before children.
func All() []any {
	return []any{
		&Organization{}, &User{}, &Session{}, &Ticket{}, &RecoveryCode{}, &PermissionGrant{},
		&Status{}, &StatusReason{}, &FileType{}, &File{}, &Category{}, &Skill{}, &CustomField{},
		&Candidate{}, &CandidateEducation{}, &CandidateExperience{}, &CandidateFile{},
		&Question{}, &QuestionVersion{}, &QuestionSkill{}, &QuestionCategoryLink{}, &QuestionFile{},
		&Form{}, &ExternalAssessment{}, &Section{}, &SectionSlot{}, &Parameter{}, &SectionParameter{},
		&Assessment{}, &AssessmentCategoryLink{}, &AssessmentCollaborator{}, &AssessmentSection{},
		&AssessmentCandidate{}, &ParticipationTally{}, &AssessmentSectionCandidate{}, &Answer{}, &AttemptEvent{},
		&Panel{}, &PanelCandidate{}, &Evaluation{}, &EvaluationRating{}, &EvaluationComment{},
		&FormInstance{}, &FormInstanceFile{},
		&NotificationTemplateType{}, &NotificationTemplate{}, &NotificationTemplateTag{}, &Notification{},
		&ActionRecord{}, &AuditEntry{}, &AuditHead{}, &SavedFilter{}, &ReportShare{}, &Import{},
		&LiveSession{}, &LiveAttendee{}, &LiveRecording{}, &Event{}, &EventAssessment{}, &EventCandidate{}, &EventUser{},
		&CalendarSlot{}, &MenuCard{}, &MenuCardAssessment{}, &Setting{}, &SettingsAllowedValue{}, &SettingsDatum{},
		&EvaluationInvitation{}, &SuppliedAssessment{}, &AnswerCodeSubmission{}, &AnswerFile{}, &AnswerRecording{},
		&AssessmentCandidateFile{}, &SelectFieldType{}, &SelectFieldData{}, &OrganizationManager{}, &UserCategory{}, &UIFilter{},
		&APIClient{}, &ServiceAccount{}, &Assertion{}, &AccessToken{}, &RefreshToken{},
		&RowChange{}, &RowChangeFloor{}, &IdempotencyKey{}, &WebhookEndpoint{}, &CallbackSecret{}, &WebhookDelivery{},
	}
}
