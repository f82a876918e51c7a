package recruiter

import (
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// PipelineEvents tells an open pipeline that something changed.
func (s Screens) PipelineEvents(c echo.Context) error {
	p, err := s.pipelineOf(c)
	if err != nil {
		return err
	}
	changed, end := s.Actions.Hub.Subscribe(actions.Topic(actions.TopicAssessment, p.assessment.ID))
	defer end()
	return web.Stream(c, changed, s.Actions.Hub.Closed())
}
