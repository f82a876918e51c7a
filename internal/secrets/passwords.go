// Package secrets makes and checks what people and programs prove themselves with: passwords, tokens, one-time codes and
// signed links. It stores nothing; what it returns for storage is a hash wherever the secret need not be shown again.
package secrets

import (
	"context"
	"fmt"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"github.com/assay-hire/assay/internal/fault"
)

// LongestPassword is the most bytes a password may have: far more than anyone types, few enough to hash at once.
const LongestPassword = 1024

// Cost says how much work a password hash takes.
type Cost struct {
	MemoryKiB  uint32
	Iterations uint32
}

// The costs: ServerCost for real use, TestCost for tests and sample data, where nothing is worth guessing.
var (
	ServerCost = Cost{MemoryKiB: 64 * 1024, Iterations: 1}
	TestCost   = Cost{MemoryKiB: 64, Iterations: 1}
)

// Passwords hashes and verifies passwords with argon2id, a bounded number at a time, since each takes memory.
type Passwords struct {
	parameters *argon2id.Params
	slots      chan struct{}
	decoy      string
}

// NewPasswords returns a Passwords of the cost that works on at most atOnce passwords at a time.
func NewPasswords(cost Cost, atOnce int) (*Passwords, error) {
	if atOnce < 1 {
		return nil, fault.New(fault.Invalid, "At least one password is hashed at a time.")
	}
	parameters := &argon2id.Params{
		Memory: cost.MemoryKiB, Iterations: cost.Iterations, Parallelism: 1, SaltLength: 16, KeyLength: 32,
	}
	decoy, err := argon2id.CreateHash(Token(), parameters)
	if err != nil {
		return nil, fmt.Errorf("hash decoy password: %w", err)
	}
	return &Passwords{parameters: parameters, slots: make(chan struct{}, atOnce), decoy: decoy}, nil
}

// Hash returns the hash to store, which holds its own salt and cost. It returns a fault.Invalid for a password over
// LongestPassword and the context's error when its turn did not come in time.
func (p *Passwords) Hash(ctx context.Context, password string) (string, error) {
	if len(password) > LongestPassword {
		return "", fault.Field("password", "A password has at most %d characters.", LongestPassword)
	}
	if err := p.enter(ctx); err != nil {
		return "", err
	}
	defer p.leave()
	hash, err := argon2id.CreateHash(norm.NFKC.String(password), p.parameters)
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return hash, nil
}

// Verify reports whether the password belongs to the hash. For an unknown user, or one without a password, pass an empty
// hash: the answer is false and takes as long as a wrong password. It returns the context's error when its turn did not
// come in time.
func (p *Passwords) Verify(ctx context.Context, password, hash string) (bool, error) {
	if err := p.enter(ctx); err != nil {
		return false, err
	}
	defer p.leave()
	compared := hash
	if hash == "" {
		compared = p.decoy
	}
	if len(password) > LongestPassword {
		password, hash = "", ""
	}
	matches, err := argon2id.ComparePasswordAndHash(norm.NFKC.String(password), compared)
	if err != nil {
		return false, fmt.Errorf("verify password: %w", err)
	}
	return matches && hash != "", nil
}

// Outdated reports whether the hash was made at another cost, so that it can be renewed at the next sign-in.
func (p *Passwords) Outdated(hash string) bool {
	made, _, _, err := argon2id.DecodeHash(hash)
	return err != nil || made.Memory != p.parameters.Memory || made.Iterations != p.parameters.Iterations
}

func (p *Passwords) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("wait to check password: %w", err)
	}
	select {
	case p.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait to check password: %w", ctx.Err())
	}
}

func (p *Passwords) leave() { <-p.slots }
