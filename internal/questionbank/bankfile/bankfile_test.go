package bankfile_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/questionbank/bankfile"
)

func archive(t *testing.T, names ...string) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range names {
		if _, err := w.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestDetect(t *testing.T) {
	t.Parallel()
	rows := []struct{ name, content, want string }{
		{"a.gift", "What?{=x}", "gift"},
		{"a.txt", "::T::What?{T}", "gift"},
		{"a.txt", "question,answer\nSo?,x\n", "csv"},
		{"a", "What?{=x ~y}", "gift"},
		{"a.csv", "question,answer\nWhat {=x}?,x\n", "csv"},
		{"a.tsv", "question\tanswer\n", "csv"},
		{"a.xml", `<?xml version="1.0"?>` + "\n<!-- hello -->\n<quiz></quiz>", "moodle-xml"},
		{"a.xml", "\xef\xbb\xbf<question type=\"essay\"/>", "moodle-xml"},
		{"a.txt", "<quiz/>", "moodle-xml"},
		{"a.xml", `<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"/>`, "qti"},
		{"a.xml", `<qti-assessment-item/>`, "qti"},
		{"imsmanifest.xml", `<manifest/>`, "qti"},
		{"a.xml", "broken", ""},
		{"a.csv", `<?xml version="1.0"?><quiz/>`, "moodle-xml"},
		{"a.gift", `<qti-assessment-item/>`, "qti"},
		{"a.gift", "<p>What?</p>{=x}", "gift"},
		{"a.csv", "<b>question</b>,answer\n", "csv"},
		{"a.csv", "::T::What?{=x ~y}\n", "gift"},
		{"a.gift", "question,answer\nSo?,x\n", "csv"},
		{"a.gift", "So?,x\n", "gift"},
		{"a.zip", archive(t, "imsmanifest.xml"), "qti"},
		{"a.bin", archive(t, "xl/workbook.xml"), "xlsx"},
		{"a.docx", archive(t, "word/document.xml"), ""},
		{"a.pdf", "%PDF-1.4\x00", ""},
		{"a.md", "Just prose.", ""},
	}
	for _, row := range rows {
		if got := bankfile.Detect(row.name, []byte(row.content)); got != row.want {
			t.Errorf("%s with %.40q is %q, want %q", row.name, row.content, got, row.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	rows := []struct {
		name, format string
		data         []byte
		message      string
	}{
		{"big.gift", "auto", make([]byte, bankfile.MaxBytes+1), "larger than 25 MB"},
		{"empty.gift", "auto", nil, "empty"},
		{"old.xls", "auto", []byte("\xd0\xcf\x11\xe0\x00"), ".xlsx"},
		{"prose.md", "auto", []byte("Just prose."), "not recognized"},
		{"a.gift", "word", []byte("What?{=x}"), "word"},
		{"a.gift", "auto", []byte("What?{=x}\n\nSo\x00?{T}"), "zero byte"},
		{"a.xml", "moodle-xml", []byte("<quiz>\n\n\x00</quiz>"), "zero byte"},
	}
	for _, row := range rows {
		doc := bankfile.Parse(row.name, row.format, row.data)
		if !doc.Refused() || !strings.Contains(doc.Problems[0].Message, row.message) {
			t.Errorf("%s: %+v", row.name, doc.Problems)
		}
		if line := doc.Problems[0].Line; row.message == "zero byte" && line != 3 {
			t.Errorf("%s: the zero byte was found on line %d", row.name, line)
		}
	}
}

func TestNamesAreOnlyNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"../../etc/a.gift", `C:\banks\a.gift`, "/a.gift"} {
		if doc := bankfile.Parse(name, "", []byte("What?{=x}")); doc.File != "a.gift" || len(doc.Questions) != 1 {
			t.Errorf("%s became %+v", name, doc)
		}
	}
}

func TestReadFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	good, bad := filepath.Join(dir, "good.gift"), filepath.Join(dir, "bad.xml")
	for path, content := range map[string]string{good: "What?{=x}", bad: "<quiz><question>"} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	report, err := bankfile.ReadFiles([]string{good}, bankfile.Auto)
	if err != nil || report.Refused() || report.Files[0].File != good || len(report.Files[0].Questions) != 1 {
		t.Errorf("the good file: %v, %+v", err, report)
	}
	report, err = bankfile.ReadFiles([]string{good, bad, dir, filepath.Join(dir, "none")}, "")
	if err != nil || !report.Refused() || len(report.Files) != 4 {
		t.Fatalf("%v, %+v", err, report)
	}
	for i, refused := range []bool{false, true, true, true} {
		if f := report.Files[i]; f.Refused != refused || refused && len(f.Questions) > 0 {
			t.Errorf("file %d: %+v", i, f)
		}
	}
	if _, err := bankfile.ReadFiles([]string{good}, "word"); fault.KindOf(err) != fault.Invalid {
		t.Errorf("an unknown format: %v", err)
	}
	if _, err := bankfile.ReadFiles(nil, ""); fault.KindOf(err) != fault.Invalid {
		t.Errorf("no file: %v", err)
	}
}

func TestExportReadsBack(t *testing.T) {
	t.Parallel()
	questions := bankfile.Parse("a.gift", "", []byte("::T::What?{=x ~y}\n\n::U::So?{T}")).Questions
	for _, f := range bankfile.Formats() {
		var out bytes.Buffer
		problems, err := bankfile.Export(f.Name, &out, questions)
		if f.Write == nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s: %v", f.Name, err)
			}
			continue
		}
		if err != nil || len(problems) > 0 {
			t.Errorf("%s: %v, %+v", f.Name, err, problems)
		}
		doc := bankfile.Parse("export"+f.Extensions[0], bankfile.Auto, out.Bytes())
		if doc.Format != f.Name || len(doc.Questions) != 2 || doc.Questions[0].Type != questionbank.MultipleChoice {
			t.Errorf("%s came back as %+v", f.Name, doc)
		}
	}
	if _, err := bankfile.Export("word", new(bytes.Buffer), questions); fault.KindOf(err) != fault.Invalid {
		t.Errorf("an unknown format: %v", err)
	}
}
