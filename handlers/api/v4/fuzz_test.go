package v4_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/testkit"
)

// FuzzQueries asks lists with any query. Whatever it holds, the answer is no failure of ours.
func FuzzQueries(f *testing.F) {
	for _, query := range []string{
		"id[]=1&id[0]=2&ids=3,4", "sort=-created_at,id&page=2&pageSize=1", "page=99999999999999999999", "pageSize=-1", "s=%00", "s=%ff%fe",
		"expand=candidate.assessmentSectionCandidates.answers.question&fields=id,candidate", "expand[]=a&expand[0]=b", "cursor=aWQ6MQ", "cursor=%",
		"title=%25_\\", "status_id=9223372036854775808", "cf[a]=b&cf[]=c", "start_date=2026-13-45", "is_deleted=maybe", "updated_since=0001-01-01",
		"sync_token=x", "suppress_error_code=true&id=x", "ids=" + strings.Repeat("1,", 600), "id=1'; DROP TABLE candidates--",
	} {
		f.Add(query)
	}
	w := testkit.OneWorld(f)
	w.Invited(f, w.Assessment(f), w.Candidate(f, 0))
	program := w.Program(f, w.Ada)
	paths := []string{"/models/candidate", "/models/assessment-candidate", "/models/assessment", "/models/question", "/models/event"}
	f.Fuzz(func(t *testing.T, query string) {
		if strings.ContainsAny(query, " \r\n\t#") || strings.ContainsFunc(query, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			return // no request could hold it
		}
		for _, path := range paths {
			w.Clock.Advance(time.Second)
			if reply := program.Get(t, "/api/v4"+path+"?"+query); reply.Status >= http.StatusInternalServerError {
				t.Fatalf("%s?%s: %d %s", path, query, reply.Status, reply.Body)
			}
		}
	})
}

// FuzzBodies sends any body to writes of rows and actions.
func FuzzBodies(f *testing.F) {
	for _, body := range []string{
		`{"email":"ann@example.org","cf":{"a":1}}`, `{"title":1e400}`, `{"title":"\u0000","start_date":"never"}`, `{"id":null,"type":[],"content":{}}`,
		`[{"id":1}]`, `{"assessmentCandidates":[{"id":"x"}],"endDate":5}`, `{"name":"x","name":"y"}`, `{"structure":[{"fields":{"1":{}}}],"type":2,"name":"f"}`,
		`{"section_id":1,"sort_order":99999999999999999999}`, `{"leftList":["a"],"matchMap":{"a":"b"},"type":"match the following","content":"c"}`, `{`, "\xff",
	} {
		f.Add(body)
	}
	w := testkit.OneWorld(f)
	w.Invited(f, w.Assessment(f), w.Candidate(f, 0))
	program := w.Program(f, w.Ada)
	paths := []string{"POST /models/candidate", "PUT /models/candidate/1", "POST /models/question", "PUT /models/assessment/1", "POST /models/form",
		"POST /models/section-combined", "PUT /models/assessment-section/1", "POST /actions/extend-date", "POST /actions/create-assessment", "POST /models/event"}
	f.Fuzz(func(t *testing.T, body string) {
		for _, route := range paths {
			w.Clock.Advance(time.Second)
			method, path, _ := strings.Cut(route, " ")
			if reply := program.Send(t, method, "/api/v4"+path, "application/json", body); reply.Status >= http.StatusInternalServerError {
				t.Fatalf("%s with %q: %d %s", route, body, reply.Status, reply.Body)
			}
		}
	})
}
