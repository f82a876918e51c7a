// Package layout holds the frames of pages: document head, the shells of each audience, error pages.
package layout
