package web

import (
	"strings"

	"github.com/assay-hire/assay/internal/secrets"
	"github.com/labstack/echo/v4"
)

const nonceKey = "nonce"

// Nonce returns the value that scripts of this answer carry.
func Nonce(c echo.Context) string {
	nonce, _ := c.Get(nonceKey).(string)
	return nonce
}

func (e *Edge) secureHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	https := strings.HasPrefix(e.BaseURL, "https://")
	return func(c echo.Context) error {
		nonce := secrets.LinkCode()
		c.Set(nonceKey, nonce)
		h := c.Response().Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self' 'nonce-"+nonce+"'; style-src 'self' 'nonce-"+nonce+"'; "+
			"img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; media-src 'self' blob:; worker-src 'self'; "+
			"manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "geolocation=(), payment=(), usb=()")
		h.Set("Cache-Control", "no-store")
		if https {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		return next(c)
	}
}
