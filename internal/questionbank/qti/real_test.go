package qti_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/questionbank/qti"
)

// asked is an item with the declarations, body and rules given.
func asked(declarations, body, rules string) []byte {
	return []byte(`<assessmentItem identifier="i" title="T">` + declarations + "\n<itemBody>" + body + "</itemBody>\n" + rules + "</assessmentItem>")
}

const (
	choiceKey  = `<responseDeclaration identifier="R" cardinality="single"><correctResponse><value>a</value></correctResponse></responseDeclaration>`
	choiceBody = `<p>So?</p><choiceInteraction responseIdentifier="R" maxChoices="1"><simpleChoice identifier="a">Yes</simpleChoice><simpleChoice identifier="b">No</simpleChoice></choiceInteraction>`
	pairBody   = `<matchInteraction responseIdentifier="R"><prompt>Which?</prompt><simpleMatchSet><simpleAssociableChoice identifier="a">A</simpleAssociableChoice><simpleAssociableChoice identifier="b">B</simpleAssociableChoice></simpleMatchSet>` +
		`<simpleMatchSet><simpleAssociableChoice identifier="x">X</simpleAssociableChoice><simpleAssociableChoice identifier="y">Y</simpleAssociableChoice></simpleMatchSet></matchInteraction>`
	gapBody = `<gapMatchInteraction responseIdentifier="R"><gapText identifier="a">A</gapText><gapText identifier="b">B</gapText><p>One <gap identifier="x"/>, two <gap identifier="y"/></p></gapMatchInteraction>`
)

func pairKey(mapping string) string {
	return `<responseDeclaration identifier="R" cardinality="multiple"><correctResponse><value>a x</value><value>b y</value></correctResponse>` + mapping + `</responseDeclaration>`
}

func TestScoringNobodyCanHoldIsTold(t *testing.T) {
	t.Parallel()
	uneven := `<mapping defaultValue="-1"><mapEntry mapKey="a x" mappedValue="1"/><mapEntry mapKey="b y" mappedValue="2"/></mapping>`
	even := `<mapping><mapEntry mapKey="a x" mappedValue="1"/><mapEntry mapKey="b y" mappedValue="1"/></mapping>`
	threshold := `<responseProcessing><responseCondition><responseIf><gte><mapResponse identifier="R"/><baseValue>2</baseValue></gte>` +
		`<setOutcomeValue identifier="SCORE"><baseValue>1</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>`
	rows := []struct {
		name, declarations, body, rules string
		warnings                        []string
	}{
		{"gaps of different worth", pairKey(uneven), gapBody, "", []string{"different marks", "cost marks", "a list at each gap"}},
		{"pairs of different worth", pairKey(uneven), pairBody, "", []string{"different marks", "cost marks"}},
		{"all pairs or nothing", pairKey(even), pairBody, threshold, []string{"rules of its own"}},
		{"pairs that add up", pairKey(even), pairBody, `<responseProcessing template="map_response"/>`, nil},
		{"accessibility texts", choiceKey, choiceBody, `<x:apipAccessibility xmlns:x="urn:x"><x:inclusionOrder/></x:apipAccessibility>`, []string{"accessibility"}},
		{"a recording beside the choice", choiceKey, `<mediaInteraction responseIdentifier="V"><object type="video/mp4" data="v.mp4"/></mediaInteraction>` + choiceBody, "", []string{"recording"}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			doc := qti.Parse("i.xml", asked(row.declarations, row.body, row.rules))
			if len(doc.Questions) != 1 || len(doc.Problems) != len(row.warnings) {
				t.Fatalf("got %+v", doc)
			}
			for _, want := range row.warnings {
				if !slices.ContainsFunc(doc.Problems, func(p questionbank.Problem) bool {
					return p.Severity == questionbank.Warning && p.Line > 0 && strings.Contains(p.Message, want)
				}) {
					t.Errorf("no warning of %q in %+v", want, doc.Problems)
				}
			}
		})
	}
}

func TestMappingsOfOtherToolsCount(t *testing.T) {
	t.Parallel()
	doc := qti.Parse("i.xml", asked(
		`<responseDeclaration identifier="R" cardinality="single"><correctResponse><value>grey</value></correctResponse><mapping>`+
			`<mapEntry mapKey="grey" mappedValue="2" caseSensitive="false"/><mapEntry mapKey="gray" mappedValue="2" caseSensitive="false"/><mapEntry mapKey="greyish" mappedValue="1" caseSensitive="false"/></mapping></responseDeclaration>`,
		`<p>Elephants are <textEntryInteraction responseIdentifier="R"/></p>`,
		`<responseProcessing><setOutcomeValue identifier="SCORE"><mapTolResponse xmlns="urn:x" identifier="R" tolerance="2"/></setOutcomeValue></responseProcessing>`))
	want := []questionbank.Blank{{Accepted: []string{"grey", "gray"}, Partial: []questionbank.PartialAnswer{{Text: "greyish", Weight: 0.5}}}}
	if len(doc.Questions) != 1 || !reflect.DeepEqual(doc.Questions[0].Gaps, want) || len(doc.Problems) != 1 {
		t.Errorf("got %+v", doc)
	}
}

func TestAMappingMaySpeakForItsEntries(t *testing.T) {
	t.Parallel()
	for attribute, want := range map[string]bool{"": true, ` caseSensitive="false"`: false, ` caseSensitive="true"`: true} {
		doc := qti.Parse("i.xml", asked(`<responseDeclaration identifier="R" cardinality="single"><mapping`+attribute+`><mapEntry mapKey="ash" mappedValue="1"/></mapping></responseDeclaration>`,
			`<p>A <textEntryInteraction responseIdentifier="R"/></p>`, ""))
		if len(doc.Questions) != 1 || doc.Questions[0].Gaps[0].CaseSensitive != want {
			t.Errorf("with %q: %+v", attribute, doc)
		}
	}
}

func TestThePictureWithinAPictureStandsIn(t *testing.T) {
	t.Parallel()
	item := asked(choiceKey, `<p><object type="image/eps" data="p.eps"><object type="image/png" data="p.png">A post</object></object></p>`+choiceBody, "")
	doc := qti.Parse("p.zip", zipped(t, manifest(resource("i", "i.xml", "")), file{"i.xml", string(item)}, file{"p.png", string(pngBytes)}))
	if len(doc.Questions) != 1 || !strings.Contains(doc.Questions[0].Prompt, `<img src="bank:p.png" alt="A post">`) {
		t.Errorf("got %+v", doc)
	}
}

func TestZipsOfOtherFilesSayWhatToDo(t *testing.T) {
	t.Parallel()
	doc := qti.Parse("p.zip", zipped(t, file{"quiz.xml", "<quiz/>"}))
	if len(doc.Problems) != 1 || !doc.Refused() || !strings.Contains(doc.Problems[0].Message, "unpacked") {
		t.Errorf("got %+v", doc.Problems)
	}
}

func TestALostPictureStaysLostOnExport(t *testing.T) {
	t.Parallel()
	before := qti.Parse("i.xml", asked(choiceKey, `<p>See <img src="sign.png" alt="a &quot;sign&quot;"/></p>`+choiceBody, "")).Questions
	exported, problems := written(t, before)
	after := qti.Parse("p.zip", exported)
	if len(after.Questions) != 1 || len(problems) > 0 || len(after.Problems) > 0 || after.Questions[0].Prompt != before[0].Prompt {
		t.Errorf("%+v came back as %+v, %+v", before, after, problems)
	}
}

func TestWeightsWithoutARightOptionMakeNone(t *testing.T) {
	t.Parallel()
	exported, problems := written(t, []questionbank.Question{{Type: questionbank.MultipleChoice, Prompt: "So?",
		Choices: []questionbank.Choice{{Text: "a"}, {Text: "b", Weight: 0.25}}}})
	after := qti.Parse("p.zip", exported)
	if len(problems) != 1 || len(after.Questions) != 1 || correctOf(after.Questions[0]) != "" {
		t.Errorf("got %+v, problems %+v", after, problems)
	}
}
