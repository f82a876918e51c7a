package gallery

import (
	"strings"

	"github.com/assay-hire/assay/views/layout"
)

func capital(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

func wide(p layout.Page) layout.Page {
	p.Wide = true
	return p
}
