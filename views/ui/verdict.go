package ui

// verdicts are the recommendations as they are drawn and called.
var verdicts = []Option{
	{Value: "select", Label: "Select", Status: StatusSelected}, {Value: "hold", Label: "Hold", Status: StatusHold},
	{Value: "reject", Label: "Reject", Status: StatusRejected},
}

// VerdictOptions are the recommendations to choose from: "select", "hold" and "reject".
func VerdictOptions(disabled bool) []Option {
	options := make([]Option, len(verdicts))
	for i, v := range verdicts {
		v.Disabled = disabled
		options[i] = v
	}
	return options
}

// VerdictGlyph is the drawing of a recommendation.
func VerdictGlyph(recommendation string) StatusKey {
	glyph, _ := verdict(recommendation)
	return glyph
}

func verdict(recommendation string) (StatusKey, string) {
	for _, v := range verdicts {
		if v.Value == recommendation {
			return v.Status, v.Label
		}
	}
	return StatusEvaluated, ""
}
