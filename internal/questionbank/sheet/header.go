package sheet

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// role is what a column is for.
type role string

const (
	rolePrompt   role = "question"
	roleType     role = "type"
	roleTitle    role = "title"
	roleKey      role = "correct"
	roleAccepted role = "accepted"
	roleOptions  role = "choices" // all options in one cell
	roleWrong    role = "wrong"   // wrong options; the key is the right one
	rolePairs    role = "pairs"   // all pairs in one cell
	roleHint     role = "hint"
	roleFeedback role = "feedback"
	roleGuidance role = "guidance"
	roleSkills   role = "skills"
	roleCategory role = "categories"
	roleLevel    role = "difficulty"
	roleMarks    role = "marks"
	roleShuffle  role = "shuffle"
	roleWeights  role = "weights"
	roleCase     role = "case sensitive"
	roleID       role = "external id"
	rolePicture  role = "picture"
	roleNumber   role = "number"
)

// The column titles of other tools, written together in small letters.
var synonyms = map[role]string{
	rolePrompt: "question questions questiontext prompt text stem questionstem questionprompt questionbody itemtext " +
		"problem ask frage pregunta pergunta domanda vraag",
	roleType:  "type questiontype qtype kind format itemtype",
	roleTitle: "title name questiontitle questionname shortname",
	roleKey: "correct correctanswer correctanswers correctanswerkey correctoption correctoptions correctchoice correctchoices " +
		"correctresponse correctindex correctanswerindex correctanswernumber correctletter answerkey answerindex key answer " +
		"answers rightanswer rightanswers solution answercorrect correctkey",
	roleAccepted: "accepted acceptedanswers acceptableanswers acceptedanswer alternativeanswers blanks",
	roleOptions:  "choices options answeroptions answerchoices alternatives possibleanswers optionlist",
	rolePairs:    "pairs matches matchingpairs",
	roleHint:     "hint hints clue tip",
	roleFeedback: "feedback explanation generalfeedback rationale answerexplanation explanations comment",
	roleGuidance: "guidance graderinfo rubric markingguidance modelanswer sampleanswer graderinformation",
	roleSkills:   "skills skill tags tag topic topics keywords keyword competency competencies",
	roleCategory: "category categories subject folder categorypath questioncategory",
	roleLevel:    "difficulty level difficultylevel",
	roleMarks:    "marks mark points point score grade defaultgrade worth maxscore maxpoints",
	roleShuffle:  "shuffle shuffleanswers shufflechoices randomize",
	roleWeights:  "weights weight answerweights",
	roleCase:     "casesensitive usecase",
	roleID:       "externalid id idnumber questionid code reference ref identifier",
	rolePicture:  "image images imageurl imagelink picture media questionimage",
	roleNumber:   "no nr number row index questionnumber questionno",
}

// columns tells where each role is; -1 stands for none.
type columns struct {
	single   map[role]int
	choices  []int // by position of the option
	feedback map[int]int
	wrong    []int
	left     map[int]int
	right    map[int]int
	titles   []string
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

var (
	choiceTitle = regexp.MustCompile(`^(?:answer|choice|option|opt|response|alternative|ans|possibleanswer)(?:option|choice|text)?([0-9]{1,2}|[a-j])(?:text)?$`)
	letterTitle = regexp.MustCompile(`^([a-h])$`)
	wrongTitle  = regexp.MustCompile(`^(?:incorrect|wrong|false|distractor)(?:answer|option|choice|response)?s?([0-9]{0,2})$`)
	leftTitle   = regexp.MustCompile(`^(?:left|leftside|premise|term)([0-9]{0,2})$`)
	rightTitle  = regexp.MustCompile(`^(?:right|rightside|match|definition)([0-9]{0,2})$`)
	remarkTitle = regexp.MustCompile(`^(?:feedback|explanation)(?:answer|choice|option)?([0-9]{1,2}|[a-j])$`)
)

func readHeader(cells []string) *columns {
	c := &columns{single: map[role]int{}, feedback: map[int]int{}, left: map[int]int{}, right: map[int]int{}, titles: cells}
	places := map[int]int{}
	for i, cell := range cells {
		title := squeeze(cell)
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
	for r, words := range synonyms {
		if !strings.Contains(" "+words+" ", " "+title+" ") {
			continue
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
	return false
}

// settleAnswers corrects "answers" beside a later key column: then it holds the options.
func (c *columns) settleAnswers() {
	key := c.at(roleKey)
	if key < 0 || squeeze(c.titles[key]) != "answers" || c.at(roleOptions) >= 0 {
		return
	}
	for n, i := range c.unused {
		if strings.Contains(" "+synonyms[roleKey]+" ", " "+squeeze(c.titles[i])+" ") {
			c.single[roleOptions], c.single[roleKey] = key, i
			c.unused = append(c.unused[:n], c.unused[n+1:]...)
			c.known++
			return
		}
	}
}

// squeeze takes a title down to its letters and digits, without an explanation after a dash.
func squeeze(title string) string {
	title, _, _ = strings.Cut(title, " - ")
	title = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, title)
	return title
}

// ordinal is the number a title ends with, letters counting from a = 1, or 0.
func ordinal(text string) int {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	if text == "" {
		return 0
	}
	return int(text[0]-'a') + 1
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
