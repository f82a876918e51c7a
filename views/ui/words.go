package ui

import "context"

// Words are what components and shells say by themselves. Pages in another language bring theirs with WithWords.
type Words struct {
	Skip         string // "Skip to content"
	News         string // name of the region where messages appear
	Optional     string // "(optional)"
	ShowPassword string
	Close        string
	Dismiss      string
	Undo         string
	Loading      string
	Done         string // ", done"
	RemoveFilter string
	ChooseFile   string // "or choose from this device"
	NothingFound string
	Day          string
	Time         string
	TimeZone     string
	NotRated     string
	Language     string
	Privacy      string
	Terms        string
	Theme        string // "Light or dark"
	Question     string // names the question map: "Questions"
	GoTo         string // "Go to question"
	Answered     string
	Marked       string
	Unanswered   string
	TimeLeft     string // "left", behind the clock
	MinutesLeft  string // "{n} minutes left", said aloud at 10, 5 and 1
	Help         string
	Trouble      TroubleWords
}

// TroubleWords are what is said when a request of a part of the page did not go through.
type TroubleWords struct {
	Offline   string
	Forbidden string
	NotFound  string
	Conflict  string
	TooLarge  string
	TooMany   string
	Other     string
}

// English returns the words in English.
func English() Words {
	return Words{
		Skip: "Skip to content", News: "Messages", Optional: "(optional)", ShowPassword: "Show password", Close: "Close", Dismiss: "Dismiss",
		Undo: "Undo", Loading: "Loading", Done: ", done", RemoveFilter: ", remove filter", ChooseFile: "or choose from this device",
		NothingFound: "Nothing found. Check the spelling or type less.", Day: "Day", Time: "Time", TimeZone: "Time zone", NotRated: "Not rated",
		Language: "Language", Privacy: "Privacy", Terms: "Terms", Theme: "Light or dark", Question: "Questions", GoTo: "Go to question",
		Answered: "answered", Marked: "marked", Unanswered: "open", TimeLeft: "left", MinutesLeft: "{n} minutes left", Help: "Help",
		Trouble: TroubleWords{
			Offline:   "No connection to the server. Nothing was changed; what you typed is still here.",
			Forbidden: "Your role does not include this. Nothing was changed.",
			NotFound:  "That is no longer there. Reload to see how it stands now.",
			Conflict:  "Someone was faster. Reload to see how it stands now.",
			TooLarge:  "That file is too large. Nothing was stored.",
			TooMany:   "That was a lot at once. Wait a minute, then try again.",
			Other:     "This could not be finished. It was written down; try again.",
		},
	}
}

type wordsKey struct{}

// WithWords returns a context under which components speak with these words. The caller fills every field.
func WithWords(ctx context.Context, words Words) context.Context {
	return context.WithValue(ctx, wordsKey{}, words)
}

// WordsFrom returns the words of the page being rendered, English unless WithWords said otherwise.
func WordsFrom(ctx context.Context) Words {
	if words, ok := ctx.Value(wordsKey{}).(Words); ok {
		return words
	}
	return English()
}
