package v4_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/catalog"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/internal/testkit/contract"
	"github.com/assay-hire/assay/models"
)

// TestTheWholeContract walks every documented resource over HTTP on both databases: list, each filter with a value that
// matches and one that does not, view, create, update, delete, refused to a role without rights and to another firm, and
// as many queries for one row as for many.
func TestTheWholeContract(t *testing.T) {
	t.Parallel()
	documented, err := contract.V4()
	if err != nil {
		t.Fatal(err)
	}
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		walk := newWalk(t, w)
		for _, r := range documented {
			if plan, walked := plans[r.Name]; walked {
				walk.visit(r, plan)
			}
		}
		walk.clear(documented)
	})
}

// plan is how the walk makes a row of a resource and what it knows of it that the documents do not say. $name stands for
// the key of a row of that resource, # for a number that is new each time.
type plan struct {
	create string               // body; "" when the world brings a row
	update string               // body; "" for the body of create
	probes map[string][2]string // parameter: a value that finds the row, and one that does not; "" for none
	user   func(*testkit.World) models.User
	path   string // of the list, where the contract's holds words other than {oid}
	absent string // documented members that are sent only sometimes
	keep   bool   // is not deleted at the end
	shared bool   // the same for every organization
}

type walk struct {
	t        *testing.T
	w        *testkit.World
	ids      map[string]int64
	made     []string
	next     int
	as       map[int64]testkit.Program
	declared map[string]*resource.Resource
	stu      models.User // a student of Acme, who may do nothing
	asks     int
}

func newWalk(t *testing.T, w *testkit.World) *walk {
	student := actions.CreateUser{Name: "Stu Student", Email: "stu@acme.example.com", Roles: []models.Role{models.Student}, Password: testkit.Password}
	w.Run(t, access.Program(w.Acme.ID), &student)
	all, err := catalog.New(catalog.Parts{Files: w.Runner.Files, Links: w.Runner.Links})
	if err != nil {
		t.Fatal(err)
	}
	declared := map[string]*resource.Resource{}
	for _, e := range all.Entries() {
		declared[e.Resource.Name] = e.Resource
	}
	return &walk{t: t, w: w, declared: declared, ids: seeds(t, w), as: map[int64]testkit.Program{}, next: 100, stu: student.User}
}

func (k *walk) program(u models.User) testkit.Program {
	if _, known := k.as[u.ID]; !known {
		k.as[u.ID] = k.w.Program(k.t, u)
	}
	if k.asks++; k.asks%200 == 0 {
		k.w.Clock.Advance(time.Minute) // as many requests a minute as a token may send
	}
	return k.as[u.ID]
}

// stranger is somebody without a token, from another address each time.
func (k *walk) stranger() testkit.Program { k.asks++; return k.w.Stranger() }

func (k *walk) user(p plan) testkit.Program {
	if p.user != nil {
		return k.program(p.user(k.w))
	}
	return k.program(k.w.Ada)
}

var placeholder = regexp.MustCompile(`\$[a-z][a-z0-9.-]*[a-z]`)

// fill puts keys and numbers into a body or a path.
func (k *walk) fill(text string) string {
	text = placeholder.ReplaceAllStringFunc(text, func(name string) string { return strconv.FormatInt(k.id(name[1:]), 10) })
	for strings.Contains(text, "#") {
		k.next++
		text = strings.Replace(text, "#", strconv.Itoa(k.next), 1)
	}
	return text
}

func (k *walk) address(p plan, documented string) string {
	path := documented
	if p.path != "" {
		path = p.path + strings.TrimPrefix(documented, strings.TrimSuffix(documented, "/{id}"))
	}
	path = strings.ReplaceAll(path, "{oid}", strconv.FormatInt(k.w.Acme.ID, 10))
	return "/api/v4" + k.fill(path)
}

// id returns the key of a row of a resource, made when there is none yet.
func (k *walk) id(name string) int64 {
	if id, known := k.ids[name]; known {
		return id
	}
	p, planned := plans[name]
	if !planned || p.create == "" {
		k.t.Fatalf("the walk knows no row of %s", name)
	}
	k.ids[name] = k.create(name, p)
	k.made = append(k.made, name)
	return k.ids[name]
}

func (k *walk) create(name string, p plan) int64 {
	documented, err := contract.V4()
	if err != nil {
		k.t.Fatal(err)
	}
	i := slices.IndexFunc(documented, func(r contract.Resource) bool { return r.Name == name })
	e, ok := endpoint(documented[i], "create")
	if !ok {
		k.t.Fatalf("%s has no create", name)
	}
	body := k.fill(p.create)
	reply := k.user(p).Send(k.t, http.MethodPost, k.address(p, e.Path), "application/json", body)
	if reply.Status != http.StatusCreated || reply.Header.Get("Location") == "" {
		k.t.Fatalf("create %s with %s: %d %s", name, body, reply.Status, reply.Body)
	}
	return int64(object(k.t, reply)["id"].(float64))
}

func endpoint(r contract.Resource, op ...string) (contract.Endpoint, bool) {
	for _, e := range r.Endpoints {
		if slices.Contains(op, e.Op) {
			return e, true
		}
	}
	return contract.Endpoint{}, false
}

func object(t testing.TB, reply testkit.Reply) map[string]any {
	t.Helper()
	var o map[string]any
	reply.Into(&o)
	return o
}

func (k *walk) visit(r contract.Resource, p plan) {
	k.t.Helper()
	id := k.id(r.Name)
	if e, ok := endpoint(r, "list"); ok {
		k.list(r, p, e, id)
	}
	if e, ok := endpoint(r, "view", "retrieve"); ok {
		reply := k.user(p).Get(k.t, k.one(p, e, id))
		if reply.Status != http.StatusOK {
			k.t.Errorf("view %s: %d %s", r.Name, reply.Status, reply.Body)
		} else {
			k.members(r, p, object(k.t, reply), "view")
		}
	}
	if e, ok := endpoint(r, "update"); ok && strings.HasSuffix(e.Path, "{id}") {
		k.update(r, p, e, id)
	}
	k.refuse(r, p, id)
}

func (k *walk) one(p plan, e contract.Endpoint, id int64) string {
	return strings.Replace(k.address(p, e.Path), "{id}", strconv.FormatInt(id, 10), 1)
}

// members checks that an object has every documented member.
func (k *walk) members(r contract.Resource, p plan, o map[string]any, where string) {
	k.t.Helper()
	for _, f := range r.Fields {
		if _, there := o[f.Name]; !there && !slices.Contains(strings.Fields(p.absent), f.Name) {
			k.t.Errorf("%s %s has no %s", where, r.Name, f.Name)
		}
	}
}

// follow opens every link of a row.
func (k *walk) follow(r contract.Resource, p plan, row map[string]any) {
	k.t.Helper()
	links, _ := row["_links"].(map[string]any)
	for name, link := range links {
		href, _ := link.(map[string]any)["href"].(string)
		if reply := k.user(p).Get(k.t, href); reply.Status != http.StatusOK && (p.user == nil || reply.Status != http.StatusForbidden) {
			k.t.Errorf("%s links %s to %s: %d", r.Name, name, href, reply.Status)
		}
	}
}

func (k *walk) list(r contract.Resource, p plan, e contract.Endpoint, id int64) {
	k.t.Helper()
	base := k.address(p, e.Path)
	rows := k.rows(p, base, url.Values{"id": {strconv.FormatInt(id, 10)}})
	if len(rows) != 1 {
		k.t.Errorf("list %s?id=%d: %d rows", r.Name, id, len(rows))
		return
	}
	row := rows[0]
	k.members(r, p, row, "list")
	k.follow(r, p, row)
	for _, f := range e.Query {
		hit, miss := values(row, f)
		if probe, known := p.probes[f.Name]; known {
			hit, miss = k.fill(probe[0]), k.fill(probe[1])
		}
		name := f.Name
		if strings.HasPrefix(f.Type, "array") {
			name += "[]"
		}
		if hit != "" && !k.finds(p, base, name, hit, id) {
			k.t.Errorf("%s?%s=%s does not find the row", r.Name, name, hit)
		}
		if miss != "" && k.finds(p, base, name, miss, id) {
			k.t.Errorf("%s?%s=%s finds the row", r.Name, name, miss)
		}
		if hit == "" && miss == "" && !slices.Contains([]string{"page", "pageSize", "expand", "is_deleted"}, f.Name) {
			k.t.Errorf("%s?%s: the walk has nothing to ask", r.Name, f.Name)
		}
	}
	k.expand(r, p, base, id)
	one, many := k.queries(p, base+"?pageSize=1"), k.queries(p, base+"?pageSize=50")
	if many > one {
		k.t.Errorf("list %s takes %d queries for a row and %d for more", r.Name, one, many)
	}
}

// expand asks for everything that is sent only when it is named.
func (k *walk) expand(r contract.Resource, p plan, base string, id int64) {
	k.t.Helper()
	declared := k.declared[r.Name]
	if declared == nil {
		return
	}
	var names []string
	for _, m := range declared.Members() {
		if m.Asked {
			names = append(names, m.Name)
		}
	}
	if len(names) == 0 {
		return
	}
	rows := k.rows(p, base, url.Values{"id": {strconv.FormatInt(id, 10)}, "expand": {strings.Join(names, ",")}})
	if len(rows) != 1 {
		k.t.Errorf("%s expanded: %d rows", r.Name, len(rows))
		return
	}
	for _, name := range names {
		if _, there := rows[0][name]; !there && p.user == nil {
			k.t.Errorf("%s does not expand %s", r.Name, name)
		}
	}
}

func (k *walk) queries(p plan, path string) int {
	program := k.user(p)
	program.Get(k.t, path).Want(http.StatusOK) // what is noted once a minute is noted
	count := k.w.CountQueries(k.t)
	program.Get(k.t, path).Want(http.StatusOK)
	return count()
}

func (k *walk) rows(p plan, base string, query url.Values) []map[string]any {
	k.t.Helper()
	reply := k.user(p).Get(k.t, base+"?"+query.Encode())
	if reply.Status != http.StatusOK {
		k.t.Errorf("%s?%s: %d %s", base, query.Encode(), reply.Status, reply.Body)
		return nil
	}
	var rows []map[string]any
	reply.Into(&rows)
	return rows
}

func (k *walk) finds(p plan, base, name, value string, id int64) bool {
	k.t.Helper()
	query := url.Values{name: {value}, "pageSize": {"50"}, "sort": {"-id"}}
	return slices.ContainsFunc(k.rows(p, base, query), func(o map[string]any) bool { return o["id"] == float64(id) })
}

// values returns what a parameter finds a row by, and what it does not, from the row's member of the same name.
func values(row map[string]any, f contract.Field) (hit, miss string) {
	name := f.Name
	if name == "ids" {
		name = "id"
	}
	if slices.Contains([]string{"page", "pageSize", "expand", "s", "is_deleted"}, f.Name) {
		return "", ""
	}
	switch v := row[name].(type) {
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), strconv.FormatFloat(v+7919, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v), strconv.FormatBool(!v)
	case string:
		if strings.HasPrefix(f.Type, "timestamp") || f.Type == "date" {
			return v, "1999-12-31T23:59:58+00:00"
		}
		return v, "no such " + v + " anywhere"
	}
	return "", ""
}

func (k *walk) update(r contract.Resource, p plan, e contract.Endpoint, id int64) {
	k.t.Helper()
	body := p.update
	if body == "" {
		body = p.create
	}
	if body == "" {
		body = "{}"
	}
	sent := k.fill(body)
	reply := k.user(p).Send(k.t, e.Method, k.one(p, e, id), "application/json", sent)
	if reply.Status != http.StatusOK {
		k.t.Errorf("update %s with %s: %d %s", r.Name, sent, reply.Status, reply.Body)
		return
	}
	k.members(r, p, object(k.t, reply), "update")
	var want map[string]any
	if err := json.Unmarshal([]byte(sent), &want); err != nil {
		k.t.Fatal(err)
	}
	got := object(k.t, reply)
	for name, value := range want {
		if held, there := got[name]; there && fmt.Sprint(held) != fmt.Sprint(value) && !sameMoment(held, value) {
			k.t.Errorf("update %s: %s is %v, sent %v", r.Name, name, held, value)
		}
	}
	k.sendBack(r, p, e, id)
	if bad := k.user(p).Send(k.t, e.Method, k.one(p, e, id), "application/json", `{"no_such_member":1}`); bad.Status != http.StatusUnprocessableEntity ||
		!strings.Contains(bad.Body, "no_such_member") {
		k.t.Errorf("update %s with an unknown member: %d %s", r.Name, bad.Status, bad.Body)
	}
}

// sendBack sends a row back as it was read: nothing is refused, and nothing changes.
func (k *walk) sendBack(r contract.Resource, p plan, e contract.Endpoint, id int64) {
	k.t.Helper()
	list, ok := endpoint(r, "list")
	if !ok {
		return
	}
	read := func() map[string]any {
		return k.rows(p, k.address(p, list.Path), url.Values{"id": {strconv.FormatInt(id, 10)}})[0]
	}
	before := read()
	text, err := json.Marshal(before)
	if err != nil {
		k.t.Fatal(err)
	}
	if reply := k.user(p).Send(k.t, e.Method, k.one(p, e, id), "application/json", string(text)); reply.Status != http.StatusOK {
		k.t.Errorf("%s sent back as it was read: %d %s", r.Name, reply.Status, reply.Body)
		return
	}
	for name, value := range read() {
		if name != "updated_at" && name != "updated_by" && fmt.Sprint(value) != fmt.Sprint(before[name]) {
			k.t.Errorf("%s sent back as it was read: %s is %v, was %v", r.Name, name, value, before[name])
		}
	}
}

// sameMoment tells whether a time came back that was sent in another form, or a decimal as text.
func sameMoment(held, sent any) bool {
	text, ok := held.(string)
	if !ok {
		return false
	}
	if number, isNumber := sent.(float64); isNumber {
		return text == strconv.FormatFloat(number, 'f', 2, 64)
	}
	return strings.HasPrefix(text, strings.TrimSuffix(fmt.Sprint(sent), "Z"))
}

// clear deletes what was made, last first, and looks that it is gone.
func (k *walk) clear(documented []contract.Resource) {
	for _, name := range slices.Backward(k.made) {
		i := slices.IndexFunc(documented, func(r contract.Resource) bool { return r.Name == name })
		p := plans[name]
		e, ok := endpoint(documented[i], "delete")
		if !ok || p.keep {
			continue
		}
		address := k.one(p, e, k.ids[name])
		if reply := k.user(p).Send(k.t, http.MethodDelete, address, "", ""); reply.Status != http.StatusNoContent || reply.Body != "" {
			k.t.Errorf("delete %s: %d %s", name, reply.Status, reply.Body)
			continue
		}
		if list, ok := endpoint(documented[i], "list"); ok && k.finds(p, k.address(p, list.Path), "id", strconv.FormatInt(k.ids[name], 10), k.ids[name]) {
			k.t.Errorf("%s is listed after it was deleted", name)
		}
	}
}
