package models

// SectionRules are what a recruiter decides about how a section is taken. Times are seconds; nil means no limit.
type SectionRules struct {
	MaxSectionTime   *int                  `json:"max_section_time"`
	MaxQuestionTime  *int                  `json:"max_question_time"`
	PositiveMark     float64               `json:"positive_mark"`
	NegativeMark     float64               `json:"negative_mark"`
	CutOff           *float64              `json:"cut_off"` // percent of the section's marks
	MultipleAnswer   MultipleAnswerScoring `json:"multiple_answer"`
	ShuffleQuestions bool                  `json:"shuffle_questions"`
	ShuffleChoices   bool                  `json:"shuffle_choices"`
	IsReview         bool                  `json:"is_review"`
	IsSkipAllowed    bool                  `json:"isSkipAllowed"`
	IsRetake         bool                  `json:"isRetake"`
	IsPlaylist       bool                  `json:"isPlaylist"`
	IsProctor        bool                  `json:"is_proctor"`
	Intro            *string               `json:"intro"`      // HTML
	Conclusion       *string               `json:"conclusion"` // HTML
}

// Rules returns the rules the section is taken under.
func (s AssessmentSection) Rules() SectionRules {
	return SectionRules{
		MaxSectionTime: s.MaxSectionTime, MaxQuestionTime: s.MaxQuestionTime, PositiveMark: s.PositiveMark,
		NegativeMark: s.NegativeMark, CutOff: s.CutOff, MultipleAnswer: s.MultipleAnswer,
		ShuffleQuestions: s.ShuffleQuestions, ShuffleChoices: s.ShuffleChoices, IsReview: s.IsReview,
		IsSkipAllowed: s.IsSkipAllowed, IsRetake: s.IsRetake, IsPlaylist: s.IsPlaylist, IsProctor: s.IsProctor,
		Intro: s.Intro, Conclusion: s.Conclusion,
	}
}

// Follow puts the section under the rules.
func (s *AssessmentSection) Follow(r SectionRules) {
	s.MaxSectionTime, s.MaxQuestionTime = r.MaxSectionTime, r.MaxQuestionTime
	s.PositiveMark, s.NegativeMark, s.CutOff, s.MultipleAnswer = r.PositiveMark, r.NegativeMark, r.CutOff, r.MultipleAnswer
	s.ShuffleQuestions, s.ShuffleChoices = r.ShuffleQuestions, r.ShuffleChoices
	s.IsReview, s.IsSkipAllowed, s.IsRetake, s.IsPlaylist = r.IsReview, r.IsSkipAllowed, r.IsRetake, r.IsPlaylist
	s.IsProctor, s.Intro, s.Conclusion = r.IsProctor, r.Intro, r.Conclusion
}
