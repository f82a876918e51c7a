package testkit

import (
	"log/slog"
	"os"
	"testing"
)

// Main runs a package's tests and ends what they started. Every package that uses the kit calls it from TestMain.
func Main(m *testing.M) {
	slog.SetLogLoggerLevel(slog.LevelError)
	code := m.Run()
	StopChromium()
	StopPostgres()
	os.Exit(code)
}
