package qti

// has tells whether an outcome that shows feedback is needed.
func (w *itemWriter) has(outcome string) bool {
	switch outcome {
	case "GENERAL":
		return w.question.Feedback != ""
	case "HINT":
		return w.question.Hint != ""
	}
	for _, choice := range w.question.Choices {
		if choice.Feedback != "" {
			return true
		}
	}
	return false
}

func (w *itemWriter) feedbackRules() string {
	out := ""
	if w.has("FEEDBACK") {
		out += `<qti-set-outcome-value identifier="FEEDBACK"><qti-multiple><qti-variable identifier="RESPONSE"/></qti-multiple></qti-set-outcome-value>`
	}
	if w.has("GENERAL") {
		out += setIdentifier("GENERAL", generalFeedback)
	}
	if w.has("HINT") {
		w.warn("QTI has no hints as such; the hint is exported as feedback to an answer that is not fully right.")
		out += `<qti-response-condition><qti-response-if><qti-lt><qti-variable identifier="SCORE"/><qti-base-value base-type="float">` + number(w.scale) +
			"</qti-base-value></qti-lt>" + setIdentifier("HINT", "hint") + "</qti-response-if></qti-response-condition>"
	}
	return out
}

func setIdentifier(outcome, value string) string {
	return `<qti-set-outcome-value identifier="` + outcome + `"><qti-base-value base-type="identifier">` + value + "</qti-base-value></qti-set-outcome-value>"
}

func (w *itemWriter) modalFeedback() string {
	out := ""
	for _, part := range []struct{ outcome, identifier, text string }{
		{"GENERAL", generalFeedback, w.question.Feedback}, {"HINT", "hint", w.question.Hint},
	} {
		if part.text != "" {
			out += `<qti-modal-feedback outcome-identifier="` + part.outcome + `" identifier="` + part.identifier + `" show-hide="show"><qti-content-body>` +
				w.flow(part.text) + "</qti-content-body></qti-modal-feedback>\n"
		}
	}
	return out
}

func (w *itemWriter) rubric() string {
	if w.question.Guidance == "" {
		return ""
	}
	return `<qti-rubric-block use="scoring" view="scorer"><qti-content-body>` + w.flow(w.question.Guidance) + "</qti-content-body></qti-rubric-block>"
}
