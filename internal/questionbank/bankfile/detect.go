package bankfile

import (
	"bytes"
	"cmp"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/questionbank/sheet"
)

// Detect returns the name of the format a file is in, by its content and, where that leaves a doubt, by its name; "" when
// it is none. The name may be one that Formats does not list.
func Detect(name string, data []byte) string {
	extension := strings.ToLower(filepath.Ext(name))
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06")) {
		if extension == ".xlsx" || extension == ".xlsm" || bytes.Contains(data, []byte("xl/workbook.xml")) {
			return "xlsx"
		}
		if otherArchive(extension) {
			return ""
		}
		return "qti"
	}
	text, _, err := questionbank.DecodeText(data)
	if err != nil {
		return ""
	}
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "<") {
		// Questions in GIFT and cells of tables may begin with a tag, too.
		if format := rootFormat(text); format != "" || extension != ".gift" && extension != ".csv" && extension != ".tsv" {
			return cmp.Or(format, "moodle-xml")
		}
	}
	return detectText(extension, text, data)
}

// Office documents are archives, too.
func otherArchive(extension string) bool {
	switch extension {
	case ".docx", ".pptx", ".ods", ".odt", ".numbers", ".pages", ".jar", ".mbz":
		return true
	}
	return false
}

var (
	prologue = regexp.MustCompile(`(?s)^(\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(\[.*?\])?[^>]*>)`)
	rootName = regexp.MustCompile(`^<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)`)
)

// rootFormat tells the format by the name of the root element, "" when it belongs to none.
func rootFormat(text string) string {
	head := text[:min(len(text), 64<<10)]
	for m := prologue.FindString(head); m != ""; m = prologue.FindString(head) {
		head = head[len(m):]
	}
	root := ""
	if m := rootName.FindStringSubmatch(head); m != nil {
		root = strings.ToLower(m[1])
	}
	switch {
	case root == "quiz" || root == "question":
		return "moodle-xml"
	case strings.HasPrefix(root, "assessment") || strings.HasPrefix(root, "qti-") || root == "manifest" || root == "questestinterop":
		return "qti"
	case strings.Contains(head, "imsqti") || strings.Contains(head, "imscp"):
		return "qti"
	}
	return ""
}

var giftSign = regexp.MustCompile(`(?m)^\s*::|^\s*\$CATEGORY:|\{[^{}]*[=~#][^{}]*\}|\{\s*(T|F|TRUE|FALSE)?\s*\}`)

func detectText(extension, text string, data []byte) string {
	looksGIFT := giftSign.MatchString(text)
	switch {
	case extension == ".csv" || extension == ".tsv" || extension == ".tab":
		if looksGIFT && !sheet.Recognizes(data) {
			return "gift"
		}
		return "csv"
	case !looksGIFT && sheet.Recognizes(data):
		return "csv"
	case looksGIFT || extension == ".txt" || extension == ".gift":
		return "gift"
	}
	return ""
}
