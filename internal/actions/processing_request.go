package actions

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// Processing is work on what candidates recorded, which a service beside Assay would do.
type Processing string

// The kinds of processing that can be asked for. Nothing does any of them yet.
const (
	BehaviourReport Processing = "request-behaviour-report"
	Transcription   Processing = "request-transcription"
	Conversion      Processing = "request-conversion"
)

// RequestProcessing notes in the ledger that processing was asked for: that entry is all there is to it as long as no
// service processes recordings.
type RequestProcessing struct {
	Kind    Processing
	Field   string // member of the body that names the subjects
	IDs     []int64
	Options map[string]any

	Receipt string // names the request in the ledger
}

// Grant implements Action.
func (*RequestProcessing) Grant() access.Grant { return "organization.update" }

// Validate implements Action.
func (a *RequestProcessing) Validate() error {
	if len(a.IDs) == 0 || len(a.IDs) > mostAtOnce || slices.Contains(a.IDs, 0) {
		return fault.Field(a.Field, "Name between one and %d.", mostAtOnce)
	}
	return nil
}

// Perform implements Action.
func (a *RequestProcessing) Perform(_ context.Context, w *Work) error {
	subject, of := "assessment_candidate", any(&models.AssessmentCandidate{})
	if a.Kind == Conversion {
		subject, of = "candidate", &models.Candidate{}
	}
	ids := slices.Compact(slices.Sorted(slices.Values(a.IDs)))
	var found int64
	if err := w.Own().Model(of).Where("id IN ?", ids).Count(&found).Error; err != nil {
		return fmt.Errorf("look for what is to be processed: %w", err)
	}
	if found != int64(len(ids)) {
		return fault.Field(a.Field, "There is no such candidate.")
	}
	a.Receipt = uuid.NewString()
	return w.Audit(ledger.Entry{Verb: string(a.Kind), SubjectType: subject, SubjectID: ids[0],
		Detail: map[string]any{"id": a.Receipt, "all": ids, "options": a.Options}})
}
