package questionbank

import "strings"

const difficultyTag = "difficulty:"

// AddTag files a tag of a file: "difficulty:easy" and its like set the difficulty, any other tag names a skill.
func (q *Question) AddTag(tag string) {
	tag = CollapseSpace(tag)
	if level, found := strings.CutPrefix(strings.ToLower(tag), difficultyTag); found {
		switch level = strings.TrimSpace(level); level {
		case "easy", "medium", "hard":
			q.Difficulty = level
			return
		}
	}
	if tag != "" {
		q.Skills = appendNew(q.Skills, tag)
	}
}

// Tags returns the skills and the difficulty as tags that AddTag reads back.
func (q *Question) Tags() []string {
	tags := append([]string{}, q.Skills...)
	if q.Difficulty != "" {
		tags = append(tags, difficultyTag+q.Difficulty)
	}
	return tags
}

// CategoryPath cleans a category path as course systems write it: the context in front ($course$, top) goes, the levels
// are trimmed. It returns "" when nothing is left.
func CategoryPath(path string) string {
	const literalSlash = "\x00"
	var levels []string
	for i, level := range strings.Split(strings.ReplaceAll(path, "//", literalSlash), "/") {
		level = CollapseSpace(strings.ReplaceAll(level, literalSlash, "//"))
		isContext := i == 0 && strings.HasPrefix(level, "$") && strings.HasSuffix(level, "$")
		if level == "" || isContext || (i <= 1 && len(levels) == 0 && strings.EqualFold(level, "top")) {
			continue
		}
		levels = append(levels, level)
	}
	return strings.Join(levels, "/")
}
