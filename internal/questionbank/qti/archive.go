package qti

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

const (
	maxEntries    = 10_000
	maxEntryBytes = 32 << 20
	maxTotalBytes = 256 << 20
	ratioFrom     = 1 << 20 // entries below this size may be packed as tightly as they like
	maxRatio      = 150
	encryptedFlag = 0x1
)

var (
	errExternal = errors.New("it lies outside the package, on another server")
	errEscape   = errors.New("its path leads out of the package")
	errMissing  = errors.New("it is not in the package")

	scheme = regexp.MustCompile(`^([a-zA-Z][a-zA-Z0-9+.-]*:|//)`)
)

// archive is a zip held in memory. Nothing of it is ever written to disk, and no more than its bounds is unpacked.
type archive struct {
	files  map[string]*zip.File
	folded map[string]string // lower-case name to name
	names  []string          // in the zip's order
	left   int64             // bytes that may still be unpacked
	opened map[string][]byte // what has been unpacked
}

func openArchive(data []byte) (*archive, error) {
	reader, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, &located{message: "The zip file is damaged: " + strings.TrimPrefix(err.Error(), "zip: ") + ". Export the package again."}
	}
	if len(reader.File) > maxEntries {
		return nil, &located{message: fmt.Sprintf("The package holds more than %d files. Split it into several packages.", maxEntries)}
	}
	a := &archive{files: map[string]*zip.File{}, folded: map[string]string{}, left: maxTotalBytes, opened: map[string][]byte{}}
	var total uint64
	for _, file := range reader.File {
		if strings.HasSuffix(file.Name, "/") {
			continue
		}
		if err := a.admit(file); err != nil {
			return nil, err
		}
		if total += file.UncompressedSize64; total > maxTotalBytes {
			return nil, &located{message: fmt.Sprintf("The package unpacks to more than %d MB. Split it into several packages.", maxTotalBytes>>20)}
		}
	}
	return a, nil
}

func (a *archive) admit(file *zip.File) error {
	name := entryName(file)
	clean, err := insidePath("", name)
	switch {
	case err != nil:
		return &located{message: fmt.Sprintf("The package's entry %q is refused: its path leads out of the package.", name)}
	case file.Flags&encryptedFlag != 0:
		return &located{message: fmt.Sprintf("The package's entry %q is encrypted. Export the package without a password.", name)}
	case file.UncompressedSize64 > maxEntryBytes:
		return &located{message: fmt.Sprintf("The package's entry %q is larger than %d MB. Make it smaller.", name, maxEntryBytes>>20)}
	case file.UncompressedSize64 > ratioFrom && file.UncompressedSize64/max(file.CompressedSize64, 1) > maxRatio:
		return &located{message: fmt.Sprintf("The package's entry %q is packed suspiciously tightly and is refused.", name)}
	case a.files[clean] != nil:
		return &located{message: fmt.Sprintf("The package holds %q twice. Export it again.", name)}
	}
	a.files[clean] = file
	a.folded[strings.ToLower(clean)] = clean
	a.names = append(a.names, clean)
	return nil
}

// entryName returns the entry's name with forward slashes; names that are not UTF-8 are in the zip format's own old code page.
func entryName(file *zip.File) string {
	name := file.Name
	if !utf8.ValidString(name) {
		if decoded, err := charmap.CodePage437.NewDecoder().String(name); err == nil {
			name = decoded
		}
	}
	return strings.ReplaceAll(name, `\`, "/")
}

// insidePath joins a reference to the folder it is relative to and refuses what would leave the package.
func insidePath(folder, reference string) (string, error) {
	reference = strings.ReplaceAll(reference, `\`, "/")
	if scheme.MatchString(reference) {
		if len(reference) > 1 && reference[1] == ':' {
			return "", errEscape
		}
		return "", errExternal
	}
	if strings.HasPrefix(reference, "/") || strings.ContainsRune(reference, 0) {
		return "", errEscape
	}
	joined := path.Join(folder, reference)
	if joined == ".." || strings.HasPrefix(joined, "../") {
		return "", errEscape
	}
	return joined, nil
}

// resolve finds the entry a reference means, percent-encoded or not, in the case written or another. It returns the path
// meant even when the package has no such entry.
func (a *archive) resolve(folder, reference string) (string, error) {
	reference, _, _ = strings.Cut(strings.TrimSpace(reference), "#")
	literal, err := insidePath(folder, reference)
	if err != nil {
		return "", err
	}
	if a.files[literal] != nil {
		return literal, nil
	}
	decoded := literal
	if text, err := url.PathUnescape(reference); err == nil {
		if decoded, err = insidePath(folder, text); err != nil {
			return "", err
		}
	}
	for _, candidate := range []string{decoded, literal} {
		if name, found := a.folded[strings.ToLower(candidate)]; found {
			return name, nil
		}
	}
	return decoded, errMissing
}

// open returns the content of an entry that resolve named.
func (a *archive) open(name string) ([]byte, error) {
	if data, found := a.opened[name]; found {
		return data, nil
	}
	data, err := a.unpack(name)
	if err == nil {
		a.opened[name] = data
	}
	return data, err
}

func (a *archive) unpack(name string) ([]byte, error) {
	file := a.files[name]
	if file == nil {
		return nil, errMissing
	}
	stream, err := file.Open()
	if err != nil {
		return nil, fmt.Errorf("it cannot be unpacked: %w", err)
	}
	bound := min(a.left, maxEntryBytes)
	data, err := io.ReadAll(io.LimitReader(stream, bound+1))
	closeErr := stream.Close()
	if err = errors.Join(err, closeErr); err != nil {
		return nil, fmt.Errorf("it cannot be unpacked: %w", err)
	}
	if int64(len(data)) > bound {
		return nil, errors.New("it unpacks to more than is allowed")
	}
	a.left -= int64(len(data))
	return data, nil
}
