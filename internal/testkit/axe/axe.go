// Package axe holds the accessibility checker that browser tests load into a page. It is never served.
package axe

import _ "embed"

// Script is the source of axe-core. Run in a page it defines the global axe.
//
//go:embed axe.min.js
var Script string
