package models

import (
	"slices"
	"time"
)

// Locale is a language somebody can choose.
type Locale struct {
	Code string // as in "en-US"
	Name string // in the language itself
}

// Locales lists the languages, in the order in which they are offered.
var Locales = []Locale{
	{"en-US", "English"}, {"de-DE", "Deutsch"}, {"fr-FR", "Français"}, {"es-ES", "Español"}, {"hi-IN", "हिन्दी"}, {"ar", "العربية"},
}

// KnownLocale tells whether a code is one of Locales.
func KnownLocale(code string) bool {
	return slices.ContainsFunc(Locales, func(l Locale) bool { return l.Code == code })
}

// KnownZone tells whether a name is that of a time zone, such as Europe/Lisbon. "Local" is not: it would be the server's.
func KnownZone(name string) bool {
	_, err := time.LoadLocation(name)
	return err == nil && name != "" && name != "Local"
}
