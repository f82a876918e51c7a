package gift

import (
	"regexp"
	"strings"
)

var (
	idComment  = regexp.MustCompile(`\[id:((?:\\\]|[^\]\[])+)\]`)
	tagComment = regexp.MustCompile(`\[tag:((?:\\\]|[^\]\[<>])+)\]`)
)

func (r *reader) readComments(comments string) {
	if m := idComment.FindStringSubmatch(comments); m != nil {
		r.q.ExternalID = strings.TrimSpace(strings.ReplaceAll(m[1], `\]`, "]"))
	}
	for _, m := range tagComment.FindAllStringSubmatch(comments, -1) {
		r.q.AddTag(strings.ReplaceAll(m[1], `\]`, "]"))
	}
}

var aikenKey = regexp.MustCompile(`(?m)^ANSWER:\s*[A-Z]\s*$`)

func withoutAnswers(text string) string {
	if aikenKey.MatchString(text) {
		return "This question is written in Aiken, another format, so it was left out. Write its answers in braces, the right one with = and the others with ~."
	}
	return "This is a description without answers; there is nothing to ask, so it was left out."
}

var lineComment = regexp.MustCompile(`(?m)(^|[ \t])//([ \t].*)?$`)

// dropComments removes comments at the ends of lines. The format knows comments as lines of their own only, so they go
// where the answers make no sense with them, and with those the others of the same question.
func (r *reader) dropComments() bool {
	_, block, found := cut(r.text, "{")
	if !found || !strings.Contains(block, "//") {
		return false
	}
	block, _, _ = cut(block, "}")
	_, alreadyTruth := truth(block)
	_, truthWithout := truth(lineComment.ReplaceAllString(block, ""))
	if !strings.HasPrefix(strings.TrimSpace(block), "//") && (alreadyTruth || !truthWithout) {
		return false
	}
	r.text = strings.TrimSpace(lineComment.ReplaceAllString(r.text, ""))
	return true
}
