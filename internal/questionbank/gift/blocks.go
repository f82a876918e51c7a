package gift

import (
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

// block is what stands between blank lines: one question, or a category line, or comments only.
type block struct {
	line     int    // of the first line that is no comment
	text     string // without comment lines
	comments string
	joined   bool // no blank line stands before it
}

// splitter gathers lines into blocks.
type splitter struct {
	blocks  []block
	current block
	lines   []string // of the current block, without comments
	depth   int      // braces open in it
}

// split cuts the file into blocks. A blank line within an answer block does not end it when its closing brace follows
// before anything that looks like a new question. It stops when there are more blocks than a file may have questions.
func split(text string) []block {
	lines := strings.Split(text, "\n")
	var s splitter
	for i, line := range lines {
		if len(s.blocks) > questionbank.MaxQuestions {
			break
		}
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "":
			if s.depth <= 0 || !closesLater(lines[i+1:]) {
				s.flush()
			}
		case strings.HasPrefix(trimmed, "//"):
			s.current.comments += trimmed + "\n"
		case strings.HasPrefix(strings.ToUpper(trimmed), categoryMark):
			comments := s.current.comments
			s.flush()
			s.blocks = append(s.blocks, block{line: i + 1, text: trimmed, comments: comments})
		default:
			if s.complete() && strings.HasPrefix(trimmed, "::") {
				s.flush()
				s.current.joined = true
			}
			s.add(i+1, line)
		}
	}
	s.flush()
	return s.blocks
}

// complete tells whether the lines so far end with the end of their answers, so that a title can only begin a new question.
func (s *splitter) complete() bool {
	last := len(s.lines) - 1
	return last >= 0 && s.depth == 0 && strings.HasSuffix(s.lines[last], "}")
}

func (s *splitter) add(number int, line string) {
	if len(s.lines) == 0 {
		s.current.line = number
	}
	s.lines = append(s.lines, strings.TrimRight(line, " \t"))
	s.depth += depthChange(line)
}

func (s *splitter) flush() {
	s.current.text = strings.TrimSpace(strings.Join(s.lines, "\n"))
	switch last := len(s.blocks) - 1; {
	case last >= 0 && strings.HasPrefix(s.current.text, "{") && s.blocks[last].awaitsAnswers():
		s.blocks[last].text += "\n" + s.current.text
	case s.current.text != "" || s.current.comments != "":
		s.blocks = append(s.blocks, s.current)
	}
	s.current, s.lines, s.depth = block{}, nil, 0
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
