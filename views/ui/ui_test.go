package ui_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"github.com/assay-hire/assay/views/ui"
)

func TestWhatPartsSay(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		part templ.Component
		want []string
		not  []string
	}{
		"a bounded total says so":       {ui.Pager(ui.PagerProps{From: 51, To: 100, Total: 10000, AtLeast: true}), []string{"51–100 of 10,000+"}, nil},
		"keyset knows no position":      {ui.Pager(ui.PagerProps{Total: 1240, Noun: "questions"}), []string{"1,240 questions"}, []string{"0–0"}},
		"nothing counted":               {ui.Pager(ui.PagerProps{From: 1, To: 50, Total: -1}), []string{"1–50"}, []string{" of "}},
		"no way back from the start":    {ui.Pager(ui.PagerProps{NextHref: "/next"}), []string{`href="/next"`, "Previous page, none"}, []string{`rel="prev"`}},
		"a score below the cut-off":     {ui.ScoreBar(ui.ScoreProps{Value: 41, CutOff: 60}), []string{"41 of 100, cut-off 60", "val-low"}, nil},
		"a score at the cut-off":        {ui.ScoreBar(ui.ScoreProps{Value: 60, CutOff: 60}), []string{`class="val"`}, []string{"val-low"}},
		"a score not given yet":         {ui.ScoreBar(ui.ScoreProps{Open: true, CutOff: 60}), []string{"Not scored yet"}, []string{"polygon", "0 of"}},
		"scores beyond the scale":       {ui.Streak(ui.ScoreProps{Value: 140, Max: 100}), []string{"100.6,2"}, nil},
		"blocked keeps from sending":    {ui.Button(ui.ButtonProps{Type: "submit", Blocked: "No answer key"}), []string{`type="button"`, `aria-disabled="true"`, "No answer key"}, nil},
		"a blocked link is no link":     {ui.Button(ui.ButtonProps{Href: "/open", Blocked: "Closed"}), []string{"<button"}, []string{"/open"}},
		"unsafe links lead nowhere":     {ui.Button(ui.ButtonProps{Href: "javascript:alert(1)"}), nil, []string{"javascript:"}},
		"an error is tied to its field": {ui.Input(ui.InputProps{Field: ui.Field{Name: "closes", Hint: "A day", Error: "No such day"}}), []string{`aria-describedby="f-closes-error f-closes-hint"`, `aria-invalid="true"`}, nil},
		"a caller cannot take the id":   {ui.Input(ui.InputProps{Field: ui.Field{Name: "a"}, Attrs: templ.Attributes{"id": "b"}}), []string{`id="f-a"`}, []string{`id="b"`}},
		"no rating yet":                 {ui.Rating(ui.RatingProps{Name: "p"}), []string{"Not rated"}, []string{"checked"}},
		"a status is glyph and word":    {ui.Status(ui.StatusHold, "Hold"), []string{"<svg", "Hold"}, nil},
		"a picture beside a name":       {ui.Avatar(ui.AvatarProps{Name: "Linh", URL: "/a.png"}), []string{`alt=""`}, nil},
		"a picture alone says who":      {ui.Avatar(ui.AvatarProps{Name: "Linh", URL: "/a.png", Alone: true}), []string{`alt="Linh"`}, nil},
		"an empty whole has no shares":  {ui.Shares([]ui.Part{{Label: "Invited"}}), []string{"0 invited"}, []string{"<rect"}},
		"no bins, no columns":           {ui.Histogram(ui.HistogramProps{ID: "h", Title: "Scores"}), []string{"Scores."}, []string{"NaN", "Inf"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := render(t, context.Background(), tc.part)
			for _, want := range tc.want {
				if !strings.Contains(got, want) {
					t.Errorf("want %q in %s", want, got)
				}
			}
			for _, not := range tc.not {
				if strings.Contains(got, not) {
					t.Errorf("want no %q in %s", not, got)
				}
			}
		})
	}
}

func TestPartsSpeakThePagesLanguage(t *testing.T) {
	t.Parallel()
	german := ui.English()
	german.Optional = "(freiwillig)"
	field := ui.Input(ui.InputProps{Field: ui.Field{Name: "note", Label: "Notiz", Optional: true}})
	if got := render(t, ui.WithWords(context.Background(), german), field); !strings.Contains(got, "(freiwillig)") {
		t.Errorf("want the German word in %s", got)
	}
	if got := render(t, context.Background(), field); !strings.Contains(got, "(optional)") {
		t.Errorf("want the English word in %s", got)
	}
}

func TestInitials(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"Linh Đặng": "LĐ", "fatima zahra el idrissi": "FI", "Cher": "C", "": "?", "  ": "?", "عمر حداد": "عح"} {
		if got := ui.Initials(name); got != want {
			t.Errorf("Initials(%q) is %q, want %q", name, got, want)
		}
	}
}

func TestPageLinks(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		current, last int
		want          string
	}{
		{1, 1, "[1]"}, {1, 3, "[1] 2 3"}, {5, 9, "1 … 4 [5] 6 … 9"}, {9, 9, "1 … 8 [9]"}, {1, 0, ""},
	} {
		var words []string
		for _, link := range ui.PageLinks(tc.current, tc.last, func(int) string { return "#" }) {
			switch {
			case link.Number == 0:
				words = append(words, "…")
			case link.Current:
				words = append(words, fmt.Sprintf("[%d]", link.Number))
			default:
				words = append(words, fmt.Sprint(link.Number))
			}
		}
		if got := strings.Join(words, " "); got != tc.want {
			t.Errorf("page %d of %d: %q, want %q", tc.current, tc.last, got, tc.want)
		}
	}
}

func TestNumber(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "-1,000"} {
		if got := ui.Number(n); got != want {
			t.Errorf("Number(%d) is %q, want %q", n, got, want)
		}
	}
}

func render(t *testing.T, ctx context.Context, part templ.Component) string {
	t.Helper()
	var out strings.Builder
	if err := part.Render(ctx, &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestTheLabelOfAScoreStaysInTheDrawing(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		mine, cut       float64
		anchor, cutSide string
	}{
		{50, 0, "middle", "start"}, {97.5, 60, "end", "end"}, {3, 60, "start", "start"}, {62, 60, "start", "end"}, {55, 60, "end", "start"},
	} {
		var out strings.Builder
		p := ui.HistogramProps{ID: "h", Title: "Scores", Bins: []ui.Bin{{From: 0, To: 50, Count: 2}, {From: 50, To: 100, Count: 3}},
			Mine: row.mine, CutOff: row.cut, Label: "Mateus Figueira"}
		if err := ui.Histogram(p).Render(context.Background(), &out); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), `text-anchor="`+row.anchor+`">Mateus Figueira`) {
			t.Errorf("%v with a cut-off of %v: not anchored at its %s\n%s", row.mine, row.cut, row.anchor, out.String())
		}
		if row.cut > 0 && !strings.Contains(out.String(), `text-anchor="`+row.cutSide+`">Cut-off`) {
			t.Errorf("%v with a cut-off of %v: the cut-off's words are not at its %s", row.mine, row.cut, row.cutSide)
		}
	}
}
