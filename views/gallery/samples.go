package gallery

import (
	"strings"

	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

func samplePage(title string) layout.Page {
	return layout.Page{
		Title: title, Home: "/shell/app", Organization: "Marram Logistics",
		User:       layout.User{Name: "Ines Carvalho", Email: "ines.carvalho@marram.example", Role: "Recruiter"},
		PaletteURL: "/find", SignOutURL: "/undone", ProfileURL: "#profile", SwitchURL: "#switch", PrivacyHref: "#privacy",
		Nav:       navigation(title),
		Tabs:      []layout.NavItem{{Label: "Home", Href: "/shell/app", Icon: ui.IconHome, Current: title == "Shell: home"}, {Label: "Assess", Href: "/shell/list", Icon: ui.IconBoard}, {Label: "Calendar", Href: "#calendar", Icon: ui.IconCalendar}, {Label: "Evaluate", Href: "/shell/focus", Icon: ui.IconScore}},
		Languages: []ui.Option{{Label: "English", Lang: "en", Href: "?", Current: true}, {Label: "Deutsch", Lang: "de", Href: "?"}, {Label: "हिन्दी", Lang: "hi", Href: "?"}, {Label: "العربية", Lang: "ar", Href: "?dir=rtl"}},
		Keys:      []layout.KeyHelp{{Keys: "J", Does: "next row"}, {Keys: "K", Does: "row before"}, {Keys: "X", Does: "select the row"}, {Keys: "Enter", Does: "open the row"}},
	}
}

func navigation(title string) []layout.NavGroup {
	return []layout.NavGroup{
		{Items: []layout.NavItem{
			{Label: "Home", Href: "/shell/app", Icon: ui.IconHome, Count: "9", Current: title == "Shell: home"},
			{Label: "Assessments", Href: "#assessments", Icon: ui.IconBoard},
			{Label: "Candidates", Href: "/shell/list", Icon: ui.IconPeople, Current: title == "Shell: list with drawer"},
			{Label: "Calendar", Href: "#calendar", Icon: ui.IconCalendar, Count: "4"},
			{Label: "Evaluations", Href: "/shell/focus", Icon: ui.IconScore, Count: "3"},
			{Label: "Question bank", Href: "#bank", Icon: ui.IconBank},
			{Label: "References", Href: "#references", Icon: ui.IconReference, Count: "2"},
			{Label: "Reports", Href: "/charts", Icon: ui.IconReport},
		}},
		{Label: "Pinned", Items: []layout.NavItem{
			{Label: "Backend engineer", Href: "#a1", Status: ui.StatusAttending, Count: "46"},
			{Label: "Customer support", Href: "#a2", Status: ui.StatusAttending, Count: "51"},
			{Label: "Night dispatch lead", Href: "#a3", Status: ui.StatusInvited, Count: "12"},
			{Label: "Graduate analyst", Href: "#a4", Status: ui.StatusCompleted, Count: "208"},
		}},
		{Foot: true, Items: []layout.NavItem{{Label: "Administration", Href: "#admin", Icon: ui.IconGear}}},
	}
}

func skills() []ui.Option {
	return []ui.Option{
		{Value: "1", Label: "SQL", Hint: "38 questions"}, {Value: "2", Label: "Concurrency", Hint: "21 questions"},
		{Value: "3", Label: "Writing", Hint: "17 questions"}, {Value: "4", Label: "Route planning", Hint: "9 questions"},
	}
}

func skillsLike(typed string) []ui.Option {
	var like []ui.Option
	for _, skill := range skills() {
		if strings.Contains(strings.ToLower(skill.Label), strings.ToLower(typed)) {
			like = append(like, skill)
		}
	}
	return like
}

func zones() []ui.Option {
	return []ui.Option{
		{Value: "Europe/Lisbon", Label: "Lisbon, WET", Group: "Yours"},
		{Value: "Africa/Accra", Label: "Accra, GMT", Group: "The candidate's"},
		{Value: "America/Mexico_City", Label: "Mexico City, CST", Group: "Others"},
	}
}

// someone is a candidate as a list shows one.
type someone struct {
	name, email, status string
	key                 ui.StatusKey
	score               float64
	since               string
}

func people() []someone {
	return []someone{
		{"Linh Đặng", "linh.dang@mail.example", "Evaluated", ui.StatusEvaluated, 86, "6 days"},
		{"Zanele Dlamini", "z.dlamini@mail.example", "Completed", ui.StatusCompleted, 78, "1 day"},
		{"Priyanka Raghunathan-Balasubramanian", "priyanka.raghunathan-balasubramanian@mail.example", "Attending", ui.StatusAttending, 0, "today"},
		{"Emil Lindqvist", "emil@mail.example", "Completed", ui.StatusCompleted, 41, "4 days"},
		{"Tomasz Wójcik", "t.wojcik@mail.example", "Selected", ui.StatusSelected, 91, "1 day"},
		{"Fatima Zahra El Idrissi", "fz.elidrissi@mail.example", "Hold", ui.StatusHold, 64, "2 days"},
		{"Kwame Boateng", "kwame@mail.example", "Rejected", ui.StatusRejected, 38, "3 days"},
		{"Sólveig Jónsdóttir", "solveig@mail.example", "Invited", ui.StatusInvited, 0, "5 days"},
	}
}

func questions() []ui.QuestionLink {
	links := make([]ui.QuestionLink, 20)
	for i := range links {
		links[i] = ui.QuestionLink{Number: i + 1, Href: "#q", Answered: i < 6 && i != 3, Marked: i == 2 || i == 5, Current: i == 6}
	}
	return links
}

func score(v float64) ui.ScoreProps {
	return ui.ScoreProps{Value: v, CutOff: 60, Low: 52, High: 74, Open: v == 0}
}

func ratingWords() [5]string {
	return [5]string{"Weak", "Thin", "Sound", "Strong", "Outstanding"}
}
