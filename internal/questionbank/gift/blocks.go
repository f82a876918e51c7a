package gift

import "strings"

// block is what stands between blank lines: one question, or a category line, or comments only.
type block struct {
	line     int    // of the first line that is no comment
	text     string // without comment lines
	comments string
}

// split cuts the file into blocks. A blank line within an answer block does not end it when its closing brace follows
// before anything that looks like a new question.
func split(text string) []block {
	lines := strings.Split(text, "\n")
	var blocks []block
	var current block
	var kept []string
	depth := 0
	flush := func() {
		current.text = strings.TrimSpace(strings.Join(kept, "\n"))
		switch last := len(blocks) - 1; {
		case last >= 0 && strings.HasPrefix(current.text, "{") && blocks[last].awaitsAnswers():
			blocks[last].text += "\n" + current.text
		case current.text != "" || current.comments != "":
			blocks = append(blocks, current)
		}
		current, kept, depth = block{}, nil, 0
	}
	for i, line := range lines {
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "":
			if depth > 0 && closesLater(lines[i+1:]) {
				continue
			}
			flush()
		case strings.HasPrefix(trimmed, "//"):
			current.comments += trimmed + "\n"
		case strings.HasPrefix(strings.ToUpper(trimmed), categoryMark):
			comments := current.comments
			flush()
			blocks = append(blocks, block{line: i + 1, text: trimmed, comments: comments})
		default:
			if len(kept) == 0 {
				current.line = i + 1
			}
			kept = append(kept, strings.TrimRight(line, " \t"))
			depth += depthChange(line)
		}
	}
	flush()
	return blocks
}

// Some files leave a blank line between a question and its answers.
func (b block) awaitsAnswers() bool {
	return b.text != "" && index(b.text, "{") < 0 && !strings.HasPrefix(strings.ToUpper(b.text), categoryMark)
}

func closesLater(lines []string) bool {
	const farthest = 50
	for _, line := range lines[:min(len(lines), farthest)] {
		trimmed := strings.TrimSpace(line)
		if strings.HasPrefix(trimmed, "::") || strings.HasPrefix(trimmed, categoryMark) {
			return false
		}
		open, end := index(trimmed, "{"), index(trimmed, "}")
		if open >= 0 && (end < 0 || open < end) {
			return false
		}
		if end >= 0 {
			return true
		}
	}
	return false
}
