package database

// MigrateTo brings the database to a version that it had before.
var MigrateTo = (*DB).migrateTo
