package recruiter

import (
	"fmt"
	"strconv"
	"strings"

	views "github.com/assay-hire/assay/views/recruiter"
)

// table returns a page of all statuses together: newest move first, or best score first with those without a score at
// the end, by keyset.
func (p *pipeline) table(sort, after string) (cards []views.Card, next string, err error) {
	var rows []cardRow
	if sort == "score" {
		rows, err = p.byScore(after)
	} else {
		rows, err = p.byTime(after)
	}
	if err != nil {
		return nil, "", err
	}
	if len(rows) > columnCards {
		rows = rows[:columnCards]
		last := rows[columnCards-1]
		next = cardCursor{at: last.StatusSince, id: last.ID}.String()
		if sort == "score" {
			next = scoreCursor(last)
		}
	}
	cards, err = p.cards(rows)
	return cards, next, err
}

func (p *pipeline) byTime(after string) ([]cardRow, error) {
	query := newest(p.cardQuery()).Limit(columnCards + 1)
	if at, ok := cursorOf(after); ok {
		query = query.Where("(ac.status_since, ac.id) < (?, ?)", at.at, at.id)
	}
	var rows []cardRow
	if err := query.Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("load the table: %w", err)
	}
	return rows, nil
}

// scoreCursor is "score:id", or "-:id" among those without one.
func scoreCursor(r cardRow) string {
	if r.Score == nil {
		return fmt.Sprintf("-:%d", r.ID)
	}
	return strconv.FormatFloat(*r.Score, 'g', -1, 64) + ":" + strconv.FormatInt(r.ID, 10)
}

// byScore reads the scored ones along the index of scores, then fills the page with the others.
func (p *pipeline) byScore(after string) ([]cardRow, error) {
	score, idText, _ := strings.Cut(after, ":")
	id, err := strconv.ParseInt(idText, 10, 64)
	isPlace := err == nil
	var rows []cardRow
	if !isPlace || score != "-" {
		query := p.cardQuery().Where("ac.score IS NOT NULL").Order("ac.score DESC, ac.id DESC").Limit(columnCards + 1)
		if n, err := strconv.ParseFloat(score, 64); isPlace && err == nil {
			query = query.Where("(ac.score, ac.id) < (?, ?)", n, id)
		}
		if err := query.Scan(&rows).Error; err != nil {
			return nil, fmt.Errorf("load the table by score: %w", err)
		}
		if len(rows) > columnCards {
			return rows, nil
		}
	}
	query := p.cardQuery().Where("ac.score IS NULL").Order("ac.score DESC, ac.id DESC").Limit(columnCards + 1 - len(rows))
	if isPlace && score == "-" {
		query = query.Where("ac.id < ?", id)
	}
	var rest []cardRow
	if err := query.Scan(&rest).Error; err != nil {
		return nil, fmt.Errorf("load those without a score: %w", err)
	}
	return append(rows, rest...), nil
}
