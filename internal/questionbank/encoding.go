package questionbank

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// ErrBinary says that the bytes are no text in an encoding we know.
var ErrBinary = errors.New("the file is not a text file")

// DecodeText returns a text file's text with line ends as "\n" and the encoding it was in: "UTF-8", "UTF-16" or, when the
// bytes are neither, "Windows-1252". It fails with ErrBinary when the bytes cannot be text.
func DecodeText(data []byte) (text, encoding string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case isUTF16(data):
		wide, err := unicode.UTF16(byteOrder(data), unicode.UseBOM).NewDecoder().Bytes(data)
		if err != nil {
			return "", "", ErrBinary
		}
		return unixLines(string(wide)), "UTF-16", nil
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", "", ErrBinary
	}
	if utf8.Valid(data) {
		return unixLines(string(data)), "UTF-8", nil
	}
	narrow, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return "", "", ErrBinary
	}
	return unixLines(string(narrow)), "Windows-1252", nil
}

func unixLines(text string) string {
	if !strings.Contains(text, "\r") {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

// Text that is mostly ASCII shows in UTF-16 without a byte order mark by zeros in every other place.
func isUTF16(data []byte) bool {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return true
	}
	return len(data) >= 4 && (data[0] == 0) != (data[1] == 0) && (data[0] == 0) == (data[2] == 0) && (data[1] == 0) == (data[3] == 0)
}

func byteOrder(data []byte) unicode.Endianness {
	if data[0] == 0 {
		return unicode.BigEndian
	}
	return unicode.LittleEndian
}
