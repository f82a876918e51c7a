// Package v4 speaks the assessment API, version 4: JSON over documented paths, bearer tokens, its own form of errors. It
// translates names, envelopes and statuses and holds no rule: what is asked for is done by actions.
//
// Every request under Prefix passes, in this order: CORS, headers, suppress_error_code, who asks (bearer.go), how often
// (limits.go). A route then either needs a token or is open. Cookies are never looked at, so no request of another site
// can act in a browser's name.
package v4
