package demo

import (
	"context"
	_ "embed"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
)

// Password is the password of everyone in the sample. It protects nothing: the demo is for looking.
const Password = "brass streak on stone"

// History is how long before now the sample begins.
const History = 16 * 24 * time.Hour

//go:embed bank.gift
var bank []byte

// Sample is what was made, as far as somebody who wants to sign in needs to know it.
type Sample struct {
	Organization, Other models.Organization
	Users               Users
	Open                []Invitation // not started yet
	Programs            Programs
}

// Users are the sample's people with accounts.
type Users struct {
	Admin, MasterRecruiter, Recruiter models.User
	Evaluators                        []models.User
	OtherAdmin                        models.User
}

// Invitation is what a candidate got by mail.
type Invitation struct {
	Name          string
	CandidateID   int64
	Participation models.AssessmentCandidate
	AttemptID     int64
	Token         string // for the candidate's own program; "" before letProgramsIn
}

// Exists tells whether the database holds an organization already, so that a sample must not be added to it.
func Exists(ctx context.Context, r *actions.Runner) (bool, error) {
	var n int64
	err := r.DB.Read.WithContext(ctx).Model(&models.Organization{}).Limit(1).Count(&n).Error
	return n > 0, err
}

// builder makes the sample. The first error stops it: every later step is left out.
type builder struct {
	ctx    context.Context
	runner *actions.Runner
	clock  *Clock
	now    time.Time
	chance *rand.Rand
	sample Sample
	err    error
}

// Build makes the sample organizations and says what it is doing. The runner's database must be on the clock given;
// it is released at the end.
func Build(ctx context.Context, r *actions.Runner, clock *Clock, now time.Time, tell func(string)) (Sample, error) {
	b := &builder{ctx: ctx, runner: r, clock: clock, now: now, chance: rand.New(rand.NewPCG(4, 47))}
	steps := []struct {
		what string
		make func()
	}{
		{"Founding the sample organization", b.found},
		{"Settling how it works", b.settle},
		{"Importing a question bank", b.importBank},
		{"Adding candidates", b.addCandidates},
		{"Building assessments", b.buildAssessments},
		{"Inviting, attending, evaluating, deciding", b.tellStory},
		{"Sharing what came of it", b.share},
		{"Meeting people, and filling every drawer", b.fillDrawers},
		{"Founding another organization", b.foundOther},
		{"Letting programs in", b.letProgramsIn},
	}
	for _, step := range steps {
		tell(step.what)
		if step.make(); b.err != nil {
			return b.sample, fmt.Errorf("make the sample: %s: %w", step.what, b.err)
		}
	}
	clock.Release()
	return b.sample, nil
}

// run performs an action as somebody, unless something failed before.
func (b *builder) run(actor access.Actor, a actions.Action) {
	if b.err != nil {
		return
	}
	if err := b.runner.Run(b.ctx, actor, a); err != nil {
		b.err = fmt.Errorf("%T: %w", a, err)
	}
}

// record performs a recorded action to its end.
func (b *builder) record(actor access.Actor, a actions.Action) {
	if b.err != nil {
		return
	}
	row, err := b.runner.Record(b.ctx, actor, a)
	if err == nil {
		err = b.runner.PerformQueued(b.ctx, row.ID)
	}
	if err != nil {
		b.err = fmt.Errorf("%T: %w", a, err)
	}
}

// as returns a user as an actor.
func (b *builder) as(u models.User) access.Actor {
	if b.err != nil {
		return access.Anonymous()
	}
	actor, err := b.runner.ActorOf(b.ctx, u)
	b.err = err
	return actor
}

// find reads rows of the sample's organization.
func (b *builder) find(out any, query string, values ...any) {
	if b.err == nil {
		b.err = b.runner.DB.Read.WithContext(b.ctx).Where(query, values...).Order("id").Find(out).Error
	}
}
