package qti_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/questionbank/qti"
)

func refusal(doc questionbank.Document) (questionbank.Problem, bool) {
	for _, p := range doc.Problems {
		if p.Severity == questionbank.Error && p.Question == "" {
			return p, len(doc.Questions) == 0
		}
	}
	return questionbank.Problem{}, false
}

func TestBrokenFilesAreRefusedWhereTheyBreak(t *testing.T) {
	t.Parallel()
	rows := []struct {
		name, text string
		line       int
		message    string
	}{
		{"unclosed", "<assessmentItem>\n<itemBody>\n<p>", 3, "not well-formed"},
		{"mismatched", "<assessmentItem>\n<itemBody>\n</p>", 3, "not well-formed"},
		{"unknown entity", "<assessmentItem>\n&nothing;</assessmentItem>", 2, "not well-formed"},
		{"bad bytes", "<assessmentItem>\n\xff\xfe</assessmentItem>", 2, "UTF-8"},
		{"unknown encoding", `<?xml version="1.0" encoding="klingon"?><assessmentItem/>`, 1, "not well-formed"},
		{"two roots", with("x") + "\n<p/>", 3, "more than one"},
		{"empty", "", 1, "no XML element"},
		{"no item", "\n<p>Placeholder</p>", 2, "no QTI item"},
		{"test alone", "<assessmentTest/>", 1, "whole package"},
		{"QTI 1", "<questestinterop/>", 1, "QTI 1"},
		{"external entity", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n" + with("&x;"), 1, "entities"},
		{"entity bomb", "<!DOCTYPE a [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]>" + with("&b;"), 1, "entities"},
		{"too deep", with(strings.Repeat("<b>", 5000) + strings.Repeat("</b>", 5000)), 2, "nested too deeply"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			p, refused := refusal(qti.Parse("i.xml", []byte(row.text)))
			if !refused || p.Line != row.line || !strings.Contains(p.Message, row.message) {
				t.Errorf("refused %t: %+v", refused, p)
			}
		})
	}
}

func TestHostilePackagesAreRefused(t *testing.T) {
	t.Parallel()
	good := file{"a.xml", with("x")}
	rows := map[string]struct {
		data    []byte
		message string
	}{
		"no zip":             {[]byte("PK\x03\x04nothing"), "damaged"},
		"no items":           {zipped(t, manifest("")), "no QTI item"},
		"broken manifest":    {zipped(t, file{"imsmanifest.xml", "<manifest>"}, good), "imsmanifest.xml: The XML"},
		"path up":            {zipped(t, manifest(resource("a", "../a.xml", "")), good), "leads out"},
		"path up, encoded":   {zipped(t, manifest(resource("a", "%2e%2e/a.xml", "")), good), "leads out"},
		"path up, backslash": {zipped(t, manifest(resource("a", `x\..\..\a.xml`, "")), good), "leads out"},
		"absolute path":      {zipped(t, manifest(resource("a", "/etc/passwd", "")), good), "leads out"},
		"drive":              {zipped(t, manifest(resource("a", `C:\a.xml`, "")), good), "leads out"},
		"base":               {zipped(t, manifest(`<resource identifier="a" xml:base="../.." href="a.xml"/>`), good), "leads out"},
		"entry path":         {zipped(t, manifest(resource("a", "a.xml", "")), file{"../a.xml", "x"}), "leads out"},
		"absolute entry":     {zipped(t, manifest(resource("a", "a.xml", "")), file{"/a.xml", "x"}), "leads out"},
		"entry twice":        {zipped(t, manifest(resource("a", "a.xml", "")), good, good), "twice"},
		"zip bomb":           {zipped(t, manifest(resource("a", "a.xml", "")), file{"a.xml", strings.Repeat(" ", 8<<20)}), "suspiciously tightly"},
		"huge entry":         {zipped(t, manifest(resource("a", "a.xml", "")), file{"a.xml", strings.Repeat(" ", 33<<20)}), "larger than"},
		"encrypted":          {encrypted(t), "encrypted"},
		"too many files":     {crowded(t), "more than"},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, refused := refusal(qti.Parse("p.zip", row.data))
			if !refused || !strings.Contains(p.Message, row.message) {
				t.Errorf("refused %t: %+v", refused, p)
			}
		})
	}
}

func encrypted(t *testing.T) []byte {
	var buffer bytes.Buffer
	archive := zip.NewWriter(&buffer)
	w, err := archive.CreateRaw(&zip.FileHeader{Name: "imsmanifest.xml", Flags: 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(nil); err != nil {
		t.Fatal(err)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes()
}

func crowded(t *testing.T) []byte {
	files := make([]file, 10_001)
	for i := range files {
		files[i].name = fmt.Sprintf("f%d", i)
	}
	return zipped(t, files...)
}

func TestPicturesStayInThePackage(t *testing.T) {
	t.Parallel()
	script := `<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>`
	rows := map[string]string{
		"../../etc/passwd": "leads out", "/etc/passwd": "leads out", "https://example.org/x.png": "another server", "//example.org/x.png": "another server",
		"gone.png": "not in the package", "script.svg": "scripts or links", "text.png": "no PNG", "data:image/png;base64,!": "broken", "data:": "broken",
	}
	for source, message := range rows {
		doc := qti.Parse("p.zip", zipped(t, manifest(resource("a", "a.xml", "")),
			file{"a.xml", with(`<img src="` + source + `"/>`)}, file{"script.svg", script}, file{"text.png", "<html>"}))
		if len(doc.Questions) != 1 || len(doc.Questions[0].Images) != 0 || !strings.Contains(doc.Problems[0].Message, message) {
			t.Errorf("%s: got %+v", source, doc)
		}
	}
	drawing := `<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>`
	doc := qti.Parse("p.zip", zipped(t, manifest(resource("a", "a.xml", "")), file{"a.xml", with(`<img src="ok.svg"/>`)}, file{"ok.svg", drawing}))
	if len(doc.Questions) != 1 || len(doc.Questions[0].Images) != 1 {
		t.Errorf("a harmless drawing is refused: %+v", doc.Problems)
	}
}

func FuzzParse(f *testing.F) {
	for name := range fixtures {
		f.Add(fixture(f, "qti2/"+name+".xml"))
		f.Add(fixture(f, "qti3/"+name+".xml"))
	}
	f.Add(zipped(f, manifest(resource("a", "a.xml", "")), file{"a.xml", with("<img src='a.png'/>")}, file{"a.png", string(pngBytes)}))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc := qti.Parse("f", data)
		if len(doc.Questions) == 0 && len(doc.Problems) == 0 {
			t.Error("nothing came in and nothing is said about it")
		}
		for _, p := range doc.Problems {
			if p.Message == "" || p.Severity == "" {
				t.Errorf("empty problem %+v", p)
			}
		}
		for _, q := range doc.Questions {
			if q.Type == questionbank.FillBlanks && strings.Count(q.Prompt, questionbank.Gap) != len(q.Gaps) {
				t.Errorf("%d gaps in %q", len(q.Gaps), q.Prompt)
			}
			if strings.Contains(strings.ToLower(q.Prompt), "<script") {
				t.Errorf("script in %q", q.Prompt)
			}
		}
		if _, err := qti.Write(new(bytes.Buffer), doc.Questions); err != nil {
			t.Error(err)
		}
	})
}
