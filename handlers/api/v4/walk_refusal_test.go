package v4_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/testkit/contract"
)

// refuse asks for everything as somebody without rights, and as another firm.
func (k *walk) refuse(r contract.Resource, p plan, id int64) {
	k.t.Helper()
	for _, e := range r.Endpoints {
		path := e.Path
		if !strings.HasPrefix(path, "/models/") && !strings.HasPrefix(path, "/admin/") || strings.Contains(strings.TrimSuffix(path, "{id}"), "{") && !strings.Contains(path, "{oid}") {
			continue
		}
		address := k.one(p, e, id)
		body := ""
		if e.Method == http.MethodPost || e.Method == http.MethodPut {
			body = "{}"
		}
		if reply := k.stranger().Send(k.t, e.Method, address, "application/json", body); reply.Status != http.StatusUnauthorized {
			k.t.Errorf("%s %s without a token: %d", e.Method, address, reply.Status)
		}
		if p.shared {
			continue
		}
		if reply := k.program(k.stu).Send(k.t, e.Method, address, "application/json", body); reply.Status != http.StatusForbidden && reply.Status != http.StatusNotFound {
			k.t.Errorf("%s %s as a student: %d %s", e.Method, address, reply.Status, reply.Body)
		}
		if strings.HasSuffix(e.Path, "{id}") || strings.Contains(e.Path, "{oid}") {
			if reply := k.program(k.w.Otto).Send(k.t, e.Method, address, "application/json", body); reply.Status != http.StatusNotFound && reply.Status != http.StatusForbidden {
				k.t.Errorf("%s %s as another firm: %d %s", e.Method, address, reply.Status, reply.Body)
			}
		} else if e.Op == "list" && k.foreign(address, id) {
			k.t.Errorf("%s shows another firm the row", address)
		}
	}
}

func (k *walk) foreign(address string, id int64) bool {
	reply := k.program(k.w.Otto).Get(k.t, address+"?id="+strconv.FormatInt(id, 10))
	if reply.Status != http.StatusOK {
		return false
	}
	var rows []map[string]any
	reply.Into(&rows)
	return slices.ContainsFunc(rows, func(o map[string]any) bool { return o["id"] == float64(id) })
}
