package catalog_test

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/catalog"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func open(t testing.TB, w *testkit.World) *catalog.Catalog {
	t.Helper()
	c, err := catalog.New(catalog.Parts{Files: w.Runner.Files, Links: w.Runner.Links, SiteURL: "http://assay.test"})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// asker asks the catalog as one user.
type asker struct {
	t testing.TB
	w *testkit.World
	c *catalog.Catalog
	u models.User
}

func (a asker) ask(query string) resource.Ask {
	a.t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		a.t.Fatal(err)
	}
	params, err := resource.ReadParams(values)
	if err != nil {
		a.t.Fatal(err)
	}
	return resource.Ask{Actor: a.w.As(a.t, a.u), Params: params, Base: "/api/v4", Now: a.w.Clock.Now()}
}

func (a asker) list(name, query string) resource.Page {
	a.t.Helper()
	page, err := a.c.Named(name).Resource.List(context.Background(), a.w.DB.Read, a.ask(query))
	if err != nil {
		a.t.Fatalf("list %s?%s: %v", name, query, err)
	}
	return page
}

func (a asker) ids(name, query string) []int64 {
	a.t.Helper()
	var ids []int64
	for _, o := range a.list(name, query).Objects {
		ids = append(ids, o.Get("id").(int64))
	}
	return ids
}

func (a asker) write(name string, verb resource.Verb, id int64, body string) (resource.Object, error) {
	a.t.Helper()
	e := a.c.Named(name)
	var members map[string]json.RawMessage
	if body != "" {
		if err := json.Unmarshal([]byte(body), &members); err != nil {
			a.t.Fatal(err)
		}
	}
	values, err := e.Resource.Read(verb, members)
	if err != nil && verb != resource.Delete {
		return resource.Object{}, err
	}
	ask := a.ask("")
	does, made := e.Act(catalog.Written{Ask: ask, Verb: verb, ID: id, Values: values})
	all := &actions.Resourceful{Resource: e.Resource, Ask: ask, ID: id, Does: does, Made: made, Gone: verb == resource.Delete}
	err = a.w.Runner.Run(context.Background(), ask.Actor, all)
	return all.Object, err
}

func TestASkillIsListedWrittenAndKeptFromOthers(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		c := open(t, w)
		rita, otto := asker{t, w, c, w.Rita}, asker{t, w, c, w.Otto}
		first, err := rita.write("skill", resource.Create, 0, `{"name":"  Élan  vital ","id":99,"created_at":"x"}`)
		if err != nil {
			t.Fatal(err)
		}
		second, err := rita.write("skill", resource.Create, 0, `{"name":"Accounting","description":"Books and ledgers"}`)
		if err != nil {
			t.Fatal(err)
		}
		one, two := first.Get("id").(int64), second.Get("id").(int64)
		for query, want := range map[string][]int64{
			"": {one, two}, "name=elan": {one}, "s=ELAN": {one}, "description=ledger": {two}, "name=none": nil,
			"ids[]=" + str(two) + "&ids[]=" + str(one): {one, two}, "ids=" + str(one) + "," + str(two): {one, two}, "id[0]=" + str(two): {two},
			"sort=-id": {two, one}, "sort=name": {two, one}, "pageSize=1&page=2": {two}, "per-page=1": {one},
			"cursor=&pageSize=1": {one}, "created_at=" + url.QueryEscape(resource.FormatMoment(w.Clock.Now())): {one, two},
		} {
			if query[:min(len(query), 11)] == "created_at=" {
				continue // is no filter of this list
			}
			if got := rita.ids("skill", query); !slices.Equal(got, want) {
				t.Errorf("skill?%s: got %v, want %v", query, got, want)
			}
		}
		if got := otto.ids("skill", ""); len(got) != 0 {
			t.Errorf("another firm sees %v", got)
		}
		if _, err := otto.write("skill", resource.Update, one, `{"name":"Mine"}`); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another firm's change: %v", err)
		}
		if _, err := rita.write("skill", resource.Update, one, `{"nmae":"x"}`); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a misspelt member: %v", err)
		}
		if _, err := rita.write("skill", resource.Create, 0, `{"name":"ELAN VITAL"}`); fault.KindOf(err) != fault.Conflict {
			t.Errorf("the same skill twice: %v", err)
		}
		changed, err := rita.write("skill", resource.Update, one, `{"external_id":985474,"description":null}`)
		if err != nil || changed.Get("external_id") != "985474" || changed.Get("name") != "Élan vital" {
			t.Errorf("changed to %v: %v", changed, err)
		}
	})
}

func TestAQuestionIsWrittenFromItsDocumentedMembers(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := asker{t, w, open(t, w), w.Rita}
		made, err := rita.write("models.question", resource.Create, 0, `{"type":"multiple choice multiple answer",
			"content":"<p>Which are <b>prime</b>?</p>","choice_1":"2","choice_2":"4","choice_3":"7","correct_choice":13}`)
		if err != nil {
			t.Fatal(err)
		}
		id := made.Get("id").(int64)
		if made.Get("correct_choice") != int64(13) || made.Get("choice_3") != "7" || made.Get("choice_4") != nil {
			t.Errorf("made %v", made)
		}
		changed, err := rita.write("models.question", resource.Update, id, `{"choice_2":"5","correct_choice":"123"}`)
		if err != nil || changed.Get("correct_choice") != int64(123) {
			t.Errorf("changed to %v: %v", changed, err)
		}
		if got := rita.ids("models.question", "content=PRIME&type=multiple+choice+multiple+answer"); !slices.Equal(got, []int64{id}) {
			t.Errorf("found %v", got)
		}
		if _, err := rita.write("models.question", resource.Update, id, `{"correct_choice":9}`); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a choice that is not there: %v", err)
		}
		skill, err := rita.write("skill", resource.Create, 0, `{"name":"Arithmetic"}`)
		if err != nil {
			t.Fatal(err)
		}
		link, err := rita.write("question-skill", resource.Create, 0, `{"question_id":`+str(id)+`,"skill_id":`+str(skill.Get("id").(int64))+`}`)
		if err != nil {
			t.Fatal(err)
		}
		seen := rita.list("question-skill", "expand=skill,question&question_id="+str(id)).Objects[0]
		if expanded, ok := seen.Get("skill").(resource.Object); !ok || expanded.Get("name") != "Arithmetic" {
			t.Errorf("expanded %v", seen)
		}
		if _, err := rita.write("question-skill", resource.Update, link.Get("id").(int64), `{"skill_id":999999}`); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a skill that does not exist: %v", err)
		}
		if got := rita.ids("skill", "question_id="+str(id)); len(got) != 1 {
			t.Errorf("skills of the question: %v", got)
		}
		for _, name := range []string{"question-skill", "models.question"} {
			gone := map[string]int64{"question-skill": link.Get("id").(int64), "models.question": id}[name]
			if _, err := rita.write(name, resource.Delete, gone, ""); err != nil {
				t.Errorf("delete %s: %v", name, err)
			}
			if got := rita.ids(name, "id="+str(gone)); len(got) != 0 {
				t.Errorf("%s is still listed: %v", name, got)
			}
		}
	})
}

func TestACandidateGoesThroughTheRulesOfTheForm(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := asker{t, w, open(t, w), w.Rita}
		made, err := rita.write("candidate", resource.Create, 0, `{"email":" Ann@Example.ORG","first_name":"Ann","last_name":"Ørsted","phone":5550100}`)
		if err != nil {
			t.Fatal(err)
		}
		if made.Get("email") != "ann@example.org" || made.Get("phone") != "5550100" || made.Get("status_id") != int64(25) {
			t.Errorf("made %v", made)
		}
		text, err := json.Marshal(made)
		if err != nil {
			t.Fatal(err)
		}
		t.Log(string(text))
		if got := rita.ids("candidate", "s=orsted"); len(got) != 1 {
			t.Errorf("searching finds %v", got)
		}
		if _, err := rita.write("candidate", resource.Create, 0, `{"email":"nobody"}`); fault.KindOf(err) != fault.Invalid {
			t.Errorf("no address: %v", err)
		}
		if _, err := rita.write("candidate", resource.Create, 0, `{"email":"ann@example.org"}`); fault.KindOf(err) != fault.Conflict {
			t.Errorf("the same address: %v", err)
		}
		paul := asker{t, w, rita.c, w.Paul}
		if _, err := paul.c.Named("candidate").Resource.List(context.Background(), w.DB.Read, paul.ask("")); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a panelist lists candidates: %v", err)
		}
	})
}

func str(id int64) string { return strconv.FormatInt(id, 10) }
