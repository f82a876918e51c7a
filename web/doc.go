// Package web is what any handler needs of HTTP: who asks, sessions and messages shown once, binding forms, rendering
// pages and parts, redirects, errors and security headers. It holds no rule of the business.
package web
