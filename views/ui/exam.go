package ui

// QuestionLink is one question on a candidate's map.
type QuestionLink struct {
	Number   int
	Href     string
	Answered bool
	Marked   bool
	Current  bool
}

// questionState says aloud what the map shows by colour and mark.
func questionState(words Words, q QuestionLink) string {
	state := ", " + words.Unanswered
	if q.Answered {
		state = ", " + words.Answered
	}
	if q.Marked {
		state += ", " + words.Marked
	}
	return state
}
