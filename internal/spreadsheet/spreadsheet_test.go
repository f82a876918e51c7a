package spreadsheet_test

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/unicode"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/spreadsheet"
)

// read returns header and rows, each as its line number and its cells with bars between.
func read(content string) (lines []string, err error) {
	r, err := spreadsheet.Open(strings.NewReader(content))
	if err != nil {
		return nil, err
	}
	lines = []string{strings.Join(r.Header(), "|")}
	for row, err := range r.Rows() {
		if err != nil {
			return lines, err
		}
		lines = append(lines, fmt.Sprintf("%d %s", row.Line, strings.Join(row.Cells, "|")))
	}
	return lines, r.Close()
}

func utf16(t *testing.T, order unicode.Endianness, mark unicode.BOMPolicy, s string) string {
	t.Helper()
	encoded, err := unicode.UTF16(order, mark).NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

func TestOpenReadsText(t *testing.T) {
	t.Parallel()
	const table = "name,city\nZoë,Köln\n"
	zoe := []string{"name|city", "2 Zoë|Köln"}
	for name, row := range map[string]struct {
		content string
		want    []string
	}{
		"commas":               {table, zoe},
		"semicolons":           {"name;city\nZoë;\"Köln, am Rhein\"\n", []string{"name|city", "2 Zoë|Köln, am Rhein"}},
		"semicolons, decimals": {"name;score\nZoë;81,5\nAnn;77,0\n", []string{"name|score", "2 Zoë|81,5", "3 Ann|77,0"}},
		"tabs":                 {"name\tcity\nZoë\tKöln", zoe},
		"bars":                 {"name|city\nZoë|Köln", zoe},
		"declared":             {"sep=;\nname;city\nZoë;Köln\n", []string{"name|city", "3 Zoë|Köln"}},
		"one column":           {"email\nzoe@example.org\n", []string{"email", "2 zoe@example.org"}},
		"mark":                 {"\xEF\xBB\xBF" + table, zoe},
		"Windows-1252":         {"name,city\nZo\xEB,K\xF6ln\n", zoe},
		"UTF-16 little":        {utf16(t, unicode.LittleEndian, unicode.UseBOM, table), zoe},
		"UTF-16 big":           {utf16(t, unicode.BigEndian, unicode.UseBOM, table), zoe},
		"UTF-16 without mark":  {utf16(t, unicode.LittleEndian, unicode.IgnoreBOM, table), zoe},
		"Windows line ends":    {"name,city\r\nZoë,Köln\r\n", zoe},
		"empty rows":           {"\n , \nname,city\n,,\n\nZoë,Köln\n", []string{"name|city", "6 Zoë|Köln"}},
		"cells over two lines": {"name,city\n\"Zoë\nAnn\",Köln\nBo,Ulm\n", []string{"name|city", "2 Zoë\nAnn|Köln", "4 Bo|Ulm"}},
		"short and long rows":  {"a, b ,c\n1\n1,2,3,4\n", []string{"a|b|c", "2 1||", "3 1|2|3|4"}},
	} {
		got, err := read(row.content)
		if err != nil || !reflect.DeepEqual(got, row.want) {
			t.Errorf("%s: got %q, %v; want %q", name, got, err, row.want)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct{ content, says string }{
		"nothing":        {"", "empty"},
		"blank":          {"\n \n", "empty"},
		"too large":      {strings.Repeat("x", spreadsheet.MaxBytes+1), "25 MB"},
		"too many rows":  {"n\n" + strings.Repeat("1\n", spreadsheet.MaxRows+1), "200000 rows"},
		"too wide":       {"n\n" + strings.Repeat(",", spreadsheet.MaxColumns) + "1\n", "Line 2"},
		"broken quoting": {"a,b\n1,2\n3,\"4\" x\n", "Line 3"},
		"old workbook":   {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", ".xlsx"},
		"not a workbook": {"PK\x03\x04 and nothing else", "cannot be read"},
		"a picture":      {"\x89PNG\r\n\x1a\n\x00\x01\x02", "not a table"},
	} {
		_, err := read(row.content)
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), row.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got, err := read("n\n" + strings.Repeat("1\n", spreadsheet.MaxRows)); err != nil || len(got) != spreadsheet.MaxRows+1 {
		t.Errorf("exactly the limit: %d rows, %v", len(got), err)
	}
}

func TestOpenReadsWorkbooksWithoutEvaluating(t *testing.T) {
	t.Parallel()
	book := excelize.NewFile()
	set := func(cell string, value any) {
		t.Helper()
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	set("A1", "name")
	set("B1", "score")
	set("C1", "born")
	set("A3", "Zoë")
	set("B3", 81.5)
	set("C3", time.Date(1999, 2, 1, 0, 0, 0, 0, time.UTC))
	set("A4", "Ann")
	date, err := book.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	if err := book.SetCellStyle("Sheet1", "C3", "C3", date); err != nil {
		t.Fatal(err)
	}
	if err := book.SetCellFormula("Sheet1", "B4", "1+1"); err != nil {
		t.Fatal(err)
	}
	var content bytes.Buffer
	if err := book.Write(&content); err != nil {
		t.Fatal(err)
	}
	got, err := read(content.String())
	want := []string{"name|score|born", "3 Zoë|81.5|1999-02-01", "4 Ann||"}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
}

func write(t *testing.T, format spreadsheet.Format, rows ...[]any) string {
	t.Helper()
	var out bytes.Buffer
	w, err := spreadsheet.NewWriter(&out, format, "name", "value")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := w.Write(row...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestWrittenTablesReadBack(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 25, 14, 30, 0, 0, time.FixedZone("", 3600))
	for _, format := range []spreadsheet.Format{spreadsheet.CSV, spreadsheet.TSV, spreadsheet.XLSX} {
		got, err := read(write(t, format, []any{"Zoë, \"Z\"", 81.5}, []any{"at", at}, []any{"none", nil}, []any{"yes", -3}))
		want := []string{"name|value", "2 Zoë, \"Z\"|81.5", "3 at|2026-11-25T14:30:00+01:00", "4 none|", "5 yes|-3"}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %q, %v; want %q", format, got, err, want)
		}
	}
	if _, err := spreadsheet.NewWriter(&bytes.Buffer{}, "pdf"); fault.KindOf(err) != fault.Invalid {
		t.Errorf("unknown format: %v", err)
	}
}

func TestWrittenTextIsNeverAFormula(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+cmd|x": "'+cmd|x", "-2+3": "'-2+3", "@sum": "'@sum", "\tx": "'\tx", "  =1": "'  =1",
		"-5": "-5", "+3.5": "+3.5", "-0,5": "-0,5", "a=b": "a=b", "": "",
	} {
		got, err := read(write(t, spreadsheet.CSV, []any{"x", text}))
		if err != nil || len(got) != 2 || got[1] != "2 x|"+want {
			t.Errorf("csv %q: got %q, %v", text, got, err)
		}
	}
	book, err := excelize.OpenReader(strings.NewReader(write(t, spreadsheet.XLSX, []any{"x", "=1+1"})))
	if err != nil {
		t.Fatal(err)
	}
	formula, err := book.GetCellFormula("Sheet1", "B2")
	if value, valueErr := book.GetCellValue("Sheet1", "B2"); err != nil || valueErr != nil || formula != "" || value != "=1+1" {
		t.Errorf("xlsx: formula %q, value %q", formula, value)
	}
	style, err := book.GetCellStyle("Sheet1", "A1")
	if err != nil {
		t.Fatal(err)
	}
	if header, err := book.GetStyle(style); err != nil || header.Font == nil || !header.Font.Bold {
		t.Errorf("the header is not bold: %+v, %v", header, err)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add("name;city\n\"Zoë\";Köln\n")
	f.Add("\xFF\xFEa\x00,\x00b\x00")
	f.Add("PK\x03\x04")
	f.Fuzz(func(t *testing.T, content string) {
		if _, err := read(content); err != nil && fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q: %v", content, err)
		}
	})
}
