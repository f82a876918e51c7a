// Package recruiter holds recruiters' pages.
package recruiter
