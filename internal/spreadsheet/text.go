package spreadsheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/assay-hire/assay/internal/fault"
)

const (
	// sampleBytes and sampleRows are how much of a file is looked at to find its delimiter.
	sampleBytes = 64 << 10
	sampleRows  = 20
)

type textSource struct {
	records *csv.Reader
	// skipped is the number of lines in front of what records reads.
	skipped int
}

func openText(content []byte) (source, error) {
	content, err := toUTF8(content)
	if err != nil {
		return nil, fault.New(fault.Invalid, "The file's letters cannot be read. Save it as UTF-8.")
	}
	if bytes.IndexByte(content, 0) >= 0 {
		return nil, fault.New(fault.Invalid, "This is not a table. Upload a .csv, .tsv or .xlsx file.")
	}
	delimiter, skipped := declaredDelimiter(content)
	if skipped > 0 {
		_, content, _ = bytes.Cut(content, []byte("\n"))
	} else {
		delimiter = sniffDelimiter(content)
	}
	return &textSource{records: newCSV(content, delimiter), skipped: skipped}, nil
}

func (s *textSource) next() (Row, error) {
	cells, err := s.records.Read()
	var broken *csv.ParseError
	if errors.As(err, &broken) {
		return Row{}, fault.New(fault.Invalid, "Line %d has a quotation mark that does not fit. Quote the whole cell and double the marks inside it.",
			broken.StartLine+s.skipped)
	}
	if err != nil {
		return Row{}, err
	}
	line, _ := s.records.FieldPos(0)
	return Row{Line: line + s.skipped, Cells: cells}, nil
}

func (s *textSource) Close() error { return nil }

func newCSV(content []byte, delimiter rune) *csv.Reader {
	records := csv.NewReader(bytes.NewReader(content))
	records.Comma = delimiter
	records.FieldsPerRecord = -1
	return records
}

func toUTF8(content []byte) ([]byte, error) {
	var source encoding.Encoding
	head := content[:min(len(content), 400)]
	switch {
	case bytes.HasPrefix(content, []byte("\xEF\xBB\xBF")):
		content = content[3:]
		if utf8.Valid(content) {
			return content, nil
		}
		return nil, fmt.Errorf("not UTF-8 after its mark")
	case bytes.HasPrefix(content, []byte("\xFF\xFE")), bytes.HasPrefix(content, []byte("\xFE\xFF")):
		source = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case zeros(head, 1) > len(head)/4 && zeros(head, 0) == 0:
		source = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case zeros(head, 0) > len(head)/4 && zeros(head, 1) == 0:
		source = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case utf8.Valid(content):
		return content, nil
	default:
		source = charmap.Windows1252
	}
	return source.NewDecoder().Bytes(content)
}

// zeros counts the zero bytes at even (0) or odd (1) places.
func zeros(head []byte, from int) int {
	n := 0
	for i := from; i < len(head); i += 2 {
		if head[i] == 0 {
			n++
		}
	}
	return n
}

// declaredDelimiter understands the first line "sep=;" that some programs write.
func declaredDelimiter(content []byte) (delimiter rune, lines int) {
	line, _, more := bytes.Cut(content, []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	if more && len(line) == 5 && bytes.EqualFold(line[:4], []byte("sep=")) && bytes.IndexByte([]byte(",;\t|"), line[4]) >= 0 {
		return rune(line[4]), 1
	}
	return 0, 0
}

// sniffDelimiter returns the delimiter that cuts the most rows into as many cells as the first one, and the one that
// makes more cells when two do equally well.
func sniffDelimiter(content []byte) rune {
	best, bestRows, bestCells := ',', 0, 0
	for _, delimiter := range []rune{',', ';', '\t', '|'} {
		rows, cells := regularity(content[:min(len(content), sampleBytes)], delimiter)
		if cells > 1 && (rows > bestRows || rows == bestRows && cells > bestCells) {
			best, bestRows, bestCells = delimiter, rows, cells
		}
	}
	return best
}

func regularity(sample []byte, delimiter rune) (rows, cells int) {
	records := newCSV(sample, delimiter)
	for range sampleRows {
		record, err := records.Read()
		if err != nil {
			// The end of the sample, or a quotation mark this delimiter cannot explain: what was counted so far stands.
			if !errors.Is(err, io.EOF) {
				rows--
			}
			return rows, cells
		}
		if cells == 0 {
			cells = len(record)
		}
		if len(record) == cells {
			rows++
		}
	}
	return rows, cells
}
