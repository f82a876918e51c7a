package sheet

import (
	"strings"
	"sync"

	"github.com/assay-hire/assay/internal/questionbank"
)

// typeNames are the names of types that other tools use, in the languages of column titles, without spaces.
// "multiplechoice" alone leaves the number of answers to the key.
var typeNames = map[questionbank.Type]string{
	questionbank.MultipleChoice: "multiplechoice mc mcq mcqs singlechoice single multichoice choice singleanswer " +
		"multiplechoicesingleanswer multiplechoiceoneanswer radio sc quiz singleselect dropdown einfachauswahl auswahlfrage " +
		"opciónmúltiple opciónúnica selecciónúnica múltiplaescolha escolhaúnica sceltamultipla sceltasingola choixmultiple " +
		"choixunique meerkeuze meerkeuzevraag одиночныйвыбор выборответа 单选 单选题 單選題 选择题 選擇題 選択式 객관식",
	questionbank.MultipleAnswer: "multiplechoicemultipleanswer multiplechoicemultipleanswers multipleanswer multipleanswers " +
		"multipleresponse checkbox checkboxes multiselect multipleselect ma mr multi multipleselection selectall " +
		"mehrfachauswahl selecciónmúltiple respuestamúltiple múltiplaseleção respostamúltipla caselledicontrollo " +
		"rispostamultipla réponsesmultiples meerdereantwoorden множественныйвыбор 多选 多选题 多選題",
	questionbank.TrueFalse: "trueorfalse truefalse tf boolean bool yesno trueorfalsequestion wahrfalsch wahroderfalsch richtigfalsch " +
		"verdaderofalso verdaderoofalso verdadeirofalso verdadeirooufalso certoouerrado verofalso veroofalso vraifaux vraioufaux " +
		"juistonjuist waaronwaar верноневерно правдаложь 判断 判断题 是非题 是非題",
	questionbank.FillBlanks: "fillblanks fillblank fillintheblank fillintheblanks fillin fib blank blanks shortanswer short sa " +
		"gapfill cloze numeric numerical typetheanswer textentry lückentext kurzantwort respuestacorta rellenarhuecos completar " +
		"respostacurta preencherlacunas rispostabreve réponsecourte invulvraag краткийответ 填空 填空题 填空題 단답형",
	questionbank.Match: "matchthefollowing match matching pairs mat matchingpairs zuordnung emparejamiento relacionar correspondência " +
		"associação abbinamento appariement соответствие 匹配 匹配题 配对题",
	questionbank.Essay: "essay openended open longanswer freetext paragraph text longtext openanswer es subjective freeresponse " +
		"freitext offenefrage ensayo preguntaabierta dissertativa discursiva perguntaaberta redação domandaaperta rispostaaperta " +
		"rédaction questionouverte openvraag эссе развёрнутыйответ 简答题 問答題 问答题 서술형",
}

// kinds finds the type of a squeezed name.
var kinds = sync.OnceValue(func() map[string]questionbank.Type {
	byName := map[string]questionbank.Type{}
	for kind, words := range typeNames {
		for _, word := range strings.Fields(words) {
			byName[squeeze(word)] = kind
		}
	}
	return byName
})
