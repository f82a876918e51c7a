package files

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"path"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// headSize is how much of a file is looked at: office documents name their kind late.
const headSize = 8 << 10

// textKinds are plain texts whose kind only their name tells.
var textKinds = map[string]string{
	".csv": "text/csv", ".tsv": "text/tab-separated-values", ".md": "text/markdown", ".json": "application/json",
}

// inlineTypes may be shown in the browser: it runs nothing it finds in them.
var inlineTypes = map[string]bool{
	"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true, "image/avif": true, "image/bmp": true,
	"application/pdf": true, "text/plain": true,
	"audio/mpeg": true, "audio/ogg": true, "audio/wav": true, "audio/webm": true, "audio/mp4": true, "audio/aac": true,
	"audio/flac": true, "audio/x-m4a": true,
	"video/mp4": true, "video/webm": true, "video/ogg": true, "video/quicktime": true,
}

// peek returns the first bytes of r and a reader that starts with them again.
func peek(r io.Reader) (head []byte, whole io.Reader, err error) {
	head = make([]byte, headSize)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, nil, err
	}
	return head[:n], io.MultiReader(bytes.NewReader(head[:n]), r), nil
}

func sniff(head []byte, name string) (mediaType, extension string) {
	found := mimetype.Detect(head)
	extension = strings.ToLower(path.Ext(name))
	if kind, known := textKinds[extension]; known && found.Is("text/plain") {
		return kind + "; charset=utf-8", extension
	}
	return found.String(), found.Extension()
}

func mayShowInline(mediaType string) bool {
	base, _, err := mime.ParseMediaType(mediaType)
	return err == nil && inlineTypes[base]
}
