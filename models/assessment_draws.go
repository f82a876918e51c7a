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
	takenBy, missing := map[int64]int{}, 0
	for i := range places {
		if !seat(i, places, takenBy, map[int64]bool{}) {
			missing++
		}
	}
	return missing
}

// seat gives the place a question, moving earlier places to others where that frees one.
func seat(place int, places [][]int64, takenBy map[int64]int, tried map[int64]bool) bool {
	for _, q := range places[place] {
		if tried[q] {
			continue
		}
		tried[q] = true
		holder, taken := takenBy[q]
		if !taken || seat(holder, places, takenBy, tried) {
			takenBy[q] = place
			return true
		}
	}
	return false
}
