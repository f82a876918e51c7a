package archtest_test

import (
	"slices"
	"strings"
	"testing"
)

// visitors says for each room who may import it; a room below a named one is meant too. Tests may go anywhere. Who adds
// a room adds its line.
var visitors = map[string][]string{
	"handlers":             {"cmd", "internal/testkit"},
	"handlers/account":     {"handlers"},
	"handlers/admin":       {"handlers"},
	"handlers/candidate":   {"handlers"},
	"handlers/docs":        {"handlers"},
	"handlers/panelist":    {"handlers"},
	"handlers/recruiter":   {"handlers"},
	"handlers/api":         {"cmd", "handlers"},
	"web":                  {"cmd", "handlers", "internal/testkit"},
	"views/layout":         {"handlers", "web", "views"},
	"views/ui":             {"handlers", "web", "views"},
	"views/answers":        {"handlers", "views"},
	"views/forms":          {"handlers", "views"},
	"views/settings":       {"handlers", "views"},
	"views/account":        {"handlers/account", "views/gallery"},
	"views/admin":          {"handlers/admin", "views/gallery"},
	"views/candidate":      {"handlers/candidate", "views/gallery"},
	"views/docs":           {"handlers/docs", "views/gallery"},
	"views/panelist":       {"handlers/panelist", "views/gallery"},
	"views/recruiter":      {"handlers/recruiter", "views/gallery"},
	"views/gallery":        {"cmd"},
	"static":               {"handlers", "web", "views/layout", "views/gallery"},
	"models":               {"cmd", "handlers", "web", "views", "internal"},
	"internal/fault":       {"cmd", "handlers", "web", "views", "internal", "models"},
	"internal/access":      {"cmd", "handlers", "web", "views", "internal"},
	"internal/actions":     {"cmd", "handlers", "web", "internal/catalog", "internal/demo", "internal/testkit"},
	"internal/catalog":     {"cmd", "handlers", "internal/demo"},
	"internal/resource":    {"cmd", "handlers", "internal/actions", "internal/catalog", "internal/demo"},
	"internal/database":    {"cmd", "handlers", "internal"},
	"internal/demo":        {"cmd"},
	"internal/config":      {"cmd"},
	"internal/testkit":     {"internal/testkit"},
	"internal/testkit/axe": {"internal/testkit"},

	"internal/testkit/contract": {"internal/testkit"},

	// What actions stand on. Screens come in where they show or stream what a room holds; they change nothing there.
	"internal/files":          {"cmd", "handlers", "internal/actions", "internal/catalog", "internal/testkit"},
	"internal/jobs":           {"cmd", "internal/actions", "internal/demo", "internal/testkit"},
	"internal/ledger":         {"cmd", "handlers/admin", "internal/actions"},
	"internal/live":           {"cmd", "handlers", "internal/actions", "internal/testkit"},
	"internal/notify":         {"cmd", "handlers", "internal/actions", "internal/catalog", "internal/demo", "internal/testkit"},
	"internal/calendar":       {"handlers", "internal/actions", "internal/notify"},
	"internal/mail":           {"cmd", "internal/demo", "internal/notify", "internal/testkit"},
	"internal/textmessage":    {"cmd", "internal/notify", "internal/testkit"},
	"internal/mail/mailtest":  {"internal/testkit"},
	"internal/placeholder":    {"handlers/api"},
	"internal/attendlink":     {"cmd", "handlers", "internal/actions", "internal/catalog", "internal/testkit"},
	"internal/ratelimit":      {"handlers/api", "internal/actions"},
	"internal/assertion":      {"internal/actions"},
	"internal/secrets":        {"cmd", "handlers", "web", "internal/actions", "internal/attendlink", "internal/files", "internal/testkit"},
	"internal/webhook":        {"cmd", "internal/actions", "internal/testkit"},
	"internal/scoring":        {"handlers", "internal/actions"},
	"internal/review":         {"handlers", "internal/actions", "internal/catalog"},
	"internal/questionbank":   {"cmd", "handlers", "internal/actions", "internal/questionbank"},
	"internal/candidatesheet": {"cmd", "handlers", "internal/actions"},
	"internal/addresses":      {"handlers", "internal/actions", "internal/candidatesheet"},

	// Tools that know nothing of ours.
	"internal/openapi":     {"cmd", "handlers"},
	"internal/pdf":         {"handlers", "internal/actions", "internal/demo"},
	"internal/richtext":    {"handlers", "internal"},
	"internal/spreadsheet": {"handlers", "internal/actions", "internal/candidatesheet", "internal/questionbank"},
	"internal/textfold":    {"handlers", "internal"},
}

func TestRoomsAreEnteredByTheirVisitorsOnly(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		for _, imported := range s.imports {
			room, ours := strings.CutPrefix(imported, module)
			if !ours || s.isTest() || s.room == room {
				continue
			}
			home := homeOf(room)
			if home == "" {
				t.Errorf("%s imports %s, which has no line in visitors: say who may enter it", s.path, room)
				continue
			}
			if !slices.ContainsFunc(visitors[home], func(v string) bool { return within(s.room, v) }) {
				t.Errorf("%s imports %s; only these may: %s", s.path, room, strings.Join(visitors[home], ", "))
			}
		}
	}
}

// homeOf returns the most exact line of visitors for a room.
func homeOf(room string) string {
	for ; room != "."; room = parent(room) {
		if _, known := visitors[room]; known {
			return room
		}
		if !strings.Contains(room, "/") {
			return ""
		}
	}
	return ""
}

func parent(room string) string { return room[:strings.LastIndex(room, "/")] }

func TestAudiencesKeepToThemselves(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if s.isTest() || !strings.HasPrefix(s.room, "views/") || s.room == "views/gallery" {
			continue
		}
		for _, imported := range s.imports {
			room, ours := strings.CutPrefix(imported, module)
			allowed := []string{"views/ui", "views/layout", "views/answers", "views/forms", "views/settings", "models", "internal/access", "internal/fault", "static"}
			switch s.room {
			case "views/ui":
				allowed = nil
			case "views/layout":
				allowed = []string{"views/ui", "static"}
			}
			if ours && room != s.room && !slices.Contains(allowed, room) {
				t.Errorf("%s imports %s: a view knows %s only", s.path, room, strings.Join(allowed, ", "))
			}
		}
	}
}

// outsiders are libraries that have their place.
var outsiders = map[string][]string{
	"github.com/labstack/echo": {"cmd", "handlers", "web", "internal/testkit"},
	"gorm.io/gorm":             {"cmd", "handlers", "internal"},
	"gorm.io/driver":           {"internal/database"},
	"github.com/a-h/templ":     {"handlers", "web", "views"},
	"github.com/riverqueue":    {"internal/jobs"},
	"github.com/jackc/pgx":     {"internal/database", "internal/testkit", "internal/live"},
	"gocloud.dev":              {"internal/files"},
	"github.com/prometheus":    {"cmd"},
	"github.com/chromedp":      {"internal/testkit"},
	"github.com/golang-jwt":    {"internal/assertion"},
}

func TestLibrariesStayInTheirPlace(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		for _, imported := range s.imports {
			for library, places := range outsiders {
				if s.isTest() || !within(imported, library) {
					continue
				}
				if !slices.ContainsFunc(places, func(p string) bool { return within(s.room, p) }) {
					t.Errorf("%s imports %s, which belongs to %s", s.path, imported, strings.Join(places, ", "))
				}
			}
		}
	}
}

func TestOnlyTestsUseTheTestKit(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		for _, imported := range s.imports {
			if strings.HasPrefix(imported, module+"internal/testkit") && !s.isTest() && !within(s.room, "internal/testkit") {
				t.Errorf("%s imports the test kit", s.path)
			}
		}
	}
}
