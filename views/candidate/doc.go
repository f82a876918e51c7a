// Package candidate holds candidates' pages.
package candidate
