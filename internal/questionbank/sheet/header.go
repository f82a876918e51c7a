package sheet

import (
	"regexp"
	"strconv"
)

// columns tells where each role is; -1 stands for none.
type columns struct {
	single   map[role]int
	choices  []int // by position of the option
	feedback map[int]int
	wrong    []int
	left     map[int]int
	right    map[int]int
	titles   []string
	names    []string // the titles squeezed
	unused   []int
	known    int
	fromZero bool // the options are named from 0 on
}

func (c *columns) at(r role) int {
	if i, ok := c.single[r]; ok {
		return i
	}
	return -1
}

// findHeader returns the place among the first rows of the one that names the columns, and the columns; nil when none
// names the question and something about its answers.
func findHeader(rows []row) (int, *columns) {
	const searched = 10
	for i, r := range rows[:min(len(rows), searched)] {
		c := readHeader(r.cells)
		if c.at(rolePrompt) >= 0 && c.known > 1 {
			return i, c
		}
	}
	return 0, nil
}

func readHeader(cells []string) *columns {
	c := &columns{single: map[role]int{}, feedback: map[int]int{}, left: map[int]int{}, right: map[int]int{}, titles: cells}
	places := map[int]int{}
	c.names = make([]string, len(cells))
	for i, cell := range cells {
		title := squeeze(cell)
		c.names[i] = title
		if title == "" {
			continue
		}
		c.known++
		if !c.numbered(title, i, places) && !c.named(title, i) {
			c.known--
			c.unused = append(c.unused, i)
		}
	}
	c.choices = inOrder(places)
	_, c.fromZero = places[0]
	c.settleAnswers()
	return c
}

// numbered files a title with a number or letter at its end.
func (c *columns) numbered(title string, i int, places map[int]int) bool {
	for _, pattern := range []*regexp.Regexp{choiceTitle, letterTitle} {
		if m := pattern.FindStringSubmatch(title); m != nil {
			return claim(places, ordinal(m[1]), i)
		}
	}
	if m := wrongTitle.FindStringSubmatch(title); m != nil {
		c.wrong = append(c.wrong, i)
		return true
	}
	if m := leftTitle.FindStringSubmatch(title); m != nil {
		return claim(c.left, ordinal(m[1]), i)
	}
	if m := rightTitle.FindStringSubmatch(title); m != nil {
		return claim(c.right, ordinal(m[1]), i)
	}
	if m := remarkTitle.FindStringSubmatch(title); m != nil {
		return claim(c.feedback, ordinal(m[1]), i)
	}
	return false
}

func claim(places map[int]int, at, column int) bool {
	if _, taken := places[at]; taken {
		return false
	}
	places[at] = column
	return true
}

func (c *columns) named(title string, i int) bool {
	r, known := roles()[title]
	if !known {
		return false
	}
	if title == "answers" && c.at(roleKey) >= 0 {
		r = roleOptions
	}
	if _, taken := c.single[r]; taken {
		return false
	}
	c.single[r] = i
	return true
}

// settleAnswers corrects "answers" beside a later key column: then it holds the options.
func (c *columns) settleAnswers() {
	key := c.at(roleKey)
	if key < 0 || c.names[key] != "answers" || c.at(roleOptions) >= 0 {
		return
	}
	for n, i := range c.unused {
		if roles()[c.names[i]] == roleKey {
			c.single[roleOptions], c.single[roleKey] = key, i
			c.unused = append(c.unused[:n], c.unused[n+1:]...)
			c.known++
			return
		}
	}
}

// ordinal is the number a title ends with, letters counting from a = 1, or 0.
func ordinal(text string) int {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	for _, letter := range text {
		return placeOf(letter)
	}
	return 0
}

func inOrder(places map[int]int) []int {
	var list []int
	for at := 0; at <= 99; at++ {
		if i, ok := places[at]; ok {
			list = append(list, i)
		}
	}
	return list
}
