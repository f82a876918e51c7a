package qti

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

var (
	notInNames = regexp.MustCompile(`[^A-Za-z0-9._-]+`)
	pixels     = regexp.MustCompile(`^[0-9]{1,5}$`)
	extensions = map[string]string{"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp", "image/svg+xml": ".svg"}
)

// object renders a picture written as an object, or the one within it that stands in for it; anything else it could be
// has no place in a question, so the text meant to stand in for it is kept.
func (r *renderer) object(n *node) string {
	source := n.attr("data")
	if isPicture := strings.HasPrefix(n.attr("type"), "image/"); isPicture || n.attr("type") == "" && source != "" {
		shown := r.it.picture(n, r.folder, source, n.plain())
		if other := n.child("object"); other != nil && !strings.Contains(shown, " src=") {
			return r.object(other)
		}
		return shown
	}
	r.it.warn(n.line, "The text's embedded %s was left out: questions hold text, formulas and pictures.", n.attr("type"))
	return r.children(n)
}

// picture adds the picture to the question and returns the element that shows it. One that cannot be had leaves its
// alternative text behind.
func (it *item) picture(n *node, folder, source, alt string) string {
	alt = underscores.ReplaceAllString(alt, "…")
	name, err := it.addPicture(folder, source)
	if err != nil {
		shown := source[:min(len(source), 80)]
		it.warn(n.line, "The picture %q was left out: %v.", shown, err)
		if alt == "" {
			return ""
		}
		return `<img alt="` + escape(alt) + `">`
	}
	out := `<img src="bank:` + name + `" alt="` + escape(alt) + `"`
	for _, size := range []string{"width", "height"} {
		if value := n.attr(size); pixels.MatchString(value) {
			out += " " + size + `="` + value + `"`
		}
	}
	return out + ">"
}

func (it *item) addPicture(folder, source string) (string, error) {
	data, key, err := it.pictureData(folder, strings.TrimSpace(source))
	if err != nil {
		return "", err
	}
	mediaType, err := pictureType(data)
	if err != nil {
		return "", err
	}
	name := it.in.pictureName(key, mediaType)
	for _, image := range it.question.Images {
		if image.Name == name {
			return name, nil
		}
	}
	it.question.Images = append(it.question.Images, questionbank.Image{Name: name, MediaType: mediaType, Data: data})
	return name, nil
}

// pictureData fetches a picture from the address itself or from the package; it never goes to the network.
func (it *item) pictureData(folder, source string) (data []byte, key string, err error) {
	if rest, found := strings.CutPrefix(source, "data:"); found {
		data, err = inlineData(rest)
		return data, source, err
	}
	if source == "" {
		return nil, "", errors.New("it names no file")
	}
	if it.in.archive == nil {
		if scheme.MatchString(source) {
			return nil, "", errExternal
		}
		return nil, "", errors.New("a single item file holds no pictures; import the package it comes from")
	}
	key, err = it.in.archive.resolve(folder, source)
	if err != nil {
		return nil, "", err
	}
	data, err = it.in.archive.open(key)
	return data, key, err
}

func inlineData(address string) ([]byte, error) {
	header, body, found := strings.Cut(address, ",")
	if !found {
		return nil, errors.New("its data address is broken")
	}
	if !strings.HasSuffix(header, ";base64") {
		text, err := url.PathUnescape(body)
		return []byte(text), err
	}
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(body), ""))
	if err != nil {
		return nil, errors.New("its data address is broken")
	}
	return data, nil
}

var errUnsafeDrawing = errors.New("it is a drawing with scripts or links; save it as PNG")

// pictureType goes by the bytes, not by what the file claims.
func pictureType(data []byte) (string, error) {
	mediaType := http.DetectContentType(data)
	switch {
	case extensions[mediaType] != "":
		return mediaType, nil
	case rootName(data) != "svg":
		return "", errors.New("it is no PNG, JPEG, GIF, WebP or SVG picture")
	}
	return "image/svg+xml", checkSVG(data)
}

// checkSVG refuses drawings that could run scripts or fetch anything when opened by themselves.
func checkSVG(data []byte) error {
	decoder := newDecoder(data)
	for {
		token, err := decoder.Token()
		if err != nil {
			if _, broken := errors.AsType[*xml.SyntaxError](err); broken {
				return errors.New("it is not well-formed")
			}
			return nil
		}
		switch t := token.(type) {
		case xml.Directive:
			if bytes.Contains(t, []byte("[")) {
				return errUnsafeDrawing
			}
		case xml.ProcInst:
			if t.Target != "xml" {
				return errUnsafeDrawing
			}
		case xml.StartElement:
			if !safeDrawing(t) {
				return errUnsafeDrawing
			}
		}
	}
}

func safeDrawing(t xml.StartElement) bool {
	switch strings.ToLower(t.Name.Local) {
	case "script", "foreignobject", "iframe", "embed", "object", "audio", "video", "handler", "set", "animate", "a":
		return false
	}
	for _, attr := range t.Attr {
		name, value := strings.ToLower(attr.Name.Local), strings.ToLower(strings.TrimSpace(attr.Value))
		if strings.HasPrefix(name, "on") || strings.Contains(value, "javascript:") {
			return false
		}
		if name == "href" && !strings.HasPrefix(value, "#") && !strings.HasPrefix(value, "data:image/png") && !strings.HasPrefix(value, "data:image/jpeg") {
			return false
		}
	}
	return true
}

// pictureName gives a picture a name of its own within the file, the same for the same picture.
func (in *importer) pictureName(key, mediaType string) string {
	base := "picture"
	if !strings.HasPrefix(key, "data:") {
		base = strings.Trim(notInNames.ReplaceAllString(strings.TrimSuffix(path.Base(key), path.Ext(key)), "-"), "-._")
	}
	if base == "" {
		base = "picture"
	}
	name := base + extensions[mediaType]
	for i := 2; in.pictureNames[name] != "" && in.pictureNames[name] != key; i++ {
		name = fmt.Sprintf("%s-%d%s", base, i, extensions[mediaType])
	}
	in.pictureNames[name] = key
	return name
}
