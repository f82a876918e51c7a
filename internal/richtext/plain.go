package richtext

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Plain returns the words of the HTML: one line per block, list entries with a leading dash, no markup. It accepts any
// HTML, sanitized or not.
func Plain(source string) string {
	return render(source, false)
}

// PlainWithLinks is Plain with each link's address in parentheses after its words, for mails read as text.
func PlainWithLinks(source string) string {
	return render(source, true)
}

func render(source string, links bool) string {
	w := &plainWriter{links: links}
	tokens := html.NewTokenizer(strings.NewReader(source))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return w.finish()
		case html.TextToken:
			w.text(tokens.Token().Data)
		case html.StartTagToken, html.SelfClosingTagToken:
			w.open(tokens.Token())
		case html.EndTagToken:
			w.close(tokens.Token().DataAtom)
		}
	}
}

type plainWriter struct {
	out       strings.Builder
	links     bool
	hidden    int
	pre       int
	breaks    int
	space     bool
	href      string
	linkStart int
}

func (w *plainWriter) text(s string) {
	if w.hidden > 0 {
		return
	}
	if w.pre > 0 {
		w.flush()
		w.out.WriteString(s)
		return
	}
	for i, word := range strings.FieldsFunc(s, isSpace) {
		w.space = w.space || i > 0 || isSpace(rune(s[0]))
		w.flush()
		w.out.WriteString(word)
		w.space = false
	}
	w.space = w.space || s != "" && isSpace(rune(s[len(s)-1]))
}

// isSpace leaves out the no-break space, which people type on purpose.
func isSpace(r rune) bool {
	return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f'
}

func (w *plainWriter) flush() {
	switch {
	case w.out.Len() == 0:
	case w.breaks > 0:
		w.out.WriteString(strings.Repeat("\n", w.breaks))
	case w.space:
		w.out.WriteByte(' ')
	}
	w.breaks, w.space = 0, false
}

func (w *plainWriter) open(t html.Token) {
	switch t.DataAtom {
	case atom.Script, atom.Style, atom.Title, atom.Template:
		w.hidden++
	case atom.Br:
		w.breaks = min(w.breaks+1, 2)
	case atom.Pre:
		w.pre++
	case atom.Li:
		w.breaks = max(w.breaks, 1)
		w.flush()
		w.out.WriteString("- ")
	case atom.Td, atom.Th:
		w.space = true
	case atom.Img:
		w.text(attribute(t, "alt"))
	case atom.A:
		w.href, w.linkStart = attribute(t, "href"), w.out.Len()
	}
	w.breaks = max(w.breaks, blockBreaks(t.DataAtom))
}

func (w *plainWriter) close(name atom.Atom) {
	switch name {
	case atom.Script, atom.Style, atom.Title, atom.Template:
		w.hidden = max(0, w.hidden-1)
	case atom.Pre:
		w.pre = max(0, w.pre-1)
	case atom.A:
		w.closeLink()
	}
	w.breaks = max(w.breaks, blockBreaks(name))
}

func (w *plainWriter) closeLink() {
	href := strings.TrimPrefix(w.href, "mailto:")
	w.href = ""
	if !w.links || href == "" || strings.TrimSpace(w.out.String()[w.linkStart:]) == href {
		return
	}
	w.space = true
	w.text("(" + href + ")")
}

func (w *plainWriter) finish() string {
	return strings.TrimSpace(w.out.String())
}

func blockBreaks(name atom.Atom) int {
	switch name {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Table, atom.Blockquote,
		atom.Pre, atom.Hr:
		return 2
	case atom.Div, atom.Tr, atom.Section, atom.Article, atom.Header, atom.Footer:
		return 1
	}
	return 0
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}
