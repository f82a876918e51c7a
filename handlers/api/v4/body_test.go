package v4

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/labstack/echo/v4"
)

const jsonInUTF8 = "application/json; charset=utf-8"

type owner struct {
	Owner *int64 `json:"owner"`
}

type sheet struct {
	owner
	Name  string   `json:"name"`
	Count int      `json:"count"`
	Share float64  `json:"share"`
	Open  *bool    `json:"open"`
	IDs   []string `json:"ids"`
	Part  struct {
		Title string `json:"title"`
	} `json:"part"`
	Server string `json:"-"`
}

func readInto(kind, text string, into any, kinds ...bodyKind) error {
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(text))
	r.Header.Set("Content-Type", kind)
	b, err := readBody(echo.New().NewContext(r, httptest.NewRecorder()), kinds...)
	if err != nil {
		return err
	}
	return b.fill(into)
}

func TestBodiesFillStructs(t *testing.T) {
	t.Parallel()
	const text = `{"name":"A","count":3,"share":0.5,"open":true,"ids":["1","2"],"part":{"title":"T"},"owner":7}`
	const form = "name=A&count=3&share=0.5&open=true&ids[]=1&ids[]=2"
	for kind, given := range map[string]string{jsonInUTF8: text, echo.MIMEApplicationForm: form} {
		var s sheet
		if err := readInto(kind, given, &s, jsonBody, formBody); err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if s.Name != "A" || s.Count != 3 || s.Share != 0.5 || s.Open == nil || !*s.Open || len(s.IDs) != 2 {
			t.Errorf("%s: %+v", kind, s)
		}
		if kind == jsonInUTF8 && (s.Part.Title != "T" || s.Owner == nil || *s.Owner != 7) {
			t.Errorf("%s: %+v", kind, s)
		}
	}
}

func TestFieldsAreRefusedByName(t *testing.T) {
	t.Parallel()
	for text, field := range map[string]string{
		`{"nam":"A"}`:                    "nam",
		`{"Name":"A"}`:                   "Name",
		`{"Server":"A"}`:                 "Server",
		`{"-":"A"}`:                      "-",
		`{"part":{"titel":"A"}}`:         "titel",
		`{"name":1}`:                     "name",
		`{"count":"many"}`:               "count",
		`{"count":1.5}`:                  "count",
		`{"count":1e400}`:                "count",
		`{"count":99999999999999999999}`: "count",
		`{"open":"yes"}`:                 "open",
		`{"name":"A","name":"B"}`:        "name",
		`{"part":{"title":1}}`:           "part.title",
	} {
		err := readInto(echo.MIMEApplicationJSON, text, &sheet{}, jsonBody)
		f, ok := fault.As(err)
		if !ok || f.Kind != fault.Invalid || f.Fields[field] == "" {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func FuzzBody(f *testing.F) {
	for _, text := range []string{`{}`, `{"name":"A"}`, `{"a":[{"b":null}]}`, `[`, `{"a":1e999}`, `{"a":"\ud800"}`, "name=A&ids[]=1", "%zz", "\x00"} {
		f.Add(echo.MIMEApplicationJSON, text)
		f.Add(echo.MIMEApplicationForm, text)
		f.Add(echo.MIMEMultipartForm+"; boundary=x", text)
	}
	f.Fuzz(func(t *testing.T, kind, text string) {
		err := readInto(kind, text, &sheet{}, jsonBody, formBody, multipartBody)
		var he *echo.HTTPError
		if err == nil || fault.KindOf(err) == fault.Invalid || errors.As(err, &he) && he.Code < http.StatusInternalServerError {
			return
		}
		t.Errorf("%q as %s: %v", text, kind, err)
	})
}
