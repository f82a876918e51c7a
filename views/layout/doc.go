// Package layout holds the frames of pages: the document head, a shell for each audience, error pages.
//
// A screen is the children of a shell, and begins with its one h1 (ui.PageHeader has it):
//
//	@layout.App(p.Page) {
//		@ui.PageHeader(ui.PageHeaderProps{Title: "Candidates"}) { … }
//	}
//
// # Shells
//
//	App(Page){…}            recruiters, panelists, administrators: sidebar, rail, tab bar, palette, keys, toasts
//	Focus(FocusPage){…}     one task at a time, such as evaluating; MainClass "ev-main" gives answers and scorecard
//	Account(Page){…}        sign-in, passwords, first steps
//	Candidate(Page){…}      candidates and referees outside the exam
//	Exam(ExamPage){…}       one question, its clock and the way on; loads js/clock.js
//	Plain(Page){…}          a page that stands alone
//	Error(Page, Trouble)    TroubleFor(code) brings our words; TroubleBox(Trouble) puts them into another shell
//	Print(Page, foot){…}    reports on paper, always light
//	Script(Page, name)      one more module for a screen, e.g. "js/pipeline.js"; put it first among the shell's children
//	ExamClock(Clock)        the clock alone, for the server's answer to Clock.Source
//
// # Data
//
//	Page{Title, Lang, Dir, Theme, Nonce, Home, User, Organization, Nav, Tabs, Flash, PaletteURL, SignOutURL, ProfileURL,
//	     SwitchURL, Languages, PrivacyHref, Keys, Wide, Board, Read}
//	User{Name, Email, Role, AvatarURL}   NavGroup{Label, Items, Foot}   NavItem{Label, Href, Icon, Status, Count, Current}
//	Flash{Text, UndoURL, Alert}          KeyHelp{Keys, Does}
//	FocusPage{Page, Position, Total, Done, PrevHref, NextHref, Remaining, Saved, MainClass}
//	ExamPage{Page, Section, Saved, Clock, Answered, Total, Progress, Offline, Map, Help, Foot}
//	Clock{ID, Text, Remaining, Low, Source, None}
//	Trouble{Code, Title, Text, Kept, Act, ActHref, Reference}
//
// Tabs are up to four; More shows all of Nav. Words of the shells that candidates see come from ui.WordsFrom(ctx).
//
// # The page's contract with the server
//
// Theme is the cookie "theme" ("light" or "dark"), which the theme button sets; without it the system decides. Nonce is the
// nonce of the answer's Content-Security-Policy: script-src 'self' 'nonce-…', style-src 'self', img-src and font-src 'self'.
// htmx is told in one meta element (page.go): a 422 is swapped in, other errors are said in a toast, nothing is evaluated
// (no hx-on, no js: values, no trigger filters in brackets), pages are not kept in the browser. The extensions morph and sse
// are on for the whole page: hx-swap="morph:outerHTML", sse-connect. Toasts land in #toasts (ui.ToastOut), news that is only
// heard in #announce.
package layout
