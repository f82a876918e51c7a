// Command integrator shows how another program works with Assay: it signs in with a service account, makes an assessment,
// invites somebody, waits until it is told so, and reads how things stand. It uses nothing but Go's own library.
//
//	go run ./cmd/assay demo --addr 127.0.0.1:8080 --credentials credentials.json
//	go run ./docs/examples/integrator -credentials credentials.json
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"
)

func main() {
	credentials := flag.String("credentials", "credentials.json", "the file that assay demo --credentials wrote")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *credentials, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "integrator:", err)
		os.Exit(1)
	}
}

// run does the whole job. It takes at most a minute.
func run(ctx context.Context, credentials string, out io.Writer) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	account, err := readAccount(credentials)
	if err != nil {
		return err
	}
	client := &client{base: account.base}
	if err := client.signIn(ctx, account); err != nil {
		return err
	}
	ears, err := listen(ctx, client)
	if err != nil {
		return err
	}
	defer ears.close(client)

	assessment, err := makeAssessment(ctx, client)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Assessment %d is open.\n", assessment)
	candidate, err := invite(ctx, client, assessment)
	if err != nil {
		return err
	}
	participation, err := ears.await(ctx, candidate)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Candidate %d was invited: a signed message told of participation %d.\n", candidate, participation)
	return report(ctx, client, participation, out)
}

// makeAssessment makes an open assessment of two questions of the bank.
func makeAssessment(ctx context.Context, c *client) (int64, error) {
	var questions []struct {
		ID int64 `json:"id"`
	}
	if err := c.get(ctx, "/models/question?type=multiple+choice&pageSize=2&fields=id", &questions); err != nil {
		return 0, err
	}
	var slots []map[string]any
	for i, q := range questions {
		slots = append(slots, map[string]any{"question_id": q.ID, "sort_order": i + 1})
	}
	var made struct {
		Links struct {
			Assessment struct {
				Href string `json:"href"`
			} `json:"assessment"`
		} `json:"_links"`
	}
	err := c.post(ctx, "/actions/create-assessment", map[string]any{
		"title": "Welcome, " + time.Now().UTC().Format("2 January, 15:04:05"), "assessmentStatus": 3,
		"sections": []map[string]any{{"title": "First look", "section_type_id": 6, "positive_mark": 1, "negative_mark": 0,
			"max_section_time": 600, "combined": slots}},
	}, &made)
	if err != nil {
		return 0, err
	}
	var assessment struct {
		ID int64 `json:"id"`
	}
	return assessment.ID, c.follow(ctx, made.Links.Assessment.Href, &assessment, &assessment.ID)
}

// invite adds a candidate and invites them for a week.
func invite(ctx context.Context, c *client, assessment int64) (int64, error) {
	var candidate struct {
		ID int64 `json:"id"`
	}
	address := fmt.Sprintf("ana.%d@example.org", time.Now().UnixNano())
	if err := c.post(ctx, "/models/candidate", map[string]any{"email": address, "first_name": "Ana", "last_name": "Reis"}, &candidate); err != nil {
		return 0, err
	}
	return candidate.ID, c.post(ctx, "/actions/invite", map[string]any{
		"assessmentID": assessment, "isNotify": true, "endDate": time.Now().AddDate(0, 0, 7).UTC().Format(time.RFC3339),
		"candidates": []map[string]any{{"id": candidate.ID}},
	}, nil)
}

// standing is how a participation stands, with what is related to it inline.
type standing struct {
	Candidate struct {
		Email string `json:"email"`
	} `json:"candidate"`
	Status struct {
		Label string `json:"label"`
	} `json:"status"`
	Attempts []struct {
		ID    int64   `json:"id"`
		Score *string `json:"score"` // marks, a decimal number; null before it is scored
	} `json:"assessmentSectionCandidates"`
	Evaluations []struct {
		Recommendation string `json:"recommendation"`
	} `json:"evaluations"`
}

// report reads how a participation stands: the person, the status, the score of each section and what panelists recommend.
func report(ctx context.Context, c *client, participation int64, out io.Writer) error {
	var row standing
	path := fmt.Sprintf("/models/assessment-candidate/%d?expand=candidate,status,assessmentSectionCandidates,evaluations", participation)
	if err := c.get(ctx, path, &row); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s is %s.\n", row.Candidate.Email, row.Status.Label)
	for _, attempt := range row.Attempts {
		if attempt.Score == nil {
			fmt.Fprintf(out, "Attempt %d has no score yet.\n", attempt.ID)
		} else {
			fmt.Fprintf(out, "Attempt %d scored %s.\n", attempt.ID, *attempt.Score)
		}
	}
	if len(row.Evaluations) == 0 {
		fmt.Fprintln(out, "Nobody has evaluated it yet.")
	}
	for _, evaluation := range row.Evaluations {
		fmt.Fprintf(out, "A panelist recommends: %s.\n", evaluation.Recommendation)
	}
	return nil
}
