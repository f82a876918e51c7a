// Package openapi builds an OpenAPI 3.1 document from what a program serves. It knows the specification and nothing of
// ours; https://spec.openapis.org/oas/v3.1.0 is the source of its names.
package openapi
