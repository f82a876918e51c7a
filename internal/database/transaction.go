package database

import (
	"context"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// mostTries bounds how often a transaction is begun anew.
const mostTries = 5

// InTx runs fn in one transaction and commits when it returns nil. When PostgreSQL ends one of two transactions that
// wait for each other, fn is called again in a new one: what it gathers outside the transaction must begin empty.
func (db *DB) InTx(ctx context.Context, fn func(tx *gorm.DB) error) error {
	for try := 1; ; try++ {
		err := db.Write.WithContext(ctx).Transaction(fn)
		if try == mostTries || !isCollision(err) {
			return err
		}
	}
}

// isCollision tells whether a transaction lost against another one and would do as well if it were tried again: a
// deadlock or a serialization failure.
func isCollision(err error) bool {
	var refused *pgconn.PgError
	return errors.As(err, &refused) && slices.Contains([]string{"40P01", "40001"}, refused.Code)
}

// Locked makes a query hold its rows until the transaction ends, so that what is read can be changed and saved. SQLite
// needs no such thing: it has one writer.
func Locked(q *gorm.DB) *gorm.DB { return q.Clauses(clause.Locking{Strength: "UPDATE"}) }

// Shared makes a query keep its rows from being changed until the transaction ends, but not from being read so again.
func Shared(q *gorm.DB) *gorm.DB { return q.Clauses(clause.Locking{Strength: "SHARE"}) }
