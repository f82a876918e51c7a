package actions

import (
	"net/netip"
	"strconv"
	"time"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ratelimit"
)

// Limits bound how often passwords, codes and links may be guessed. They are kept in memory, by each server for itself:
// a restart forgets them, which gives a guesser a handful of tries.
type Limits struct {
	Account *ratelimit.Limiter // by account and address together
	Address *ratelimit.Limiter // by address, whatever the account
	Code    *ratelimit.Limiter // by participation: its verification code
	Hall    *ratelimit.Limiter // by address, whatever the participation
}

// What the limits allow: a person who mistypes never meets them, and an office behind one address hardly ever.
var (
	accountLimit = ratelimit.Limit{Burst: 8, Every: 2 * time.Minute}
	addressLimit = ratelimit.Limit{Burst: 120, Every: 5 * time.Second}
	codeLimit    = ratelimit.Limit{Burst: 10, Every: time.Minute}
	hallLimit    = ratelimit.Limit{Burst: 600, Every: time.Second} // an examination hall may share one address
)

const limitedKeys = 100_000

// NewLimits returns the limits of a running program on a clock.
func NewLimits(now func() time.Time) Limits {
	return Limits{
		Account: ratelimit.New(accountLimit, limitedKeys, now),
		Address: ratelimit.New(addressLimit, limitedKeys, now),
		Code:    ratelimit.New(codeLimit, limitedKeys, now),
		Hall:    ratelimit.New(hallLimit, limitedKeys, now),
	}
}

// try takes one try at what is guessed, such as "sign-in ada@acme.example.com". It returns TooMany when none is left.
func (l Limits) try(address, what string) error {
	if err := l.tryAddress(address); err != nil {
		return err
	}
	if ok, wait := l.Account.Allow(what + " " + networkOf(address)); !ok {
		return tooMany(wait)
	}
	return nil
}

// tryAddress takes one try from an address at anything that is too long to be guessed, such as a token. It returns
// TooMany when none is left.
func (l Limits) tryAddress(address string) error {
	if ok, wait := l.Address.Allow(networkOf(address)); !ok {
		return tooMany(wait)
	}
	return nil
}

// tryAnywhere is try for what only somebody with the password can guess at: a second factor. All addresses share its
// tries, so that a guesser gains nothing by having many.
func (l Limits) tryAnywhere(address, what string) error {
	if err := l.try(address, what); err != nil {
		return err
	}
	if ok, wait := l.Account.Allow(what); !ok {
		return tooMany(wait)
	}
	return nil
}

// tryHall takes one try at any verification code from an address. It returns TooMany when none is left.
func (l Limits) tryHall(address string) error {
	if ok, wait := l.Hall.Allow(networkOf(address)); !ok {
		return tooMany(wait)
	}
	return nil
}

// tryCode takes one try at the verification code of a participation, however its link is written. It returns TooMany when
// none is left.
func (l Limits) tryCode(participation int64) error {
	if ok, wait := l.Code.Allow(strconv.FormatInt(participation, 10)); !ok {
		return tooMany(wait)
	}
	return nil
}

// right gives back the tries at one account, after it was opened.
func (l Limits) right(address, what string) {
	l.Account.Forget(what + " " + networkOf(address))
	l.Account.Forget(what)
}

func tooMany(wait time.Duration) error {
	if wait <= time.Minute {
		return fault.New(fault.TooMany, "Those were many tries. Wait a minute, then try again.")
	}
	return fault.New(fault.TooMany, "Those were many tries. Wait %d minutes, then try again.", int((wait+time.Minute-1)/time.Minute))
}

// networkOf is what a guesser can hardly change: the address, or for IPv6 the network it stands in.
func networkOf(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Is4() || ip.Is4In6() {
		return address
	}
	network, err := ip.Prefix(64)
	if err != nil {
		return address
	}
	return network.String()
}
