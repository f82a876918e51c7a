package pdf_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/pdf"
)

func at(value float64) *float64 { return &value }

func report() *pdf.Document {
	d := pdf.New(pdf.Info{
		Title: "Cleo Núñez: Backend developer", Author: "Acme", Language: "en", Created: time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC),
	})
	d.Title("Cleo Núñez", "Backend developer, taken on Wed 25 Nov 2026 at 14:30 WET")
	d.KeyValues(pdf.KeyValue{Key: "Status", Value: "Evaluated"}, pdf.KeyValue{Key: "Names", Value: "Μαρία Παπαδοπούλου, Семён Лунин, Nguyễn Thị Diệu"},
		pdf.KeyValue{Key: "Address", Value: "https://acme.example/" + strings.Repeat("a-long-path-", 20)})
	d.Heading("Scores")
	d.ScoreBar(pdf.Score{Label: "Reading code", Value: 86.4, Cutoff: at(60), Low: at(52), High: at(74)})
	d.ScoreBar(pdf.Score{Label: "Databases and everything around them, in depth", Value: 41, Cutoff: at(60), Low: at(50), High: at(70)})
	d.ScoreBar(pdf.Score{Label: "Writing", Value: 0})
	d.Heading("What she wrote")
	d.Paragraph("Locks rows with SKIP LOCKED.\nThen measures; an emoji 🙂 and 漢字 show as a mark.")
	d.Paragraph("مرحبا بكم في الاختبار، لديك 20 سؤالا")
	d.Paragraph("नमस्ते दुनिया and more")
	rows := make([][]string, 60)
	for i := range rows {
		rows[i] = []string{fmt.Sprintf("Question %d", i+1), strings.Repeat("an answer of some length ", i%4+1), fmt.Sprint(i * 3)}
	}
	d.Heading("Answers")
	d.Table([]pdf.Column{{Name: "Question", Share: 2}, {Name: "Answer", Share: 5}, {Name: "Points", Numbers: true}}, rows)
	return d
}

func render(t *testing.T, d *pdf.Document) []byte {
	t.Helper()
	var out bytes.Buffer
	n, err := d.WriteTo(&out)
	if err != nil || n != int64(out.Len()) {
		t.Fatalf("%d of %d bytes: %v", n, out.Len(), err)
	}
	return out.Bytes()
}

// text returns what a reader copies out of the document.
func text(t *testing.T, content []byte) string {
	t.Helper()
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed: the text of PDFs is not checked")
	}
	file := filepath.Join(t.TempDir(), "report.pdf")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	read, err := exec.CommandContext(t.Context(), program, "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(read)
}

func TestDocumentCanBeRead(t *testing.T) {
	t.Parallel()
	got := strings.ReplaceAll(text(t, render(t, report())), " / ", "/")
	for _, want := range []string{
		"Cleo Núñez", "Μαρία Παπαδοπούλου", "Семён Лунин", "Nguyễn Thị Diệu", "86", "41", "Question 60", "177", "SKIP LOCKED", "\uFEE3\uFEAE\uFEA3\uFE92\uFE8E", "1/3", "3/3",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if n := strings.Count(got, "Points"); n != 3 {
		t.Errorf("the table's head stands %d times, want once on each of 3 pages", n)
	}
}

func TestDocumentIsTheSameForTheSameContents(t *testing.T) {
	t.Parallel()
	first, second := render(t, report()), render(t, report())
	if !bytes.HasPrefix(first, []byte("%PDF-")) || !bytes.Equal(first, second) {
		t.Error("two renderings differ")
	}
}

func TestDocumentTakesAnyText(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]string{
		"empty": "", "broken bytes": "a\xff\xfeb", "controls": "a\x00b\tc\u200d", "astral": "\U00010000\U0001F642",
		"mixed directions": "abc مرحبا (12) def שלום", "one long word": strings.Repeat("W", 500), "only marks": "\u064b\u0301",
	} {
		d := pdf.New(pdf.Info{Title: s})
		d.Title(s, s)
		d.Heading(s)
		d.Paragraph(s)
		d.KeyValues(pdf.KeyValue{Key: s, Value: s})
		d.Table([]pdf.Column{{Name: s}}, [][]string{{s, s}, nil})
		d.ScoreBar(pdf.Score{Label: s, Value: 250})
		if len(render(t, d)) == 0 {
			t.Errorf("%s: nothing written", name)
		}
	}
}

func BenchmarkReport(b *testing.B) {
	for b.Loop() {
		if _, err := report().WriteTo(new(bytes.Buffer)); err != nil {
			b.Fatal(err)
		}
	}
}

func TestWritesTellsWhatThereIsTypeFor(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"Élodie Søe, 7–8": true, "Κατερίνα": true, "نور الحداد": true, "अनन्या जोशी": true,
		"さくら 小野寺": false, "민서": false, "😀": false} {
		if got := pdf.Writes(text); got != want {
			t.Errorf("Writes(%q) is %t", text, got)
		}
	}
}
