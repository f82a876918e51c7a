// Package panelist holds panelists' pages.
package panelist
