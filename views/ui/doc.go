// Package ui holds the parts that screens are built of. It knows no model, no database and no request.
package ui
