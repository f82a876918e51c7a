// Package models holds one file per table: the GORM struct, its typed constants and its state rules.
//
// JSON names are the documented wire names of API v4, to the letter; a field without one (json:"-") never leaves the
// program. Methods are pure: no queries, no side effects beyond the receiver. Times are UTC with microseconds.
// Nearly every table carries organization_id, so that one rule scopes them all.
package models
