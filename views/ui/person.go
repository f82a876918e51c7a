package ui

import (
	"hash/fnv"
	"strings"
	"unicode/utf8"
)

// AvatarProps describes a person's picture, or the initials on a tint chosen by the name.
type AvatarProps struct {
	Name  string
	URL   string
	Size  Size
	Alone bool // no name stands beside it, so it must say the name itself
}

// PersonProps describes a person in a row: picture, name, and a line below.
type PersonProps struct {
	Name      string
	Sub       string // e-mail or role
	Href      string
	AvatarURL string
	Size      Size
}

// Initials returns the first letters of the first and the last word of a name, in capitals.
func Initials(name string) string {
	words := strings.Fields(name)
	if len(words) == 0 {
		return "?"
	}
	first, _ := utf8.DecodeRuneInString(words[0])
	if len(words) == 1 {
		return strings.ToUpper(string(first))
	}
	last, _ := utf8.DecodeRuneInString(words[len(words)-1])
	return strings.ToUpper(string(first) + string(last))
}

// tint picks one of the six avatar colours, always the same for a name.
func tint(name string) string {
	sum := fnv.New32a()
	// A hash in memory takes every write.
	_, _ = sum.Write([]byte(name))
	return "av-" + string(rune('1'+sum.Sum32()%6))
}
