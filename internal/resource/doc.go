// Package resource is the engine that serves resources declared as data: lists with filters, search, sorting, pages and
// cursors, single rows, relations expanded under their own rules, counts on request, links, and writes checked against
// the declaration. It knows no table of ours and no HTTP; internal/catalog declares, handlers/api speaks the wire.
//
// A declaration is checked against its table's struct when the program starts: a misspelt name stops it. What is not
// declared is not sent, not filtered by and not written. What a caller sends amiss is an Invalid fault that names it.
package resource
