package sheet

import (
	"regexp"
	"strings"
	"sync"
	"unicode"

	"github.com/assay-hire/assay/internal/textfold"
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

// synonyms are the column titles of other tools in the languages their tables are most often in, without spaces.
var synonyms = map[role]string{
	rolePrompt: "question questions questiontext prompt text stem questionstem questionprompt questionbody itemtext problem ask qn " +
		"frage fragen fragetext pregunta preguntas enunciado pergunta perguntas domanda domande quesito vraag énoncé pytanie soru " +
		"ερώτηση вопрос питання السؤال שאלה प्रश्न 题目 題目 问题 問題 質問 문제 질문",
	roleType:  "type questiontype qtype kind format itemtype fragetyp typ tipo tipodepregunta tipodepergunta tipodomanda typedequestion 题型 題型",
	roleTitle: "title name questiontitle questionname shortname titel título titolo titre 标题 標題",
	roleKey: "correct correctanswer correctanswers correctanswerkey correctoption correctoptions correctchoice correctchoices " +
		"correctresponse correctindex correctanswerindex correctanswernumber correctanswerletter correctletter answerkey answerindex " +
		"answerletter key answer answers ans rightanswer rightanswers rightoption solution answercorrect correctkey " +
		"antwort richtig richtigeantwort richtigeantworten korrekteantwort lösung loesung " +
		"respuesta respuestacorrecta respuestascorrectas correcta solución opcióncorrecta " +
		"resposta respostacorreta respostascorretas respostacerta alternativacorreta opçãocorreta correta gabarito índicerespostacorreta " +
		"risposta rispostacorretta rispostaesatta rispostagiusta corretta réponse bonneréponse bonnesréponses réponsecorrecte " +
		"antwoord juisteantwoord poprawnaodpowiedź odpowiedź doğrucevap σωστήαπάντηση απάντηση ответ правильныйответ верныйответ " +
		"відповідь правильнавідповідь الإجابةالصحيحة الإجابة תשובהנכונה उत्तर 答案 正确答案 正確答案 正解 정답",
	roleAccepted: "accepted acceptedanswers acceptableanswers acceptedanswer alternativeanswers blanks",
	roleOptions: "choices options answeroptions answerchoices alternatives possibleanswers optionlist optionen antworten " +
		"antwortmöglichkeiten opciones alternativas opções opzioni risposte choix варианты вариантыответов 选项 選項 選択肢 보기",
	rolePairs: "pairs matches matchingpairs",
	roleHint:  "hint hints clue tip hinweis tipp pista dica suggerimento indice подсказка 提示 힌트",
	roleFeedback: "feedback explanation generalfeedback rationale answerexplanation explanations comment erklärung begründung " +
		"explicación retroalimentación explicação comentário justificativa spiegazione explication uitleg wyjaśnienie " +
		"пояснение объяснение 解析 解説 해설",
	roleGuidance: "guidance graderinfo rubric markingguidance modelanswer sampleanswer graderinformation",
	roleSkills: "skills skill tags tag topic topics keywords keyword competency competencies thema tema tópico argomento thème " +
		"etiquetas schlagworte тема 知识点 标签 標籤",
	roleCategory: "category categories subject folder categorypath questioncategory kategorie fach categoría materia disciplina " +
		"assunto catégorie matière категория 分类 分類 类别 科目 과목",
	roleLevel: "difficulty level difficultylevel schwierigkeit schwierigkeitsgrad dificultad dificuldade difficoltà difficulté nivel " +
		"nível niveau moeilijkheid сложность 难度 難度 난이도",
	roleMarks: "marks mark points point score grade defaultgrade worth maxscore maxpoints punkte puntos pontos pontuação punti " +
		"punteggio punten баллы 分值 分数 分數 배점",
	roleShuffle: "shuffle shuffleanswers shufflechoices randomize",
	roleWeights: "weights weight answerweights",
	roleCase:    "casesensitive usecase",
	roleID:      "externalid id idnumber questionid code reference ref identifier",
	rolePicture: "image images imageurl imagelink picture media questionimage bild imagen imagem immagine afbeelding 图片 圖片",
	roleNumber:  "no nr number row index questionnumber questionno sn slno sno srno serialnumber nummer número numero 序号 번호",
}

// roles finds the role of a squeezed title.
var roles = sync.OnceValue(func() map[string]role {
	byTitle := map[string]role{}
	for r, words := range synonyms {
		for _, word := range strings.Fields(words) {
			byTitle[squeeze(word)] = r
		}
	}
	return byTitle
})

const (
	optionWords = "answer|choice|option|opt|op|response|alternative|ans|possibleanswer|antwort|auswahl|antwortmöglichkeit|" +
		"opción|respuesta|alternativa|opção|resposta|opzione|risposta|réponse|choix|proposition|antwoord|optie|odpowiedź|seçenek|" +
		"επιλογή|απάντηση|вариант|вариантответа|ответ|варіант|відповідь|الخيار|选项|選項|選択肢|보기"
	optionPlaces = "[0-9]{1,2}|[a-j]|[а-ж]|[α-θ]"
	wrongWords   = "incorrect|wrong|false|distractor|falsche?|incorrecta|incorreta|errada|sbagliata|fausse"
)

var (
	choiceTitle = regexp.MustCompile(`^(?:` + textfold.Fold(optionWords) + `)(?:option|choice|text|no|nr)?(` + optionPlaces + `)(?:text)?$`)
	letterTitle = regexp.MustCompile(`^([a-h])$`)
	wrongTitle  = regexp.MustCompile(`^(?:(?:` + wrongWords + `)(?:answer|option|choice|response|antwort)?|` +
		`(?:respuesta|resposta|risposta|reponse)(?:` + wrongWords + `))s?([0-9]{0,2})$`)
	leftTitle   = regexp.MustCompile(`^(?:left|leftside|premise|term)([0-9]{0,2})$`)
	rightTitle  = regexp.MustCompile(`^(?:right|rightside|match|definition)([0-9]{0,2})$`)
	remarkTitle = regexp.MustCompile(`^(?:feedback|explanation)(?:answer|choice|option)?([0-9]{1,2}|[a-j])$`)
	inBrackets  = regexp.MustCompile(`\s*\([^()]{3,}\)`)
)

// squeeze takes a title down to its letters and digits, without capitals and accents and without an explanation after a
// dash or in brackets.
func squeeze(title string) string {
	title, _, _ = strings.Cut(title, " - ")
	if short := inBrackets.ReplaceAllString(title, ""); short != "" {
		title = short
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return r
		}
		return -1
	}, textfold.Fold(title))
}

// placeOf is the place a letter numbers in its alphabet, from 1; 0 for anything else.
func placeOf(letter rune) int {
	for _, first := range []rune{'a', 'а', 'α'} {
		if letter >= first && letter < first+26 {
			return int(letter-first) + 1
		}
	}
	return 0
}
