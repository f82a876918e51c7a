// Package database opens Assay's database, migrates it and runs transactions on it. Everything that differs between
// SQLite and PostgreSQL stands here, in dialect.go; above this room the two are one.
package database
