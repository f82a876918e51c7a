package models

// Part is a row that is a part of another one: changing it changes that one.
type Part interface {
	// PartOf returns the table and the key of the row that it is a part of.
	PartOf() (table string, id int64)
}

// PartOf implements Part.
func (e CandidateEducation) PartOf() (string, int64) { return "candidates", e.CandidateID }

// PartOf implements Part.
func (e CandidateExperience) PartOf() (string, int64) { return "candidates", e.CandidateID }

// PartOf implements Part.
func (f CandidateFile) PartOf() (string, int64) { return "candidates", f.CandidateID }

// PartOf implements Part.
func (s AssessmentSection) PartOf() (string, int64) { return "assessments", s.AssessmentID }

// PartOf implements Part.
func (l AssessmentCategoryLink) PartOf() (string, int64) { return "assessments", l.AssessmentID }

// PartOf implements Part.
func (c AssessmentCollaborator) PartOf() (string, int64) { return "assessments", c.AssessmentID }
