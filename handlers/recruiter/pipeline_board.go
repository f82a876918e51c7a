package recruiter

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
)

// cardCursor is the last card of a list so far: when it came to its status, and its id.
type cardCursor struct {
	at time.Time
	id int64
}

func (c cardCursor) String() string { return fmt.Sprintf("%d.%d", c.at.UnixMicro(), c.id) }

// cursorOf reads a place in a list; ok is false when there is none.
func cursorOf(text string) (cardCursor, bool) {
	micros, id, _ := strings.Cut(text, ".")
	at, err := strconv.ParseInt(micros, 10, 64)
	row, err2 := strconv.ParseInt(id, 10, 64)
	return cardCursor{at: time.UnixMicro(at).UTC(), id: row}, err == nil && err2 == nil
}

// columnKeys are the statuses that the board shows: those that matter always, the others while somebody stands there.
// A decision nobody has yet is a column to drop on.
func columnKeys(counts views.Counts, asked []models.StatusKey) []models.StatusKey {
	if len(asked) > 0 {
		return asked
	}
	var keys []models.StatusKey
	for _, s := range models.Statuses {
		seldom := s.SortKey == models.Invited || s.SortKey == models.Mailed
		if !seldom || counts.At[s.SortKey] > 0 || (s.SortKey == models.Invited && counts.At[models.Mailed] == 0) {
			keys = append(keys, s.SortKey)
		}
	}
	return keys
}

// board returns the columns with their first cards, limit at most in each.
func (p *pipeline) board(counts views.Counts, limit int) ([]views.Column, error) {
	return p.columns(columnKeys(counts, p.filter.statuses()), counts, limit)
}

func (p *pipeline) columns(keys []models.StatusKey, counts views.Counts, limit int) ([]views.Column, error) {
	var occupied []models.StatusKey
	for _, key := range keys {
		if counts.At[key] > 0 {
			occupied = append(occupied, key)
		}
	}
	rows, err := p.columnRows(occupied, limit+1)
	if err != nil {
		return nil, err
	}
	cards, err := p.cards(rows)
	if err != nil {
		return nil, err
	}
	at := map[models.StatusKey][]views.Card{}
	for _, card := range cards {
		at[card.Status] = append(at[card.Status], card)
	}
	columns := make([]views.Column, len(keys))
	for i, key := range keys {
		columns[i] = p.column(key, counts.At[key], at[key], limit)
	}
	return columns, nil
}

// column cuts the one card too many that tells whether there are more.
func (p *pipeline) column(key models.StatusKey, count int, cards []views.Card, limit int) views.Column {
	c := views.Column{AssessmentID: p.assessment.ID, Key: key, Count: count, Cards: cards, Query: p.filter.query()}
	if len(cards) > limit {
		c.Cards = cards[:limit]
		last := c.Cards[limit-1]
		c.MoreHref = fmt.Sprintf("/assessments/%d/pipeline/cards%s", p.assessment.ID,
			p.filter.query("column", strconv.Itoa(int(key)), "after", cardCursor{at: last.Since, id: last.ID}.String()))
		c.Left = count - limit
	}
	return c
}

// more returns the part of a column behind a place.
func (p *pipeline) more(key models.StatusKey, after cardCursor) (views.Column, error) {
	rows, err := p.moreRows(key, after)
	if err != nil {
		return views.Column{}, err
	}
	cards, err := p.cards(rows)
	if err != nil {
		return views.Column{}, err
	}
	return p.column(key, 0, cards, columnCards), nil
}
