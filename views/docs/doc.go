// Package docs shows the documentation of the JSON APIs: a guide, and a page for each group of operations.
package docs
