// Package archtest states the house's plan: who may import whom, how large files get, what packages are not called.
// It holds tests only.
package archtest
