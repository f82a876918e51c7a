package questionbank

import (
	"encoding/base64"
	"html"
	"mime"
	"net/url"
	"path"
	"regexp"
	"strings"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Markup brings the texts of one question into the form a Question wants. It gathers the pictures the texts show and a
// description of everything that had to be left out of them.
type Markup struct {
	Find   func(source string) (Image, bool) // finds a picture the file carries by its reference; nil when it carries none
	Images []Image
	Losses []string
}

// HTML returns the sanitized form of an HTML text, pictures of the file referring to Images.
func (m *Markup) HTML(source string) string {
	source = strings.TrimSpace(source)
	if !strings.ContainsAny(source, "<&") {
		return html.EscapeString(source)
	}
	balanced := rebalance(source, m.visit)
	if !strings.Contains(balanced, "<") && strings.Count(source, "<") > deepTags {
		m.lose("the formatting of a text with too many tags")
	}
	return strings.TrimSpace(policy().Sanitize(balanced))
}

var loneTag = regexp.MustCompile(`^</?[A-Za-z][A-Za-z0-9]*( [^<>]*)?/?>$`)

// Answer is HTML for the text of an option or of one side of a pair. An answer that is nothing but one tag, as in a
// question about markup, is meant literally; one that was nothing but a picture now lost keeps the picture's name.
func (m *Markup) Answer(source string) string {
	source = strings.TrimSpace(source)
	if loneTag.MatchString(source) && !strings.HasPrefix(strings.ToLower(source), "<img") {
		return html.EscapeString(source)
	}
	clean := m.HTML(source)
	if lost := FirstImage(source); lost != "" && PlainText(clean) == "" && !hasImage(clean) {
		return html.EscapeString("[image: " + Snippet(lost) + "]")
	}
	return clean
}

func (m *Markup) visit(n *nethtml.Node) {
	switch n.DataAtom {
	case atom.Img:
		m.image(n)
	case atom.A:
		if href := attribute(n, "href"); href != "" && !linkTarget.MatchString(href) && !strings.HasPrefix(href, "#") {
			m.lose("link to " + lastPart(href))
		}
	case atom.Audio, atom.Video, atom.Object, atom.Embed, atom.Iframe:
		m.lose(n.Data + sourceOf(n))
	case atom.Svg:
		m.lose("inline drawing")
	case atom.Script, atom.Form, atom.Input, atom.Select, atom.Textarea, atom.Button, atom.Canvas:
		m.lose(n.Data + " element")
	}
}

func (m *Markup) image(n *nethtml.Node) {
	source := strings.TrimSpace(attribute(n, "src"))
	if imageSource.MatchString(source) {
		return
	}
	if img, ok := m.find(source); ok && len(m.Images) < maxImages {
		setAttribute(n, "src", "bank:"+m.keep(img))
		return
	}
	setAttribute(n, "src", "")
	m.lose("image: " + Snippet(source))
}

func (m *Markup) find(source string) (Image, bool) {
	if img, ok := dataImage(source); ok {
		return img, true
	}
	if m.Find == nil {
		return Image{}, false
	}
	return m.Find(source)
}

func (m *Markup) keep(img Image) string {
	img.Name = SafeImageName(img.Name)
	name, ext := img.Name, path.Ext(img.Name)
	for n := 2; ; n++ {
		taken := false
		for _, have := range m.Images {
			if have.Name == img.Name {
				if string(have.Data) == string(img.Data) {
					return img.Name
				}
				taken = true
			}
		}
		if !taken {
			m.Images = append(m.Images, img)
			return img.Name
		}
		img.Name = strings.TrimSuffix(name, ext) + "-" + itoa(n) + ext
	}
}

// Bounds against texts made to exhaust memory or time.
const (
	deepTags  = 500 // as many can be nested too deeply to be read
	maxImages = 200
	maxLosses = 50
)

func (m *Markup) lose(what string) {
	if len(m.Losses) == maxLosses-1 {
		what = "and more"
	}
	if len(m.Losses) < maxLosses {
		m.Losses = appendNew(m.Losses, what)
	}
}

// SafeImageName returns name as a relative path without climbing parts, spaces, quotes or a scheme, fit for bank:NAME.
func SafeImageName(name string) string {
	name = path.Clean("/" + strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f || strings.ContainsRune(`"'<>\:?#%*|`+"\u00a0", r) {
			return '-'
		}
		return r
	}, strings.TrimPrefix(name, "/"))
	if name == "" {
		return "image"
	}
	return name
}

var dataURI = regexp.MustCompile(`^data:(image/[a-z0-9.+-]+);base64,`)

func dataImage(source string) (Image, bool) {
	head := dataURI.FindStringSubmatch(source)
	if head == nil {
		return Image{}, false
	}
	data, err := DecodeBase64(source[len(head[0]):])
	if err != nil {
		return Image{}, false
	}
	return Image{Name: "image" + extension(head[1]), MediaType: head[1], Data: data}, true
}

// DecodeBase64 decodes base64 as files carry it: with line breaks, with or without padding. The error is that of the
// standard decoder.
func DecodeBase64(text string) ([]byte, error) {
	text = strings.TrimRight(strings.Join(strings.Fields(text), ""), "=")
	return base64.RawStdEncoding.DecodeString(text)
}

func extension(mediaType string) string {
	switch mediaType {
	case "image/jpeg":
		return ".jpg"
	case "image/svg+xml":
		return ".svg"
	}
	if list, err := mime.ExtensionsByType(mediaType); err == nil && len(list) > 0 {
		return list[0]
	}
	return "." + strings.TrimPrefix(mediaType, "image/")
}

func lastPart(source string) string {
	if i := strings.LastIndexByte(source, '/'); i >= 0 && i+1 < len(source) {
		source = source[i+1:]
	}
	if plain, err := url.PathUnescape(source); err == nil {
		source = plain
	}
	return Snippet(source)
}

func sourceOf(n *nethtml.Node) string {
	for _, key := range []string{"src", "data"} {
		if v := attribute(n, key); v != "" {
			return " " + lastPart(v)
		}
	}
	return ""
}
