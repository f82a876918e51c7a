package textfold_test

import (
	"testing"

	"github.com/assay-hire/assay/internal/textfold"
)

// same holds what a person may type on the left and what is stored on the right.
var same = map[string][2]string{
	"case":                    {"RITA", "rita"},
	"French":                  {"elodie lefevre", "Élodie LEFÈVRE"},
	"German sharp s":          {"GROSSE STRASSE", "große Straße"},
	"German capital sharp s":  {"strasse", "STRAẞE"},
	"decomposed":              {"Nu\u0301n\u0303ez", "Núñez"},
	"Turkish dotless":         {"isik", "IŞIK"},
	"Turkish dotless, small":  {"ISIK", "ışık"},
	"Turkish dotted":          {"istanbul", "İstanbul"},
	"Polish":                  {"lodz", "ŁÓDŹ"},
	"Danish":                  {"soren aebelo", "Søren Æbelø"},
	"Icelandic":               {"thora gudmundsdottir", "Þóra Guðmundsdóttir"},
	"Vietnamese":              {"nguyen thi dieu", "Nguyễn Thị Diệu"},
	"Romanian both commas":    {"stefan", "Ștefan"},
	"Greek accents and sigma": {"ΟΔΥΣΣΕΥΣ", "Οδυσσεύς"},
	"Russian yo":              {"СЕМЕН", "Семён"},
	"Ukrainian":               {"ЇЖАК", "їжак"},
	"Arabic points":           {"محمد", "مُحَمَّد"},
	"Arabic tatweel":          {"محمد", "محـــمد"},
	"Arabic alef forms":       {"احمد", "أحمد"},
	"Persian yeh and kaf":     {"علي كريم", "علی کریم"},
	"Hebrew points":           {"שלום", "שָׁלוֹם"},
	"Devanagari nukta":        {"फरहान", "फ़रहान"},
	"half and full width":     {"ＡＳＳＡＹ １２", "assay 12"},
	"half-width kana":         {"ｶﾞｲﾄﾞ", "ガイド"},
	"Korean":                  {"\u1112\u1161\u11AB", "한"},
	"Armenian":                {"ԱՆԻ", "անի"},
	"Georgian":                {"ᲜᲘᲜᲝ", "ნინო"},
	"ligature":                {"office", "oﬃce"},
	"Cherokee":                {"ᏣᎳᎩ", "ꮳꮃꭹ"},
	"white space":             {" rita  m\u00a0\tlopes\n", "Rita M Lopes"},
	"apostrophe and dash":     {"o'brien-lee", "O’Brien‑Lee"},
	"broken bytes":            {"rita", "ri\xf2ta"},
	"soft hyphen, joiner":     {"assay", "as\u00adsa\u200dy"},
}

func TestFoldMakesAlikeWhatReadersTakeForAlike(t *testing.T) {
	t.Parallel()
	for name, pair := range same {
		typed, stored := textfold.Fold(pair[0]), textfold.Fold(pair[1])
		if typed != stored {
			t.Errorf("%s: %q and %q", name, typed, stored)
		}
		if typed == "" || textfold.Fold(typed) != typed {
			t.Errorf("%s: folding %q again gives %q", name, typed, textfold.Fold(typed))
		}
	}
}

func TestFoldKeepsApartWhatIsAnotherWord(t *testing.T) {
	t.Parallel()
	for name, pair := range map[string][2]string{
		"Devanagari vowels": {"कल", "काल"},
		"Devanagari i":      {"दन", "दिन"},
		"Devanagari virama": {"भकत", "भक्त"},
		"Tamil vowels":      {"கல", "கில"},
		"Thai vowels":       {"กน", "กิน"},
		"Japanese voicing":  {"カキ", "ガキ"},
		"Chinese":           {"王", "玉"},
		"scripts":           {"a", "а"},
	} {
		if textfold.Fold(pair[0]) == textfold.Fold(pair[1]) {
			t.Errorf("%s: %q and %q became the same", name, pair[0], pair[1])
		}
	}
}

func TestLike(t *testing.T) {
	t.Parallel()
	for term, want := range map[string]string{
		"100%":     `100\%`,
		"A_b":      `a\_b`,
		`C:\Temp`:  `c:\\temp`,
		"％":        `\%`,
		" Núñez  ": "nunez",
	} {
		if got := textfold.Like(term); got != want {
			t.Errorf("%q: got %q, want %q", term, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, pair := range same {
		f.Add(pair[1])
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := textfold.Fold(s)
		if twice := textfold.Fold(once); twice != once {
			t.Errorf("%q: once %q, twice %q", s, once, twice)
		}
	})
}
