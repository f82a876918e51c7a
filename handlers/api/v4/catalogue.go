package v4

import (
	"image/color"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/placeholder"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// catalogueOperations are what is the same for everybody and stands in no table.
func (a API) catalogueOperations() []operation {
	return []operation{
		{
			method: http.MethodGet, path: "/models/code-language", query: []parameter{{"fields", resource.Text, false}},
			about: "The languages of coding questions: one object, ids as keys, in the order of names; a list of objects when fields names members.",
			gives: either{map[string]string{}, []models.CodeLanguage{}}, status: http.StatusOK, do: listLanguages,
		}, {
			method: http.MethodGet, path: "/models/code-language/{id}", about: "One language of coding questions.",
			gives: models.CodeLanguage{}, status: http.StatusOK, do: viewLanguage,
		}, {
			method: http.MethodGet, path: "/helpers/profile-image-placeholder", open: true, media: "image/png", status: http.StatusOK, do: drawPlaceholder,
			about: "A picture of a short text in a bold monospaced face. Without x and y the text is in the middle; they are where its base line begins.",
			query: []parameter{{"text", resource.Text, true}, {"fillColor", resource.Text, false}, {"bgColor", resource.Text, false},
				{"x", resource.Integer, false}, {"y", resource.Integer, false}, {"height", resource.Integer, false},
				{"width", resource.Integer, false}, {"fSize", resource.Integer, false}},
			gives: "",
		},
	}
}

func listLanguages(c echo.Context) error {
	if c.QueryParam("fields") != "" {
		return reply(c, http.StatusOK, models.CodeLanguages)
	}
	var all resource.Object
	for _, l := range models.CodeLanguages {
		all.Set(l.ID, l.Name)
	}
	return reply(c, http.StatusOK, all)
}

func viewLanguage(c echo.Context) error {
	language, ok := models.CodeLanguageOf(c.Param("id"))
	if !ok {
		return fault.Missing("language")
	}
	return reply(c, http.StatusOK, language)
}

// The picture that is drawn unless a request says otherwise.
var (
	plainFill   = color.RGBA{R: 0xff, G: 0xff, B: 0xff, A: 0xff}
	plainGround = color.RGBA{R: 0x4a, G: 0x5a, B: 0x6a, A: 0xff}
)

const plainSide = 100

func drawPlaceholder(c echo.Context) error {
	asked, err := pictureAsked(c)
	if err != nil {
		return err
	}
	content, err := asked.PNG()
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderCacheControl, "public, max-age=86400")
	return c.Blob(http.StatusOK, "image/png", content)
}

func pictureAsked(c echo.Context) (placeholder.Picture, error) {
	bad := fault.Fields{}
	p := placeholder.Picture{Text: c.QueryParam("text"), Fill: colorParam(c, bad, "fillColor", plainFill), Ground: colorParam(c, bad, "bgColor", plainGround)}
	if strings.TrimSpace(p.Text) == "" || !utf8.ValidString(p.Text) || utf8.RuneCountInString(p.Text) > placeholder.LongestText {
		bad["text"] = "Send a text of up to " + strconv.Itoa(placeholder.LongestText) + " letters."
	}
	p.X, p.Y = pixels(c, bad, "x", 0), pixels(c, bad, "y", 0)
	p.Width, p.Height, p.FontSize = plainSide, plainSide, 0
	for name, into := range map[string]*int{"width": &p.Width, "height": &p.Height, "fSize": &p.FontSize} {
		if n := pixels(c, bad, name, 1); n != nil {
			*into = *n
		}
	}
	if p.FontSize == 0 {
		p.FontSize = max(1, min(p.Width, p.Height)*2/5)
	}
	return p, fault.Refuse(bad)
}

func colorParam(c echo.Context, bad fault.Fields, name string, otherwise color.RGBA) color.RGBA {
	text := c.QueryParam(name)
	if text == "" {
		return otherwise
	}
	found, ok := placeholder.ParseColor(text)
	if !ok {
		bad[name] = "This must be a colour such as #2f6f4f or its name."
	}
	return found
}

// pixels reads a number of pixels; nil when it is absent.
func pixels(c echo.Context, bad fault.Fields, name string, least int) *int {
	text := c.QueryParam(name)
	if text == "" {
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > placeholder.Largest {
		bad[name] = "This must be a whole number from " + strconv.Itoa(least) + " to " + strconv.Itoa(placeholder.Largest) + "."
		return nil
	}
	return &n
}
