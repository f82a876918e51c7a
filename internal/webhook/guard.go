package webhook

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"

	"github.com/assay-hire/assay/internal/fault"
)

// Timeout is how long another program may take to answer.
const Timeout = 15 * time.Second

// closed are networks that no webhook may reach, beside those that net/netip knows as private, loopback or link-local.
var closed = prefixes("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
	"203.0.113.0/24", "240.0.0.0/4", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fec0::/10")

func prefixes(texts ...string) []netip.Prefix {
	list := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		list[i] = netip.MustParsePrefix(text)
	}
	return list
}

// isPublic tells whether an address is one of the open internet.
func isPublic(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() {
		return false
	}
	for _, p := range closed {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}

// refusePrivate looks at an address after its name was resolved, just before it is connected to: a name that leads
// elsewhere the second time gains nothing.
func refusePrivate(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("read the address %q: %w", address, err)
	}
	if !isPublic(at.Addr()) {
		return fault.New(fault.Forbidden, "The address is in a private network.")
	}
	return nil
}

// newClient returns a client that follows no redirects, takes no proxy, and reaches private networks only if it may.
func newClient(mayReachPrivate bool) *http.Client {
	dialer := &net.Dialer{Timeout: Timeout}
	if !mayReachPrivate {
		dialer.Control = refusePrivate
	}
	return &http.Client{
		Timeout:       Timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{DialContext: dialer.DialContext, TLSHandshakeTimeout: Timeout, ForceAttemptHTTP2: true,
			MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Minute, MaxResponseHeaderBytes: 64 << 10},
	}
}

const longestURL = 2000

// checkURL refuses what is no address of another program, with the reason.
func checkURL(text string, mayReachPrivate bool) error {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "" || u.Hostname() == "" || len(text) > longestURL || (u.Scheme != "https" && u.Scheme != "http"):
		return fault.New(fault.Invalid, "Give a whole address, such as https://example.com/hooks.")
	case u.User != nil:
		return fault.New(fault.Invalid, "The address may not hold a name or a password: messages are signed instead.")
	case u.Fragment != "":
		return fault.New(fault.Invalid, "The address may not have a part after #.")
	case u.Scheme != "https" && !mayReachPrivate:
		return fault.New(fault.Invalid, "The address must begin with https://.")
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !mayReachPrivate && !isPublic(ip) {
		return fault.New(fault.Invalid, "This address is in a private network.")
	}
	return nil
}
