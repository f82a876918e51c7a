package candidate

import "github.com/assay-hire/assay/views/ui"

// Words is everything that a candidate's page says, in one language. A text with verbs such as %d is filled by the page
// that shows it; where a sentence depends on a number there is one for one and one for many.
type Words struct {
	Lang, Dir string
	Parts     ui.Words // what components and shells say

	Landing     LandingWords
	Consent     ConsentWords
	Overview    OverviewWords
	Section     SectionWords
	Form        FormWords
	Question    QuestionWords
	Saved       SavedWords
	Review      ReviewWords
	Conclusion  ConclusionWords
	Closed      ClosedWords
	Duration    DurationWords
	Appointment AppointmentWords
}

// LandingWords are those of the page that the link in an invitation leads to.
type LandingWords struct {
	Invites, Until, Sections, Duration                      string
	CodeLabel, CodeHint, Begin, GoOn, Signed, Recorded, Any string
}

// ConsentWords are those of what is recorded, told beforehand.
type ConsentWords struct {
	Title, Lead, Who, Agree, Continue, Otherwise string
	Recorded                                     []string
	Proctored                                    string // one more line where a section is proctored
	Never                                        string
}

// OverviewWords are those of the list of sections.
type OverviewWords struct {
	Title, Lead, LeadOne, LeadDone, Until           string
	Open, Running, Done, Elsewhere, Later           string
	Begin, GoOn, TimeLeft, Leave, LeaveHint, Answer string
	Questions, QuestionsOne                         string
}

// SectionWords are those of a section's instructions.
type SectionWords struct {
	Time, TimeCut, Untimed, Server, Free, NoSkip, Final, PerQuestion, NoReview string
	Marks, MarksLost, Accommodation, Credit, Saved                             string
	Start, StartUntimed, Done, FillForm, FormDone, Back                        string
}

// FormWords are those of a form before a section.
type FormWords struct{ Lead, Send, Choose, Refused, Replace string }

// QuestionWords are those of the exam itself.
type QuestionWords struct {
	Number, Marks, MarkOne, NoneLost, Lost, ReadBy, Share                   string
	Mark, Next, Before, All, AllOf, Review, Submit, Save                    string
	Answered, Answer, Gap, ChooseMatch, Words, WordOne, True, False         string
	SaveFirst, Final, QuestionOver, OfflineTitle, OfflineFor, OfflineText   string
	Help, HelpCredit, Wrong, Keys, Minutes10, Minutes5, Minutes1, Announced string
	TimeMayBeUp                                                             string
	FullScreen, FullScreenWhy                                               string
}

// SavedWords are those of the saved line and of a save that was refused.
type SavedWords struct {
	All, At, Saving, Kept, Again, Conflict, Refused           string
	ConflictTitle, ConflictText, Mine, Theirs, KeepMine, Take string
	Nothing, GoneHere                                         string
}

// ReviewWords are those of the page before submitting.
type ReviewWords struct {
	Title, Lead, LeadAll, Open, OpenOne, MarkedSome, MarkedOne string
	Submit, Back, Effect, Waiting                              string
}

// ConclusionWords are those after a section.
type ConclusionWords struct {
	Title, TitleTime, Text, TextNext, TextTime, Answered, Next, NextText, All, AllText, Unsent string
}

// ClosedWords are those of an invitation that cannot be attended now.
type ClosedWords struct {
	NotYet, NotYetText, Over, OverText, Withdrawn, WithdrawnText, What string
}

// AppointmentWords are those of the page of an appointment and of an event.
type AppointmentWords struct {
	Invites, To, Video, OnSite, Zone, Calendar                        string
	Ahead, AheadText, OnSiteText, Now, NowText                        string
	Over, OverText, CalledOff, CalledOffText                          string
	Event, EventText, EventOff, EventOffText, EventOver, EventPending string
}

// DurationWords name lengths of time.
type DurationWords struct{ Minute, Minutes, Second, Seconds, Unlimited, And string }

// For returns the words of the first of the languages, as BCP 47 tags in order of preference, that there is a
// catalogue for; English when there is none.
func For(languages ...string) Words {
	catalogue := map[string]func() Words{"en": english}
	for _, language := range languages {
		if words, known := catalogue[base(language)]; known {
			return words()
		}
	}
	return english()
}

// base returns the language of a tag without region and script.
func base(tag string) string {
	for i, r := range tag {
		if r == '-' || r == '_' {
			return tag[:i]
		}
	}
	return tag
}
