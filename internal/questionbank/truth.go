package questionbank

import "strings"

var (
	trueWords = " true t right correct yes y wahr richtig ja vrai oui verdadero cierto sí si verdadeiro certo sim vero juist waar prawda tak " +
		"doğru evet σωστό верно правда да вірно так صحيح 对 正确 真 是 正しい 참 "
	falseWords = " false f wrong incorrect no n falsch nein faux non falso errado não onjuist niet fałsz nie yanlış hayır λάθος неверно " +
		"неправда ложь нет невірно ні خطأ 错 错误 假 否 間違い 거짓 "
)

// TruthWord reads the words that tables and course systems write for true and false in the languages of their users; ok is
// false for any other text.
func TruthWord(text string) (isTrue, ok bool) {
	word := strings.ToLower(CollapseSpace(text))
	if word == "" || strings.Contains(word, " ") {
		return false, false
	}
	isTrue = strings.Contains(trueWords, " "+word+" ")
	return isTrue, isTrue || strings.Contains(falseWords, " "+word+" ")
}
