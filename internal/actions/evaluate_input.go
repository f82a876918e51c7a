package actions

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/review"
	"github.com/assay-hire/assay/models"
)

// EvaluationInput is what a panelist says of one attempt: in a draft as far as it is known, in an evaluation in full.
type EvaluationInput struct {
	AssessmentSectionCandidateID int64                 `json:"assessmentSectionCandidateID" needs:"yes"`
	Recommendation               models.Recommendation `json:"recommendation" needs:"yes"`
	EvaluationComment            string                `json:"evaluationComment"`
	Rating                       []RatingInput         `json:"rating"`
	Comments                     []AnswerComment       `json:"comments,omitempty"`
	FormData                     FormData              `json:"formData"`
}

// RatingInput is the value given to one parameter: a number, or a text for parameters rated in words.
type RatingInput struct {
	ParameterID int64    `json:"parameter_id"`
	Rating      *float64 `json:"rating"`
	Text        string   `json:"text,omitempty"`
}

func (r RatingInput) isEmpty() bool { return r.Rating == nil && strings.TrimSpace(r.Text) == "" }

// AnswerComment is a remark on one answer.
type AnswerComment struct {
	AnswerID int64  `json:"answer_id"`
	Content  string `json:"content"`
}

// FormData is the filled-in evaluation form: values by field id. On the wire a list of {key, value} does as well.
type FormData map[string]string

// UnmarshalJSON accepts an object of values, a list of filled fields, or null.
func (d *FormData) UnmarshalJSON(text []byte) error {
	if trimmed := bytes.TrimSpace(text); len(trimmed) > 0 && trimmed[0] == '[' {
		var values []models.FormValue
		if err := json.Unmarshal(text, &values); err != nil {
			return err
		}
		*d = FormData{}
		for _, v := range values {
			(*d)[v.Key] = v.Value
		}
		return nil
	}
	return json.Unmarshal(text, (*map[string]string)(d))
}

// files are the ids of uploaded files that stand for fields of the form.
func (d FormData) files(fields []models.AskedField) map[string]int64 {
	ids := map[string]int64{}
	for _, field := range fields {
		if id, err := strconv.ParseInt(strings.TrimSpace(d[field.ID]), 10, 64); err == nil && field.Type == "file" {
			ids[field.ID] = id
		}
	}
	return ids
}

const longestComment = 20000

// check tidies the input and refuses what no attempt could accept.
func (in *EvaluationInput) check(bad fault.Fields) {
	in.Recommendation = models.Recommendation(strings.ToLower(strings.TrimSpace(string(in.Recommendation))))
	in.EvaluationComment = strings.TrimSpace(in.EvaluationComment)
	if in.AssessmentSectionCandidateID == 0 {
		bad["assessmentSectionCandidateID"] = "Say which attempt is evaluated."
	}
	if len(in.EvaluationComment) > longestComment {
		bad["evaluationComment"] = fmt.Sprintf("Keep the comment under %d characters.", longestComment)
	}
	in.Comments = slices.DeleteFunc(in.Comments, func(c AnswerComment) bool { return strings.TrimSpace(c.Content) == "" })
	in.Rating = slices.DeleteFunc(in.Rating, RatingInput.isEmpty)
	for _, c := range in.Comments {
		if len(c.Content) > longestComment {
			bad["comments"] = fmt.Sprintf("Keep each comment under %d characters.", longestComment)
		}
	}
}

// checkRatings refuses ratings of parameters that the section does not have or beyond their scale, and, when the
// evaluation is complete, missing mandatory ones. A field at fault is named "rating." and the parameter's id.
func (in *EvaluationInput) checkRatings(criteria []review.Criterion, complete bool) error {
	bad := fault.Fields{}
	known := map[int64]review.Criterion{}
	for _, c := range criteria {
		known[c.ID] = c
	}
	rated := map[int64]bool{}
	for _, r := range in.Rating {
		c, ok := known[r.ParameterID]
		name := fmt.Sprintf("rating.%d", r.ParameterID)
		switch {
		case !ok:
			bad[name] = "This parameter does not belong to the section."
		case rated[r.ParameterID]:
			bad[name] = "This parameter is rated twice."
		case c.Type == models.TextParameter && strings.TrimSpace(r.Text) == "":
			bad[name] = fmt.Sprintf("%s is rated in words.", c.Name)
		case c.Type == models.NumericParameter && r.Rating == nil:
			bad[name] = fmt.Sprintf("%s is rated with a number.", c.Name)
		case r.Rating != nil && (*r.Rating < 0 || (c.MaxValue != nil && *r.Rating > float64(*c.MaxValue))):
			bad[name] = fmt.Sprintf("%s is rated from 0 to %s.", c.Name, highest(c.Parameter))
		}
		rated[r.ParameterID] = true
	}
	for _, c := range criteria {
		if complete && c.IsMandatory() && !rated[c.ID] {
			bad[fmt.Sprintf("rating.%d", c.ID)] = fmt.Sprintf("Rate %s before you submit.", c.Name)
		}
	}
	return fault.Refuse(bad)
}

func highest(p models.Parameter) string {
	if p.MaxValue == nil {
		return "any number"
	}
	return fmt.Sprint(*p.MaxValue)
}
