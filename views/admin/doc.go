// Package admin holds administrators' pages.
package admin
