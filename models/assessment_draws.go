package models

// poolKey names the questions of a skill, or with a grade those of it.
type poolKey struct {
	skillID    int64
	difficulty Difficulty
}

// unservable returns how many drawn places would stay empty on the best possible papers. A question that two slots may
// draw serves one of them only, so this is a matching of places to questions; slots whose pools hold at least as many
// questions as the whole assessment draws can always be served and are left out.
func (p AssessmentPlan) unservable() int {
	var places [][]int64
	for _, section := range p.Sections {
		for _, slot := range section.Slots {
			if !slot.IsDrawn() || section.Available(slot) >= p.Drawn() {
				continue
			}
			var questions []int64
			for _, pool := range section.Pools {
				if pool.feeds(slot) {
					questions = append(questions, pool.IDs...)
				}
			}
			for range slot.Questions() {
				places = append(places, questions)
			}
		}
	}
	missing := 0
	for _, question := range Assign(places) {
		if question == 0 {
			missing++
		}
	}
	return missing
}

// Assign gives each place one of the questions it may have, none twice, so that as many places as possible are filled.
// It returns the places' questions, 0 for one that stays empty. Where not all can be filled, earlier places come first;
// where there is a choice, a place takes the first of its questions that is free.
func Assign(places [][]int64) []int64 {
	takenBy := map[int64]int{}
	for i := range places {
		seat(i, places, takenBy, map[int64]bool{})
	}
	given := make([]int64, len(places))
	for question, place := range takenBy {
		given[place] = question
	}
	return given
}

// seat gives the place a question, moving earlier places to others where no question is free.
func seat(place int, places [][]int64, takenBy map[int64]int, tried map[int64]bool) bool {
	for _, q := range places[place] {
		if _, taken := takenBy[q]; !taken {
			takenBy[q] = place
			return true
		}
	}
	for _, q := range places[place] {
		if tried[q] {
			continue
		}
		tried[q] = true
		if seat(takenBy[q], places, takenBy, tried) {
			takenBy[q] = place
			return true
		}
	}
	return false
}
