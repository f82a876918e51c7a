package v4

import (
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"time"

	"github.com/assay-hire/assay/internal/ratelimit"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// The headers that say how much is left.
const (
	headerLimit     = "X-Rate-Limit-Limit"
	headerRemaining = "X-Rate-Limit-Remaining"
	headerReset     = "X-Rate-Limit-Reset" // seconds until all of the limit is there again
)

const (
	defaultPerMinute = 600
	limitedKeys      = 50_000 // tokens, and addresses, that are remembered at a time
)

func (a API) limiter() *ratelimit.Limiter {
	return ratelimit.New(ratelimit.Limit{Burst: a.perMinute, Every: time.Minute / time.Duration(a.perMinute)}, limitedKeys, a.DB.Clock.Now)
}

// limit bounds how often a token asks, or without a good one an address.
func (a API) limit(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		var state ratelimit.State
		if actor := web.Actor(c); actor.TokenID != 0 {
			state = a.tokens.Take(strconv.FormatInt(actor.TokenID, 10))
		} else {
			state = a.addresses.Take(network(c.RealIP()))
		}
		h := c.Response().Header()
		h.Set(headerLimit, strconv.Itoa(a.perMinute))
		h.Set(headerRemaining, strconv.Itoa(state.Remaining))
		h.Set(headerReset, seconds(state.Reset))
		if !state.Allowed {
			h.Set(echo.HeaderRetryAfter, seconds(state.RetryAfter))
			return echo.NewHTTPError(http.StatusTooManyRequests)
		}
		return next(c)
	}
}

func seconds(d time.Duration) string { return strconv.Itoa(int(math.Ceil(d.Seconds()))) }

// network is what a caller can hardly change: the address, or for IPv6 the network it stands in.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Is4() || ip.Is4In6() {
		return address
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return address
	}
	return prefix.String()
}
