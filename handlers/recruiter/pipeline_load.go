package recruiter

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/review"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"gorm.io/gorm"
)

const (
	columnCards = 50  // cards of a column at first, and more with each "Show more"
	mostCards   = 300 // of a column when the board is asked for again as far as it was shown
)

// pipeline reads what the pipeline of one assessment shows, for one reader.
type pipeline struct {
	db         *gorm.DB
	dialect    database.Dialect
	actor      access.Actor
	now        time.Time
	assessment models.Assessment
	filter     pipelineFilter
	search     database.CandidateSearch
	sections   []review.Section
	spread     review.Spread
	sign       func(html string) string // gives pictures addresses that the browser can fetch
}

func (s Screens) pipeline(ctx context.Context, actor access.Actor, assessmentID int64, f pipelineFilter) (*pipeline, error) {
	p := &pipeline{db: s.DB.Read.WithContext(ctx), dialect: s.DB.Dialect, actor: actor, now: s.DB.Clock.Now(), filter: f,
		sign: s.signPictures}
	if err := p.own().Where("NOT is_deleted").First(&p.assessment, assessmentID).Error; err != nil {
		return nil, database.Fault(err, "assessment")
	}
	var err error
	if p.sections, err = review.Sections(p.db, actor, assessmentID); err != nil {
		return nil, err
	}
	if p.search, err = database.SearchCandidates(p.db, actor.OrganizationID, f.get("q")); err != nil {
		return nil, err
	}
	p.spread, err = review.Scores(p.db, actor, assessmentID)
	return p, err
}

func (p *pipeline) own() *gorm.DB { return p.db.Scopes(access.Own(p.actor)) }

// rows is a query over the participations that the filter lets through.
func (p *pipeline) rows() *gorm.DB {
	return p.db.Table("assessment_candidates ac").Scopes(access.Own(p.actor, "ac")).
		Joins("JOIN candidates c ON c.id = ac.candidate_id").Where("ac.assessment_id = ?", p.assessment.ID).
		Scopes(p.filter.narrow(p.dialect, p.actor, p.now), p.search.In("c"))
}

// counts returns how many stand where: of all from the tallies, of those that a filter lets through by counting them.
func (p *pipeline) counts() (views.Counts, error) {
	if len(p.filter.values) == 0 {
		standings, err := review.Standings(p.db, p.actor, p.assessment.ID)
		return views.Counts(standings[p.assessment.ID]), err
	}
	var found []review.StandingRow
	err := p.rows().Select("ac.status_id, ac.system_status_id, COUNT(*) AS n").Group("ac.status_id, ac.system_status_id").Scan(&found).Error
	if err != nil {
		return views.Counts{}, fmt.Errorf("count the pipeline: %w", err)
	}
	return views.Counts(review.StandingOf(found)), nil
}

// cardRow is a participation as a card needs it.
type cardRow struct {
	ID, CandidateID, StatusID int64
	StatusSince               time.Time
	Score                     *float64
	ReasonText, ReasonLabel   *string
	RemindedAt                *time.Time
	Email, FirstName          string
	MiddleName, LastName      *string
}

const cardColumns = "ac.id, ac.candidate_id, ac.status_id, ac.status_since, ac.score, ac.reason_text, r.label AS reason_label, " +
	"ac.reminded_at, c.email, c.first_name, c.middle_name, c.last_name"

// newest orders as a column does.
func newest(db *gorm.DB) *gorm.DB { return db.Order("ac.status_since DESC, ac.id DESC") }

func (p *pipeline) cardQuery() *gorm.DB {
	return p.rows().Select(cardColumns).Joins("LEFT JOIN status_reasons r ON r.id = ac.status_reason_id")
}

// columnRows returns the first cards of several columns in one query. Few people are ranked at once; of many, each column
// is read along its index as far as it is shown.
func (p *pipeline) columnRows(keys []models.StatusKey, limit int) ([]cardRow, error) {
	if p.search.IsShort() {
		return p.rankedRows(keys, limit)
	}
	var parts []string
	var queries []any
	for i, key := range keys {
		parts = append(parts, fmt.Sprintf("SELECT * FROM (?) AS col%d", i))
		queries = append(queries, newest(p.cardQuery()).Where("ac.status_id = ?", key.ID()).Limit(limit))
	}
	var found []cardRow
	if len(parts) == 0 {
		return nil, nil
	}
	if err := p.db.Raw(strings.Join(parts, " UNION ALL "), queries...).Scan(&found).Error; err != nil {
		return nil, fmt.Errorf("load cards: %w", err)
	}
	return found, nil
}

func (p *pipeline) rankedRows(keys []models.StatusKey, limit int) ([]cardRow, error) {
	ids := make([]int64, len(keys))
	for i, key := range keys {
		ids[i] = key.ID()
	}
	ranked := p.cardQuery().Where("ac.status_id IN ?", ids).
		Select(cardColumns + ", row_number() OVER (PARTITION BY ac.status_id ORDER BY ac.status_since DESC, ac.id DESC) AS place")
	var found []cardRow
	if err := p.db.Table("(?) AS ranked", ranked).Where("place <= ?", limit).Order("status_id, place").Scan(&found).Error; err != nil {
		return nil, fmt.Errorf("load cards: %w", err)
	}
	return found, nil
}

// moreRows returns the cards of a column behind a place.
func (p *pipeline) moreRows(key models.StatusKey, after cardCursor) ([]cardRow, error) {
	var found []cardRow
	err := newest(p.cardQuery()).Where("ac.status_id = ?", key.ID()).
		Where("(ac.status_since, ac.id) < (?, ?)", after.at, after.id).
		Limit(columnCards + 1).Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("load more cards: %w", err)
	}
	return found, nil
}

// cards completes rows with their sections and panels: two queries, however many there are.
func (p *pipeline) cards(rows []cardRow) ([]views.Card, error) {
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	marks, err := p.sectionMarks(ids)
	if err != nil {
		return nil, err
	}
	judges, veil, err := p.judges(ids)
	if err != nil {
		return nil, err
	}
	low, high := p.spread.MiddleHalf()
	cards := make([]views.Card, len(rows))
	for i, r := range rows {
		cards[i] = views.Card{ID: r.ID, Name: r.name(), Status: models.StatusOf(r.StatusID), Since: r.StatusSince,
			Days: int(p.now.Sub(r.StatusSince).Hours() / 24), Score: r.Score, CutOff: review.CutOff(p.sections), Low: low, High: high,
			Reason: r.reason(), RemindedAt: r.RemindedAt, Sections: marks[r.ID], Judges: judges[r.ID], CandidateID: r.CandidateID,
			Href: fmt.Sprintf("/assessments/%d/pipeline/%d%s", p.assessment.ID, r.ID, p.filter.query())}
		if veil.Nameless(r.ID) {
			cards[i].Name = review.Alias(r.ID)
		}
	}
	return cards, nil
}

func (r cardRow) name() string {
	return models.Candidate{Email: r.Email, FirstName: r.FirstName, MiddleName: r.MiddleName, LastName: r.LastName}.Name()
}

func (r cardRow) reason() string {
	var parts []string
	for _, text := range []*string{r.ReasonLabel, r.ReasonText} {
		if text != nil && *text != "" {
			parts = append(parts, *text)
		}
	}
	return strings.Join(parts, ": ")
}

func (p *pipeline) sectionMarks(ids []int64) (map[int64][]views.SectionMark, error) {
	var attempts []models.AssessmentSectionCandidate
	err := p.own().Select("id, assessment_candidate_id, assessment_section_id, started_at, completed_at").
		Where("assessment_candidate_id IN ?", ids).Find(&attempts).Error
	if err != nil {
		return nil, fmt.Errorf("load attempts: %w", err)
	}
	place := map[int64]int{}
	for i, s := range p.sections {
		place[s.ID] = i
	}
	marks := map[int64][]views.SectionMark{}
	for _, a := range attempts {
		if marks[a.AssessmentCandidateID] == nil {
			marks[a.AssessmentCandidateID] = make([]views.SectionMark, len(p.sections))
		}
		if at, ok := place[a.AssessmentSectionID]; ok {
			marks[a.AssessmentCandidateID][at] = views.SectionMark{Started: a.IsStarted(), Done: a.IsClosed()}
		}
	}
	return marks, nil
}

// judgeRow is a panelist of a participation, or somebody who evaluated without being on the panel.
type judgeRow struct {
	AssessmentCandidateID, AssessmentSectionCandidateID, UserID int64
	Name                                                        string
	Recommendation                                              models.Recommendation
	IsEvaluated                                                 bool
}

// judges returns who evaluates each participation and how they recommend, as far as the reader may see it.
func (p *pipeline) judges(ids []int64) (map[int64][]views.Judge, review.Veil, error) {
	veil, err := review.VeilOver(p.db, p.actor, ids...)
	if err != nil {
		return nil, veil, err
	}
	var rows []judgeRow
	err = p.db.Raw(`SELECT pc.assessment_candidate_id, pc.assessment_section_candidate_id, u.id AS user_id, u.name,
			COALESCE(e.recommendation, '') AS recommendation, pc.is_evaluated
		FROM panel_candidates pc JOIN panels p ON p.id = pc.panel_id JOIN users u ON u.id = p.user_id
		LEFT JOIN evaluations e ON e.panel_id = pc.panel_id AND e.evaluated_at IS NOT NULL
			AND e.assessment_section_candidate_id = pc.assessment_section_candidate_id
		WHERE pc.organization_id = ? AND pc.assessment_candidate_id IN ?
		UNION ALL
		SELECT e.assessment_candidate_id, e.assessment_section_candidate_id, u.id, u.name, e.recommendation, TRUE
		FROM evaluations e JOIN users u ON u.id = e.evaluated_by
		WHERE e.organization_id = ? AND e.assessment_candidate_id IN ? AND e.panel_id IS NULL AND e.evaluated_at IS NOT NULL
		ORDER BY 1, 4`, p.actor.OrganizationID, ids, p.actor.OrganizationID, ids).Scan(&rows).Error
	if err != nil {
		return nil, veil, fmt.Errorf("load panels: %w", err)
	}
	judges := map[int64][]views.Judge{}
	for _, r := range rows {
		j := views.Judge{Name: r.Name, Done: r.IsEvaluated, Recommendation: r.Recommendation}
		if veil.Hides(r.AssessmentSectionCandidateID) && r.UserID != p.actor.ID {
			j.Recommendation = ""
		}
		judges[r.AssessmentCandidateID] = append(judges[r.AssessmentCandidateID], j)
	}
	return judges, veil, nil
}
