package qti_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/questionbank/qti"
)

// pngBytes is as much of a picture as telling its type takes.
var pngBytes = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")

type file struct {
	name, content string
}

func zipped(t testing.TB, files ...file) []byte {
	t.Helper()
	var buffer bytes.Buffer
	archive := zip.NewWriter(&buffer)
	for _, f := range files {
		w, err := archive.Create(f.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(f.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes()
}

func manifest(resources string) file {
	return file{"imsmanifest.xml", `<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:lom="http://ltsc.ieee.org/xsd/LOM">
<resources>` + resources + `</resources></manifest>`}
}

func resource(identifier, href, metadata string) string {
	return fmt.Sprintf("\n<resource identifier=%q type=\"imsqti_item_xmlv2p1\" href=%q>%s<file href=%q/></resource>", identifier, href, metadata, href)
}

func titled(title, text string) string {
	return strings.Replace(with(text), `title="T"`, `title="`+title+`"`, 1)
}

func titles(doc questionbank.Document) string {
	var list []string
	for _, q := range doc.Questions {
		list = append(list, q.Title)
	}
	return strings.Join(list, ",")
}

func TestPackageFollowsItsTest(t *testing.T) {
	t.Parallel()
	about := `<metadata><lom:lom><lom:general><lom:keyword><lom:langstring>Go</lom:langstring></lom:keyword></lom:general>
<lom:educational><lom:difficulty><lom:source>LOMv1.0</lom:source><lom:value>very difficult</lom:value></lom:difficulty></lom:educational>
<lom:classification><lom:taxonPath><lom:source><lom:string>s</lom:string></lom:source><lom:taxon><lom:entry><lom:string>Code</lom:string></lom:entry></lom:taxon>
<lom:taxon><lom:entry><lom:string>Basics</lom:string></lom:entry></lom:taxon></lom:taxonPath></lom:classification></lom:lom></metadata>`
	test := `<assessmentTest><testPart><assessmentSection><assessmentItemRef identifier="b" href="../my%20items/b.xml" category="hard x-tool-option"><weight identifier="W" value="2.5"/></assessmentItemRef>
<assessmentSectionRef identifier="s" href="section.xml"/></assessmentSection></testPart></assessmentTest>`
	section := `<assessmentSection><assessmentItemRef identifier="c" href="../c.xml"/></assessmentSection>`
	doc := qti.Parse("p.zip", zipped(t,
		manifest(resource("a", "a.xml", "")+resource("b", "my%20items/b.xml", about)+resource("c", "c.xml", "")+
			`<resource identifier="t" type="imsqti_test_xmlv2p1" href="tests/t.xml"/>`),
		file{"a.xml", titled("A", "x")}, file{"my items/b.xml", titled("B", "x")}, file{"c.xml", titled("C", "x")},
		file{"tests/t.xml", test}, file{"tests/section.xml", section}))
	if titles(doc) != "B,C,A" || len(doc.Problems) != 0 {
		t.Fatalf("got %s, problems %+v", titles(doc), doc.Problems)
	}
	b := doc.Questions[0]
	if b.Marks != 2.5 || !slices.Equal(b.Skills, []string{"Go"}) || !slices.Equal(b.Categories, []string{"Code/Basics", "hard"}) || b.Difficulty != "hard" {
		t.Errorf("got %+v", b)
	}
}

func TestPackageCarriesPictures(t *testing.T) {
	t.Parallel()
	text := `<img src="../img/a%20map.png" alt="A map"/><object data="../img/a%20map.png" type="image/png">A map</object><img src="../other/a map.png" alt="Two"/>`
	doc := qti.Parse("p.zip", zipped(t, manifest(resource("a", "items/a.xml", "")),
		file{"items/a.xml", with(text)}, file{"img/a map.png", string(pngBytes)}, file{"other/a map.png", string(pngBytes) + "2"}))
	if len(doc.Questions) != 1 {
		t.Fatal(doc.Problems)
	}
	q := doc.Questions[0]
	want := `<p>Is it <img src="bank:a-map.png" alt="A map"><img src="bank:a-map.png" alt="A map"><img src="bank:a-map-2.png" alt="Two">?</p>`
	if q.Prompt != want || len(q.Images) != 2 || q.Images[0].MediaType != "image/png" || !bytes.Equal(q.Images[0].Data, pngBytes) {
		t.Errorf("got %s with %d images", q.Prompt, len(q.Images))
	}
}

func TestOptionsMayBePictures(t *testing.T) {
	t.Parallel()
	item := strings.Replace(with("x"), ">Yes<", `><img src="yes.png"/><`, 1)
	with := qti.Parse("p.zip", zipped(t, manifest(resource("a", "a.xml", "")), file{"a.xml", item}, file{"yes.png", string(pngBytes)}))
	if len(with.Questions) != 1 || with.Questions[0].Choices[0].Text != `<img src="bank:yes.png" alt="">` {
		t.Errorf("got %+v", with)
	}
	without := qti.Parse("a.xml", []byte(item))
	if len(without.Questions) != 1 || without.Questions[0].Choices[0].Text != "[image: yes.png]" || !strings.Contains(without.Problems[0].Message, "was left out") {
		t.Errorf("got %+v", without)
	}
}

func TestPackageTakesInSharedTexts(t *testing.T) {
	t.Parallel()
	ref := `<assessmentStimulusRef identifier="s" href="s.xml"/><itemBody>`
	stimulus := `<qti-assessment-stimulus><qti-stimulus-body><p>Once upon a time.</p><div data-stimulus-idref="s"></div></qti-stimulus-body></qti-assessment-stimulus>`
	rows := map[string]string{
		"placed": strings.Replace(with("x"), "<itemBody>", ref+`<div class="qti-shared-stimulus" data-stimulus-idref="s"></div>`, 1),
		"first":  strings.Replace(with("x"), "<itemBody>", ref, 1),
	}
	for name, text := range rows {
		doc := qti.Parse("p.zip", zipped(t, manifest(resource("a", "a.xml", "")), file{"a.xml", text}, file{"s.xml", stimulus}))
		if len(doc.Questions) != 1 || plain(doc.Questions[0].Prompt) != "Once upon a time. Is it x?" {
			t.Errorf("%s: got %+v", name, doc)
		}
	}
}

func isError(p problem) bool { return p.Severity == questionbank.Error }

func TestPackageIsReadLiberally(t *testing.T) {
	t.Parallel()
	rows := map[string][]file{
		"in a folder":       {{"bank/imsmanifest.xml", manifest(resource("a", "a.xml", "")).content}, {"bank/a.xml", titled("A", "x")}},
		"other case":        {manifest(resource("a", "Items/A.XML", "")), {"items/a.xml", titled("A", "x")}},
		"backslashes":       {manifest(resource("a", `items\a.xml`, "")), {`items\a.xml`, titled("A", "x")}},
		"no manifest":       {{"a.xml", titled("A", "x")}, {"readme.xml", "<p/>"}},
		"unknown type":      {manifest(`<resource identifier="a" type="webcontent" href="a.xml"/>`), {"a.xml", titled("A", "x")}},
		"listed by file":    {manifest(`<resource identifier="a" type="imsqti_item_xmlv2p2"><file href="a.xml"/></resource>`), {"a.xml", titled("A", "x")}},
		"base":              {manifest(`<resource identifier="a" type="imsqti_item_xmlv3p0" xml:base="deep/" href="a.xml"/>`), {"deep/a.xml", titled("A", "x")}},
		"pictures as items": {manifest(resource("a", "a.xml", "") + resource("b", "b.png", "")), {"a.xml", titled("A", "x")}, {"b.png", string(pngBytes)}},
		"external extras":   {manifest(`<resource type="webcontent" href="https://example.org/style.css"/>` + resource("a", "a.xml", "")), {"a.xml", titled("A", "x")}},
	}
	for name, files := range rows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := zipped(t, files...)
			if doc := qti.Parse("p.zip", data); titles(doc) != "A" || slices.ContainsFunc(doc.Problems, isError) {
				t.Errorf("got %+v", doc.Problems)
			}
			if !qti.Looks(data) {
				t.Error("not recognized")
			}
		})
	}
}

func TestPackageReportsEachItemByItself(t *testing.T) {
	t.Parallel()
	doc := qti.Parse("p.zip", zipped(t,
		manifest(resource("good", "good.xml", "")+resource("broken", "broken.xml", "")+resource("gone", "gone.xml", "")+
			resource("order", "order.xml", "")+resource("web", "https://example.org/i.xml", "")+
			`<resource identifier="old" type="imsqti_xmlv1p2" href="good.xml"/>`),
		file{"good.xml", titled("Good", "x")}, file{"broken.xml", "<assessmentItem>\n<itemBody>"},
		file{"order.xml", string(fixture(t, "qti2/order.xml"))}, file{"stray.xml", titled("Stray", "x")}))
	if titles(doc) != "Good" || doc.Refused() {
		t.Fatalf("got %s: %+v", titles(doc), doc.Problems)
	}
	for question, message := range map[string]string{
		"broken": "broken.xml: The XML is not well-formed", "gone": "not in the package", "Sizes": "order.xml: The item asks for putting things",
		"web": "another server", "old": "QTI 1", "": "stray.xml",
	} {
		if !slices.ContainsFunc(doc.Problems, func(p problem) bool { return p.Question == question && strings.Contains(p.Message, message) }) {
			t.Errorf("nothing about %q in %+v", message, doc.Problems)
		}
	}
}
