package v4

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/web"
)

// acknowledged is what the documented operator actions answer.
type acknowledged struct {
	Response string `json:"response"`
}

// processingOperations ask for work on what candidates recorded. No service does such work yet, and they say so.
func (a API) processingOperations() []operation {
	const path = "/admin/dev-ops/"
	return []operation{
		{
			method: http.MethodPost, path: path + "tbi-generate", grant: "organization.update", takes: behaviourBody{}, gives: acknowledged{},
			about:  "Ask for the behaviour report of a participation. The request is noted; nothing makes such reports yet.",
			status: http.StatusOK, do: a.askBehaviourReport,
		}, {
			method: http.MethodPost, path: path + "process-spt", grant: "organization.update", takes: transcriptionBody{}, gives: acknowledged{},
			about:  "Ask for the text of spoken answers. The request is noted; nothing listens to recordings yet.",
			status: http.StatusOK, do: a.askTranscription,
		}, {
			method: http.MethodPost, path: path + "process-async", grant: "organization.update", takes: conversionBody{}, gives: acknowledged{},
			about:  "Ask for the conversion of a candidate's videos. The request is noted; videos are kept as they came.",
			status: http.StatusOK, do: a.askConversion,
		},
	}
}

type behaviourBody struct {
	ID   int64  `json:"assessment_candidate_id" needs:"yes"`
	Role string `json:"role"`
	Text bool   `json:"text"` // only with answers that have text already
}

func (a API) askBehaviourReport(c echo.Context) error {
	var in behaviourBody
	if err := fillBody(c, &in); err != nil {
		return err
	}
	return a.askProcessing(c, &actions.RequestProcessing{Kind: actions.BehaviourReport, Field: "assessment_candidate_id", IDs: []int64{in.ID},
		Options: map[string]any{"role": in.Role, "text": in.Text}}, "This server makes no behaviour reports yet.")
}

type transcriptionBody struct {
	IDs   []int64 `json:"assessmentCandidates" needs:"yes"`
	Force bool    `json:"force"` // again, where it was done
}

func (a API) askTranscription(c echo.Context) error {
	var in transcriptionBody
	if err := fillBody(c, &in); err != nil {
		return err
	}
	return a.askProcessing(c, &actions.RequestProcessing{Kind: actions.Transcription, Field: "assessmentCandidates", IDs: in.IDs,
		Options: map[string]any{"force": in.Force}}, "This server makes no text of speech yet.")
}

type conversionBody struct {
	ID int64 `json:"candidate_id" needs:"yes"`
}

func (a API) askConversion(c echo.Context) error {
	var in conversionBody
	if err := fillBody(c, &in); err != nil {
		return err
	}
	return a.askProcessing(c, &actions.RequestProcessing{Kind: actions.Conversion, Field: "candidate_id", IDs: []int64{in.ID}},
		"This server keeps videos as they came and converts none yet.")
}

func (a API) askProcessing(c echo.Context, does *actions.RequestProcessing, honestly string) error {
	if err := a.Actions.Run(web.Context(c), web.Actor(c), does); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, acknowledged{"The request is noted as " + does.Receipt + ". " + honestly})
}
